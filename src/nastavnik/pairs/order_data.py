"""What the orders on pairs say: the people in their cases, forms and kinds in words, terms."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.accounts.queries import in_office
from nastavnik.documents.engine.grammar import date_words
from nastavnik.documents.models import Document
from nastavnik.documents.names import person_context
from nastavnik.library.queries import title_of
from nastavnik.pairs.facts import PairFacts
from nastavnik.pairs.models import Pair
from nastavnik.people.models import Person
from nastavnik.shared.errors import DomainError
from nastavnik.tenancy.models import Organisation

PROGRAMME_DAYS = 14


def today() -> date:
    return timezone.localdate()


def pair_in_words(facts: PairFacts) -> str:
    return f"{facts.mentor.short_name} — {', '.join(m.short_name for m in facts.mentees)}"


def person_data(organisation: Organisation, person: Person) -> dict[str, Any]:
    """A participant as the blanks expect one; raises GenderNeeded with a link to the card."""
    return person_context(
        surname=person.surname,
        given=person.given,
        patronymic=person.patronymic,
        gender=person.gender,
        post=person.post,
        about=person.about_in_papers,
        name_override=person.name_cases,
        link=reverse("people:card", kwargs={"org": organisation.slug, "person_id": person.pk}),
    )


def curator_data(organisation: Organisation, on: date) -> dict[str, Any]:
    """The curator in office on the day; raises DomainError when nobody is appointed."""
    user = in_office(organisation, Role.CURATOR, on=on)
    if user is None:
        raise DomainError(
            "no_curator", "В учреждении не назначен куратор. Сначала назначьте его приказом."
        )
    return person_context(
        surname=user.surname,
        given=user.given,
        patronymic=user.patronymic,
        gender=user.gender,
        about="куратор",
    )


def pair_rows(organisation: Organisation, loaded: Sequence[PairFacts]) -> list[dict[str, Any]]:
    """Rows of the order's table, numbered from 1."""
    return [
        {
            "number": number,
            "mentor": person_data(organisation, facts.mentor),
            "mentees": [person_data(organisation, mentee) for mentee in facts.mentees],
            "form": _small(title_of("forms", facts.pair.form)),
            "kind": ", ".join(_small(title_of("kinds", kind)) for kind in facts.pair.kinds),
            "role_model": _small(title_of("role_models", facts.pair.role_model)),
            "starts_on": _dots(facts.pair.starts_on),
            "ends_on": _dots(facts.pair.ends_on),
        }
        for number, facts in enumerate(loaded, 1)
    ]


def pairs_data(
    organisation: Organisation, loaded: Sequence[PairFacts], *, on: date
) -> dict[str, Any]:
    """Merge data of the order on pairs and of the additional one."""
    start = max(on, min((f.pair.starts_on for f in loaded if f.pair.starts_on), default=on))
    return {
        **_term_words(start),
        "main_order": main_order_words(on),
        "curator": curator_data(organisation, on),
        "pairs": pair_rows(organisation, loaded),
        "basis": "",
        "control": "оставляю за собой",
        "acquaintance": [
            person_data(organisation, facts.mentor) for facts in _first_of_each(loaded)
        ],
    }


def on_day(document: Document, day: date) -> dict[str, Any]:
    """Fields of a waiting order on pairs as the day of signature makes them (invariant 1).

    Pairs whose first day has passed begin on that day; nothing else of the draft changes.
    """
    rows = document.data.get("pairs", [])
    starts = [_undotted(row.get("starts_on", "")) for row in rows]
    if not any(start is not None and start < day for start in starts):
        return {}
    moved = [
        {**row, "starts_on": _dots(max(start, day))} if start else row
        for row, start in zip(rows, starts, strict=True)
    ]
    first = min(max(start, day) for start in starts if start is not None)
    return {"pairs": moved, **_term_words(first)}


def _term_words(start: date) -> dict[str, str]:
    return {
        "period": f"{school_year(start)} учебный год",
        "starts_on": date_words(start),
        "programme_due": date_words(start + timedelta(days=PROGRAMME_DAYS)),
    }


def following(organisation: Organisation, pair: Pair) -> dict[str, Any]:
    """What orders that follow the pair's first one say: that order, the curator, the usual ends."""
    order = pair.order
    words = (
        f"от {date_words(order.registered_on)} № {order.number_text}"
        if order and order.registered_on
        else ""
    )
    return {
        "main_order": words or pair.foreign_order,
        "curator": curator_data(organisation, today()),
        "basis": "",
        "control": "оставляю за собой",
    }


def main_order_words(on: date) -> str:
    """«от 15 октября 2026 г. № 48»: the latest main order of the school year, or nothing."""
    since = date(on.year if on.month >= 9 else on.year - 1, 9, 1)
    orders = Document.objects.filter(
        kind="order_pairs", state="in_force", registered_on__gte=since, registered_on__lte=on
    )
    main = orders.order_by("-registered_on", "-id").first()
    if main is None or main.registered_on is None:
        return ""
    return f"от {date_words(main.registered_on)} № {main.number_text}"


def school_year(day: date) -> str:
    """«2026/27»."""
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def _first_of_each(loaded: Sequence[PairFacts]) -> list[PairFacts]:
    """One of each mentor: who leads two pairs signs once."""
    return list({facts.mentor.pk: facts for facts in reversed(loaded)}.values())[::-1]


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


def _dots(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _undotted(text: str) -> date | None:
    return datetime.strptime(text, "%d.%m.%Y").date() if text else None  # noqa: DTZ007 -- a day
