"""What the styles and properties of a document say about one paragraph."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from .names import PPR, RPR, VAL, to_int, w
from .package import parse_xml


@dataclass(frozen=True, slots=True)
class Style:
    align: str = ""
    level: int | None = None
    is_bold: bool = False
    size: int = 0
    indent: int = 0
    left: int = 0
    number: tuple[str, int] = ("", 0)


def value_of(properties: etree._Element | None, tag: str) -> str:
    node = properties.find(w(tag)) if properties is not None else None
    return str(node.get(VAL, "")) if node is not None else ""


def flag_of(properties: etree._Element | None, tag: str, *, default: bool = False) -> bool:
    node = properties.find(w(tag)) if properties is not None else None
    return default if node is None else node.get(VAL, "1") not in {"0", "false", "off"}


def number_of(properties: etree._Element | None, tag: str, default: int = 0) -> int:
    value = value_of(properties, tag)
    return to_int(value, default)


def applied(base: Style, properties: etree._Element, run: etree._Element | None) -> Style:
    indent = properties.find(w("ind"))
    outline = value_of(properties, "outlineLvl")
    number = properties.find(w("numPr"))
    return Style(
        align=value_of(properties, "jc") or base.align,
        level=to_int(outline) if outline and to_int(outline, 9) < 9 else base.level,
        is_bold=flag_of(run, "b", default=base.is_bold),
        size=number_of(run, "sz", base.size),
        indent=_twips(indent, "firstLine", base.indent),
        left=_twips(indent, "left", base.left),
        number=(value_of(number, "numId"), number_of(number, "ilvl"))
        if number is not None
        else base.number,
    )


def _twips(node: etree._Element | None, name: str, default: int) -> int:
    value = str(node.get(w(name), "")) if node is not None else ""
    return to_int(value, default)


def read_styles(parts: Mapping[str, bytes]) -> dict[str, Style]:
    content = parts.get("word/styles.xml")
    if content is None:
        return {}
    nodes = {str(node.get(w("styleId"))): node for node in parse_xml(content).iter(w("style"))}
    return {name: _resolve(name, nodes) for name in nodes}


def _resolve(name: str, nodes: Mapping[str, etree._Element], depth: int = 0) -> Style:
    node = nodes.get(name)
    if node is None or depth > 12:
        return Style()
    parent = node.find(w("basedOn"))
    base = _resolve(str(parent.get(VAL)), nodes, depth + 1) if parent is not None else Style()
    properties = node.find(PPR)
    if properties is None:
        properties = etree.Element(PPR)
    return applied(base, properties, node.find(RPR))
