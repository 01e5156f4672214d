"""The registers: filters, consents as SQL, official form, rights on fields."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent
from nastavnik.library.queries import in_use
from nastavnik.people.models import ConsentKind, MenteeProfile
from nastavnik.people.queries import registers
from nastavnik.people.queries.papers import papers_of
from nastavnik.people.queries.participation import consents_in_order
from nastavnik.people.requirements import missing_consents
from nastavnik.people.services import requests
from nastavnik.people.services.exports import export_register, register_now
from nastavnik.shared.errors import DomainError
from tests.counting import exactly
from tests.neighbours import SYSTEM, actor_as, grant, make_user
from tests.people.conftest import TODAY, give_consent, make_mentee, make_mentor, make_mother

ALL = (ConsentKind.PD_CHILD, ConsentKind.PARTICIPATION_CHILD, ConsentKind.PD_ADULT)
BIRTHS = [
    {"birth_date": date(2012, 10, 2)},
    {"birth_date": date(2012, 10, 1)},
    {"birth_date": date(2008, 10, 1)},
    {"birth_date": date(2008, 10, 2)},
    {"birth_date": None, "birth_year": 2008},
    {"birth_date": None, "birth_year": 2007},
    {"birth_date": None, "birth_year": 2012},
    {"birth_date": None, "birth_year": 2011},
]
CONSENTS = [(), ALL[:1], ALL[:2], ALL[2:], ALL]


@pytest.mark.parametrize("child_signed", [True, False])
@pytest.mark.parametrize("kinds", CONSENTS)
@pytest.mark.parametrize("day", [TODAY, date(2026, 12, 31)])
def test_consents_in_sql_agree_with_the_rule(school, kinds, child_signed, day):
    people = [make_mentee(school, f"Пупилов{n}", **born).person for n, born in enumerate(BIRTHS)]
    for person in people:
        give_consent(person, *kinds, child_signed=child_signed)
    papers = papers_of([person.pk for person in people])

    found = set(
        MenteeProfile.objects.filter(consents_in_order(day)).values_list("person_id", flat=True)
    )

    assert found == {p.pk for p in people if not missing_consents(p, papers[p.pk], day)}


def test_filters_narrow_the_register(school):
    one, other = make_mentee(school), make_mentee(school, "Юрьев", class_name="5А")
    requests.add_request(actor=SYSTEM, mentee=other, text="подтянуть математику")

    def surnames(**values):
        return [row.person.surname for row in registers.mentees(today=TODAY, **values)]

    assert surnames(name="елк") == ["Ёлкин"]
    assert surnames(class_name="5А") == ["Юрьев"]
    assert surnames(code="study") == ["Юрьев"]
    assert surnames(without_consent=True) == ["Ёлкин", "Юрьев"]
    assert registers.register_head(registers.mentees(today=TODAY), TODAY).total == 2
    assert one.pk != other.pk


def test_export_has_official_columns_and_a_journal_line(school):
    mentee = make_mentee(school)
    make_mother(mentee.person)

    register = register_now("mentees", SYSTEM, TODAY)

    assert [c.title for c in register.columns][:4] == [
        "№ п/п",
        "ФИО наставляемого",
        "Контактные данные для связи (данные представителя)",
        "Год рождения наставляемого",
    ]
    assert (len(register.columns), len(register_now("mentors", SYSTEM, TODAY).columns)) == (14, 16)
    assert register.rows[0][2] == "мать: Ёлкина Анна Ильинична, +79000000001"
    export_register(actor=SYSTEM, organisation=school, kind="mentees", purpose="отчёт", today=TODAY)
    assert AuditEvent.objects.filter(action="people.exported_mentees", reason="отчёт").count() == 1


def test_export_without_purpose_is_refused(school):
    with pytest.raises(DomainError) as refusal:
        export_register(actor=SYSTEM, organisation=school, kind="mentees", purpose=" ", today=TODAY)

    assert refusal.value.field == "purpose"


def test_responsible_sees_no_contacts(school):
    make_mother(make_mentee(school).person)

    register = register_now("mentees", actor_as(Role.RESPONSIBLE), TODAY)

    assert "contact" not in {column.field for column in register.columns}
    assert "+79000000001" not in str(register.rows)


@pytest.fixture
def signed_in(client, curator, school):
    client.force_login(curator)
    return client


LISTS = {  # one of the nine asks for changed dictionaries; a busy process asks once in three seconds
    "people:mentees": (make_mentee, 9),
    "people:mentors": (make_mentor, 9),
    "people:people": (make_mentee, 6),
}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", LISTS)
def test_register_page_costs_the_same_for_any_length(signed_in, school, count, name):
    make, queries = LISTS[name]
    for number in range(count):
        make(school, f"Людин{'абв'[number]}")
    for dictionary in ("forms", "requests", "topics"):
        in_use(dictionary)  # as a process that has served a page knows them

    with exactly(queries):
        answer = signed_in.get(reverse(name, kwargs={"org": school.slug}))

    assert answer.content.decode().count("row-link") == count


def test_official_page_and_print_open(client, curator, school):
    make_mentee(school)
    client.force_login(curator)

    for name in (
        "people:official-mentees",
        "people:official-mentors",
        "people:requests",
        "people:find",
        "people:export",
    ):
        assert client.get(reverse(name, kwargs={"org": school.slug})).status_code == 200, name
    url = reverse("people:mentees", kwargs={"org": school.slug})
    assert client.get(f"{url}?format=print").status_code == 200


def test_search_finds_by_the_beginning_of_a_name(client, curator, school):
    make_mentee(school)
    client.force_login(curator)
    url = reverse("people:find", kwargs={"org": school.slug})

    assert "Ёлкин Илья Петрович" in client.get(url, {"q": "елки иль"}).content.decode()
    assert "Никого не нашли" in client.get(url, {"q": "лки"}).content.decode()


def test_recheck_by_page_marks_ticked_rows(client, curator, school):
    mentee = make_mentee(school)
    MenteeProfile.objects.update(confirmed_on=None)
    client.force_login(curator)

    client.post(
        reverse("people:recheck-mentees", kwargs={"org": school.slug}),
        {"p": [mentee.pk], "action": "recheck"},
    )

    mentee.refresh_from_db()
    assert mentee.confirmed_on == timezone.localdate()


def test_sysadmin_does_not_read_the_registers(client, school):
    user = make_user("admin")
    grant(user, Role.SYSADMIN, school)
    client.force_login(user)

    assert client.get(reverse("people:mentees", kwargs={"org": school.slug})).status_code == 403
