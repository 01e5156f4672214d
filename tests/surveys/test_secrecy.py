"""Who was chosen, by whom, and who was not: nobody but the curator can tell from any page.

The pages are compared byte by byte between two worlds that differ in the choices alone.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from nastavnik.accounts.permissions import ROLE_ACTIONS, TERRITORY_ROLES, Role
from nastavnik.audit.models import AuditEvent
from nastavnik.pairs.services.proposals import propose_pairs
from nastavnik.people.models import MenteeProfile
from nastavnik.surveys.services import close_campaign
from nastavnik.surveys.services.grid import save_grid
from nastavnik.tenancy.scope import scope
from tests.neighbours import grant, make_neighbours, make_user
from tests.people_making import DAY
from tests.surveys.making import CURATOR, ask, choose, link, place
from tests.walls.addresses import addresses

ONE = {
    "Азимова": (("Ершова",), ("Жукова",), "нравится"),
    "Бокова": (("Ершова", "Жукова"), (), ""),
    "Вилкова": ((), (), ""),
    "Ершова": (("Азимова",), ("Вилкова",), ""),
    "Жукова": (("Азимова", "Бокова"), (), ""),
}
OTHER = {
    "Азимова": (("Жукова", "Ершова"), (), ""),
    "Бокова": ((), ("Жукова",), "не знаю"),
    "Вилкова": (("Жукова",), (), ""),
    "Ершова": (("Вилкова", "Бокова", "Азимова"), (), "умные вопросы"),
    "Жукова": ((), (), ""),
}
TOKEN = re.compile(r"name=\"csrfmiddlewaretoken\" value=\"\w+\"|nonce-[\w+/=-]+")
WISHES = re.compile(r"не выбирали|выбрал (?:первым|вторым|третьим)|просил не ставить")
OTHERS = [role for role in Role if role != Role.CURATOR]


@pytest.fixture
def school(db):
    """No scope is open, as in a request."""
    return make_neighbours().own


@contextmanager
def told(school, campaign, answers, *, closed: bool) -> Iterator[None]:
    """The world in which these answers were given; undone afterwards."""
    with transaction.atomic():
        with scope({school.pk}):
            for surname, (ranked, avoided, why) in answers.items():
                choose(campaign, surname, *ranked, avoid=avoided, why=why)
            if closed:
                close_campaign(actor=CURATOR, campaign=campaign)
        yield
        transaction.set_rollback(True)


def pages_of(role: Role, school) -> list[str]:
    """Every page of the institution that the role may open and that has its rows here."""
    found = []
    for address in addresses():
        spec = address.spec
        if spec is None or "GET" not in spec.methods or "org" not in address.parameters:
            continue
        if spec.action in ROLE_ACTIONS[role]:
            try:
                found.append(address.path(school.slug, school))
            except AttributeError:  # no row of this kind in the small world
                continue
    return found


def seen(client, paths: list[str]) -> dict[str, str]:
    found = {}
    for path in paths:
        answer = client.get(path)
        body = b"".join(answer) if answer.streaming else answer.content
        found[path] = TOKEN.sub("", f"{answer.status_code} {body.decode('utf-8', 'replace')}")
    return found


@pytest.mark.parametrize("role", [Role.HEAD, Role.RESPONSIBLE, Role.COUNCIL, Role.SYSADMIN])
def test_pages_of_other_roles_do_not_depend_on_the_choices(client, school, role):
    user = make_user("other")
    grant(user, role, school)
    client.force_login(user)
    with scope({school.pk}):
        campaign = ask(school)
    paths = pages_of(role, school)
    looks = []
    for answers in (ONE, OTHER):
        with told(school, campaign, answers, closed=True):
            looks.append(seen(client, paths))
    assert looks[0] == looks[1]


def test_pages_of_participants_do_not_depend_on_what_others_chose(client, school):
    with scope({school.pk}):
        campaign = ask(school)
        paths = [link(place(campaign, surname)) for surname in ("Азимова", "Ершова")]
        paths += [f"{path}?edit=1" for path in paths]
    mine = {name: ONE[name] for name in ("Азимова", "Ершова")}
    looks = []
    for answers in ({**ONE, **mine}, {**OTHER, **mine}):
        with told(school, campaign, answers, closed=False):
            looks.append(seen(client, paths))
    assert looks[0] == looks[1]
    assert "1. <strong>Нина Петровна</strong>" in looks[0][paths[0]]


@pytest.mark.parametrize("name", ["results", "grid", "analysis", "links", "forms"])
@pytest.mark.parametrize("role", OTHERS)
def test_choices_and_links_are_closed_to_every_other_role(client, school, role, name):
    user = make_user("other")
    grant(user, role, school.territory if role in TERRITORY_ROLES else school)
    client.force_login(user)
    with scope({school.pk}):
        campaign = ask(school)
    path = f"/o/{school.slug}/surveys/{campaign.pk}/{name}/"
    answer = client.post(path) if name == "analysis" else client.get(path)
    assert answer.status_code in {403, 404}


def test_journal_holds_counts_and_never_a_choice(school):
    with scope({school.pk}):
        campaign = ask(school)
        for surname, (ranked, avoided, why) in ONE.items():
            if surname != "Бокова":
                choose(campaign, surname, *ranked, avoid=avoided, why=why)
        typed = {place(campaign, "Бокова").pk: {"first": "1", "not_with": "2"}}
        save_grid(actor=CURATOR, campaign=campaign, typed=typed)
        close_campaign(actor=CURATOR, campaign=campaign)
        events = AuditEvent.objects.filter(action__startswith="surveys.").order_by("id")
        told_details = {event.action: event.details for event in events}
        labels = {event.object_label for event in events if event.object_type != "surveys.campaign"}
        reasons = {event.reason for event in events}
    assert told_details == {
        "surveys.open": {"mentees": 3, "mentors": 2, "held_back": 0},
        "surveys.answer": {},
        "surveys.grid": {"forms": 1},
        "surveys.close": {},
    }
    assert labels == {f"анкета № {number}" for number in range(1, 6)}
    assert reasons == {""}


def test_matching_tells_the_wishes_to_the_curator_alone(client, school):
    with scope({school.pk}):
        campaign = ask(school)
        for surname, (ranked, avoided, why) in ONE.items():
            choose(campaign, surname, *ranked, avoid=avoided, why=why)
        propose_pairs(actor=CURATOR, organisation=school, on=DAY)
        mentees = list(MenteeProfile.objects.values_list("pk", flat=True))
    paths = [f"/o/{school.slug}/match/"] + [f"/o/{school.slug}/match/{pk}/" for pk in mentees]
    told_to = {}
    for role in (Role.CURATOR, Role.HEAD):
        user = make_user(f"reader-{role}")
        grant(user, role, school)
        client.force_login(user)
        told_to[role] = set(WISHES.findall("".join(seen(client, paths).values())))
    assert told_to[Role.CURATOR] != set()
    assert told_to[Role.HEAD] == set()


def test_slips_handed_to_the_silent_do_not_depend_on_what_others_chose(client, school):
    user = make_user("curator")
    grant(user, Role.CURATOR, school)
    client.force_login(user)
    with scope({school.pk}):
        campaign = ask(school)
    paths = [f"/o/{school.slug}/surveys/{campaign.pk}/links/"]
    silent = ("Азимова", "Вилкова", "Жукова")
    looks = []
    for answers in (ONE, OTHER):
        given = {name: told_by for name, told_by in answers.items() if name not in silent}
        with told(school, campaign, given, closed=False):
            looks.append(seen(client, paths))
    assert looks[0] == looks[1]
    assert all(name in looks[0][paths[0]] for name in silent)
