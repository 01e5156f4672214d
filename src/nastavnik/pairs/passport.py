"""The programme passport: its parameters and what the registers can fill in."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from nastavnik.library.queries import title_of
from nastavnik.matching.queries import able_mentors, form_rules, grade_of, waiting_mentees
from nastavnik.pairs.models import HOLDING_STATES, InstitutionProgramme, Pair, PairState
from nastavnik.people.models import Category, MenteeProfile, MenteeRequest, MentorProfile
from nastavnik.shared.typography import counted

PUPIL_WORDS = ("обучающийся", "обучающихся", "обучающихся")
STAFF_WORDS = ("педагог", "педагога", "педагогов")
MENTOR_WORDS = ("наставник", "наставника", "наставников")


@dataclass(frozen=True)
class Parameter:
    """One row of the passport; `after_completion` rows are filled when the programme ends."""

    code: str
    title: str
    text: str
    after_completion: bool = False


@dataclass(frozen=True)
class FormAdvice:
    """A form worth choosing: how many waiting requests it can answer, and the sentence for it."""

    code: str
    title: str
    requests: int
    sentence: str


@cache
def parameters() -> tuple[Parameter, ...]:
    """The eleven parameters in the order of the form."""
    text = (files("nastavnik.pairs") / "seed" / "passport.toml").read_text("utf-8")
    return tuple(Parameter(**entry) for entry in tomllib.loads(text)["parameter"])


def advise_forms() -> list[FormAdvice]:
    """Forms ranked by how many waiting mentees they can serve with the mentors at hand."""
    mentees, mentors = list(waiting_mentees()), list(able_mentors())
    have = {mentor.person.category for mentor in mentors}
    top = _commonest_request([m.pk for m in mentees])
    advice = []
    for form in form_rules():
        served = [m for m in mentees if m.person.category in form.mentees]
        if served and have & form.mentors:
            mentors_here = sum(1 for m in mentors if m.person.category in form.mentors)
            sentence = (
                f"Подходит для {len(served)} из {len(mentees)}, "
                f"есть {counted(mentors_here, *MENTOR_WORDS)}.{top}"
            )
            advice.append(
                FormAdvice(
                    form.code, title_of("forms", form.code), len(served) * mentors_here, sentence
                )
            )
    return sorted(advice, key=lambda a: (-a.requests, a.code))


def _commonest_request(mentee_ids: list[int]) -> str:
    codes = MenteeRequest.objects.filter(mentee_id__in=mentee_ids).exclude(code="")
    counts = Counter(codes.values_list("code", flat=True))
    if not counts:
        return ""
    code, number = min(counts.items(), key=lambda item: (-item[1], item[0]))
    title = title_of("requests", code)
    return (
        f" Чаще всего просят: {title[:1].lower()}{title[1:]} ({number} из {sum(counts.values())})."
    )


def prefill(*, starts_on: date, ends_on: date, forms: list[str]) -> dict[str, str]:
    """Every parameter with its proposal; those for the end of the programme are empty."""
    facts = {
        "audience": _audience(),
        "period": f"с {starts_on:%d.%m.%Y} по {ends_on:%d.%m.%Y}",
        "forms": "; ".join(title_of("forms", code) for code in forms) or "выберите форму",
        "expected": _expected(),
        "partners": _partners(),
    }
    return {p.code: p.text.format(**facts) if p.text else "" for p in parameters()}


def proposed_results(programme: InstitutionProgramme) -> str:
    """The actual results as the pairs of the programme tell them."""
    counts = Counter(Pair.objects.filter(programme=programme).values_list("state", flat=True))
    finished, early = counts[PairState.FINISHED], counts[PairState.ENDED_EARLY]
    going = sum(counts[state] for state in HOLDING_STATES)
    if not finished + early + going:
        return ""
    return (
        f"Пар и групп в программе: {finished + early + going}; "
        f"завершили программу: {finished}, прекращено досрочно: {early}, продолжают: {going}."
    )


def _audience() -> str:
    people = [m.person for m in MenteeProfile.objects.select_related("person")]
    grades = sorted({g for p in people if (g := grade_of(p.class_name))})
    pupils = sum(1 for p in people if p.category in {Category.PUPIL, Category.STUDENT})
    parts = []
    if pupils:
        span = f" {grades[0]}–{grades[-1]} классов" if len(grades) > 1 else ""
        parts.append(counted(pupils, *PUPIL_WORDS) + span)
    if len(people) - pupils:
        parts.append(counted(len(people) - pupils, *STAFF_WORDS))
    mentors = MentorProfile.objects.count()
    if mentors:
        parts.append(counted(mentors, *MENTOR_WORDS))
    return "; ".join(parts) or "будет видна после загрузки реестров"


def _expected() -> str:
    number = MenteeProfile.objects.count()
    asked = f"{number} наставляемых" if number else "наставляемые"
    return (
        f"Запрос каждого, кто вошёл в программу ({asked}), разобран и решён или продвинут; "
        "удовлетворённость участников не ниже 75 %; итоги опубликованы после завершения."
    )


def _partners() -> str:
    rows = (
        MentorProfile.objects.filter(person__category=Category.EMPLOYEE)
        .exclude(person__workplace="")
        .order_by("person__workplace")
        .values_list("person__workplace", flat=True)
        .distinct()
    )
    return "; ".join(rows) or "нет"
