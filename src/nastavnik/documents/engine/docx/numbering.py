"""Read Word's automatic numbers, so that the screen shows the numbers that print."""

from collections import defaultdict
from collections.abc import Mapping

from lxml import etree

from .names import PPR, VAL, to_int, w
from .package import parse_xml

_LETTERS = "абвгдежзиклмнопрстуфхцчшщэюя"


class Numbering:
    """Counters of one document, asked for in the order of its paragraphs."""

    def __init__(self, parts: Mapping[str, bytes], styles: Mapping[str, tuple[str, int]]) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, tuple[str, str]]] = {}
        self._group: dict[str, str] = {}
        self._restarts: set[str] = set()
        self._started: set[str] = set()
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        content = parts.get("word/numbering.xml")
        if content:
            self._read(parse_xml(content))

    def _read(self, root: etree._Element) -> None:
        abstracts = {}
        for abstract in root.iter(w("abstractNum")):
            levels = {}
            for level in abstract.iter(w("lvl")):
                kind, text = level.find(w("numFmt")), level.find(w("lvlText"))
                depth = to_int(level.get(w("ilvl"), ""), 9)
                if kind is not None and text is not None and depth < 9:
                    levels[depth] = (kind.get(VAL, ""), text.get(VAL, ""))
            abstracts[abstract.get(w("abstractNumId"))] = levels
        for number in root.iter(w("num")):
            link = number.find(w("abstractNumId"))
            if link is None:
                continue
            number_id = str(number.get(w("numId")))
            self._levels[number_id] = abstracts.get(link.get(VAL), {})
            self._group[number_id] = str(link.get(VAL))
            if number.find(f".//{w('startOverride')}") is not None:
                self._restarts.add(number_id)

    def label(self, paragraph: etree._Element, style: str) -> str:
        """The number or dash that Word puts before the paragraph, or an empty string."""
        found = paragraph.find(f"{PPR}/{w('numPr')}")
        number_id, level = self._styles.get(style, ("", 0))
        if found is not None:
            number, depth = found.find(w("numId")), found.find(w("ilvl"))
            number_id = str(number.get(VAL, "")) if number is not None else number_id
            level_text = depth.get(VAL, "0") if depth is not None else "0"
            level = to_int(level_text)
        levels = self._levels.get(number_id)
        if not levels or level not in levels:
            return ""
        group = self._group[number_id]
        if number_id in self._restarts and number_id not in self._started:
            self._counts[group] = {}
        self._started.add(number_id)
        counts = self._counts[group]
        counts[level] = counts.get(level, 0) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        kind, pattern = levels[level]
        if kind == "bullet":
            return "–"
        for index in range(9):
            value = counts.get(index, 1)
            pattern = pattern.replace(
                f"%{index + 1}", _shape(value, levels.get(index, ("", ""))[0])
            )
        return pattern


def _shape(value: int, kind: str) -> str:
    if kind in {"russianLower", "russianUpper"} and value <= len(_LETTERS):
        letter = _LETTERS[value - 1]
        return letter.upper() if kind == "russianUpper" else letter
    if kind in {"lowerLetter", "upperLetter"} and value <= 26:
        return chr((ord("a") if kind == "lowerLetter" else ord("A")) + value - 1)
    return str(value)
