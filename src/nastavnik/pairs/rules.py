"""The law of pairs: invariants 1–10 of PRODUCT.md § 2.3 as plain functions over loaded facts.

`blockers` say why a pair cannot be active on a day; each names what is missing and who can supply
it. `structure_faults` say why people cannot form a pair at all. `warnings` never block.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from nastavnik.pairs.facts import PairFacts
from nastavnik.pairs.kinds import KindRule
from nastavnik.people.models import Category, Person
from nastavnik.people.models.person import MENTEE_MIN_AGE
from nastavnik.people.requirements import (
    missing_certificates,
    missing_consents,
    missing_employee_consent,
)
from nastavnik.shared.text import search_key
from nastavnik.tenancy.models import Organisation

SHORTEST_TERM_MONTHS = 3
LONGEST_TERM_MONTHS = 12
RELIEF_WORKING_DAYS = 3
LAST_SCHOOL_MONTH = 5


@dataclass(frozen=True)
class Blocker:
    """What keeps a pair from becoming active. `person_id` and `kind`, of a consent, lead to the page that mends it."""

    code: str
    sentence: str
    who: str
    person_id: int | None = None
    kind: str = ""


def blockers(facts: PairFacts, on: date) -> list[Blocker]:
    """Everything that forbids the pair to be active on `on` except the order itself."""
    return [
        *_paper_blockers(facts, on),
        *_age_blockers(facts, on),
        *_staff_blockers(facts, on),
        *_answer_blockers(facts),
        *_size_blockers(facts),
    ]


MANY = (
    ("нет согласия", "нет согласий"),
    ("нет подписи", "нет подписей"),
    ("нет действующей справки", "нет действующих справок"),
)


def told(found: Sequence[Blocker]) -> list[Blocker]:
    """The same obstacles in fewer lines: papers of one sort that one person lacks stand together."""
    groups: dict[tuple[str, int | None, str], list[Blocker]] = {}
    for number, blocker in enumerate(found):
        head, _, paper = blocker.sentence.rpartition(": ")
        is_paper = blocker.code in {"consent", "certificate"} and ": " in head
        key = (blocker.code, blocker.person_id, head) if is_paper and paper else ("", number, "")
        groups.setdefault(key, []).append(blocker)
    return [_together(blockers) for blockers in groups.values()]


def _together(blockers: Sequence[Blocker]) -> Blocker:
    first = blockers[0]
    if len(blockers) == 1:
        return first
    head = first.sentence.rpartition(": ")[0]
    for one, many in MANY:
        head = head.replace(one, many)
    papers = ", ".join(blocker.sentence.rpartition(": ")[2] for blocker in blockers)
    return replace(first, sentence=f"{head}: {papers}", kind="")


def _paper_blockers(facts: PairFacts, on: date) -> list[Blocker]:
    found = []
    for person in facts.people:
        found += [
            Blocker("consent", f"{person.short_name}: {m.sentence}", m.who, person.pk, m.kind)
            for m in missing_consents(person, facts.papers_for(person), on)
        ]
    mentor_papers = facts.papers_for(facts.mentor)
    with_minors = facts.has_minors(on)
    for missing in missing_certificates(facts.mentor, mentor_papers, on, with_minors=with_minors):
        sentence = f"{facts.mentor.short_name}: {missing.sentence}"
        found.append(Blocker("certificate", sentence, missing.who, facts.mentor.pk))
    return found


def _age_blockers(facts: PairFacts, on: date) -> list[Blocker]:
    """Invariant 6: a pupil takes part from the age of ten."""
    found = []
    for mentee in facts.mentees:
        if mentee.category not in {Category.PUPIL, Category.STUDENT}:
            continue
        age = mentee.age_on(on)
        if age is None:
            text = f"{mentee.short_name}: не указан год рождения"
            found.append(Blocker("age", text, "куратор", mentee.pk))
        elif age < MENTEE_MIN_AGE:
            text = f"{mentee.short_name}: участвовать можно с {MENTEE_MIN_AGE} лет"
            found.append(Blocker("age", text, "куратор", mentee.pk))
    return found


def is_staff_pair(facts: PairFacts) -> bool:
    """A colleague mentors a colleague: ТК ст. 351.8 applies."""
    return facts.mentor.is_staff and any(mentee.is_staff for mentee in facts.mentees)


def _staff_blockers(facts: PairFacts, on: date) -> list[Blocker]:
    """Invariant 5: written consent and a reference to the addendum."""
    if not is_staff_pair(facts):
        return []
    mentor = facts.mentor
    found = [
        Blocker(
            "consent",
            f"{mentor.short_name}: {missing.sentence}",
            missing.who,
            mentor.pk,
            missing.kind,
        )
        for missing in missing_employee_consent(mentor, facts.papers_for(mentor), on)
    ]
    if not facts.pair.addendum:
        text = f"{mentor.short_name}: не указано дополнительное соглашение (ТК РФ, ст. 351.8)"
        found.append(Blocker("addendum", text, "кадровая служба", mentor.pk))
    return found


def _answer_blockers(facts: PairFacts) -> list[Blocker]:
    """Invariant 10: both sides said «да» before the order."""
    found = []
    for person in facts.people:
        answer = facts.answers.get(person.pk)
        if answer is None or answer.is_yes is None:
            text = f"{person.short_name}: ещё нет ответа «да»"
            found.append(Blocker("answer", text, "участник", person.pk))
        elif not answer.is_yes:
            text = f"{person.short_name}: ответ «нет»"
            found.append(Blocker("answer", text, "куратор", person.pk))
    return found


def _size_blockers(facts: PairFacts) -> list[Blocker]:
    """Invariant 8: a group has at least two mentees, a pair exactly one."""
    count = len(facts.mentees)
    if facts.pair.is_group and count < 2:
        text = "В группе остался один наставляемый: преобразуйте её в пару или добавьте участника"
        return [Blocker("size", text, "куратор")]
    if not facts.pair.is_group and count != 1:
        return [Blocker("size", "В паре должен быть один наставляемый", "куратор")]
    return []


def structure_faults(
    organisation: Organisation, mentor: Person, mentees: Sequence[Person], *, is_group: bool
) -> list[str]:
    """Why these people cannot form a pair or group whatever the papers (invariants 6, 8, 9)."""
    faults = []
    if mentor.pk in {mentee.pk for mentee in mentees}:
        faults.append("Человек не может быть наставником самому себе.")
    if len({mentee.pk for mentee in mentees}) != len(mentees):
        faults.append("Один и тот же наставляемый указан дважды.")
    if is_group and len(mentees) < 2:
        faults.append("В группе должно быть не меньше двух наставляемых.")
    if not is_group and len(mentees) != 1:
        faults.append(
            "В паре должен быть ровно один наставляемый. Для нескольких выберите «группа»."
        )
    if not organisation.teaches_children:
        faults += [
            f"{m.short_name}: здесь наставляемыми могут быть только сотрудники."
            for m in mentees
            if m.category in {Category.PUPIL, Category.STUDENT}
        ]
    return faults


def kind_faults(kinds: Sequence[KindRule], mentees: int) -> list[str]:
    """What the chosen kinds forbid: each kind carries its own bounds (process.md § 6)."""
    faults = []
    for kind in kinds:
        if mentees < kind.min_mentees:
            faults.append(
                f"Вид «{kind.title}»: наставляемых должно быть не меньше {kind.min_mentees}."
            )
        if kind.max_mentees is not None and mentees > kind.max_mentees:
            faults.append(
                f"Вид «{kind.title}»: наставляемых может быть не больше {kind.max_mentees}."
            )
    return faults


def term_faults(
    kinds: Sequence[KindRule], starts_on: date | None, ends_on: date | None
) -> list[str]:
    """Invariant 7: three to twelve months, unless a chosen kind has no term of its own."""
    if any(kind.single_meeting or not kind.needs_term for kind in kinds):
        return []
    if starts_on is None or ends_on is None:
        return ["Укажите, с какого и по какое число работает пара."]
    if ends_on <= starts_on:
        return ["Дата окончания должна быть позже даты начала."]
    if ends_on + timedelta(days=1) < add_months(starts_on, SHORTEST_TERM_MONTHS):
        return ["Срок меньше трёх месяцев. Для одной встречи выберите вид «скоростное»."]
    if ends_on > add_months(starts_on, LONGEST_TERM_MONTHS):
        return ["Срок больше года. Продлить пару можно позже, отдельным приказом."]
    return []


def default_term(on: date, till: date | None = None) -> tuple[date, date]:
    """From `on` to `till` or the end of the school year, never outside three to twelve months."""
    ends_on = till or date(on.year + (on.month >= LAST_SCHOOL_MONTH + 1), LAST_SCHOOL_MONTH, 31)
    shortest, longest = add_months(on, SHORTEST_TERM_MONTHS), add_months(on, LONGEST_TERM_MONTHS)
    return on, min(max(ends_on, shortest), longest)


def is_untrained(facts: PairFacts) -> bool:
    return facts.pair.mentor.trained_on is None


def training_warning(facts: PairFacts) -> str:
    return f"{facts.mentor.short_name}: наставник не обучен"


def warnings(facts: PairFacts, kinds: Sequence[KindRule]) -> list[str]:
    """What the curator should know and may decide otherwise (invariant 9, training, reverse)."""
    found = []
    if is_untrained(facts):
        found.append(training_warning(facts))
    for mentee in facts.mentees:
        if _may_be_relatives(facts.mentor, mentee):
            found.append(
                f"{facts.mentor.short_name} и {mentee.short_name}: одна фамилия, возможно, родственники"
            )
        if facts.mentor.category == Category.HEAD and mentee.is_staff:
            found.append(f"{mentee.short_name} подчиняется наставнику по работе")
    if any(kind.warn_reverse for kind in kinds) and _mentor_is_older(facts):
        found.append("Реверсивное наставничество: обычно наставник моложе наставляемого")
    return found


def _may_be_relatives(first: Person, second: Person) -> bool:
    """Surnames alike up to the ending of gender: Юдин and Юдина."""
    a, b = search_key(first.surname), search_key(second.surname)
    return a.removesuffix("а") == b.removesuffix("а")


def _mentor_is_older(facts: PairFacts) -> bool:
    years = [m.birth_year for m in facts.mentees if m.birth_year]
    return bool(years and facts.mentor.birth_year) and (facts.mentor.birth_year or 0) < min(years)


def earliest_relief(stated_on: date, holidays: frozenset[date] = frozenset()) -> date:
    """First day on which a staff mentor's relief may take effect: 3 working days after the notice."""
    day, left = stated_on, RELIEF_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            left -= 1
    return day + timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a shorter month."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
