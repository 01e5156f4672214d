import re
from datetime import date

import pytest
from django.test import Client

from nastavnik.accounts.permissions import Role
from nastavnik.library import queries, services
from nastavnik.library.engine.seed import DICTIONARIES
from nastavnik.library.models import Entry, OwnEntry
from nastavnik.tenancy.scope import scope, scopes_disabled
from tests.counting import exactly
from tests.neighbours import actor_as, grant, make_user

pytestmark = pytest.mark.django_db

ACT = {
    "title": "Положение о наставничестве",
    "kind": "Приказ",
    "number": "15",
    "date": "01.09.2026",
    "level": "local",
    "citation": "приказом директора от 01.09.2026 № 15",
}


def _client(user) -> Client:
    client = Client()
    client.force_login(user, backend="nastavnik.accounts.backend.PasswordBackend")
    return client


@pytest.fixture
def curator_client(curator) -> Client:
    return _client(curator)


@pytest.fixture
def region_client(neighbours) -> Client:
    user = make_user("region")
    grant(user, Role.REGION, neighbours.region)
    return _client(user)


def _names(response) -> list[str]:
    return re.findall(r'class="row-link"[^>]*>([^<]+)<', response.content.decode())


@pytest.mark.parametrize(
    "address",
    ["", *(f"{name}/" for name in DICTIONARIES if name != "intents")],
)
def test_every_dictionary_opens_for_school_and_region(curator_client, region_client, address):
    answers = [
        curator_client.get(f"/o/own/library/{address}"),
        region_client.get(f"/t/region/library/{address}"),
    ]

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize(
    ("dictionary", "code"),
    [
        ("acts", "r-145"),
        ("kinds", "group"),
        ("topics", "math"),
        ("forms", "pupil-pupil"),
        ("role_models", "peer-peer"),
        ("requests", "study"),
        ("categories", "pupil"),
        ("materials", "blinov-2019"),
        ("stages", "pupils-1"),
        ("folders", "04"),
        ("roadmap_templates", "institution"),
        ("roadmap_lines", "m-16"),
    ],
)
def test_every_kind_of_card_opens(region_client, dictionary, code):
    assert region_client.get(f"/t/region/library/{dictionary}/{code}/").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["nothing/", "acts/nothing/", "new/nothing/", "nothing/r-145/edit/", "acts/nothing/repeal/"],
)
def test_what_does_not_exist_is_not_found(region_client, address):
    assert region_client.get(f"/t/region/library/{address}").status_code == 404


def test_curator_adds_an_act_of_the_school(curator_client, neighbours):
    answer = curator_client.post("/o/own/library/new/acts/", ACT)

    assert (answer.status_code, answer.url) == (
        302,
        "/o/own/library/acts/polozhenie-o-nastavnichestve/",
    )
    with scopes_disabled(reason="test"):
        (saved,) = OwnEntry.objects.all()
    assert (saved.organisation, saved.title, saved.attributes["date"]) == (
        neighbours.own,
        "Положение о наставничестве",
        "2026-09-01",
    )
    assert curator_client.get(answer.url).status_code == 200


def test_act_of_one_school_is_not_seen_by_its_neighbour(curator_client, neighbours):
    curator_client.post("/o/own/library/new/acts/", ACT)
    other = make_user("other")
    grant(other, Role.CURATOR, neighbours.sibling)

    client = _client(other)

    seen = _names(client.get("/o/sibling/library/acts/"))
    assert [name for name in seen if name.endswith("№ 15")] == []
    address = "/o/sibling/library/acts/polozhenie-o-nastavnichestve/"
    assert client.get(address).status_code == 404
    assert client.get("/o/own/library/acts/").status_code == 404


def test_school_reads_inherited_entries_without_buttons(curator_client):
    page = curator_client.get("/o/own/library/acts/r-145/").content.decode()

    assert ('href="edit/"' in page, 'href="repeal/"' in page) == (False, False)


@pytest.mark.parametrize("address", ["acts/r-145/edit/", "acts/r-145/repeal/", "kinds/group/edit/"])
def test_school_cannot_change_inherited_entries_by_address(curator_client, address):
    data = {**ACT, "rule": "Правило", "last_day": "01.09.2026", "reason": "проба"}

    answer = curator_client.post(f"/o/own/library/{address}", data)

    assert answer.status_code in {403, 422}
    assert not Entry.objects.filter(origin="edit").exists()


