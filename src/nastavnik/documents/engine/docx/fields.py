"""Turn the XML of a template part into the source of a field template.

Word cuts a field over several runs whenever the cursor passed through it; the pieces are put back
into the first run. Fields are then lifted out of the tree, which is serialised, and put back
between private-use delimiters, so that only text of `w:t` can ever become code.
Syntax is docxtpl's: `{{ name }}`, `{% if %}`, and `{%p %}`, `{%tr %}`, `{%tc %}`, `{%r %}`, which
swallow the whole paragraph, row, cell or run they stand in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from .drawing import qr_run
from .names import RUN, TC, TR, XML_SPACE, P, T, w
from .package import parse_xml
from .problems import refuse

FIELD = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
QR_FIELD = re.compile(r"^\{\{-?\s*qr(_large)?\s*-?\}\}$")
_TAG = re.compile(r"^\{([{%])-?\s*(?:(p|tr|tc|r)\s+)?(.*?)\s*-?[%}]\}$", re.DOTALL)
_OWNERS = {"p": P, "tr": TR, "tc": TC, "r": RUN}
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\xa0": " "}
)
_PRIVATE = re.compile("[\ue000\ue001]")
_SLOT = re.compile("\ue000(\\d+)\ue001")
_OPENERS = {"if": "endif", "for": "endfor"}


class Tag(NamedTuple):
    """One field of the template: Jinja source and the element whose content it stands in."""

    source: str
    place: etree._Element
    text: str  # as the author wrote it


@dataclass(frozen=True)
class Translated:
    """A part ready for the field environment."""

    source: str
    tags: tuple[str, ...]
    has_qr: bool


def translate(content: bytes) -> Translated:
    """Make field source of one part.

    Raises: TemplateRefused with a Russian reason naming the field.
    """
    root = parse_xml(_PRIVATE.sub("", content.decode("utf-8", "replace")).encode())
    tags: list[Tag] = []
    has_qr = False
    for paragraph in list(root.iter(P)):
        merge_split_fields(paragraph)
    for paragraph in list(root.iter(P)):
        for node in list(own_texts(paragraph)):
            if node.text and ("{{" in node.text or "{%" in node.text or "{#" in node.text):
                has_qr |= _lift(node, tags)
    _check_balance(tags)
    xml = etree.tostring(root, encoding="unicode")
    source = _SLOT.sub(lambda match: tags[int(match.group(1))].source, xml)
    header = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return Translated(header + source, tuple(tag.text for tag in tags), has_qr)


def own_texts(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Texts of this paragraph, without those of text boxes inside it."""
    for node in paragraph.iter(T):
        if next(node.iterancestors(P), None) is paragraph:
            yield node


def merge_split_fields(paragraph: etree._Element) -> None:
    nodes = list(own_texts(paragraph))
    texts = [node.text or "" for node in nodes]
    whole = "".join(texts)
    if "{" not in whole:
        return
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text))
    owner = list(range(len(nodes)))
    positions = [index for index in owner for _ in texts[index]]
    for match in FIELD.finditer(whole):
        first = positions[match.start()]
        for position in range(match.start(), match.end()):
            positions[position] = first
    for index, node in enumerate(nodes):
        merged = "".join(
            char for char, place in zip(whole, positions, strict=True) if place == index
        )
        if merged != node.text:
            node.text = merged
            node.set(XML_SPACE, "preserve")


def _lift(node: etree._Element, tags: list[Tag]) -> bool:
    """Replace the fields in one text by numbered slots; True if one of them is the QR code."""
    text = node.text
    found = FIELD.findall(text)
    code = next(filter(None, map(QR_FIELD.match, found)), None)
    if code is not None:
        return _lift_qr(node, tags, is_large=code.group(1) is not None)
    structural = [match for match in map(_TAG.match, found) if match and match.group(2)]
    if structural:
        _lift_owner(node, structural, tags)
        return False
    if leftover := re.search(r"\{\{|\{%", FIELD.sub("", text)):
        raise refuse("syntax", f"Поле начато, но не закрыто: «{text[leftover.start() :][:60]}».")

    def slot(match: re.Match[str]) -> str:
        field = match.group()
        if field.startswith("{#"):
            return ""
        return _slot(tags, field, node)

    node.text = FIELD.sub(slot, text)
    node.set(XML_SPACE, "preserve")
    return False


