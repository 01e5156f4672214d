"""Makes small and hostile Word files for the tests."""

import io
import zipfile

from docx import Document

from nastavnik.documents.engine.docx.package import pack, read_package


def from_text(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_part(docx: bytes, name: str, content: bytes) -> bytes:
    return pack({**read_package(docx), name: content})


def replaced(docx: bytes, name: str, old: bytes, new: bytes) -> bytes:
    parts = read_package(docx)
    assert old in parts[name]
    return pack({**parts, name: parts[name].replace(old, new)})


def raw_zip(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def texts(docx: bytes) -> list[str]:
    """Paragraphs outside tables, then the cells of every table row by row, with plain spaces."""
    document = Document(io.BytesIO(docx))
    found = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        found += [cell.text for row in table.rows for cell in row.cells]
    return [text.replace("\u00a0", " ") for text in found]
