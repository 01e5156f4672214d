import datetime as dt

import pytest
from django import forms
from django.http import HttpResponse
from django.template import Context, Template

from nastavnik.shared.errors import DomainError
from nastavnik.shared.form_page import attempt
from nastavnik.shared.forms import (
    DateField,
    DatePartsInput,
    Form,
    apply_domain_error,
    error_links,
    parse_russian_date,
)

pytestmark = pytest.mark.unit


class Sample(Form):
    name = forms.CharField(label="Фамилия", help_text="Как в журнале")
    met_on = DateField(label="Дата встречи", widget=DatePartsInput)
    kind = forms.ChoiceField(label="Форма", widget=forms.RadioSelect, choices=[("a", "А")])
    count = forms.IntegerField(label="Мест", required=False)


def render(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "text",
    [
        "15.09.2026",
        "15 9 2026",
        " 15/09/2026 ",
        "2026-09-15",
        "15 сентября 2026 г.",
        "15 Сентября 2026",
    ],
)
def test_parse_russian_date_spellings(text):
    assert parse_russian_date(text) == dt.date(2026, 9, 15)


@pytest.mark.parametrize(
    "text", ["31.02.2026", "15.13.2026", "15 сентябрь 2026", "15.09.26", "x", "\x00"]
)
def test_parse_russian_date_nonsense_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        parse_russian_date(text)


def test_form_empty_says_what_to_do_and_where():
    form = Sample({})

    assert error_links(form) == [
        ("id_name", "Заполните поле «Фамилия»"),
        ("id_met_on_day", "Заполните поле «Дата встречи»"),
        ("id_kind_0", "Выберите: Форма"),
    ]


def test_form_date_in_three_boxes_read_as_one_day():
    form = Sample(
        {"name": "Я", "kind": "a", "met_on_day": "5", "met_on_month": "10", "met_on_year": "2026"}
    )

    assert form.is_valid()
    assert form.cleaned_data["met_on"] == dt.date(2026, 10, 5)


def test_date_boxes_show_what_was_typed():
    form = Sample({"met_on_day": "40", "met_on_month": "1", "met_on_year": ""})

    html = render("{% field bound %}", bound=form["met_on"])

    assert 'name="met_on_day" value="40"' in html
    assert html.count('aria-invalid="true"') == 3


def test_field_with_hint_and_error_is_described_by_both():
    html = render("{% field bound %}", bound=Sample({})["name"])

    assert 'aria-describedby="id_name_hint id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="input"' in html
    assert '<p class="error" id="id_name_error">Заполните поле «Фамилия»</p>' in html


def test_field_optional_says_so():
    html = render("{% field bound %}", bound=Sample()["count"])

    assert "(необязательно)" in html
    assert " required" not in html


def test_number_field_word_refused_in_russian():
    assert Sample({"count": "два"}).errors["count"] == ["Впишите в поле «Мест» число"]


def test_apply_domain_error_goes_beside_its_field():
    form = Sample({"name": "Я", "kind": "a", "met_on": "05.10.2026"})
    form.full_clean()

    apply_domain_error(form, DomainError("name_taken", "Такой человек уже есть.", field="name"))

    assert form.errors == {"name": ["Такой человек уже есть."]}


def test_apply_domain_error_without_field_goes_on_top():
    form = Sample({"name": "Я", "kind": "a", "met_on": "05.10.2026"})
    form.full_clean()

    apply_domain_error(form, DomainError("closed", "Приказ уже подписан.", field="unknown"))

    assert error_links(form) == [("", "Приказ уже подписан.")]


def test_offer_gives_the_choices_and_words_the_choice_of_none():
    form = Sample()

    form.offer("kind", [("b", "Б")], empty="не выбрано")

    assert form.fields["kind"].choices == [("", "не выбрано"), ("b", "Б")]


class Asked(Form):
    number = forms.CharField(label="Номер")


def test_attempt_does_the_work_of_a_valid_form():
    done = HttpResponse()

    assert attempt(Asked({"number": "5"}), lambda data: done) is done


def test_attempt_of_a_wrong_form_does_no_work():
    form = Asked({})

    assert attempt(form, lambda data: pytest.fail("worked")) is None
    assert list(form.errors) == ["number"]


def test_attempt_puts_a_refusal_of_the_domain_beside_its_field():
    def work(data):
        raise DomainError("known", f"Номер {data['number']} уже есть", field="number")

    form = Asked({"number": "5"})

    assert attempt(form, work) is None
    assert form.errors == {"number": ["Номер 5 уже есть"]}


def test_error_summary_links_to_fields_and_escapes():
    form = Sample({"name": "Я"})
    form.add_error("name", "<b>")

    html = render("{% error_summary form %}", form=form)

    assert '<a href="#id_name">&lt;b&gt;</a>' in html
    assert "Проверьте 3\u00a0места" in html


def test_error_summary_without_errors_is_nothing():
    form = Sample({"name": "Я", "kind": "a", "met_on": "05.10.2026"})

    assert render("{% error_summary form %}", form=form).strip() == ""
