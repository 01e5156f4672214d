"""A psychologist or another specialist beside those who wait for a mentor."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent
from nastavnik.people.models import MenteeProfile, MenteeState, Support
from nastavnik.people.queries.support import open_supports, specialists
from nastavnik.people.services.support import assign_support, end_support, end_supports_over
from nastavnik.shared.errors import DomainError, PermissionRefused
from tests.neighbours import actor_as, grant, make_user
from tests.pairs.making import CURATOR, HEAD
from tests.people_making import DAY, make_mentee, make_teacher

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def psychologist(school, surname: str = "Тихонова"):
    make_teacher(school, surname, post="педагог-психолог")
    return next(one for one in specialists(school, on=DAY) if surname in one.title)


def give(school, specialist, *mentees, on=DAY) -> int:
    return assign_support(actor=CURATOR, mentees=mentees, specialist=specialist, on=on)


def test_psychologists_come_first_then_accounts_then_the_staff(school):
    make_teacher(school, "Абрамова")
    make_teacher(school, "Яшина", post="педагог-психолог")
    grant(make_user("helper", surname="Миронова"), Role.THIRD_PARTY, school)
    grant(make_user("other", surname="Чужова"), Role.COUNCIL, school)
    titles = [one.title.split()[0] for one in specialists(school, on=DAY)]
    assert titles == ["Яшина", "Миронова", "Абрамова"]


def test_specialist_is_named_for_many_and_noted(school):
    first, second = make_mentee(school, "Первая"), make_mentee(school, "Вторая")
    assert give(school, psychologist(school), first, second) == 2
    names = {pk: row.short_name for pk, row in open_supports([first.pk, second.pk]).items()}
    assert set(names.values()) == {"Тихонова\xa0М.\xa0П."}
    assert AuditEvent.objects.filter(action="people.support_assigned").count() == 2


def test_another_specialist_takes_over(school):
    mentee = make_mentee(school)
    give(school, psychologist(school), mentee, on=DAY - timedelta(days=9))
    account = make_user("helper", surname="Миронова")
    grant(account, Role.THIRD_PARTY, school)
    second = next(one for one in specialists(school, on=DAY) if one.user == account)
    assert (give(school, second, mentee), give(school, second, mentee)) == (1, 0)
    rows = [(row.short_name[:8], row.ends_on) for row in Support.objects.all()]
    assert rows == [("Миронова", None), ("Тихонова", DAY)]


def test_nobody_supports_himself(school):
    teacher = make_teacher(school, "Юная", category="young-specialist")
    mentee = make_mentee(school, person=teacher)
    own = next(one for one in specialists(school, on=DAY) if one.person == teacher)
    with pytest.raises(DomainError) as refused:
        give(school, own, mentee)
    assert refused.value.field == "specialist"


def test_support_ends_with_a_word_and_once(school):
    mentee = make_mentee(school)
    give(school, psychologist(school), mentee)
    with pytest.raises(DomainError):
        end_support(actor=CURATOR, mentee=mentee, on=DAY, reason=" ")
    end_support(actor=CURATOR, mentee=mentee, on=DAY, reason="больше не нужно")
    with pytest.raises(DomainError):
        end_support(actor=CURATOR, mentee=mentee, on=DAY, reason="ещё раз")
    assert open_supports([mentee.pk]) == {}


def test_night_ends_support_of_those_who_found_a_mentor(school):
    waits, paired = make_mentee(school, "Ждущая"), make_mentee(school, "Парная")
    give(school, psychologist(school), waits, paired)
    MenteeProfile.objects.filter(pk=paired.pk).update(state=MenteeState.PAIRED)
    assert [end_supports_over(actor=CURATOR, on=DAY) for _ in range(2)] == [1, 0]
    assert set(open_supports([waits.pk, paired.pk])) == {waits.pk}


@pytest.mark.parametrize("actor", [HEAD, actor_as(Role.THIRD_PARTY)])
def test_only_the_curator_names_specialists(school, actor):
    mentee, chosen = make_mentee(school), psychologist(school)
    with pytest.raises(PermissionRefused):
        assign_support(actor=actor, mentees=[mentee], specialist=chosen, on=DAY)


def test_curator_names_a_specialist_from_the_list(as_curator, school):
    def url(name, **more):
        return reverse(f"pairs:{name}", kwargs={"org": school.slug, **more})

    mentee, chosen = make_mentee(school, "Видимая"), psychologist(school)
    where = as_curator.post(url("unpaired-pick"), {"p": [mentee.pk]})["Location"]
    assert where == f"{url('unpaired-support')}?p={mentee.pk}"
    assert "педагог-психолог" in as_curator.get(where).content.decode()
    values = {"p": [mentee.pk], "specialist": chosen.key}
    assert as_curator.post(url("unpaired-support"), values).status_code == 302
    card = reverse("people:card", kwargs={"org": school.slug, "person_id": mentee.person_id})
    for page in (url("unpaired"), card):
        found = as_curator.get(page).content.decode()
        assert "Тихонова" in found
        assert url("neighbours-search", mentee_id=mentee.pk) in found
    done = as_curator.post(url("unpaired-support-end", mentee_id=mentee.pk), {"reason": "не нужно"})
    assert (done["Location"], open_supports([mentee.pk])) == (card, {})


def test_nobody_ticked_or_named_leads_back(as_curator, school):
    where = reverse("pairs:unpaired-support", kwargs={"org": school.slug})
    assert as_curator.get(where).status_code == 302
    mentee = make_mentee(school)
    answer = as_curator.post(where, {"p": [mentee.pk], "specialist": "p999"})
    assert answer.status_code == 422
