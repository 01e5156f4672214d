"""A preference survey among three mentees and two mentors, for tests."""

from nastavnik.accounts.permissions import Role
from nastavnik.surveys.links import path_of
from nastavnik.surveys.models import Campaign, Invitation, Side
from nastavnik.surveys.services import Choices, answer, open_preferences
from nastavnik.tenancy.models import Organisation
from tests.neighbours import actor_as
from tests.people_making import give_consents, make_mentee, make_mentor

CURATOR = actor_as(Role.CURATOR)
MENTEES = (("Азимова", "Анна"), ("Бокова", "Вера"), ("Вилкова", "Майя"))
MENTORS = (("Ершова", "Нина"), ("Жукова", "Ольга"))


def people(organisation: Organisation) -> tuple[list, list]:
    """Profiles of both sides with their consents."""
    mentees = [make_mentee(organisation, name, given=given) for name, given in MENTEES]
    mentors = [make_mentor(organisation, name, given=given) for name, given in MENTORS]
    for profile in (*mentees, *mentors):
        give_consents(profile.person)
    return mentees, mentors


def ask(organisation: Organisation, **fields) -> Campaign:
    mentees, mentors = people(organisation)
    values = {"mentees": mentees, "mentors": mentors, "source_label": "Встреча 9 ноября"} | fields
    return open_preferences(actor=CURATOR, organisation=organisation, **values)


def place(campaign: Campaign, surname: str) -> Invitation:
    return campaign.invitations.select_related("person", "campaign").get(person__surname=surname)


def number(campaign: Campaign, surname: str) -> int:
    return place(campaign, surname).number


def choose(campaign: Campaign, surname: str, *names: str, avoid=(), why="", **more) -> Invitation:
    """The person's answer by surnames of those chosen and avoided."""
    return answer(
        actor=actor_as(label=surname),
        invitation=place(campaign, surname),
        choices=Choices(
            ranked=tuple(number(campaign, name) for name in names),
            not_with=frozenset(number(campaign, name) for name in avoid),
            why=why,
        ),
        **more,
    )


def link(invitation: Invitation) -> str:
    return path_of(invitation)


def side_of(campaign: Campaign, side: Side) -> list[str]:
    rows = campaign.invitations.filter(side=side).order_by("number")
    return list(rows.values_list("person__surname", flat=True))
