"""Pages of the campaign, from the first button to the letters."""

import io

import docx as word
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nastavnik.informing.forms.letters import MailingForm
from nastavnik.informing.models import Answer, InformingCampaign, Letter, Mailing
from tests.informing.campaign_making import gathering, opened, proven

HOME = "/o/own/informing/"
LINES = "АО «Лесмаш»; Директору Кравцу Роману Сергеевичу; ул. Заводская, 1\nПетрову П. П."


def test_the_year_is_opened_by_its_button_only(as_curator):
    assert "Открыть кампанию года" in as_curator.get(HOME).content.decode()
    assert InformingCampaign.objects.count() == 0

    as_curator.post(f"{HOME}open/")

    page = as_curator.get(HOME).content.decode()
    assert "Подтверждено 0 из 3" in page
    assert InformingCampaign.objects.count() == 1


def test_the_page_says_who_is_proven_and_by_what(as_curator, school):
    proven(gathering(opened(school), "staff"))

    page = as_curator.get(HOME).content.decode()

    assert "Подтверждено 1 из 3" in page
    assert "Протокол № 3 от 10.09.2026." in page


def test_the_page_asks_the_database_as_often_for_many_rows(
    as_curator, school, django_assert_num_queries
):
    campaign = opened(school)
    as_curator.get(HOME)
    with CaptureQueriesContext(connection) as few:
        as_curator.get(HOME)
    for audience in ("staff", "parents", "pupils"):
        proven(gathering(campaign, audience))

    with django_assert_num_queries(len(few)):
        as_curator.get(HOME)


def test_a_number_without_its_date_is_answered_beside_the_field(as_curator, school):
    row = gathering(opened(school), "staff")

    answer = as_curator.post(f"{HOME}gatherings/{row.pk}/number/", {"number": "3"})

    assert answer.status_code == 422
    assert "id_protocol_on_error" in answer.content.decode()


def test_a_planned_gathering_appears_with_its_audience(as_curator, school):
    opened(school)

    as_curator.post(
        f"{HOME}gatherings/new/",
        {"audience": "graduates", "kind": "graduates_meeting", "on": "20.11.2026"},
    )

    page = as_curator.get(HOME).content.decode()
    assert "Выпускники: встреча с выпускниками" in page
    assert "Подтверждено 0 из 4" in page


def test_letters_go_out_in_one_file_and_answers_come_back(as_curator, school):
    opened(school)
    as_curator.post(
        f"{HOME}letters/new/",
        {"audience": "employers", "addressees": LINES, "first_number": "112"},
    )
    mailing = Mailing.objects.get()
    file = b"".join(as_curator.get(f"{HOME}letters/{mailing.pk}/docx/").streaming_content)
    text = [line.text for line in word.Document(io.BytesIO(file)).paragraphs]
    as_curator.post(f"{HOME}letters/{mailing.pk}/sent/", {"sent_on": "09.11.2026"})
    first, second = mailing.letters.all()

    as_curator.post(
        f"{HOME}letters/{mailing.pk}/replies/",
        {
            f"answer_{first.pk}": "yes",
            f"came_{first.pk}": "on",
            f"note_{first.pk}": "пришлют инженера",
            f"answer_{second.pk}": "none",
        },
    )

    assert [(one.number, one.answer, one.came) for one in Letter.objects.all()] == [
        ("112", Answer.YES, True),
        ("113", Answer.NONE, False),
    ]
    assert sum(line == "ПИСЬМО" for line in text) == 2
    assert (
        "Ответили 1 из 2, на встрече были 1."
        in as_curator.get(f"{HOME}letters/{mailing.pk}/").content.decode()
    )


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Завод; Директору; ул. Садовая", [("Завод", "Директору", "ул. Садовая")]),
        ("Завод\tДиректору\tул. Садовая; д. 3", [("Завод", "Директору", "ул. Садовая; д. 3")]),
        ("Иванову И. И.", [("", "Иванову И. И.", "")]),
        ("Завод;;ул. Садовая", None),
        ("а; б; в; г", None),
    ],
)
def test_addressees_are_read_from_lines_and_from_a_pasted_table(line, read):
    form = MailingForm({"audience": "employers", "addressees": line})

    is_valid = form.is_valid()

    found = form.cleaned_data.get("addressees") if is_valid else None
    assert (
        found and [(o.workplace, o.addressee, o.address) for o in found] == read
    ) or found is read


def test_the_booklet_is_for_parents_or_for_staff(as_curator, school):
    pages = {
        whom: as_curator.get(f"{HOME}booklet/?whom={whom}").content.decode()
        for whom in ("parents", "staff", "nonsense")
    }

    assert ["Что это даёт ребёнку" in page for page in pages.values()] == [True, False, True]
    assert ["Зачем это вам" in page for page in pages.values()] == [False, True, False]


def test_sent_letters_are_not_changed_any_more(as_curator, school):
    opened(school)
    as_curator.post(f"{HOME}letters/new/", {"audience": "employers", "addressees": LINES})
    mailing = Mailing.objects.get()
    as_curator.post(f"{HOME}letters/{mailing.pk}/sent/", {"sent_on": "09.11.2026"})

    answers = [
        as_curator.post(f"{HOME}letters/{mailing.pk}/remove/").status_code,
        as_curator.post(
            f"{HOME}letters/{mailing.pk}/edit/", {"audience": "employers", "addressees": "А"}
        ).status_code,
    ]

    assert (answers, Letter.objects.count()) == ([422, 422], 2)
