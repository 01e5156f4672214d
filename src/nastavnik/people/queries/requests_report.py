"""«Перечень запросов» and «Запросы по видам»."""

from collections import defaultdict
from dataclasses import dataclass

from nastavnik.people.models import MenteeRequest
from nastavnik.people.queries.codes import request_choices, topic_title
from nastavnik.people.queries.registers import GONE

NO_CODE = ("", "Вид не определён")


@dataclass(frozen=True)
class RequestLine:
    """One request of one mentee."""

    person_id: int
    name: str
    about: str
    text: str
    topic: str
    is_confirmed: bool
    state: str


@dataclass(frozen=True)
class RequestGroup:
    """All requests of one kind; empty kinds stay in the report."""

    code: str
    title: str
    audience: str
    lines: tuple[RequestLine, ...]

    @property
    def people(self) -> int:
        """Unique persons, not requests."""
        return len({line.person_id for line in self.lines})


def requests_by_kind() -> list[RequestGroup]:
    """Every kind of the classifier, pupils' first, then teachers', with its requests; one query."""
    lines: dict[str, list[RequestLine]] = defaultdict(list)
    rows = (
        MenteeRequest.objects.filter(mentee__person__merged_into__isnull=True)
        .exclude(mentee__state__in=GONE)
        .select_related("mentee__person")
        .order_by("mentee__person__search_key", "id")
    )
    for row in rows:
        person = row.mentee.person
        lines[row.code].append(
            RequestLine(
                person.pk,
                person.full_name,
                person.about,
                row.text,
                topic_title(row.topic),
                row.is_confirmed,
                row.mentee.get_state_display(),
            )
        )
    groups = [
        RequestGroup(code, title, audience, tuple(lines.pop(code, ())))
        for audience in ("pupil", "teacher")
        for code, title in request_choices(audience)
    ]
    rest = tuple(line for found in lines.values() for line in found)
    return [*groups, RequestGroup(*NO_CODE, "", rest)] if rest else groups
