"""The QR picture: its place in the text, its part and its relationship."""

import struct
import zlib

import segno
from lxml import etree

from .names import PIC, RUN, WP, A, R, W
from .package import CONTENT_TYPES, RELATIONSHIPS, parse_xml, rels_name, serialise

QR_PART = "word/media/nastavnik-qr.png"
QR_RELATION = "rIdNastavnikQr"
QR_NAME = "QR-код документа"
_SIDE_EMU = 720_000  # 20 mm
_LARGE_EMU = 2_880_000  # 80 mm: read from a wall by a whole class
_QUIET, _SCALE = 2, 4  # modules of margin, pixels a module
_BLACK, _WHITE = "0" * _SCALE, "1" * _SCALE
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

_RUN_XML = f"""<w:r xmlns:w="{W}" xmlns:r="{R}" xmlns:a="{A}" xmlns:wp="{WP}" xmlns:pic="{PIC}"><w:drawing>
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{_SIDE_EMU}" cy="{_SIDE_EMU}"/>
<wp:docPr id="9001" name="{QR_NAME}" descr="{QR_NAME}"/><a:graphic>
<a:graphicData uri="{PIC}"><pic:pic><pic:nvPicPr><pic:cNvPr id="9001" name="{QR_NAME}"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:embed="{QR_RELATION}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{_SIDE_EMU}" cy="{_SIDE_EMU}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>
</w:drawing></w:r>"""


def qr_run(*, is_large: bool = False) -> etree._Element:
    source = _RUN_XML.replace("\n", "")
    if is_large:
        source = source.replace(str(_SIDE_EMU), str(_LARGE_EMU))
    run = etree.fromstring(source)
    assert run.tag == RUN
    return run


def qr_png(url: str) -> bytes:
    """A black and white PNG of the address; the same address gives the same bytes.

    The mask is fixed: trying all eight costs 4 ms a document and any reader takes any mask.
    """
    code = segno.make(url, error="m", micro=False, boost_error=False, mask=3)
    side = (len(code.matrix) + 2 * _QUIET) * _SCALE
    white_row = b"\x00" + b"\xff" * (-(-side // 8))
    rows = [white_row * (_QUIET * _SCALE)]
    margin = "1" * (_QUIET * _SCALE)
    for cells in code.matrix:
        bits = margin + "".join(_BLACK if cell else _WHITE for cell in cells) + margin
        bits = bits.ljust(-(-side // 8) * 8, "1")
        rows.append((b"\x00" + int(bits, 2).to_bytes(len(bits) // 8, "big")) * _SCALE)
    rows.append(white_row * (_QUIET * _SCALE))
    head = struct.pack(">LLBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))
        for name, body in chunks
    )


def add_qr_relation(parts: dict[str, bytes], part: str) -> None:
    """Declare the picture for one text part; the picture itself comes when rendering."""
    name = rels_name(part)
    empty = f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode()
    root = parse_xml(parts.get(name, empty))
    etree.SubElement(
        root,
        f"{{{RELATIONSHIPS}}}Relationship",
        Id=QR_RELATION,
        Type=_IMAGE,
        Target=QR_PART.removeprefix("word/"),
    )
    parts[name] = serialise(root)
    types = parse_xml(parts[CONTENT_TYPES])
    known = {node.get("Extension", "").lower() for node in types.iter(f"{_TYPES}Default")}
    if "png" not in known:
        types.insert(
            0, types.makeelement(f"{_TYPES}Default", Extension="png", ContentType="image/png")
        )
        parts[CONTENT_TYPES] = serialise(types)
