"""Names, posts and organisations in six cases; a correction stored by a person always wins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nastavnik.accounts.models import RoleGrant
from nastavnik.accounts.permissions import Role
from nastavnik.documents.engine.grammar import (
    Case,
    Forms,
    Gender,
    PersonName,
    decline_name,
    decline_phrase,
    guess_gender,
    initials_first,
    with_override,
)
from nastavnik.shared.errors import DomainError
from nastavnik.tenancy.models import Organisation

CASE_TITLES: dict[str, tuple[str, str]] = {
    Case.NOMINATIVE: ("Именительный", "кто"),
    Case.GENITIVE: ("Родительный", "нет кого"),
    Case.DATIVE: ("Дательный", "поручить кому"),
    Case.ACCUSATIVE: ("Винительный", "назначить кого"),
    Case.INSTRUMENTAL: ("Творительный", "закрепить за кем"),
    Case.PREPOSITIONAL: ("Предложный", "о ком"),
}
# The questions asked of a thing: an institution, not a person.
THING_QUESTIONS: dict[str, str] = {
    Case.NOMINATIVE: "что",
    Case.GENITIVE: "нет чего",
    Case.DATIVE: "подчиняться чему",
    Case.ACCUSATIVE: "вижу что",
    Case.INSTRUMENTAL: "руководить чем",
    Case.PREPOSITIONAL: "о чём",
}


class GenderNeeded(DomainError):
    """A name cannot be declined before somebody states the gender."""

    def __init__(self, full_name: str, link: str = "") -> None:
        super().__init__(
            "gender_needed",
            f"Укажите пол: {full_name}. Без него имя нельзя поставить в нужный падеж.",
            field="gender",
            link=link,
        )


@dataclass(frozen=True)
class CaseRow:
    """One line of «Проверьте падежи»: the case, its question, the form, whether it is corrected."""

    case: str
    title: str
    question: str
    text: str
    is_own: bool


def person_forms(
    *,
    surname: str,
    given: str,
    patronymic: str = "",
    gender: str = "",
    override: Mapping[str, str] | None = None,
    link: str = "",
) -> dict[str, str]:
    """«Фамилия Имя Отчество» in six cases, keyed by the names of `Case`.

    Raises: GenderNeeded, with `link` to the card of the person, when neither `gender` nor the name
    itself tells it.
    """
    name = PersonName(surname, given, patronymic)
    known = Gender(gender) if gender else guess_gender(name)
    if known is None:
        raise GenderNeeded(name.full, link)
    return _plain(with_override(decline_name(name, known), override or {}))


def phrase_forms(text: str, override: Mapping[str, str] | None = None) -> dict[str, str]:
    """A post or an organisation in six cases."""
    return _plain(with_override(decline_phrase(text), override or {}))


def signature_of(surname: str, given: str, patronymic: str = "") -> str:
    """«И.П. Зотов»."""
    return initials_first(PersonName(surname, given, patronymic))


def person_context(
    *,
    surname: str,
    given: str,
    patronymic: str = "",
    gender: str = "",
    post: str = "",
    about: str = "",
    name_override: Mapping[str, str] | None = None,
    post_override: Mapping[str, str] | None = None,
    link: str = "",
) -> dict[str, Any]:
    """A person as blanks expect one: `name` and `post` in six cases, `about`, `signature`."""
    return {
        "name": person_forms(
            surname=surname,
            given=given,
            patronymic=patronymic,
            gender=gender,
            override=name_override,
            link=link,
        ),
        "post": phrase_forms(post, post_override),
        "about": about or post,
        "signature": signature_of(surname, given, patronymic),
    }


def organisation_forms(organisation: Organisation) -> dict[str, dict[str, str]]:
    """`full` and `short` names of an organisation in six cases."""
    stored = organisation.name_cases
    return {
        "full": phrase_forms(organisation.full_name, stored.get("full")),
        "short": phrase_forms(organisation.short_name, stored.get("short")),
    }


def head_forms(organisation: Organisation) -> dict[str, Any]:
    """The head of the organisation as `person_context`.

    Raises: DomainError when the head's name or gender is not filled in.
    """
    if not organisation.head_surname:
        raise DomainError(
            "head_missing",
            "Впишите фамилию, имя и отчество руководителя в карточке учреждения.",
            field="head_surname",
        )
    stored = organisation.head_cases
    return person_context(
        surname=organisation.head_surname,
        given=organisation.head_given,
        patronymic=organisation.head_patronymic,
        gender=organisation.head_gender,
        post=organisation.head_post,
        name_override=stored.get("name"),
        post_override=stored.get("post"),
    )


def signer_forms(organisation: Organisation, *, on: date) -> dict[str, Any]:
    """The head, or the one who acts for the head on that day."""
    acting = acting_head(organisation, on=on)
    if acting is None:
        return head_forms(organisation)
    user = acting.user
    post = (
        organisation.head_cases.get("post", {}).get("genitive")
        or decline_phrase(organisation.head_post)[Case.GENITIVE]
    )
    return person_context(
        surname=user.surname,
        given=user.given,
        patronymic=user.patronymic,
        gender=user.gender,
        post=f"исполняющий обязанности {post}",
    )


def acting_head(organisation: Organisation, *, on: date) -> RoleGrant | None:
    """The grant of the one who acts for the head on that day; the latest if there are two."""
    grants = RoleGrant.objects.filter(
        organisation=organisation, role=Role.HEAD, is_acting=True, starts_on__lte=on
    ).exclude(ends_on__lt=on)
    return grants.select_related("user").first()


def case_table(
    forms: Mapping[str, str], override: Mapping[str, str] | None = None
) -> list[CaseRow]:
    """Rows of «Проверьте падежи» for any forms made here."""
    own = {key for key, text in (override or {}).items() if text.strip()}
    return [
        CaseRow(case, title, question, forms[case], case in own)
        for case, (title, question) in CASE_TITLES.items()
    ]


def _plain(forms: Forms) -> dict[str, str]:
    return {str(case): text for case, text in forms.items()}
