"""Orders on the team: roles come with the signature and go with the cancellation."""

from datetime import timedelta

import pytest

from nastavnik.accounts.actor import grants_of
from nastavnik.accounts.models import RoleGrant, User
from nastavnik.accounts.permissions import Role
from nastavnik.desk.services.access import (
    end_role_in_organisation,
    invite_to_organisation,
    renew_invitation,
)
from nastavnik.desk.services.team import (
    Appointment,
    appoint_acting_head,
    prepare_curator_order,
    prepare_working_group_order,
)
from nastavnik.documents.builders import prepare_cancellation
from nastavnik.documents.names import signer_forms
from nastavnik.shared.errors import DomainError, PermissionRefused
from tests.neighbours import actor_as
from tests.pairs.making import CURATOR, HEAD, sign
from tests.people_making import DAY, make_person


def appoint(school, person, role=Role.CURATOR, starts_on=DAY):
    document = prepare_curator_order(
        actor=CURATOR,
        organisation=school,
        appointments=[Appointment(person, role)],
        starts_on=starts_on,
    )
    sign(document)
    document.refresh_from_db()
    return document


def test_signing_grants_the_role_from_its_day(school, staff) -> None:
    appoint(school, staff[0], starts_on=DAY + timedelta(days=5))
    user = User.objects.get(surname="Рябова")
    assert grants_of(user, today=DAY).rows == ()
    actor = grants_of(user, today=DAY + timedelta(days=5)).at_organisation(school)
    assert actor.roles == {Role.CURATOR}


def test_appointee_gets_an_account_that_no_password_opens(school, staff) -> None:
    appoint(school, staff[0])
    staff[0].refresh_from_db()
    assert staff[0].user.login == "ryabova.m"
    assert not staff[0].user.has_usable_password()


def test_second_role_uses_the_same_account(school, staff) -> None:
    appoint(school, staff[0])
    appoint(school, staff[0], Role.RESPONSIBLE)
    assert User.objects.filter(surname="Рябова").count() == 1


def test_cancelled_order_takes_the_role_back(school, staff) -> None:
    document = appoint(school, staff[0])
    sign(prepare_cancellation(actor=CURATOR, document=document, reason="назначен другой"))
    user = User.objects.get(surname="Рябова")
    assert grants_of(user, today=DAY).rows == ()


def test_pupil_cannot_be_appointed(school) -> None:
    with pytest.raises(DomainError, match="не числится сотрудником"):
        appoint(school, make_person(school, "Иванова"))


def test_working_group_needs_two(school, staff) -> None:
    values = {
        "actor": CURATOR,
        "organisation": school,
        "chair": staff[0],
        "tasks": ["провести опрос"],
    }
    with pytest.raises(DomainError, match="не меньше двух"):
        prepare_working_group_order(members=[staff[0]], **values)
    document = prepare_working_group_order(members=staff, **values)
    assert document.choices["members"] == [person.pk for person in staff]


PERSON = {"surname": "Ветрова", "given": "Анна", "patronymic": "", "gender": "female"}


def test_curator_invites_helpers_but_not_curators(school, now) -> None:
    values = {"actor": CURATOR, "organisation": school, "now": now, "today": DAY} | PERSON
    invite_to_organisation(role=Role.SYSADMIN, **values)
    assert RoleGrant.objects.get(user__surname="Ветрова").role == Role.SYSADMIN
    for role in (Role.CURATOR, Role.HEAD, Role.REGION):
        with pytest.raises(PermissionRefused):
            invite_to_organisation(role=role, **values)


def test_curator_cannot_take_the_heads_link(school, head, now) -> None:
    with pytest.raises(DomainError, match="муниципалитет"):
        renew_invitation(actor=CURATOR, organisation=school, user=head, now=now)
    assert renew_invitation(actor=HEAD, organisation=school, user=head, now=now)


def test_role_by_order_is_not_closed_by_hand(school, staff) -> None:
    appoint(school, staff[0])
    grant = RoleGrant.objects.get(user__surname="Рябова")
    with pytest.raises(PermissionRefused):
        end_role_in_organisation(
            actor=HEAD, organisation=school, grant=grant, today=DAY, reason="ошибка"
        )


def test_reader_invites_nobody(school, now) -> None:
    with pytest.raises(PermissionRefused):
        invite_to_organisation(
            actor=actor_as(Role.RESPONSIBLE),
            organisation=school,
            role=Role.SYSADMIN,
            now=now,
            today=DAY,
            **PERSON,
        )


def test_acting_head_signs_only_in_the_term(school, staff) -> None:
    grant = appoint_acting_head(
        actor=HEAD,
        organisation=school,
        person=staff[0],
        starts_on=DAY,
        ends_on=DAY + timedelta(days=3),
        basis="приказ от 09.11.2026 № 7-к",
    )
    roles = [
        grants_of(grant.user, today=DAY + timedelta(days=n)).at_organisation(school).roles
        for n in (-1, 0, 3, 4)
    ]
    assert roles == [frozenset(), {Role.HEAD}, {Role.HEAD}, frozenset()]
    assert signer_forms(school, on=DAY)["signature"] == "М.П. Рябова"
    assert signer_forms(school, on=DAY + timedelta(days=4))["signature"] == "И.П. Зотов"


def test_curator_appoints_no_acting_head(school, staff) -> None:
    with pytest.raises(PermissionRefused):
        appoint_acting_head(
            actor=CURATOR,
            organisation=school,
            person=staff[0],
            starts_on=DAY,
            ends_on=DAY,
            basis="приказ",
        )
