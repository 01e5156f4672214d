"""Spoilt and hostile roadmaps: each is refused in Russian or read, in time and within memory.

Ten ways to spoil a file, by turns, the same ones at every run: cut, flipped bits, wrong packages,
bombs, entities, other formats under our names, huge cells, noise in the markup, deep trees, and
text of random bytes. The floor is one whole file read. `NASTAVNIK_BENCH_FILES` says how many.
"""

import io
import os
import random
import resource
import statistics
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache

from bench.frame import Result, cpu_seconds, measure
from bench.roadmap import document

FILES = int(os.environ.get("NASTAVNIK_BENCH_FILES", "500"))
BAR_SECONDS = 5.0
BAR_MB = 512
BODY = "word/document.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = f'<?xml version="1.0"?><w:document {W}><w:body>'
TAIL = "</w:body></w:document>"
READ = "read"
Spoiler = Callable[[random.Random], bytes]


def run() -> list[Result]:
    from nastavnik.roadmaps.engine.tables import read_source

    good = whole_files()["docx"]
    floor = [measure(lambda: read_source("plan.docx", good)) for _ in range(5)]
    outcomes, seconds, walls = Counter[str](), [], []
    for name, data in spoilt(FILES):
        wall, started = time.perf_counter(), cpu_seconds()
        outcomes[outcome(name, data)] += 1
        seconds.append(cpu_seconds() - started)
        walls.append(time.perf_counter() - wall)
    low, high = statistics.median(floor) * 1000, statistics.median(seconds) * 1000
    more = {
        "read": outcomes.pop(READ, 0),
        "refused": sum(outcomes.values()),
        "slowest_cpu_seconds": round(max(seconds), 2),
        "slowest_seconds": round(max(walls), 2),
        "bar_seconds": BAR_SECONDS,
        "child_mb": peak_mb(resource.RUSAGE_CHILDREN),
        "own_mb": peak_mb(resource.RUSAGE_SELF),
        "bar_mb": BAR_MB,
        "codes": dict(outcomes.most_common()),
    }
    ratio = round(high / low, 3)
    return [
        Result(
            "roadmap-malformed",
            round(low, 2),
            round(high, 2),
            ratio,
            "ms CPU each",
            len(seconds),
            more,
        )
    ]


def outcome(name: str, data: bytes) -> str:
    """The code of the refusal, or `read`; any other error is a fault of ours and is let through."""
    from nastavnik.files.refusals import FileRefused
    from nastavnik.roadmaps.engine.tables import read_source, recognise

    try:
        recognise(read_source(name, data))
    except FileRefused as refused:
        if not "А" <= refused.message[:1] <= "Я":
            raise RuntimeError(f"not in Russian: {refused.message}") from refused
        return refused.code
    return READ


def peak_mb(who: int) -> int:
    return resource.getrusage(who).ru_maxrss // 1024


def spoilt(count: int, seed: int = 4) -> Iterator[tuple[str, bytes]]:
    """`count` files with the names they come under."""
    dice = random.Random(seed)  # noqa: S311 -- the same files at every run, no secret
    for turn in range(count):
        make = SPOILERS[turn % len(SPOILERS)]
        yield (
            dice.choice(["план.docx", "план.xlsx", "план.odt", "план.ods", "план.doc"]),
            make(dice),
        )


@lru_cache(maxsize=1)
def whole_files() -> dict[str, bytes]:
    """A roadmap of 40 lines in every format; made once."""
    return {
        "docx": document(40),
        "xlsx": _excel(),
        "odt": _open("text"),
        "ods": _open("spreadsheet"),
    }


def _excel() -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("План")
        for row in range(40):
            sheet.write_row(
                row, 0, ["№", "Мероприятие", "Срок"] if not row else [row, "Дело", "май"]
            )
    return out.getvalue()


def _open(kind: str, rows: str = "", before: str = "") -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    header = "".join(cell.format(text) for text in ("№", "Мероприятие", "Срок"))
    line = "".join(cell.format(text) for text in ("1", "Дело", "май"))
    row = "<table:table-row>{}</table:table-row>"
    table = row.format(header) + row.format(line) * 40 + rows
    content = (
        f'<?xml version="1.0"?>{before}<office:document-content xmlns:office="{names}:office:1.0"'
        f' xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body>'
        f'<office:{kind}><table:table table:name="План">{table}</table:table></office:{kind}>'
        "</office:body></office:document-content>"
    )
    mime = f"application/vnd.oasis.opendocument.{kind}"
    return _zip({"mimetype": mime.encode(), "content.xml": content.encode()})


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _word(body: str, before: str = "") -> bytes:
    head = HEAD.replace("?>", f"?>{before}", 1)
    return _zip(_parts(whole_files()["docx"]) | {BODY: (head + body + TAIL).encode()})


def _any(dice: random.Random) -> bytes:
    return dice.choice(list(whole_files().values()))


def _cut(dice: random.Random) -> bytes:
    data = _any(dice)
    return data[: dice.randrange(len(data))]


def _flipped(dice: random.Random) -> bytes:
    data = bytearray(_any(dice))
    for _ in range(dice.randrange(1, 20)):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(data)


def _wrong_package(dice: random.Random) -> bytes:
    """Parts missing, swapped between formats, renamed, packed in one another, with paths upwards."""
    parts = _parts(_any(dice))
    names = list(parts)
    match dice.randrange(5):
        case 0:
            del parts[dice.choice(names)]
        case 1:
            parts |= _parts(_any(dice))
        case 2:
            one, other = dice.choice(names), dice.choice(names)
            parts[one], parts[other] = parts[other], parts[one]
        case 3:
            parts = {"внутри.docx": _zip(parts), "ещё.zip": _zip({"a": _zip(parts)})}
        case _:
            parts["../" * dice.randrange(1, 5) + "plan.xml"] = b"<x/>"
    return _zip(parts)


