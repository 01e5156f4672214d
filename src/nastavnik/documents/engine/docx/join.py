"""Bind several documents into one file, each with its own page numbers, foot and QR code."""

import copy
from collections.abc import Sequence

from lxml import etree

from .names import BODY, PPR, SECT, TBL, VAL, P, R, W, to_int, w
from .package import (
    CONTENT_TYPES,
    RELATIONSHIPS,
    document_part,
    ensure_safe,
    pack,
    parse_xml,
    read_package,
    rels_name,
    serialise,
)
from .problems import refuse

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATION = f"{{{RELATIONSHIPS}}}Relationship"
_OWN_KINDS = ("/header", "/footer", "/image")  # what each document brings along
_NO_RELATIONS = f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode()
_NUMBERING = "word/numbering.xml"
_STYLES = "word/styles.xml"


def join(documents: Sequence[bytes]) -> bytes:
    """Return one DOCX in which every document begins on a new page as its own section.

    Styles are taken from the first document, missing ones from the others. The same input gives
    the same bytes. Raises: TemplateRefused; ValueError for an empty sequence.
    """
    if not documents:
        raise ValueError("nothing to join")
    base = _open(documents[0])
    if len(documents) == 1:
        return pack(base)
    binder = _Binder(base)
    for index, document in enumerate(documents):
        binder.add(_open(document) if index else base, index, is_last=index == len(documents) - 1)
    return pack(binder.finish())


def _open(document: bytes) -> dict[str, bytes]:
    parts = read_package(document)
    ensure_safe(parts)
    return parts


