"""Blocks → the roadmap: lines, doubts, goals, stamps, and everything that was left over."""

from collections.abc import Sequence
from dataclasses import replace

from nastavnik.roadmaps.engine.deadlines import Period

from .columns import DEADLINE, JOINT, NUMBER, RESPONSIBLE, STAGE, START, TEXT, UNKNOWN
from .front import Front, indicator_goals, read_front
from .grid import PlanTable, Row
from .guess import column_texts, looks_like
from .items import Builder, Built
from .model import Fragment, Plan, Problem, Recognised, Source, Stamp
from .plans import Assembled, Text, assemble
from .refusals import refuse
from .rows import RowSorter, Sorted
from .stamps import stamp_kind
from .words import message

_NAMES = {DEADLINE: "Сроки", RESPONSIBLE: "Ответственные", JOINT: "Исполнитель / сроки"}


def recognise(
    source: Source, *, plan: int | None = None, period: Period | None = None
) -> Recognised:
    """Understand the roadmap of a document; `plan` picks another table, `period` answers for it.

    Raises: FileRefused when nothing in the document looks like a table of tasks.
    """
    found = assemble(source)
    if not found.plans:
        raise refuse("no_roadmap")
    chosen = _main(found.plans) if plan is None or not 0 <= plan < len(found.plans) else plan
    table = found.plans[chosen]
    problems = _columns_told(table)
    front = _front(found, chosen)
    rows = RowSorter(table).run()
    built = Builder(table.columns, period or front.period).run(rows.lines)
    plans = tuple(_plan(found, index) for index in range(len(found.plans)))
    doubts = [
        *_source_doubts(source),
        *_front_doubts(front, period),
        *problems,
        *_other_doubts(found, plans, chosen),
        *_row_doubts(rows),
        *built.problems,
    ]
    return Recognised(
        title=front.title,
        period=period or front.period,
        items=tuple(built.items),
        problems=tuple(doubts),
        goals=tuple(front.goals) + tuple(g for t in found.others for g in indicator_goals(t)),
        stamps=(*front.stamps, *(_row_stamp(piece) for piece in rows.stamps)),
        leftovers=tuple(_leftovers(found, chosen, front, rows, built)),
        dropped=tuple(rows.dropped),
        plans=plans,
        chosen=chosen,
    )


def _main(plans: Sequence[PlanTable]) -> int:
    """The fullest roadmap: lines with deadlines count twice; the first of equals."""

    def weight(table: PlanTable) -> int:
        dated = table.columns.of(DEADLINE) + table.columns.of(JOINT) + table.columns.of(START)
        filled = sum(1 for row in table.rows if any(row.cells[index] for index in dated))
        return len(table.rows) + 2 * filled

    return max(range(len(plans)), key=lambda index: (weight(plans[index]), -index))


def _columns_told(table: PlanTable) -> list[Problem]:
    """Columns whose headings say nothing are taken by their content, and that is said."""
    if table.guessed:
        return [_whole("no_header")]
    problems = []
    fields = list(table.columns.fields)
    known = set(fields)
    for index, name in enumerate(fields):
        texts = column_texts(table.rows, index)
        if name != UNKNOWN or not texts:
            continue
        heading = table.columns.headings[index].replace("\n", " ")
        guess = looks_like(texts)
        if _fits(guess, known):
            fields[index] = guess
            known.add(guess)
            if guess != NUMBER:
                problems.append(_whole("column_guessed", heading or str(index + 1), _NAMES[guess]))
        else:
            problems.append(_whole("unknown_column", heading or str(index + 1)))
    fields = _stage_or_text(table, fields)
    table.columns = replace(table.columns, fields=tuple(fields))
    return problems


def _fits(guess: str, known: set[str]) -> bool:
    if not guess or guess in known or JOINT in known:
        return False
    return not (guess == DEADLINE and START in known) and not (
        guess == JOINT and known & {DEADLINE, RESPONSIBLE}
    )


def _stage_or_text(table: PlanTable, fields: list[str]) -> list[str]:
    """A stage that is new in every row is what the row is about, not a section over rows."""
    if STAGE not in fields or TEXT not in fields:
        return fields
    index = fields.index(STAGE)
    stages = [row.cells[index] for row in table.rows if row.filled]
    if len(stages) > 2 and len(set(stages)) == len(stages) and all(stages):
        fields[fields.index(TEXT)], fields[index] = "content", TEXT
    return fields


def _front(found: Assembled, chosen: int) -> Front:
    table = found.plans[chosen]
    start = found.plans[chosen - 1].before if chosen else 0
    end = found.plans[chosen + 1].before if chosen + 1 < len(found.plans) else len(found.texts)
    front = read_front(found.texts[start : table.before], found.texts[table.before : end])
    if chosen and not front.title:
        front = read_front(found.texts[: table.before], found.texts[table.before : end])
        start = 0
    outside: list[Text] = [*found.texts[:start], *found.texts[end:]]
    far = read_front([], outside)
    front.goals.extend(far.goals)
    front.stamps.extend(far.stamps)
    front.leftovers.extend(far.leftovers)
    return front


def _plan(found: Assembled, index: int) -> Plan:
    start = found.plans[index - 1].before if index else 0
    table = found.plans[index]
    title = read_front(found.texts[start : table.before], []).title
    return Plan(title, sum(1 for row in table.rows if row.filled))


def _row_stamp(piece: Fragment) -> Stamp:
    return Stamp(stamp_kind(piece.text) or "signature", piece.text)


def _whole(code: str, *words: str, suggestion: str = "") -> Problem:
    return Problem("", -1, code, message(code, *words), suggestion)


def _source_doubts(source: Source) -> list[Problem]:
    return [_whole(code) for code in source.notes]


def _front_doubts(front: Front, period: Period | None) -> list[Problem]:
    doubts = []
    if not front.title:
        doubts.append(_whole("no_title"))
    elif front.title_guessed:
        doubts.append(_whole("title_guessed", suggestion=front.title))
    if front.period is None and period is None:
        doubts.append(_whole("no_period", suggestion=front.hint))
    return doubts


def _other_doubts(found: Assembled, plans: Sequence[Plan], chosen: int) -> list[Problem]:
    doubts = [
        _whole("other_plan", plan.title or f"таблица {index + 1}")
        for index, plan in enumerate(plans)
        if index != chosen
    ]
    if found.differing:
        place = found.differing[0].place
        doubts.append(Problem(place, -1, "columns_differ", message("columns_differ")))
    return doubts


def _row_doubts(rows: Sorted) -> list[Problem]:
    return [
        Problem(stamp.place, -1, "stamp_row", message("stamp_row"), stamp.text)
        for stamp in rows.stamps
    ]


def _leftovers(
    found: Assembled, chosen: int, front: Front, rows: Sorted, built: Built
) -> list[Fragment]:
    """Everything that became no line, no title, no stamp and no goal."""

    def of_rows(group: Sequence[Row], reason: str) -> list[Fragment]:
        return [Fragment(row.place, row.text, reason) for row in group if row.filled]

    out = [*front.leftovers, *rows.leftovers, *built.leftovers]
    for index, table in enumerate(found.plans):
        if index != chosen:
            out.extend(of_rows([*table.headers, *table.rows], "other_plan"))
    for rows_apart in found.others:
        kept = rows_apart[:1] if indicator_goals(rows_apart) else rows_apart
        out.extend(of_rows(kept, "other_table"))
    out.extend(of_rows(found.differing, "columns_differ"))
    return out
