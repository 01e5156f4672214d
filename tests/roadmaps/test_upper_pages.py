"""An institution's roadmap read from above: the strip, a line, «не применимо», the day's cards."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent
from nastavnik.roadmaps.models import ItemComment, ItemState, Roadmap, RoadmapItem, RoadmapState
from nastavnik.roadmaps.services.closing import mark_not_applicable
from nastavnik.tenancy.scope import scope
from tests.neighbours import grant, make_user
from tests.roadmaps.making import CURATOR, items_of, line, make_roadmap

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 14)
LINES = (
    line("Обучить наставников", "до 30.09.2026", number="1"),
    line("Найти партнёров", "до 30.11.2026", number="2"),
)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(f"{TODAY}T09:00:00+03:00", tick=False):
        yield


@pytest.fixture
def town(neighbours):
    return neighbours.own.territory


@pytest.fixture
def as_role(client, town):
    def enter(role):
        user = make_user(role.value)
        grant(user, role, town)
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def roadmap(neighbours):
    return in_force(neighbours.own)


def in_force(organisation, *lines) -> Roadmap:
    with scope({organisation.pk}):
        roadmap = make_roadmap(organisation, *(lines or LINES))
        Roadmap.objects.filter(pk=roadmap.pk).update(state=RoadmapState.IN_FORCE, agreed_on=TODAY)
    return roadmap


def line_of(roadmap, place=0) -> RoadmapItem:
    with scope({roadmap.organisation_id}):
        return items_of(roadmap)[place]


def asks(roadmap, place=0, reason="Предприятий в селе нет") -> RoadmapItem:
    """The institution asks to leave out a line that the municipal roadmap demands."""
    item = line_of(roadmap, place)
    with scope({roadmap.organisation_id}):
        RoadmapItem.objects.filter(pk=item.pk).update(upper_id=5, mandatory=True)
        return mark_not_applicable(actor=CURATOR, item=item, reason=reason)


def at(name: str, **kwargs) -> str:
    return reverse(f"roadmaps:{name}", kwargs={"territory": "first", **kwargs})


def text_of(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CENTRE, Role.CONTROLLER, Role.REGION])
def test_strip_shows_every_line_and_today_and_edits_nothing(roadmap, as_role, role) -> None:
    page = text_of(as_role(role).get(at("strip", pk=roadmap.pk)))

    assert [
        word for word in ("Обучить", "Найти", 'class="now"', "просрочен") if word not in page
    ] == []
    assert "/o/own/" not in page
    assert page.count("<form") == 1  # signing out


def test_draft_and_a_foreign_roadmap_have_no_strip(neighbours, as_role) -> None:
    with scope({neighbours.own.pk}):
        draft = make_roadmap(neighbours.own)
    foreign = in_force(neighbours.far)
    client = as_role(Role.COORDINATOR)

    for hidden in (draft, foreign):
        assert client.get(at("strip", pk=hidden.pk)).status_code == 404
        assert client.get(at("line", item_id=line_of(hidden).pk)).status_code == 404


def test_comment_of_the_coordinator_stands_at_the_line_of_the_institution(roadmap, as_role) -> None:
    item = line_of(roadmap)

    as_role(Role.COORDINATOR).post(
        at("line-comment", item_id=item.pk), {"text": "Когда закончите?"}
    )

    with scope({roadmap.organisation_id}):
        assert [said.text for said in ItemComment.objects.filter(item=item)] == ["Когда закончите?"]


def test_controller_comments_and_decides_nothing(roadmap, as_role) -> None:
    item = asks(roadmap)
    client = as_role(Role.CONTROLLER)

    page = text_of(client.get(at("line", item_id=item.pk)))
    answers = [
        client.post(at(name, item_id=item.pk), {"text": "Так", "agreed": "yes"}).status_code
        for name in ("line-comment", "line-let-go")
    ]

    assert ("Отказать" in page, answers) == (False, [403, 403])


def test_queue_lists_requests_and_agreeing_leaves_the_line_out(roadmap, as_role) -> None:
    item = asks(roadmap)
    client = as_role(Role.COORDINATOR)

    page = text_of(client.get(at("queue")))
    client.post(at("line-let-go", item_id=item.pk), {"agreed": "yes", "words": ""})

    assert "Просят признать неприменимым (1)" in page
    assert "Предприятий в селе нет" in page
    with scope({roadmap.organisation_id}):
        item.refresh_from_db()
        assert (item.state, item.not_applicable_on) == (ItemState.NOT_APPLICABLE, TODAY)
        assert AuditEvent.objects.filter(action="roadmaps.item_not_applicable_agreed").count() == 1
    assert "Просят признать" not in text_of(client.get(at("queue")))


def test_refusal_needs_a_word_and_gives_the_line_back_with_it(roadmap, as_role, curator) -> None:
    item = asks(roadmap)
    client = as_role(Role.COORDINATOR)

    silent = client.post(at("line-let-go", item_id=item.pk), {"agreed": "no", "words": " "})
    client.post(at("line-let-go", item_id=item.pk), {"agreed": "no", "words": "Есть ферма рядом."})

    assert (silent.status_code, "Напишите, почему пункт нужен." in text_of(silent)) == (422, True)
    with scope({roadmap.organisation_id}):
        item.refresh_from_db()
        said = ItemComment.objects.get()
        assert (item.state, item.asks_not_applicable) == (ItemState.NOT_STARTED, False)
        assert (said.item_id, said.kind, said.text) == (item.pk, "remark", "Есть ферма рядом.")
        event = AuditEvent.objects.get(action="roadmaps.item_applicable")
        assert event.reason == "Есть ферма рядом."
    client.force_login(curator)
    assert "Ответьте на замечание к 1 пункту" in text_of(client.get("/o/own/today/"))


def test_a_request_of_the_institutions_own_line_is_its_heads_matter(roadmap, as_role) -> None:
    with scope({roadmap.organisation_id}):
        mark_not_applicable(actor=CURATOR, item=items_of(roadmap)[0], reason="Не про нас")

    assert "Просят признать" not in text_of(as_role(Role.COORDINATOR).get(at("queue")))


def test_a_settled_line_asks_no_more(roadmap, as_role) -> None:
    item = asks(roadmap)
    with scope({roadmap.organisation_id}):
        RoadmapItem.objects.filter(pk=item.pk).update(state=ItemState.DONE)

    assert "Просят признать" not in text_of(as_role(Role.COORDINATOR).get(at("queue")))


def test_day_of_the_coordinator_has_the_requests_and_what_is_overdue(roadmap, as_role) -> None:
    asks(roadmap, 1)

    page = text_of(as_role(Role.COORDINATOR).get("/t/first/today/"))

    assert "Просят не применять 1 пункт дорожных карт" in page
    assert "Просрочен 1 пункт дорожных карт" in page
    assert "В 1 учреждении." in page


def test_day_of_the_controller_is_what_is_overdue(roadmap, as_role) -> None:
    asks(roadmap, 1)

    page = text_of(as_role(Role.CONTROLLER).get("/t/first/today/"))

    assert ("Просят не применять" in page, "Просрочен 1 пункт" in page) == (False, True)


def test_signing_in_leads_officers_to_their_day(as_role) -> None:
    assert as_role(Role.CONTROLLER).get("/")["Location"] == "/t/first/today/"


@pytest.mark.parametrize(("day", "is_told"), [("2026-09-30", False), ("2026-10-01", True)])
def test_overdue_line_is_on_the_heads_day_the_next_morning(
    roadmap, client, head, day, is_told
) -> None:
    client.force_login(head)

    with time_machine.travel(f"{day}T07:30:00+03:00", tick=False):
        page = text_of(client.get("/o/own/today/"))

    assert ("Просрочен 1 пункт дорожной карты" in page) is is_told
