"""XML of office packages, read without entities, external files or endless trees."""

from collections.abc import Iterator

from lxml import etree

from .refusals import refuse

MAX_ELEMENTS = 1_500_000


def parse(data: bytes, place: str) -> etree._Element:
    """The root of a part.

    Raises: FileRefused for broken markup, a document type or a tree beyond reason.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refuse("damaged", place) from error
    if root.getroottree().docinfo.doctype:
        raise refuse("entities", place)
    return root


def name_of(element: etree._Element) -> str:
    """The local name, empty for processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Direct children of a local name, whatever their namespace prefix."""
    return (child for child in element if name_of(child) == name)


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first direct child of a local name."""
    return None if element is None else next(children(element, name), None)


def attribute(element: etree._Element | None, name: str) -> str:
    """An attribute by its local name, empty when it is absent."""
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""
