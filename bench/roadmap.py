"""A Word roadmap of 1,000 lines read and understood; the evidence of one organisation asked again.

The floor of reading: the archive opened and the text of every cell joined, nothing understood. The
floor of evidence: the lines and the same facts by one hand-written query each, nothing written but
the one line that changed. The bars are CPU time, not the ratio.
"""

import datetime as dt
import io
import zipfile
from typing import Any

from lxml import etree

from bench import people
from bench.frame import Result, compare

LINES = 1_000
CALLS = 5
SCHOOL = people.SMALL
PEOPLE = people.IN_BIG + people.IN_SMALL + people.IN_TINY
BAR_PARSE_SECONDS = 1.0
BAR_EVIDENCE_MS = 50.0
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADINGS = ("№", "Мероприятие", "Срок", "Ответственный", "Результат")
DEADLINES = (
    "до 15 марта 2022 г.",
    "не позднее 30.06.2022г.",
    "январь",
    "март — декабрь 2022 г.",
    "май, август 2022 г.",
    "25.03.2022 25.06.2022 25.09.2022",
    "с 1 января по 31 декабря 2022 г.",
    "Ежемесячно 25 числа 2022 года",
    "ежеквартально",
    "ежегодно",
    "на постоянной основе",
    "в течение года",
    "в течение всего периода реализации",
    "в течение двух недель с даты определения модели",
    "не реже одного раза в квартал",
    "в соответствии с планом работы совета",
    "II квартал 2022 г.",
    "по мере необходимости",
    "",
)

FACTS = (
    """SELECT i.id, i.state, i.evidence_kind, i.evidence_parameters, i.evidence_words, r.starts_on
    FROM roadmaps_roadmapitem i JOIN roadmaps_roadmap r ON r.id = i.roadmap_id
    WHERE i.organisation_id = %s AND r.state <> 'closed' AND i.evidence_kind <> ''""",
    """SELECT item_id, ordinal, starts_on, due_on, met_on FROM roadmaps_occurrence
    WHERE organisation_id = %s ORDER BY item_id, ordinal""",
    """SELECT kind, max(registered_on) FROM documents_document
    WHERE organisation_id = %s AND state IN ('in_force', 'amended') GROUP BY kind""",
    "SELECT count(*) FROM people_menteeprofile WHERE organisation_id = %s AND state <> 'archived'",
    "SELECT count(*) FROM people_mentorprofile WHERE organisation_id = %s AND state = 'ready'",
    """SELECT count(DISTINCT person_id) FROM people_consent
    WHERE organisation_id = %s AND state = 'in_force'""",
    "SELECT count(*) FROM pairs_pair WHERE organisation_id = %s AND state = 'active'",
)
CLOSE = (
    "UPDATE roadmaps_roadmapitem SET state = 'done', evidence_words = %s, evidence_on = %s"
    " WHERE id = %s"
)


def run() -> list[Result]:
    people.PERSONS = min(people.PERSONS, PEOPLE)
    with people.empty_base():
        people.build()
        return [reading(), evidence()]


def reading() -> Result:
    from nastavnik.roadmaps.engine.tables import read_source, recognise

    data = document()

    def product() -> int:
        return len(recognise(read_source("plan.docx", data)).items)

    if product() != LINES:
        raise RuntimeError(f"{product()} lines of {LINES} were recognised")
    found = compare("roadmap-parse", floor=lambda: texts(data), product=product, n=1, rounds=5)
    found.more.update(
        lines=LINES, seconds=round(found.product / 1000, 3), bar_seconds=BAR_PARSE_SECONDS
    )
    return found


def document(lines: int = LINES) -> bytes:
    """A file as Word writes it: a title and one table."""
    import docx

    written = docx.Document()
    written.add_paragraph("Дорожная карта внедрения целевой модели наставничества на 2022 год")
    table = written.add_table(rows=lines + 1, cols=len(HEADINGS))
    rows = [HEADINGS, *(line(number) for number in range(1, lines + 1))]
    for row, values in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, values, strict=True):
            cell.text = text
    out = io.BytesIO()
    written.save(out)
    return out.getvalue()


def line(number: int) -> tuple[str, ...]:
    return (
        f"{number}.",
        f"Провести мероприятие номер {number} для наставников и наставляемых",
        DEADLINES[number % len(DEADLINES)],
        "Куратор, классные руководители",
        "Протокол, список участников",
    )


def texts(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return ["".join(text.text or "" for text in cell.iter(W + "t")) for cell in root.iter(W + "tc")]


def evidence() -> Result:
    """One line is thrown back before each pass, so that each pass has one line to close."""
    from nastavnik.roadmaps.services.evidence import reevaluate
    from nastavnik.tenancy.models import Organisation
    from nastavnik.tenancy.scope import scope

    organisation = Organisation.objects.get(slug=SCHOOL)
    with scope([organisation.pk]):
        roadmap, lines = make_roadmap(organisation)
        today = roadmap.starts_on + dt.timedelta(days=90)
        reevaluate(organisation_id=organisation.pk, on=today)
        closed = roadmap.items.filter(state="done").first()

        def throw_back() -> None:
            roadmap.items.filter(pk=closed.pk).update(state="not_started")

        def product() -> None:
            for _ in range(CALLS):
                throw_back()
                if reevaluate(organisation_id=organisation.pk, on=today) != 1:
                    raise RuntimeError("not exactly one line changed")

        def floor() -> None:
            for _ in range(CALLS):
                throw_back()
                by_hand(organisation.pk, closed.pk)

        found = compare("roadmap-evidence", floor=floor, product=product, n=CALLS)
    found.more.update(lines=lines, people=people.IN_SMALL, bar_ms=BAR_EVIDENCE_MS)
    return found


def by_hand(organisation: int, line_id: int) -> None:
    """What a roadmap of one organisation cannot be judged without, each by one query."""
    from django.db import connection

    with connection.cursor() as cursor:
        for query in FACTS:
            cursor.execute(query, [organisation])
            cursor.fetchall()
        cursor.execute(CLOSE, ["сделано", people.DAY, line_id])


def make_roadmap(organisation: Any) -> tuple[Any, int]:
    """The institution's template with the rules of evidence it is delivered with, in force."""
    from nastavnik.accounts.actor import system_actor
    from nastavnik.roadmaps import catalogue
    from nastavnik.roadmaps.engine.deadlines import Period
    from nastavnik.roadmaps.models import RoadmapState
    from nastavnik.roadmaps.services.drafting import create_from_template

    template = next(
        found
        for found in catalogue.templates_for(organisation)
        if found.kind == catalogue.INSTITUTION
    )
    roadmap = create_from_template(
        actor=system_actor("Замер"),
        organisation=organisation,
        code=template.code,
        title="Дорожная карта",
        period=Period(people.DAY, dt.date(2027, 8, 31), academic=True),
        lines=template.lines,
    )
    type(roadmap).objects.filter(pk=roadmap.pk).update(
        state=RoadmapState.IN_FORCE, agreed_on=people.DAY
    )
    return roadmap, roadmap.items.filter(is_group=False).count()
