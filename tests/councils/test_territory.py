"""A territory's councils: the coordinator keeps them, region and control read, nobody else enters."""

import pytest
from django.test import Client

from nastavnik.accounts.permissions import Role
from nastavnik.councils.models import Council, CouncilState, Sitting
from nastavnik.councils.policies import at_office
from nastavnik.councils.queries import composition, working_group_orders
from nastavnik.councils.services import sittings
from nastavnik.councils.services.councils import add_council
from nastavnik.desk.services.team import prepare_working_group_order
from nastavnik.documents.builders import prepare_introduction
from nastavnik.documents.models import Document
from nastavnik.shared.errors import PermissionRefused
from nastavnik.tenancy.scope import scope
from tests.councils.making import COORDINATOR
from tests.neighbours import actor_as, grant, make_user
from tests.pairs.making import CURATOR, sign
from tests.people_making import DAY, make_teacher


@pytest.fixture
def enter(client: Client, neighbours):
    """Signs in with a role on a territory; the coordinator of the own municipality by default."""

    def sign_in(role: Role = Role.COORDINATOR, slug: str = "first") -> Client:
        place = neighbours.region if slug == "region" else neighbours.own.territory
        if slug == "second":
            place = neighbours.far.territory
        user = make_user(f"{role}-{slug}")
        grant(user, role, place)
        client.force_login(user, "nastavnik.accounts.backend.PasswordBackend")
        return client

    return sign_in


def test_coordinator_goes_from_nothing_to_a_registered_protocol(authority, curator, enter) -> None:
    page = enter()
    made = page.post("/t/first/council/new/", {"kind": "curators", "name": "Городской совет"})
    with scope({authority.pk}):
        council = Council.objects.get()
        chair = make_teacher(authority, "Главнова")
    assert made.url == f"/t/first/council/{council.pk}/members/"
    assert f'value="u{curator.pk}"' in page.get(made.url).content.decode()
    composed = page.post(made.url, {"chair": f"p{chair.pk}", "members": [f"u{curator.pk}"]})
    with scope({authority.pk}):
        order = Document.objects.get()
    assert composed.url == f"/t/first/council/papers/{order.pk}/"
    page.post(f"{composed.url}register/", {"number": "12", "registered_on": "10.11.2026"})
    with scope({authority.pk}):
        council.refresh_from_db()
        assert (council.state, council.order.number_text) == (CouncilState.ACTIVE, "12")
        draft = sittings.Draft("Планы", DAY)
        sitting = sittings.plan_sitting(actor=COORDINATOR, council=council, draft=draft)
        keys = [str(member.pk) for member in composition(council)]
    base = f"/t/first/council/sittings/{sitting.pk}/"
    page.post(
        f"{base}hold/",
        {"held_on": "10.11.2026", "present": keys, "chair": keys[0], "text-0": "Принять планы"},
    )
    paper = page.post(f"{base}protocol/").url
    page.post(f"{paper}register/", {"number": "1", "registered_on": "10.11.2026"})
    with scope({authority.pk}):
        protocol = Sitting.objects.select_related("protocol").get().protocol
        assert (protocol.folder, protocol.state) == ("12", "in_force")
    word = page.get(f"{paper}docx/")
    assert b"".join(word)[:2] == b"PK"


@pytest.mark.parametrize(
    ("role", "slug", "answers"),
    [
        (Role.REGION, "region", (200, 403)),
        (Role.CONTROLLER, "first", (200, 403)),
        (Role.CENTRE, "first", (200, 200)),
        (Role.COORDINATOR, "second", (404, 404)),
    ],
)
def test_who_reads_and_who_edits(authority, enter, role, slug, answers) -> None:
    with scope({authority.pk}):
        made = add_council(actor=COORDINATOR, organisation=authority, kind="curators")
    page = enter(role, slug)
    card = f"/t/{slug}/council/{made.pk}/"
    assert (page.get(card).status_code, page.get(f"{card}edit/").status_code) == answers
    assert page.get(f"/t/{slug}/council/").status_code == 200


def test_councils_of_a_school_are_no_business_of_the_territory(school, enter) -> None:
    made = add_council(actor=CURATOR, organisation=school, kind="expert")
    page = enter()
    assert page.get(f"/t/first/council/{made.pk}/").status_code == 404
    assert made.name not in page.get("/t/first/council/").content.decode()


def test_other_papers_of_the_office_are_not_shown(authority, enter) -> None:
    with scope({authority.pk}):
        paper = prepare_introduction(
            actor=CURATOR,
            organisation=authority,
            starts_on=DAY,
            documents_due=DAY,
            forms=[],
            responsible={},
        )
    assert enter().get(f"/t/first/council/papers/{paper.pk}/").status_code == 404


def test_table_of_working_groups_tells_number_and_date_only(neighbours, enter) -> None:
    own = neighbours.own
    with scope({own.pk}):
        people = [make_teacher(own, name) for name in ("Тайнова", "Скрытова")]
        sign(
            prepare_working_group_order(
                actor=CURATOR, organisation=own, chair=people[0], members=people[1:], tasks=["т"]
            )
        )
    told = enter().get("/t/first/council/groups/").content.decode()
    assert "есть у 1 из 2" in told
    assert ("10.11.2026" in told, "Тайнова" in told) == (True, False)
    rows = working_group_orders(COORDINATOR, neighbours.region)
    assert [(row.organisation.slug, row.number, row.on) for row in rows] == [
        ("own", "1", DAY),
        ("sibling", "", None),
        ("far", "", None),
    ]
    with pytest.raises(PermissionRefused):
        working_group_orders(CURATOR, neighbours.region)


def test_only_the_keeper_of_councils_acts_for_the_office() -> None:
    assert at_office(COORDINATOR).can("documents.edit")
    for role in (Role.REGION, Role.CONTROLLER):
        assert not at_office(actor_as(role)).can("documents.edit")
    assert not at_office(COORDINATOR).can("documents.sign")


def test_territory_without_an_office_is_told_to_add_one(neighbours, enter) -> None:
    page = enter()
    assert "нет органа управления" in page.get("/t/first/council/").content.decode()
    assert page.get("/t/first/council/new/").status_code == 404