def _bomb(dice: random.Random) -> bytes:
    """A little that unpacks to a lot, or that asks for rows and columns without end."""
    size = dice.choice([8, 30, 60, 120]) << 20
    match dice.randrange(5):
        case 0:
            return _zip(_parts(whole_files()["docx"]) | {"word/media/a.bin": b" " * size})
        case 1:
            return _word(f"<w:p><w:r><w:t>{'я ' * (size >> 2)}</w:t></w:r></w:p>")
        case 2:
            times = dice.choice([3_000, 100_000, 10_000_000])
            repeat = f'<table:table-row table:number-rows-repeated="{times}">'
            cells = f'<table:table-cell table:number-columns-repeated="{times}"><text:p>x</text:p>'
            row = f"{repeat}{cells}</table:table-cell></table:table-row>"
            return _open(dice.choice(["text", "spreadsheet"]), row * dice.randrange(1, 9))
        case 3:
            return _far_cell(dice)
        case _:
            return _word("<w:p/>" * (size >> 4))


def _far_cell(dice: random.Random) -> bytes:
    """One number at the end of the sheet makes a reader keep all the cells before it."""
    parts = _parts(whole_files()["xlsx"])
    sheet = parts["xl/worksheets/sheet1.xml"]
    row, cell = dice.choice([(1048576, "XFD1048576"), (900000, "B900000"), (50, "XFD50")])
    far = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", far)
    return _zip(parts)


def _entities(dice: random.Random) -> bytes:
    before = dice.choice(
        [
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
            '<!DOCTYPE x [<!ENTITY a "ха"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
            '<!DOCTYPE x PUBLIC "-//x" "x.dtd">',
            f'<!-- {"-" * dice.randrange(9)}{" " * 70_000} --><!DOCTYPE x [<!ENTITY a "ха">]>',
        ]
    )
    text = "&a;" if dice.random() < 0.5 else "дело"
    if dice.random() < 0.5:
        return _open("text", f"<table:table-row>{text}</table:table-row>", before)
    return _word(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>", before)


def _other_format(dice: random.Random) -> bytes:
    heads = (
        b"%PDF-1.7\n",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"Rar!\x1a\x07\x00",
        b"7z\xbc\xaf\x27\x1c",
        b"{\\rtf1\\ansi ",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
        b"MZ\x90\x00\x03\x00",
        b"<html><body><table><tr><td>",
        b"SQLite format 3\x00",
    )
    return dice.choice(heads) + dice.randbytes(dice.randrange(10_000))


def _huge_cells(dice: random.Random) -> bytes:
    """Cells of megabytes, rows of thousands of cells, tables within tables."""
    words = ["Провести", "встречу", "до", "15", "марта", "2026", "г.", "1)", "-", "И.И.", "и", ";"]
    long = " ".join(dice.choices(words, k=dice.choice([20_000, 200_000, 600_000])))
    cell = f"<w:tc><w:p><w:r><w:t>{long}</w:t></w:r></w:p></w:tc>"
    match dice.randrange(4):
        case 0:
            return _word(f"<w:tbl><w:tr>{cell}<w:tc><w:p/></w:tc></w:tr></w:tbl>")
        case 1:
            wide = "<w:tc><w:p><w:r><w:t>май</w:t></w:r></w:p></w:tc>" * dice.choice([500, 40_000])
            return _word(f"<w:tbl><w:tr>{wide}</w:tr></w:tbl>")
        case 2:
            deep = dice.choice([20, 200])
            return _word("<w:tbl><w:tr><w:tc>" * deep + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * deep)
        case _:
            return ("Мероприятие\tСрок\n" + "дело\tмай\n" * dice.choice([1000, 300_000])).encode()


def _noisy_markup(dice: random.Random) -> bytes:
    parts = _parts(_any(dice))
    name = dice.choice([name for name in parts if name.endswith(".xml")])
    noisy = bytearray(parts[name])
    for _ in range(dice.randrange(1, 12)):
        noisy[dice.randrange(len(noisy))] = dice.randrange(256)
    parts[name] = bytes(noisy)
    return _zip(parts)


def _deep_tree(dice: random.Random) -> bytes:
    depth = dice.choice([100, 1000, 5000, 200_000])
    tag = dice.choice(["w:sdt", "w:p", "w:tbl", "w:ins"])
    return _word(f"<{tag}>" * depth + f"</{tag}>" * depth)


def _random_text(dice: random.Random) -> bytes:
    match dice.randrange(4):
        case 0:
            return dice.randbytes(dice.randrange(1, 50_000))
        case 1:
            signs = "аяАЯ1. \t|;,\n\u202e\u0000\ufeff«»"
            return "".join(dice.choices(signs, k=20_000)).encode()
        case 2:
            return ("1. " * 3000 + "\t" * 3000 + "|" * 3000).encode(
                dice.choice(["cp1251", "utf-16"])
            )
        case _:
            return b"\x00" * dice.randrange(1, 100_000)


SPOILERS: tuple[Spoiler, ...] = (
    _cut,
    _flipped,
    _wrong_package,
    _bomb,
    _entities,
    _other_format,
    _huge_cells,
    _noisy_markup,
    _deep_tree,
    _random_text,
)
