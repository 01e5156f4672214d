"""XML names of WordprocessingML used here, written once."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def to_int(value: str, default: int = 0) -> int:
    """A number written in a file that may hold anything."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else default


def w(tag: str) -> str:
    return f"{{{W}}}{tag}"


P, RUN, T, TBL, TR, TC = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
PPR, RPR, VAL, BODY, SECT = w("pPr"), w("rPr"), w("val"), w("body"), w("sectPr")
