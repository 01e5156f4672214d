"""The demonstration's region: built once, then looked at from many sides."""

import datetime as dt

import pytest
from django.utils import timezone

from nastavnik.accounts.models import User
from nastavnik.accounts.queries import demo_entries
from nastavnik.audit.models import AuditEvent
from nastavnik.desk.demo.build import build_region
from nastavnik.desk.demo.clock import at
from nastavnik.documents.models import Document, DocumentState
from nastavnik.pairs.models import InstitutionProgramme, Pair, PairState
from nastavnik.pairs.queries import used_places, with_blockers
from nastavnik.people.models import (
    Certificate,
    Consent,
    MenteeProfile,
    MentorProfile,
    Person,
    SelectionCase,
)
from nastavnik.tenancy.models import Organisation, OrganisationKind, Territory
from nastavnik.tenancy.scope import scope, scopes_disabled

pytestmark = pytest.mark.django_db
WHY = "the whole demonstration"


@pytest.fixture(scope="module")
def _region(django_db_setup, django_db_blocker):
    """One region for the module, undone after it."""
    from django.db import transaction

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            build_region(today=timezone.localdate())
            yield
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def region(_region, db):
    """The region first, then the test's own savepoint."""


def states_of(model, field):
    with scopes_disabled(reason=WHY):
        return set(model.objects.order_by().values_list(field, flat=True).distinct())


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (MenteeProfile, "state"),
        (MentorProfile, "state"),
        (Consent, "state"),
        (Consent, "kind"),
        (Certificate, "state"),
        (Certificate, "kind"),
        (Pair, "state"),
        (Document, "state"),
        (SelectionCase, "decision"),
        (InstitutionProgramme, "state"),
    ],
)
def test_every_state_occurs(model, field):
    known = {value for value, _ in model._meta.get_field(field).choices or DocumentState.choices}

    assert known - states_of(model, field) == set()


def test_region_is_large_and_covers_every_kind():
    with scopes_disabled(reason=WHY):
        people = Person.objects.count()

    assert people >= 850
    assert set(Organisation.objects.values_list("kind", flat=True)) == set(OrganisationKind.values)
    assert Organisation.objects.count() >= 15
    assert Territory.objects.filter(kind="municipality").count() == 3
    assert Territory.objects.filter(kind="district").count() == 1


def test_no_active_pair_lacks_anything():
    with scopes_disabled(reason=WHY):
        found = with_blockers(Pair.objects.filter(state=PairState.ACTIVE), timezone.localdate())

    assert len(found) > 100
    assert [blockers for _, blockers in found if blockers] == []


def test_empty_school_has_only_its_staff():
    school = Organisation.objects.get(slug="empty-school")

    with scope({school.pk}):
        assert Person.objects.count() == 8
        assert MenteeProfile.objects.count() == 0
        assert MentorProfile.objects.count() == 0
        assert Pair.objects.count() == 0
        assert Document.objects.count() == 0


def test_orders_are_signed_files_with_consecutive_numbers():
    school = Organisation.objects.get(slug="school-12")

    with scope({school.pk}):
        orders = Document.objects.filter(journal__code="orders", number__isnull=False)
        rows = list(orders.order_by("registered_on", "id"))
        assert len(rows) > 12
        assert all(bytes(row.file).startswith(b"PK") for row in rows)
        assert all(row.signed_at.date() == row.registered_on for row in rows)
        for year in {row.year for row in rows}:
            numbers = [row.number for row in rows if row.year == year]
            assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_rows_are_reachable_in_their_own_scope_only():
    first, second = Organisation.objects.exclude(slug="empty-school").order_by("id")[:2]

    with scope({first.pk}):
        assert Person.objects.filter(organisation=second).count() == 0
        assert set(Person.objects.values_list("organisation", flat=True)) == {first.pk}


def test_history_lies_in_the_past():
    today = timezone.localdate()
    with scopes_disabled(reason=WHY):
        days = set(AuditEvent.objects.order_by().values_list("at__date", flat=True))

    assert min(days) < today - dt.timedelta(days=500)
    assert max(days) <= today


def test_everybody_with_a_button_has_no_password():
    logins = [entry.login for entry in demo_entries()]

    assert {"demo-curator", "demo-head", "demo-responsible", "demo-sysadmin"} <= set(logins)
    assert {"demo-coordinator", "demo-region", "demo-controller"} <= set(logins)
    assert {"demo-empty-curator", "demo-empty-head", "demo-psychologist"} <= set(logins)
    assert [u.login for u in User.objects.all() if u.has_usable_password()] == []


def test_clock_goes_on_after_the_past():
    before = timezone.now()

    with at(dt.date(2020, 1, 15)):
        inside = timezone.localdate()

    assert inside == dt.date(2020, 1, 15)
    assert timezone.now() >= before


def test_mentors_have_places_for_all_their_mentees():
    with scopes_disabled(reason=WHY):
        capacity = dict(MentorProfile.objects.values_list("pk", "capacity"))
        crowded = {pk: n for pk, n in used_places(capacity).items() if n > capacity[pk]}

    assert crowded == {}