def test_region_changes_a_kind_for_its_schools(region_client, curator_client):
    form = region_client.get("/t/region/library/kinds/group/edit/")
    assert form.status_code == 200

    answer = region_client.post(
        "/t/region/library/kinds/group/edit/",
        {
            "title": "Группа",
            "rule": "От трёх человек.",
            "min_mentees": "3",
            "reason": "решение совета",
        },
    )

    assert answer.status_code == 302
    assert "Группа" in _names(curator_client.get("/o/own/library/kinds/"))


def test_errors_of_the_form_stand_on_the_page(region_client):
    answer = region_client.post(
        "/t/region/library/acts/r-145/edit/",
        {**ACT, "valid_from": "01.09.2026", "valid_to": "01.08.2026"},
    )

    assert answer.status_code == 422
    assert "Окончание раньше начала. Проверьте даты." in answer.content.decode()


@pytest.mark.parametrize("pattern", ["*", "а*"])
def test_pattern_that_matches_everything_is_refused(region_client, pattern):
    answer = region_client.post(
        "/t/region/library/topics/math/edit/",
        {"title": "Математика", "group": "subject", "request": "study", "patterns": pattern},
    )

    assert answer.status_code == 422


def test_repealed_act_warns_on_its_card_and_in_citations(region_client, curator_client, school):
    answer = region_client.post(
        "/t/region/library/acts/r-145/repeal/",
        {"last_day": "31.08.2020", "replaced_by": "1264-r", "reason": "распоряжение"},
    )

    warning = (
        "Акт больше не действует после 31.08.2020: Распоряжение от 25.12.2019 № Р-145. "
        "Вместо него: Распоряжение от 21.05.2025 № 1264-р."
    )
    assert answer.status_code == 302
    assert warning in curator_client.get("/o/own/library/acts/r-145/").content.decode()
    with scope({school.pk}):
        found = queries.template_warnings(["r-145"], on=date(2026, 9, 1), organisation=school)
    assert found == [warning]


def test_retired_entry_can_be_put_back(region_client):
    region_client.post("/t/region/library/forms/parent-pupil/retire/", {"reason": "не ведём"})
    card = region_client.get("/t/region/library/forms/parent-pupil/").content.decode()
    answer = region_client.post("/t/region/library/forms/parent-pupil/restore/")

    assert "Запись не применяется." in card
    assert (answer.status_code, answer.url) == (302, "../")
    versions = Entry.objects.filter(code="parent-pupil", territory__slug="region")
    assert list(versions.order_by("version").values_list("version", "is_active")) == [
        (1, False),
        (2, True),
    ]


def test_getting_a_form_writes_nothing(region_client):
    before = Entry.objects.count()

    for page in ("edit", "retire"):
        region_client.get(f"/t/region/library/acts/r-145/{page}/")
    region_client.get("/t/region/library/acts/r-145/repeal/")

    assert Entry.objects.count() == before
    assert region_client.get("/t/region/library/acts/r-145/restore/").status_code == 405


def test_controller_reads_and_does_not_write(neighbours):
    user = make_user("control")
    grant(user, Role.CONTROLLER, neighbours.region)
    client = _client(user)

    codes = [
        client.get("/t/region/library/acts/").status_code,
        client.post("/t/region/library/new/acts/", ACT).status_code,
    ]

    assert codes == [200, 403]


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_any_number_of_entries(region_client, neighbours, number):
    for index in range(number):
        services.save_entry(
            actor=actor_as(Role.REGION),
            node=neighbours.region,
            dictionary="acts",
            title=f"Акт {index}",
            attributes={},
        )
    region_client.get("/t/region/library/acts/")

    with exactly(6):
        region_client.get("/t/region/library/acts/")


def test_history_tells_what_changed_and_why(region_client):
    for data in (
        {"title": "Группа", "rule": "От трёх человек.", "reason": "Решение совета"},
        {"title": "Группы", "rule": "От трёх человек.", "reason": ""},
    ):
        region_client.post("/t/region/library/kinds/group/edit/", data)
    region_client.post("/t/region/library/kinds/group/retire/", {"reason": "Не ведём"})
    region_client.post("/t/region/library/kinds/group/restore/")

    page = region_client.get("/t/region/library/kinds/group/").content.decode()

    assert re.findall(r"</time>(Версия[^,<]*)", page) == [
        "Версия 4. Запись снова применяется",
        "Версия 3. Запись больше не применяется. Не ведём",
        "Версия 2. Изменено: «Название»",
        "Версия 1. Запись внесена. Решение совета",
    ]


def test_inherited_card_tells_whose_version_it_shows(region_client):
    page = region_client.get("/t/region/library/acts/site-831/").content.decode()

    assert "Версия 1. Акт утратил силу, Поставка системы" in page
    assert 'href="repeal/"' not in page