def _slot(tags: list[Tag], field: str, place: etree._Element) -> str:
    match = _TAG.match(field)
    if match is None:
        raise refuse("syntax", f"Не удалось разобрать поле «{field[:60]}».")
    body = match.group(3).translate(_QUOTES)
    is_value = match.group(1) == "{"
    if not body:
        raise refuse("syntax", "В шаблоне есть пустое поле: «{{ }}» без имени.")
    source = f"\ue000= {body} =\ue001" if is_value else f"\ue000% {body} %\ue001"
    tags.append(Tag(source, place, field))
    return f"\ue000{len(tags) - 1}\ue001"


def _lift_owner(node: etree._Element, matches: list[re.Match[str]], tags: list[Tag]) -> None:
    """Replace the paragraph, row, cell or run round structural tags by the tags alone."""
    kind = matches[0].group(2)
    owner = next(node.iterancestors(_OWNERS[kind]), None)
    if owner is None:
        raise refuse("place", f"Поле «{matches[0].group()}» должно стоять в таблице.")
    parent = owner.getparent()
    if parent is None:  # replaced already by an earlier tag of the same owner
        return
    slots = ""
    for text in [item.text or "" for item in owner.iter(T)]:
        for field in FIELD.findall(text):
            match = _TAG.match(field)
            if match and match.group(2) == kind:
                slots += _slot(tags, field, parent)
    for item in owner.iter(T):
        item.text = ""
    if parent.tag == TC and kind == "p" and len(parent.findall(P)) == 1:
        etree.SubElement(parent, P)  # a cell must keep one paragraph
    _replace_by_text(owner, slots)


def _replace_by_text(element: etree._Element, text: str) -> None:
    parent, before = element.getparent(), element.getprevious()
    text += element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(element)


def _lift_qr(node: etree._Element, tags: list[Tag], *, is_large: bool) -> bool:
    run = next(node.iterancestors(RUN))
    parent = run.getparent()
    node.text = FIELD.sub(
        lambda match: "" if QR_FIELD.match(match.group()) else match.group(), node.text
    )
    picture = qr_run(is_large=is_large)
    parent.insert(parent.index(run) + 1, picture)
    tags.append(Tag("\ue000% if qr_url %\ue001", parent, "{{ qr }}"))
    run.tail = f"\ue000{len(tags) - 1}\ue001"
    tags.append(Tag("\ue000% endif %\ue001", parent, "{{ qr }}"))
    picture.tail = f"\ue000{len(tags) - 1}\ue001"
    return True


def _check_balance(tags: list[Tag]) -> None:
    """Every block opens and closes at the same depth, so any number of passes is sound XML."""
    opened: list[tuple[str, Tag]] = []
    for tag in tags:
        if not tag.source.startswith("\ue000%"):
            continue
        word = tag.source[2:-2].split()[0]
        if word in _OPENERS:
            opened.append((word, tag))
            continue
        if word not in {"elif", "else", "endif", "endfor"}:
            raise refuse(
                "syntax", f"Команда «{word}» в шаблоне не поддерживается: «{tag.text[:60]}»."
            )
        if not opened or (word.startswith("end") and _OPENERS[opened[-1][0]] != word):
            raise refuse("syntax", f"Лишнее или непарное поле «{tag.text[:60]}».")
        if not _same_depth(opened[-1][1].place, tag.place):
            raise refuse(
                "place",
                f"Поля «{opened[-1][1].text[:60]}» и «{tag.text[:60]}» стоят в разных местах: "
                "оба должны быть в абзаце, или оба отдельными строками, или оба в строках таблицы.",
            )
        if word.startswith("end"):
            opened.pop()
    if opened:
        raise refuse("syntax", f"Поле «{opened[-1][1].text[:60]}» не закрыто.")


def _same_depth(first: etree._Element, second: etree._Element) -> bool:
    if first is second:
        return True
    ups = [first, *first.iterancestors()]
    downs = [second, *second.iterancestors()]
    while ups and downs and ups[-1] is downs[-1]:
        ups.pop()
        downs.pop()
    return [node.tag for node in ups] == [node.tag for node in downs]


DANGEROUS_INSTRUCTIONS = re.compile(
    r"\b(INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|LINK|IMPORT|MACROBUTTON|DATABASE|EMBED|AUTOTEXT)\b",
    re.IGNORECASE,
)


def dangerous_instruction(root: etree._Element) -> str:
    """The name of a Word field that would fetch or run something, or an empty string."""
    texts = ["".join(node.itertext()) for node in root.iter(w("instrText"))]
    texts += [str(node.get(w("instr"), "")) for node in root.iter(w("fldSimple"))]
    match = DANGEROUS_INSTRUCTIONS.search(" ".join(texts)) or DANGEROUS_INSTRUCTIONS.search(
        "".join(texts)
    )
    return match.group() if match else ""
