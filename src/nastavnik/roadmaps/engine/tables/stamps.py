"""Stamps, electronic signatures, signatures and footnotes: never lines, never deadlines."""

import re

_STAMPS = (
    ("approved", re.compile(r"^\s*[«\"]?У\s?Т\s?В\s?Е\s?Р\s?Ж\s?Д\s?(?:Е\s?Н|А\s?Ю)|^\s*Утвержд(?:ено|ена|ен|аю)\b")),
    ("agreed", re.compile(r"^\s*[«\"]?С\s?О\s?Г\s?Л\s?А\s?С\s?О\s?В\s?А\s?Н|^\s*Согласован[оаы]?\b(?! )")),
    ("accepted", re.compile(r"^\s*[«\"]?(?:ПРИНЯТ|РАССМОТРЕН)|^\s*(?:Принят[оа]|Рассмотрен[оа])\b")),
)  # fmt: skip
_SIGNATURE = re.compile(
    r"подписано? (?:простой |усиленной |квалифицированной |неквалифицированной )*(?:электронной|эп|эцп|кэп)"
    r"|электронн\w+ подпис\w*\W*(?:$|\n|сертификат|владелец)|серийный номер сертификата"
    r"|^\W*сертификат\W*\w*\W*[0-9a-f]{12,}|^\W*владелец\W|действител(?:ен|ьна?) (?:с|до|по) \d"
    r"|[0-9a-f]{24,}|документ подписан|штамп времени",
    re.IGNORECASE,
)
_HEX_PAIRS = re.compile(r"(?:\b[0-9A-Fa-f]{2}[ :]){8,}")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:стр(?:аница|\.)?\s*)?\d{1,3}(?:\s*(?:из|/)\s*\d{1,3})?\W*$", re.IGNORECASE
)
_FOOTNOTE = re.compile(r"^(?:\d{1,2}(?=[А-ЯЁ])|\*{1,3} ?\S|¹|²|³)")
_LINE = re.compile(r"_{3,}")
_ENCLOSURE = re.compile(r"^\s*Приложение\b", re.IGNORECASE)


def stamp_kind(text: str) -> str:
    """`approved`, `agreed`, `accepted`, `signature` or nothing, by how the text begins."""
    if _SIGNATURE.search(text) or _HEX_PAIRS.search(text):
        return "signature"
    for kind, pattern in _STAMPS:
        if pattern.search(text) and len(text) <= 600:
            return kind
    return ""


def is_enclosure(text: str) -> bool:
    """«Приложение № 1 к приказу …»."""
    return bool(_ENCLOSURE.match(text))


def is_noise(text: str, style: str) -> bool:
    """Page numbers, footnotes, running titles, signatures: they do not break a table."""
    return (
        style in {"note", "header", "footer", "box"}
        or bool(_PAGE_NUMBER.match(text) or _FOOTNOTE.match(text) or _LINE.search(text))
        or bool(stamp_kind(text))
        or text.casefold().startswith("продолжение")
    )


def is_signed_line(text: str) -> bool:
    """«Директор ________ /И. О. Фамилия/» under a table."""
    return bool(_LINE.search(text)) and len(text) <= 200
