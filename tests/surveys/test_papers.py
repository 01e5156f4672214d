"""Paper forms and the analysis for «Дело»."""

import io

import pytest
from django.db import transaction
from docx import Document as Word

from nastavnik.documents.models import Document
from nastavnik.documents.rendering import document_docx
from nastavnik.shared.errors import DomainError
from nastavnik.surveys.services import close_campaign
from nastavnik.surveys.services.papers import forms_docx, prepare_analysis
from tests.people_making import DAY
from tests.surveys.making import CURATOR, ask, choose, place


def words(content: bytes) -> str:
    word = Word(io.BytesIO(content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in word.paragraphs), *cells])


def test_form_names_the_other_side_by_first_names_and_numbers(office):
    campaign = ask(office)
    for surname in ("Бокова", "Вилкова", "Ершова", "Жукова"):
        choose(campaign, surname)
    text = words(forms_docx(office, campaign, DAY))
    assert "Азимова Анна Петровна\tАнкета" in text
    assert "\n7А\n" in text
    assert f"Анкета №\u00a0{place(campaign, 'Азимова').code}" in text
    assert "1\nНина Петровна\n2\nОльга Петровна" in text
    assert "С кем из наставников тебе хочется заниматься?" in text
    assert "Ершова" not in text


def test_adult_gets_polite_words_and_classes(office):
    campaign = ask(office)
    for surname in ("Азимова", "Бокова", "Вилкова", "Жукова"):
        choose(campaign, surname)
    text = words(forms_docx(office, campaign, DAY))
    assert "С кем из наставляемых вы хотели бы работать?" in text
    assert "3\nАнна, 7А" in text
    choose(campaign, "Ершова")
    with pytest.raises(DomainError):
        forms_docx(office, campaign, DAY)


def test_analysis_names_mutual_choices_and_nobody_else(office, curator):
    campaign = ask(office)
    choose(campaign, "Азимова", "Ершова", why="близко живёт")
    choose(campaign, "Ершова", "Азимова", avoid=["Бокова"])
    choose(campaign, "Бокова", "Ершова")
    choose(campaign, "Жукова")
    with pytest.raises(DomainError) as refusal:
        prepare_analysis(actor=CURATOR, campaign=campaign)
    assert refusal.value.code == "still_open"

    closed = close_campaign(actor=CURATOR, campaign=campaign)
    document = prepare_analysis(actor=CURATOR, campaign=closed)
    assert (document.folder, document.title) == (
        "05",
        "Анализ анкет предпочтений от 10 ноября 2026 г.",
    )
    text = words(document_docx(document))
    assert "1\nАзимова Анна Петровна, 7А\nЕршова Нина Петровна, учитель математики" in text
    assert "Наставляемые\n3\n2\nНаставники\n2\n2\nВсего\n5\n4 (80 %)" in text
    kept = f"{text} {document.data}"
    for absent in ("Бокова", "Вилкова", "Жукова", "близко", "не стоит", "место"):
        assert absent not in kept


def test_curator_makes_the_analysis_from_the_results(as_curator, office):
    campaign = ask(office)
    choose(campaign, "Азимова", "Ершова")
    close_campaign(actor=CURATOR, campaign=campaign)
    base = f"/o/{office.slug}/surveys/{campaign.pk}/"
    assert "Составить анализ анкет" in as_curator.get(f"{base}results/").content.decode()
    answer = as_curator.post(f"{base}analysis/")
    document = Document.objects.get()
    assert answer.url == f"/o/{office.slug}/docs/{document.pk}/"
    forms = as_curator.get(f"{base}forms/", follow=True)
    assert forms.status_code == 422


def analysis_text(campaign) -> str:
    document = prepare_analysis(actor=CURATOR, campaign=campaign)
    return words(document_docx(document)) + str(sorted(document.data.items()))


ALL_CHOSEN = {"Ершова": ("Азимова", "Бокова", "Вилкова"), "Жукова": ("Бокова",)}
ONE_LEFT_OUT = {"Ершова": ("Азимова", "Вилкова"), "Жукова": ("Азимова",)}


def test_analysis_is_the_same_whoever_was_left_without_a_choice(office, curator):
    told = []
    for choices in (ALL_CHOSEN, ONE_LEFT_OUT):
        with transaction.atomic():
            campaign = ask(office)
            choose(campaign, "Вилкова", "Ершова")
            for surname, chosen in choices.items():
                choose(campaign, surname, *chosen)
            told.append(analysis_text(close_campaign(actor=CURATOR, campaign=campaign)))
            transaction.set_rollback(True)
    assert told[0] == told[1]


def test_analysis_without_mutual_choices_is_worded_kindly(office, curator):
    campaign = ask(office)
    choose(campaign, "Азимова", "Ершова")
    choose(campaign, "Бокова")
    text = analysis_text(close_campaign(actor=CURATOR, campaign=campaign))
    assert "Взаимных выборов пока нет. Это обычно после одной встречи" in text
    assert "Наставники\n2\nпока нет" in text
    for absent in ("Азимова", "Бокова", "Вилкова", "Ершова", "Жукова", "никто", "никого", "никем"):
        assert absent not in text


def test_paper_form_of_the_silent_does_not_depend_on_what_others_chose(office):
    told = []
    for choices in (ALL_CHOSEN, ONE_LEFT_OUT):
        with transaction.atomic():
            campaign = ask(office)
            for surname, chosen in choices.items():
                choose(campaign, surname, *chosen)
            paper = words(forms_docx(office, campaign, DAY))
            told.append(paper.replace(f"{campaign.pk}-", ""))
            transaction.set_rollback(True)
    assert told[0] == told[1]
