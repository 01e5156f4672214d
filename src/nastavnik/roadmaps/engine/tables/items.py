"""Raw lines → lines of the roadmap, each with its doubts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from nastavnik.roadmaps.engine.deadlines import Deadline, Kind, Period, parse, split_cell

from .alphabets import mended, mixed_words
from .checklists import first_number, split_list
from .columns import (
    CONTENT,
    DEADLINE,
    END,
    JOINT,
    NOTE,
    NUMBER,
    RESPONSIBLE,
    RESULT,
    STAGE,
    START,
    TEXT,
    UNKNOWN,
    Columns,
)
from .model import Fragment, Problem, RecognisedItem
from .numbers import follows, is_inside, parts, split_number
from .responsible import parties
from .rows import Raw
from .words import message

_NEAR = timedelta(days=92)  # a plan is prepared before its first day and summed up after the last
_BOUND = re.compile(r"^(?:со?|до|по|не позднее)\s+", re.IGNORECASE)


@dataclass(slots=True)
class Built:
    """Lines, their doubts, and texts of columns that no line holds."""

    items: list[RecognisedItem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    leftovers: list[Fragment] = field(default_factory=list)


class Builder:
    """Understands the raw lines of one roadmap."""

    def __init__(self, columns: Columns, period: Period | None) -> None:
        self._columns = columns
        self._period = period
        self._stage = ""
        self._stages_numbered = False
        self.out = Built()
        self._deadlines: dict[str, tuple[Deadline, ...]] = {}

    def run(self, lines: Sequence[Raw]) -> Built:
        """All lines in their order; sections know their lines afterwards."""
        numbered = bool(self._columns.of(NUMBER)) or not _mostly_numbered(lines, self._cell)
        self._stages_numbered = self._numbers_of_stages(lines)
        for line in lines:
            self._line(line, split=not numbered)
        guessed = _tell_groups(self.out.items)
        for row in guessed:
            self._doubt(self.out.items[row].source_rows[0], row, "section_guessed")
        _tell_sections(self.out.items)
        _check(self.out, self._columns)
        return self.out

    def _cell(self, line: Raw, field_name: str) -> str:
        texts = [line.cells[index] for index in self._columns.of(field_name)]
        return "\n".join(text for text in texts if text)

    def _line(self, line: Raw, *, split: bool) -> None:
        self._stage_row(line)
        row = len(self.out.items)
        number = "" if self._stages_numbered else self._cell(line, NUMBER)
        text = "\n".join(filter(None, (self._cell(line, TEXT), self._cell(line, CONTENT))))
        if split and not number:
            number, text = split_number(text)
        performers, deadline_text = self._who_and_when(line, row)
        deadlines = self._parsed(deadline_text)
        item = RecognisedItem(
            number=number,
            section="",
            is_group=line.section,
            text=text,
            responsible=parties(performers) if performers else (),
            deadline_text=deadline_text,
            deadlines=deadlines,
            result=self._cell(line, RESULT),
            checklist=split_list(text)[1],
            source_rows=tuple(line.places),
        )
        self.out.items.append(item)
        for code in line.doubts:
            if code != "no_number" or not self._stages_numbered:
                self._doubt(line.places[-1], row, code)
        self._aside(line, row)
        self._doubts_of(item, row)

    def _stage_row(self, line: Raw) -> None:
        """A stage beside the tasks is a section that lasts until the next one is written."""
        stage = self._cell(line, STAGE)
        if not stage or stage == self._stage:
            return
        self._stage = stage
        number, words = split_number(stage)
        if self._stages_numbered:
            number, words = self._cell(line, NUMBER), stage
        self.out.items.append(
            RecognisedItem(number, "", is_group=True, text=words, source_rows=(line.places[0],))
        )

    def _numbers_of_stages(self, lines: Sequence[Raw]) -> bool:
        """Whether the numbers count stages: each stands where a stage begins, some tasks have none."""
        tasks = [line for line in lines if not line.section]
        numbered = [line for line in tasks if self._cell(line, NUMBER)]
        if not self._columns.of(STAGE) or not numbered or len(numbered) == len(tasks):
            return False
        return all(self._cell(line, STAGE) for line in numbered)

    def _who_and_when(self, line: Raw, row: int) -> tuple[str, str]:
        performers, deadline = self._cell(line, RESPONSIBLE), self._cell(line, DEADLINE)
        start, end = self._cell(line, START), self._cell(line, END)
        if start and end:
            both = f"с {_BOUND.sub('', start)} по {_BOUND.sub('', end)}"
            deadline = start if start == end else both
        elif start or end:
            deadline = start or end
            if deadline[:1].isdecimal():
                deadline = f"с {start}" if start else f"до {end}"
        joint = self._cell(line, JOINT)
        if joint:
            first, second = split_cell(joint)
            if not first:
                self._doubt(line.places[0], row, "no_slash")
            if self._columns.deadline_first and first:
                first, second = second, first
            performers = "\n".join(filter(None, (performers, first)))
            deadline = "\n".join(filter(None, (deadline, second)))
        return performers, deadline

    def _parsed(self, text: str) -> tuple[Deadline, ...]:
        if text not in self._deadlines:
            self._deadlines[text] = parse(mended(text), self._period)
        return self._deadlines[text]

    def _aside(self, line: Raw, row: int) -> None:
        for index, name in enumerate(self._columns.fields):
            if name in {NOTE, UNKNOWN} and line.cells[index]:
                self.out.leftovers.append(
                    Fragment(line.places[0], line.cells[index], "column", row)
                )

    def _doubt(self, place: str, row: int, code: str, *words: str) -> None:
        self.out.problems.append(Problem(place, row, code, message(code, *words)))

    def _doubts_of(self, item: RecognisedItem, row: int) -> None:
        place = item.source_rows[0]
        if not item.text:
            self._doubt(place, row, "no_text")
        for words in (item.number, item.text, *item.responsible, item.deadline_text, item.result):
            for word in mixed_words(words):
                right = mended(f"{word} я")[:-2]
                text = message("mixed_alphabet", word)
                self.out.problems.append(
                    Problem(place, row, "mixed_alphabet", text, right, word=word)
                )
        start = first_number(item.text) or first_number(item.text.partition("\n")[2])
        if start > 1:
            self._doubt(place, row, "list_start", str(start))
        # An empty cell is told once, among the checks of the whole.
        dated = [found for found in item.deadlines if found.kind != Kind.EMPTY]
        for found in dated:
            if found.kind == Kind.UNKNOWN:
                words = found.source_words or item.deadline_text
                self._doubt(place, row, "deadline_unknown", words)
            elif found.question:
                self._doubt(place, row, "deadline_question", found.question)
            elif self._is_far(found):
                self._doubt(place, row, "outside_period")

    def _is_far(self, deadline: Deadline) -> bool:
        """Days well outside the roadmap: a slip of the year, or the period of another roadmap."""
        days = [day for day in (deadline.start, deadline.end) if day]
        if self._period is None or not days:
            return False
        first, last = self._period.start - _NEAR, self._period.end + _NEAR
        return all(not first <= day <= last for day in days)


def _mostly_numbered(lines: Sequence[Raw], cell: Callable[[Raw, str], str]) -> bool:
    texts = [cell(line, TEXT) for line in lines]
    return sum(1 for text in texts if split_number(text)[0]) * 2 >= max(len(texts), 1)


def is_bare(item: RecognisedItem) -> bool:
    """No deadline and nobody responsible, as sections have it."""
    return not item.deadline_text and not item.responsible


def _tell_groups(items: list[RecognisedItem]) -> list[int]:
    """A bare line with lines inside it is a section; one with a deadline is a task all the same.

    Returns the rows that were taken for sections only because all others have deadlines.
    """
    numbers = [parts(item.number) for item in items]
    bare = [is_bare(item) for item in items]
    alone = sum(bare) <= len(items) * 0.5
    unnumbered = not any(item.number for item in items)
    guessed = []
    for index, item in enumerate(items):
        if item.is_group or not bare[index]:
            continue
        inside = any(is_inside(other, numbers[index]) for other in numbers[index + 1 : index + 60])
        roman = bool(item.number) and not numbers[index]
        above = unnumbered and index + 1 < len(items) and not bare[index + 1]
        if inside or (alone and not item.result and (roman or above)):
            items[index] = replace(item, is_group=True)
            guessed.extend([index] if not inside and not roman else [])
    for index, item in enumerate(items):
        if item.is_group:
            # A section has no deadline of its own, so nothing is asked about it.
            quiet = tuple(replace(deadline, question="") for deadline in item.deadlines)
            items[index] = replace(item, deadlines=quiet)
    return guessed


def _tell_sections(items: list[RecognisedItem]) -> None:
    """Every line learns the nearest section above it, by numbers or by place."""
    above: list[tuple[tuple[int, ...], str, bool]] = []
    numbers = [parts(item.number) for item in items]
    heads = {
        numbers[i]
        for i, n in enumerate(numbers[:-1])
        if n and any(is_inside(other, n) for other in numbers[i + 1 : i + 60])
    }
    for index, item in enumerate(items):
        own = numbers[index]
        name = f"{item.number} {item.text.partition(chr(10))[0]}".strip()
        section = next((text for n, text, _ in reversed(above) if is_inside(own, n)), "")
        if not section and not item.is_group:
            section = next((text for n, text, loose in reversed(above) if loose), "")
        items[index] = replace(item, section=section)
        if item.is_group or own in heads:
            above.append((own, name, item.is_group and own not in heads))


def _check(built: Built, columns: Columns) -> None:
    """Doubts about the whole: numbers that jump or repeat, lines without a deadline."""
    _check_numbers(built)
    tasks = [(row, item) for row, item in enumerate(built.items) if not item.is_group]
    _check_missing(
        built, tasks, "deadline", columns.of(DEADLINE) + columns.of(JOINT) + columns.of(START)
    )
    _check_missing(built, tasks, "responsible", columns.of(RESPONSIBLE) + columns.of(JOINT))


def _check_missing(
    built: Built,
    tasks: list[tuple[int, RecognisedItem]],
    what: str,
    present: tuple[int, ...],
) -> None:
    lacking = [
        (row, item)
        for row, item in tasks
        if not (item.deadline_text if what == "deadline" else item.responsible)
    ]
    if not present or (len(lacking) == len(tasks) and tasks):
        code = f"no_{what}_column" if not present else f"no_{what}s"
        built.problems.append(Problem("", -1, code, message(code)))
        return
    for row, item in lacking:
        code = f"no_{what}"
        built.problems.append(Problem(item.source_rows[0], row, code, message(code)))


def _check_numbers(built: Built) -> None:
    seen: dict[tuple[int, ...], int] = {}
    before: tuple[int, ...] = ()
    written = ""
    for row, item in enumerate(built.items):
        own = parts(item.number)
        if not own:
            if item.is_group:
                before = ()
            continue
        place = item.source_rows[0]
        if not before and own[-1] == 1:
            seen.clear()  # a section begins its numbers anew
        if own in seen and before:
            text = message("duplicate_number", item.number)
            built.problems.append(Problem(place, row, "duplicate_number", text))
        elif before and not follows(before, own):
            text = message("number_order", written, item.number)
            built.problems.append(Problem(place, row, "number_order", text))
        seen[own] = row
        before, written = own, item.number
