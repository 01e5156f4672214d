"""XML of office packages: parts read safely, elements found by their local names."""

from collections.abc import Container, Iterator

from lxml import etree

from nastavnik.files import markup as files_markup

from .refusals import refuse


def parse(data: bytes, place: str) -> etree._Element:
    """The root of a part.

    Raises: FileRefused for broken markup or a document type.
    """
    return files_markup.parse(data, refuse, place)


def name_of(element: etree._Element) -> str:
    """The local name, empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Direct children of a local name, whatever their namespace prefix."""
    return (child for child in element if name_of(child) == name)


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first direct child of a local name."""
    return None if element is None else next(children(element, name), None)


def rows_of(
    parent: etree._Element, name: str, wrappers: Container[str]
) -> Iterator[etree._Element]:
    """Elements of a local name among the children, also those that stand inside wrappers."""
    for element in parent:
        found = name_of(element)
        if found == name:
            yield element
        elif found in wrappers:
            yield from rows_of(element, name, wrappers)


def attribute(element: etree._Element | None, name: str) -> str:
    """An attribute by its local name, empty when it is absent."""
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""