class _Binder:
    def __init__(self, base: dict[str, bytes]) -> None:
        self.parts = dict(base)
        self.main = document_part(base)
        self.root = parse_xml(base[self.main])
        body = self.root.find(BODY)
        if body is None:
            raise refuse("not-docx", "В документе нет текста.")
        self.body = body
        for child in list(body):
            body.remove(child)
        self.rels = parse_xml(base.get(rels_name(self.main), _NO_RELATIONS))
        self.types = parse_xml(base[CONTENT_TYPES])
        self.styles = parse_xml(base[_STYLES]) if _STYLES in base else None
        self.numbering = parse_xml(base[_NUMBERING]) if _NUMBERING in base else None

    def add(self, parts: dict[str, bytes], index: int, *, is_last: bool) -> None:
        main = document_part(parts)
        source = parse_xml(parts[main]).find(BODY)
        if source is None:
            raise refuse("not-docx", "В документе нет текста.")
        if index:
            self._bring_parts(parts, main, source, index)
            self._bring_numbering(parts, source, index)
            self._bring_styles(parts)
        children = list(source)
        section = children.pop() if children and children[-1].tag == SECT else etree.Element(SECT)
        _restart_pages(section)
        self.body.extend(children)
        if is_last:
            self.body.append(section)
        else:
            self._close_section(section)

    def _close_section(self, section: etree._Element) -> None:
        last = self.body[-1] if len(self.body) else None
        if last is None or last.tag == TBL or last.find(f"{PPR}/{SECT}") is not None:
            last = etree.SubElement(self.body, P)
        properties = last.find(PPR)
        if properties is None:
            properties = etree.Element(PPR)
            last.insert(0, properties)
        properties.append(section)

    def _bring_parts(
        self, parts: dict[str, bytes], main: str, source: etree._Element, index: int
    ) -> None:
        renamed: dict[str, str] = {}
        for relation in parse_xml(parts.get(rels_name(main), _NO_RELATIONS)).iter(_RELATION):
            if not str(relation.get("Type", "")).endswith(_OWN_KINDS):
                continue
            old = str(relation.get("Id"))
            target = self._copy_part(parts, str(relation.get("Target")), index)
            renamed[old] = f"d{index}{old}"
            etree.SubElement(
                self.rels, _RELATION, Id=renamed[old], Type=str(relation.get("Type")), Target=target
            )
        names = {f"{{{R}}}id", f"{{{R}}}embed", f"{{{R}}}link"}
        for node in source.iter():
            for name in names & set(node.attrib):
                node.set(name, renamed.get(node.get(name), node.get(name)))

    def _copy_part(self, parts: dict[str, bytes], target: str, index: int) -> str:
        """Copy `word/<target>` with what it refers to; return the new target."""
        old = target[1:] if target.startswith("/") else f"word/{target}"
        if old not in parts:
            raise refuse("bad-xml", "Файл повреждён: в нём нет одной из частей.")
        stem, dot, suffix = old.rpartition(".")
        new = f"{stem}-{index}{dot}{suffix}"
        self.parts[new] = parts[old]
        self._declare(parse_xml(parts[CONTENT_TYPES]), suffix)
        for override in list(parse_xml(parts[CONTENT_TYPES]).iter(f"{_TYPES}Override")):
            if override.get("PartName") == f"/{old}":
                kind = str(override.get("ContentType"))
                etree.SubElement(
                    self.types, f"{_TYPES}Override", PartName=f"/{new}", ContentType=kind
                )
        if rels_name(old) in parts and suffix == "xml":
            inner = parse_xml(parts[rels_name(old)])
            for relation in inner.iter(_RELATION):
                if str(relation.get("Type", "")).endswith("/image"):
                    relation.set(
                        "Target", self._copy_part(parts, str(relation.get("Target")), index)
                    )
            self.parts[rels_name(new)] = serialise(inner)
        return new.removeprefix("word/")

    def _declare(self, theirs: etree._Element, suffix: str) -> None:
        """Make sure that the kind of file (png, jpeg) is known to the package."""
        known = {str(node.get("Extension")).lower() for node in self.types.iter(f"{_TYPES}Default")}
        for node in theirs.iter(f"{_TYPES}Default"):
            if node.get("Extension") == suffix and suffix.lower() not in known:
                self.types.insert(0, copy.deepcopy(node))

    def _begin_numbering(self) -> etree._Element:
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
        etree.SubElement(
            self.types, f"{_TYPES}Override", PartName=f"/{_NUMBERING}", ContentType=kind
        )
        relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
        etree.SubElement(
            self.rels, _RELATION, Id="rIdNumbering", Type=relation, Target="numbering.xml"
        )
        return etree.Element(w("numbering"), nsmap={"w": W})

    def _bring_numbering(self, parts: dict[str, bytes], source: etree._Element, index: int) -> None:
        """Copy the lists under new numbers, so that every document counts from one."""
        if _NUMBERING not in parts:
            return
        if self.numbering is None:
            self.numbering = self._begin_numbering()
        shift = index * 1000
        theirs = parse_xml(parts[_NUMBERING])
        first_num = self.numbering.find(w("num"))
        place = self.numbering.index(first_num) if first_num is not None else len(self.numbering)
        for abstract in theirs.findall(w("abstractNum")):
            _shift(abstract, w("abstractNumId"), shift)
            self.numbering.insert(place, abstract)
            place += 1
        for number in theirs.findall(w("num")):
            _shift(number, w("numId"), shift)
            for link in number.findall(w("abstractNumId")):
                _shift(link, VAL, shift)
            self.numbering.append(number)
        for link in source.iter(w("numId")):
            if link.get(VAL) != "0":
                _shift(link, VAL, shift)

    def _bring_styles(self, parts: dict[str, bytes]) -> None:
        if self.styles is None or _STYLES not in parts:
            return
        known = {node.get(w("styleId")) for node in self.styles.iter(w("style"))}
        for style in parse_xml(parts[_STYLES]).iter(w("style")):
            if style.get(w("styleId")) not in known:
                self.styles.append(copy.deepcopy(style))

    def finish(self) -> dict[str, bytes]:
        self.parts[self.main] = serialise(self.root)
        self.parts[rels_name(self.main)] = serialise(self.rels)
        self.parts[CONTENT_TYPES] = serialise(self.types)
        if self.styles is not None:
            self.parts[_STYLES] = serialise(self.styles)
        if self.numbering is not None:
            self.parts[_NUMBERING] = serialise(self.numbering)
        return self.parts


def _shift(node: etree._Element, name: str, shift: int) -> None:
    node.set(name, str(to_int(node.get(name, "")) + shift))


def _restart_pages(section: etree._Element) -> None:
    """Let the pages of the section count from one."""
    pages = section.find(w("pgNumType"))
    if pages is None:
        pages = etree.Element(w("pgNumType"))
        margins = section.find(w("pgMar"))
        place = section.index(margins) + 1 if margins is not None else len(section)
        section.insert(place, pages)
    pages.set(w("start"), "1")
