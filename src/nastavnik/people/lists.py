"""Columns of the working tables: mentees, mentors, all people."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from nastavnik.people.models import Category, MenteeState, MentorState, Person
from nastavnik.people.queries.codes import form_title, request_title, topic_title
from nastavnik.people.queries.registers import PairFact
from nastavnik.people.requirements import Papers, missing_consents
from nastavnik.shared.cells import link, muted, small, tag
from nastavnik.shared.columns import Column
from nastavnik.shared.lists import ListSpec
from nastavnik.tenancy.bulk import new_row

Facts = Mapping[int, list[PairFact]]
NO_PAPERS = Papers()
PEOPLE_NOUNS = ("человек", "человека", "человек")
MENTEE_KINDS = {
    MenteeState.PAIRED: "ok",
    MenteeState.FINISHED: "ok",
    MenteeState.IN_BASE: "info",
    MenteeState.MATCHING: "info",
    MenteeState.AWAITING_CONSENT: "wait",
    MenteeState.UNPAIRED: "wait",
    MenteeState.SUSPENDED: "bad",
}
MENTOR_KINDS = {
    MentorState.PAIRED: "ok",
    MentorState.READY: "info",
    MentorState.PAPERS: "wait",
    MentorState.SUSPENDED: "bad",
}
_MENTEE_WORDS = dict(MenteeState.choices)
_MENTOR_WORDS = dict(MentorState.choices)
_CATEGORY_WORDS = dict(Category.choices)


def mentee_tag(state: str) -> SafeString:
    return tag(_MENTEE_WORDS.get(state, state), MENTEE_KINDS.get(MenteeState(state), ""))


def mentor_tag(state: str) -> SafeString:
    return tag(_MENTOR_WORDS.get(state, state), MENTOR_KINDS.get(MentorState(state), ""))


def consent_tag(has_consents: bool) -> SafeString:  # noqa: FBT001 -- the one value of a cell
    return tag("есть", "ok") if has_consents else tag("нет", "wait")


def _consents(papers: Mapping[int, Papers], today: date) -> Column:
    """The verdict of the rules themselves; `papers` are filled with those of the page."""

    def cell(pk: int, born: date | None, year: int | None, category: str) -> SafeString:
        person = new_row(Person, id=pk, birth_date=born, birth_year=year, category=category)
        return consent_tag(not missing_consents(person, papers.get(pk, NO_PAPERS), today))

    sources = ("person_id", "person__birth_date", "person__birth_year", "person__category")
    return Column("consents", "Согласия", sources, cell=cell)


def place_words(category: str, class_name: str, post: str, workplace: str) -> str:
    if category == Category.PUPIL:
        return class_name
    return ", ".join(part for part in (post, workplace) if part) or class_name


def request_cell(text: str | None, code: str | None, topic: str | None) -> Any:
    """The topic or kind in one line; the mentee's own words are on the card."""
    if code is None:
        return tag("не указан", "wait")
    title = topic_title(topic or "") or request_title(code)
    if not title:
        return small(text or "", "вид не определён")
    return title


def competence_cell(text: str | None) -> Any:
    return text or tag("не указаны", "wait")


def _name(base: str) -> Column:
    """The full name; with a `base` it leads to the card."""

    def cell(pk: int, *parts: str) -> Any:
        name = " ".join(part for part in parts if part)
        return link(f"{base}{pk}/", name) if base else name

    return Column(
        "name",
        "Фамилия, имя, отчество",
        ("person_id", "person__surname", "person__given", "person__patronymic"),
        cell=cell,
        sort=("person__search_key",),
        head=True,
    )


def _place(title: str) -> Column:
    return Column(
        "place",
        title,
        ("person__category", "person__class_name", "person__post", "person__workplace"),
        cell=place_words,
        sort=("person__class_name", "person__post", "person__search_key"),
    )


def _partner(title: str, facts: Facts) -> Column:
    def cell(pk: int) -> Any:
        found = [fact for fact in facts.get(pk, ()) if fact.is_open]
        if not found:
            return muted("пока нет")
        names = "; ".join(name for fact in found for name in fact.names)
        return small(names, ", ".join(dict.fromkeys(form_title(f.form) for f in found if f.form)))

    return Column("partner", title, ("pk",), cell=cell)


def mentee_list(base: str, facts: Facts, papers: Mapping[int, Papers], today: date) -> ListSpec:
    """`base` leads to cards: `…/people/`; `facts` and `papers` are filled with those of the page."""
    request = ("main_text", "main_code", "main_topic")
    return ListSpec(
        key="mentees",
        title="Наставляемые",
        order="name",
        nouns=PEOPLE_NOUNS,
        can_export=False,
        columns=(
            _name(base),
            _place("Класс или должность"),
            Column("request", "Запрос", request, cell=request_cell),
            _consents(papers, today),
            Column(
                "state",
                "Состояние",
                ("state",),
                cell=mentee_tag,
                sort=("state", "person__search_key"),
            ),
            _partner("Наставник", facts),
        ),
    )


def mentor_list(base: str, facts: Facts, papers: Mapping[int, Papers], today: date) -> ListSpec:
    """Without a `base` neither cards nor papers nor mentees are told: the list of mentors alone."""
    columns = [
        _name(base),
        _place("Кто это"),
        Column("competences", "Чем поможет", ("main_text",), cell=competence_cell),
        *([_consents(papers, today)] if base else []),
        Column(
            "state",
            "Состояние",
            ("state",),
            cell=mentor_tag,
            sort=("state", "person__search_key"),
        ),
        Column(
            "capacity",
            "Мест",
            ("capacity",),
            sort=("capacity", "person__search_key"),
            css="num",
        ),
        *([_partner("Наставляемые", facts)] if base else []),
    ]
    return ListSpec(
        key="mentors",
        title="Наставники",
        order="name",
        nouns=PEOPLE_NOUNS,
        can_export=False,
        columns=columns,
    )


def people_list() -> ListSpec:
    return ListSpec(
        key="people",
        title="Все люди",
        order="name",
        nouns=PEOPLE_NOUNS,
        can_export=False,
        columns=(
            Column(
                "name",
                "Фамилия, имя, отчество",
                ("pk", "surname", "given", "patronymic"),
                cell=lambda pk, *parts: link(f"{pk}/", " ".join(part for part in parts if part)),
                sort=("search_key",),
                head=True,
            ),
            Column(
                "category",
                "Кто это",
                ("category",),
                cell=lambda code: _CATEGORY_WORDS.get(code, code),
                sort=("category", "search_key"),
            ),
            Column(
                "place",
                "Класс, должность",
                ("category", "class_name", "post", "workplace"),
                cell=place_words,
            ),
            Column(
                "part",
                "В программе",
                ("mentee__state", "mentor__state"),
                cell=lambda mentee, mentor: ", ".join(
                    word
                    for word, state in (("наставляемый", mentee), ("наставник", mentor))
                    if state
                ),
            ),
        ),
    )
