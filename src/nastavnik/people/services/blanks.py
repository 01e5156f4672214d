"""What is laid into the blanks of consents: people, lists, address of the record."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from django.conf import settings
from django.urls import reverse

from nastavnik.documents.engine.grammar import Case, date_words
from nastavnik.documents.names import GenderNeeded, person_context, signature_of
from nastavnik.people.consent_kinds import wants_child_signature
from nastavnik.people.models import Consent, ConsentKind, Person, Representative
from nastavnik.tenancy.models import Organisation

LINE = "_" * 30
SHORT_LINE = "_" * 14


@cache
def consent_terms() -> dict[str, Any]:
    text = resources.files("nastavnik.people").joinpath("consent_terms.toml").read_text("utf-8")
    return tomllib.loads(text)


def consent_address(token: str) -> str:
    """The address behind the QR code of a blank."""
    base: str = getattr(settings, "SITE_URL", "") or "http://127.0.0.1:8000"
    return base.rstrip("/") + reverse("people:consent-token", kwargs={"token": token})


def consent_data(
    person: Person,
    kind: ConsentKind,
    *,
    organisation: Organisation,
    token: str,
    on: date,
    representative: Representative | None = None,
) -> dict[str, Any]:
    """Fields of the blank `consent_<kind>`; unknown ones stay empty lines to fill by hand.

    Raises: GenderNeeded when the name cannot be declined.
    """
    terms = consent_terms()
    minor = person.is_minor_on(on)
    data: dict[str, Any] = {
        "qr_url": consent_address(token),
        "subject": subject_data(person, organisation),
        "representative": representative_data(representative) if minor else unknown_person(),
        "child_signs": wants_child_signature(person, kind, on),
        "is_child": minor,
        "valid_until": _valid_until(organisation),
        "actions": terms["actions"],
        **terms[kind],
    }
    return {**data, **_own_fields(person, kind, organisation, representative)}


def open_consent_data(
    kind: ConsentKind, *, organisation: Organisation, about: str, is_child: bool, child_signs: bool
) -> dict[str, Any]:
    """Fields of the blank for somebody who is not in the base yet: the name is written by hand.

    For the kinds that come before everything else: participation and personal data.
    """
    terms = consent_terms()
    about = about or SHORT_LINE
    return {
        "subject": {**_person(LINE, about, SHORT_LINE), "birth": "", "address": "", "document": ""},
        "representative": unknown_person(),
        "child_signs": child_signs,
        "is_child": is_child,
        "valid_until": _valid_until(organisation),
        "actions": terms["actions"],
        "participant_role": "в качестве участника",
        **terms[kind],
    }


def withdrawal_data(consent: Consent, organisation: Organisation, on: date) -> dict[str, Any]:
    """Fields of `consent_withdrawal`: who withdraws which consent about whom."""
    person = consent.person
    subject = subject_data(person, organisation)
    minor = person.is_minor_on(on)
    applicant = representative_data(consent.representative) if minor else subject
    given = consent.received_on or consent.valid_from
    return {
        "qr_url": consent_address(consent.token),
        "applicant": {**applicant, "contact": applicant.get("contact", "")},
        "subject": subject,
        "is_for_child": minor,
        "consent_title": consent.get_kind_display(),
        "consent_date": date_words(given) if given else "",
        "valid_until": "",
    }


def subject_data(person: Person, organisation: Organisation) -> dict[str, Any]:
    """A person as the blanks want one, with birth and address when they are known."""
    about = f"класс {person.class_name}" if _in_class(person) else person.about
    link = reverse("people:edit", kwargs={"org": organisation.slug, "person_id": person.pk})
    born = date_words(person.birth_date) if person.birth_date else ""
    return {
        **person_context(
            surname=person.surname,
            given=person.given,
            patronymic=person.patronymic,
            gender=person.gender,
            post=person.post,
            about=about or person.get_category_display(),
            name_override=person.name_cases,
            link=link,
        ),
        "birth": born or (f"{person.birth_year} г." if person.birth_year else ""),
        "address": person.address,
        "document": "",
    }


def representative_data(representative: Representative | None) -> dict[str, Any]:
    if representative is None:
        return unknown_person()
    about = representative.relation or "законный представитель"
    row = representative
    try:
        shown = person_context(
            surname=row.surname,
            given=row.given,
            patronymic=row.patronymic,
            gender=row.gender,
            about=about,
        )
    except GenderNeeded:
        signature = signature_of(row.surname, row.given, row.patronymic)
        shown = _person(row.full_name, about, signature)
    return {
        **shown,
        "address": representative.address,
        "document": "",
        "authority": representative.authority_document,
        "contact": representative.phone or representative.email,
    }


def unknown_person() -> dict[str, Any]:
    """Lines to be filled in by hand."""
    return {
        **_person(LINE, f"кем приходится: {SHORT_LINE}", SHORT_LINE),
        "address": "",
        "document": "",
        "authority": "",
        "contact": "",
    }


def _person(name: str, about: str, signature: str) -> dict[str, Any]:
    """The same name in every case: for lines, and for signatures that are never declined."""
    return {
        "name": {str(case): name for case in Case},
        "post": {str(case): "" for case in Case},
        "about": about,
        "signature": signature,
    }


def _own_fields(
    person: Person,
    kind: ConsentKind,
    organisation: Organisation,
    representative: Representative | None,
) -> Mapping[str, Any]:
    match kind:
        case ConsentKind.PARTICIPATION_CHILD:
            return {"participant_role": _role(person)}
        case ConsentKind.PUBLICATION:
            items = consent_terms()[kind]["items"]
            contact = representative or person
            site = organisation.site
            return {
                "contact": contact.email or contact.address,
                "places": [f"сайт {site}" if site else "сайт учреждения", "стенд учреждения"],
                "items": [{"name": name, "answer": "", "condition": ""} for name in items],
            }
        case ConsentKind.TRANSFER_PARTNER:
            partner = person.workplace if not person.is_own else ""
            return {"partner": {"name": partner or LINE, "address": "", "agreement": ""}}
        case ConsentKind.EMPLOYEE_MENTOR:
            return {
                "mentees": [_person(LINE, SHORT_LINE, "")],
                "starts_on": SHORT_LINE,
                "ends_on": SHORT_LINE,
                "contract": "",
            }
        case _:
            return {}


def _role(person: Person) -> str:
    roles = [
        word
        for part, word in (("mentee", "наставляемого"), ("mentor", "наставника"))
        if getattr(person, part, None) is not None
    ]
    return "в качестве " + (" и ".join(roles) or "участника")


def _in_class(person: Person) -> bool:
    return bool(person.class_name) and person.category == "pupil"


def _valid_until(organisation: Organisation) -> str:
    """The organisation's own term in words, else until the end of the programme."""
    own = str(organisation.settings.get("consent_valid_to", ""))
    return f"до {date_words(date.fromisoformat(own))}" if own else consent_terms()["valid_until"]
