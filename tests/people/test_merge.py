"""Two records of one human being."""

import pytest

from nastavnik.people.models import ConsentKind, MenteeProfile, Person
from nastavnik.people.services import merge, requests
from nastavnik.shared.errors import DomainError, PermissionRefused
from tests.neighbours import SYSTEM
from tests.people.conftest import give_consent, make_mentee, make_mother, make_pupil


@pytest.fixture
def two(school):
    keep, drop = make_mentee(school), make_mentee(school, phone="+79000000002")
    requests.add_request(actor=SYSTEM, mentee=drop, text="подтянуть математику")
    make_mother(drop.person)
    return keep.person, drop.person


def test_merge_moves_everything_and_leaves_a_pointer(two):
    keep, drop = two

    merged = merge.merge_people(actor=SYSTEM, keep=keep, drop=drop)

    assert MenteeProfile.objects.get().person_id == keep.pk
    assert [r.text for r in merged.mentee.requests.all()] == ["подтянуть математику"]
    assert merged.representatives.get().surname == "Ёлкина"
    assert merged.phone == "+79000000002"
    assert Person.objects.get(pk=drop.pk).merged_into_id == keep.pk


def test_merge_of_a_lone_mentee_into_a_staff_record_moves_the_part(school):
    keep, mentee = make_pupil(school), make_mentee(school)

    merge.merge_people(actor=SYSTEM, keep=keep, drop=mentee.person)

    assert MenteeProfile.objects.get().person_id == keep.pk


def test_merge_of_two_consents_in_force_replaces_one(two):
    for person in two:
        give_consent(person, ConsentKind.PD_CHILD)

    keep = merge.merge_people(actor=SYSTEM, keep=two[0], drop=two[1])

    assert sorted(keep.consents.values_list("state", flat=True)) == ["in_force", "replaced"]


def test_merge_is_stopped_by_a_guard(two, monkeypatch):
    monkeypatch.setattr(merge, "_guards", [lambda keep, drop: "Обе записи состоят в парах."])

    with pytest.raises(DomainError) as refusal:
        merge.merge_people(actor=SYSTEM, keep=two[0], drop=two[1])

    assert refusal.value.code == "merge_blocked"
    assert Person.objects.filter(merged_into__isnull=False).count() == 0


def test_merge_twice_is_refused(two):
    merge.merge_people(actor=SYSTEM, keep=two[0], drop=two[1])

    with pytest.raises(PermissionRefused):
        merge.merge_people(actor=SYSTEM, keep=two[0], drop=two[1])
