"""The pages of the institution's roadmap."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.documents.models import Document
from nastavnik.roadmaps.models import (
    CommentKind,
    ItemComment,
    Roadmap,
    RoadmapItem,
    RoadmapState,
)
from nastavnik.tenancy.scope import scope
from tests.counting import exactly
from tests.neighbours import grant, make_organisation, make_user
from tests.people_making import DAY
from tests.roadmaps.making import items_of, line, make_roadmap


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{DAY}T09:00:00+03:00", tick=False):
        yield


def path(name: str, **kwargs) -> str:
    return reverse(f"roadmaps:{name}", kwargs={"org": "own", **kwargs})


@pytest.fixture
def reader(client, curator):
    client.force_login(curator, "nastavnik.accounts.backend.PasswordBackend")
    return client


def test_empty_page_offers_the_wizard(school, reader) -> None:
    page = reader.get(path("current"))
    assert page.status_code == 200
    assert path("new") in page.content.decode()


def test_wizard_makes_a_draft_with_people(school, reader, curator) -> None:
    page = reader.get(path("new"))
    assert page.status_code == 200
    answer = reader.post(
        path("new"),
        {
            "template": "institution",
            "title": "Карта школы",
            "starts_on": "01.09.2026",
            "ends_on": "31.08.2027",
            "academic": "on",
            "role_curator": str(curator.pk),
        },
    )
    roadmap = Roadmap.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, path("board", pk=roadmap.pk))
    assert roadmap.items.filter(responsible__user=curator).exists()


def test_board_filters_and_says_what_is_late(school, reader) -> None:
    roadmap = make_roadmap(
        school,
        line("Прошло", "до 01.10.2026", number="1"),
        line("Скоро", "до 20.11.2026", number="2"),
        line("Постоянно", "постоянно", number="3"),
    )
    assert "просрочен на 40\xa0дней" not in reader.get(path("current")).content.decode()
    Roadmap.objects.update(state=RoadmapState.IN_FORCE, agreed_on=date(2026, 9, 1))
    assert "просрочен на 40\xa0дней" in reader.get(path("current")).content.decode()
    shown = {
        code: [text for text in ("Прошло", "Скоро", "Постоянно") if f">{text}</a>" in page]
        for code in ("all", "mine", "soon", "late", "unproved", "nonsense")
        for page in [reader.get(path("board", pk=roadmap.pk), {"show": code}).content.decode()]
    }
    assert shown == {
        "all": ["Прошло", "Скоро", "Постоянно"],
        "mine": ["Прошло", "Скоро", "Постоянно"],
        "soon": ["Скоро"],
        "late": ["Прошло"],
        "unproved": ["Прошло", "Скоро"],
        "nonsense": ["Прошло", "Скоро", "Постоянно"],
    }


@pytest.mark.parametrize("state", ["draft", "on_agreement", "returned", "agreed", "closed"])
def test_a_roadmap_not_in_force_shows_its_days_calmly(school, reader, state) -> None:
    roadmap = make_roadmap(school, line("Прошло", "до 01.10.2026; до 01.11.2026", number="1"))
    Roadmap.objects.update(state=state, agreed_on=date(2026, 9, 1))

    board = reader.get(path("board", pk=roadmap.pk)).content.decode()
    item = reader.get(path("item", item_id=items_of(roadmap)[0].pk)).content.decode()

    assert [word for word in ("росроч", "k-bad", "tag--bad", "Скоро") if word in board] == (
        ["tag--bad"] if state == "returned" else []
    )
    assert "первый 1\xa0октября" in board
    assert ("росроч" in item, item.count("срок прошёл")) == (False, 2)


def test_a_returned_roadmap_lists_what_was_remarked(school, reader) -> None:
    roadmap = make_roadmap(school, line("Первый", number="1."), line("Второй", number="2."))
    first, second = items_of(roadmap)
    for item, text, resolved in ((second, "Укажите срок.", False), (first, "Уже учли.", True)):
        ItemComment.objects.create(
            organisation=school,
            item=item,
            kind=CommentKind.REMARK,
            text=text,
            author="Координатор",
            resolved=resolved,
        )
    address = path("board", pk=roadmap.pk)
    draft = reader.get(address).content.decode()
    Roadmap.objects.update(state=RoadmapState.RETURNED)

    page = reader.get(address).content.decode()

    assert [
        word in page for word in ("Замечания: 1", "2. Второй</a><br>Укажите срок.", "Уже учли")
    ] == [
        True,
        True,
        False,
    ]
    assert "Замечания: 1" not in draft


def test_each_form_of_a_line_names_its_own_field(school, reader) -> None:
    (item,) = items_of(make_roadmap(school, line("Первый")))

    done = reader.post(path("item-done", item_id=item.pk), {"words": " "}).content.decode()
    reason = reader.post(path("item-not-applicable", item_id=item.pk), {}).content.decode()

    assert '<a href="#hand_words">Заполните поле «Чем подтверждается»' in done
    assert '<a href="#reason_words">Заполните поле «Почему пункт не применим»' in reason


def test_moving_and_leaving_out_ask_their_forms(school, reader, client, head) -> None:
    roadmap = make_roadmap(school, line("Первый"), line("Второй"))
    first, second = items_of(roadmap)

    assert reader.post(path("item-move", item_id=second.pk), {"where": "aside"}).status_code == 422
    assert reader.post(path("item-move", item_id=second.pk), {"where": "up"}).status_code == 302
    assert [item.pk for item in items_of(roadmap)] == [second.pk, first.pk]
    client.force_login(head)
    assert client.post(path("item-let-go", item_id=first.pk), {"agreed": "?"}).status_code == 422


@pytest.mark.parametrize("n", [1, 30])
def test_board_asks_the_same_number_of_queries(school, reader, n) -> None:
    make_roadmap(school, *(line(f"Пункт {k}", "ежеквартально") for k in range(n)))
    reader.get(path("current"))
    with exactly(10):
        reader.get(path("current"))


def test_line_is_written_added_and_given_a_rule(school, reader) -> None:
    roadmap = make_roadmap(school)
    answer = reader.post(
        path("add", pk=roadmap.pk),
        {
            "text": "Провести встречу",
            "deadline_text": "до 15.12.2026",
            "responsible": "Лещёва О. В.",
        },
    )
    item = RoadmapItem.objects.get(text="Провести встречу")
    assert answer["Location"] == path("rule", item_id=item.pk)
    assert item.responsible.get().user is not None
    reader.post(path("rule", item_id=item.pk), {"evidence": "event_with_protocol:group_meeting"})
    item.refresh_from_db()
    assert item.evidence_parameters == {"kind": "group_meeting"}
    page = reader.get(path("item", item_id=item.pk)).content.decode()
    assert "Открыть групповые встречи" in page


def test_hand_mark_needs_words(school, reader) -> None:
    (item,) = items_of(make_roadmap(school))
    refused = reader.post(path("item-done", item_id=item.pk), {"words": ""})
    assert refused.status_code == 422
    reader.post(path("item-done", item_id=item.pk), {"words": "Протокол № 3"})
    item.refresh_from_db()
    assert item.state == "done_by_hand"


def test_council_agrees_by_protocol_and_version_shows_its_difference(school, reader) -> None:
    roadmap = make_roadmap(school)
    sent = {"by": "council", "council": "педагогический совет"}
    assert reader.post(path("send", pk=roadmap.pk), {"by": "council"}).status_code == 422
    reader.post(path("send", pk=roadmap.pk), sent)
    reader.post(path("agreed", pk=roadmap.pk), {"number": "4", "on": "05.11.2026"})
    roadmap.refresh_from_db()
    assert (roadmap.state, roadmap.agreed_on) == (RoadmapState.AGREED, date(2026, 11, 5))
    reader.post(path("version", pk=roadmap.pk))
    draft = Roadmap.objects.get(version=2)
    (item,) = items_of(draft)
    reader.post(path("item-edit", item_id=item.pk), {"text": "Создать группу", "deadline_text": ""})
    page = reader.get(path("difference", pk=draft.pk)).content.decode()
    assert "Создать рабочую группу" in page
    assert "Изменено: 1" in page


def test_agreed_roadmap_gets_its_order_from_the_page(school, reader) -> None:
    roadmap = make_roadmap(school)
    Roadmap.objects.update(state=RoadmapState.AGREED, agreed_on=DAY, agreed_by="Рябова М. А.")
    assert path("order", pk=roadmap.pk) in reader.get(path("current")).content.decode()
    answer = reader.post(path("order", pk=roadmap.pk))
    order = Document.objects.get(kind="order_roadmap")
    card = reverse("documents:card", kwargs={"org": "own", "pk": order.pk})
    assert answer["Location"] == card
    assert card in reader.get(path("current")).content.decode()
    assert path("board", pk=roadmap.pk) in reader.get(card).content.decode()


def test_dates_of_events_are_asked_for(school, reader) -> None:
    text = "в течение двух недель с даты определения модели"
    roadmap = make_roadmap(school, line("Закрепить пары", text))
    assert path("dates", pk=roadmap.pk) in reader.get(path("current")).content.decode()
    reader.post(path("dates", pk=roadmap.pk), {"event0": "01.11.2026"})
    assert items_of(roadmap)[0].occurrences.get().due_on == date(2026, 11, 15)


def test_cards_of_today_name_what_presses(school, reader) -> None:
    roadmap = make_roadmap(school, line("Прошло", "до 01.10.2026"), line("Скоро", "до 20.11.2026"))
    Roadmap.objects.filter(pk=roadmap.pk).update(
        state=RoadmapState.IN_FORCE, agreed_on=date(2026, 9, 1)
    )
    page = reader.get(reverse("desk:today", kwargs={"org": "own"})).content.decode()
    assert "Просрочен 1\xa0пункт дорожной карты" in page
    assert "Подходит срок 1\xa0пункта дорожной карты" in page


def test_authority_keeps_the_municipal_roadmap_by_the_same_pages(neighbours, client) -> None:
    office = make_organisation("office", neighbours.own.territory, kind="authority")
    user = make_user("office")
    grant(user, Role.CURATOR, office)
    client.force_login(user, "nastavnik.accounts.backend.PasswordBackend")
    new = reverse("roadmaps:new", kwargs={"org": "office"})
    period = {
        "title": "Карта",
        "starts_on": "01.09.2026",
        "ends_on": "31.08.2027",
        "academic": "on",
    }
    assert client.post(new, {"template": "institution", **period}).status_code == 422
    client.post(new, {"template": "municipal", **period})
    with scope({office.pk}):
        roadmap = Roadmap.objects.get()
        item = roadmap.items.filter(is_group=False, mandatory=False).first()
        assert roadmap.kind == "municipal"
        edit = reverse("roadmaps:item-edit", kwargs={"org": "office", "item_id": item.pk})
        client.post(edit, {"text": item.text, "mandatory": "on"})
        item.refresh_from_db()
        assert item.mandatory


def test_nothing_is_written_by_reading(school, reader) -> None:
    roadmap = make_roadmap(school)
    reader.get(path("board", pk=roadmap.pk))
    assert Document.objects.count() == 0


def test_foreign_roadmap_is_not_found(neighbours, reader) -> None:
    with scope({neighbours.sibling.pk}):
        foreign = make_roadmap(neighbours.sibling)
        item = items_of(foreign)[0]
    assert reader.get(path("board", pk=foreign.pk)).status_code == 404
    assert reader.get(path("item", item_id=item.pk)).status_code == 404
