import datetime as dt
import io
import re

import openpyxl
import pytest
from django import forms
from django.db.models.functions import Length
from django.test import RequestFactory

from nastavnik.shared.cells import link, muted, rows_html, small, tag
from nastavnik.shared.columns import Column
from nastavnik.shared.exports import write_xlsx
from nastavnik.shared.filters import FilterForm
from nastavnik.shared.lists import ListSpec, list_page, list_response
from nastavnik.tenancy.models import Organisation, Territory

pytestmark = pytest.mark.django_db

SPEC = ListSpec(
    key="organisations",
    title="Учреждения",
    order="name",
    nouns=("учреждение", "учреждения", "учреждений"),
    page_size=3,
    columns=(
        Column(
            "name",
            "Название",
            ("slug", "short_name"),
            cell=lambda slug, name: link(f"{slug}/", name),
            sort=("search_key",),
            export=lambda slug, name: name,
            head=True,
        ),
        Column("city", "Город", ("city",), sort=("city",)),
        Column("length", "Длина", ("territory__name",), sort=(Length("short_name"), "city")),
        Column("phone", "Телефон", ("phone",), on_screen=False),
    ),
)


class Filters(FilterForm):
    city = forms.ChoiceField(label="Город", choices=[("", "Любой"), ("А", "Арск"), ("Б", "Бор")])
    named = forms.BooleanField(label="С названием")


@pytest.fixture
def eight():
    territory = Territory.objects.create(kind="region", name="Край", slug="land")
    for number in range(8):
        Organisation.objects.create(
            territory=territory,
            kind="school",
            slug=f"s{number}",
            short_name=f"Школа {number // 2}",
            full_name="Школа",
            city="АБ"[number % 2],
        )
    return Organisation.objects.all()


def get(query=""):
    return RequestFactory().get(f"/list/{query}")


def slugs(listing):
    return [record[1] for record in listing.records]


def walk(rows, query, step):
    """Slugs of every page met when following one kind of link, and the numbers shown."""
    pages, seen = [], []
    while query is not None:
        listing = list_page(get(query), SPEC, rows)
        pages.append(slugs(listing))
        seen.append((listing.start, listing.end))
        query = getattr(listing, step) or None
    return pages, seen


def test_pages_forward_show_every_row_once(eight):
    pages, numbers = walk(eight, "", "next_url")

    assert pages == [["s0", "s1", "s2"], ["s3", "s4", "s5"], ["s6", "s7"]]
    assert numbers == [(1, 3), (4, 6), (7, 8)]


def test_pages_backward_from_the_end_show_every_row_once(eight):
    last = list_page(get(), SPEC, eight).last_url

    pages, numbers = walk(eight, last, "previous_url")

    assert pages == [["s5", "s6", "s7"], ["s2", "s3", "s4"], ["s0", "s1"]]
    assert numbers == [(6, 8), (3, 5), (1, 2)]


@pytest.mark.parametrize("sort", ["-name", "city", "-city", "length", "-length"])
def test_pages_forward_and_back_agree_in_every_order(eight, sort):
    expected = [slug for page in walk(eight, f"?sort={sort}", "next_url")[0] for slug in page]
    end = list_page(get(f"?sort={sort}"), SPEC, eight).last_url
    backwards = [slug for page in reversed(walk(eight, end, "previous_url")[0]) for slug in page]

    assert sorted(expected) == [f"s{number}" for number in range(8)]
    assert backwards == expected


def test_page_links_of_first_and_last_page(eight):
    first = list_page(get(), SPEC, eight)
    last = list_page(get(first.last_url), SPEC, eight)

    assert (first.previous_url, first.first_url, bool(first.next_url)) == ("", "", True)
    assert (last.next_url, last.last_url, bool(last.previous_url)) == ("", "", True)


@pytest.mark.parametrize("cursor", ["x", "WyJhZnRlciIsIDEsIDFd:forged", "", "%00", "a:b:c"])
def test_page_forged_cursor_means_first_page(eight, cursor):
    assert slugs(list_page(get(f"?page={cursor}"), SPEC, eight)) == ["s0", "s1", "s2"]


def test_page_cursor_of_another_order_means_first_page(eight):
    query = list_page(get(), SPEC, eight).next_url

    assert slugs(list_page(get(f"{query}&sort=-name"), SPEC, eight)) == ["s7", "s6", "s5"]


def test_page_cursor_of_a_vanished_row_means_first_page(eight):
    query = list_page(get(), SPEC, eight).next_url
    Organisation.objects.filter(slug="s2")._raw_delete("default")

    assert slugs(list_page(get(query), SPEC, eight)) == ["s0", "s1", "s3"]


def test_cursor_holds_no_name(eight):
    import base64

    cursor = list_page(get(), SPEC, eight).next_url.split("page=")[1].split("%3A")[0]

    assert (
        base64.urlsafe_b64decode(cursor + "==").decode()
        == f'["after",{Organisation.objects.get(slug="s2").pk},4]'
    )


@pytest.mark.parametrize("size", [1, 3])
def test_first_page_costs_two_queries(eight, size, django_assert_num_queries):
    rows = eight.filter(slug__in=[f"s{number}" for number in range(size)])

    with django_assert_num_queries(2):
        assert list_page(get(), SPEC, rows).body.count("<tr") == size


def test_next_page_costs_three_queries(eight, django_assert_num_queries):
    query = list_page(get(), SPEC, eight).next_url

    with django_assert_num_queries(3):
        list_page(get(query), SPEC, eight)


def test_sort_links_turn_the_order_and_say_so(eight):
    head = list_page(get("?sort=city&q=1"), SPEC, eight).head

    assert (
        '<th scope="col" role="columnheader" aria-sort="ascending"><a class="sort" href="?sort=-city&amp;q=1">Город'
        in head
    )
    assert head.count("aria-sort") == 1
    assert 'href="?sort=name&amp;q=1"' in head


def test_filters_chips_name_the_choice_and_remove_only_themselves(eight):
    filters = Filters(get("?city=А&named=on").GET)

    chips = list_page(get("?city=А&named=on&sort=city"), SPEC, eight, filters=filters).chips

    assert [(chip["title"], chip["url"]) for chip in chips] == [
        ("Город: Арск", "?named=on&sort=city"),
        ("С названием", "?city=%D0%90&sort=city"),
    ]


def test_filters_nonsense_is_left_out():
    assert Filters({"city": "Я"}).values() == {}


def test_list_page_is_drawn_with_caption_and_count(eight):
    response = list_response(get(), SPEC, eight, template="ui/list.html").render()
    html = response.content.decode()

    assert (
        '<th scope="row" role="rowheader"><a class="row-link" href="s0/">Школа 0</a></th>' in html
    )
    assert '<td role="cell" data-label="Город">А</td>' in html
    assert "8\u00a0учреждений" in html
    assert "Показаны 1–3 из 8" in html


def test_list_page_without_rows_offers_the_first_step(eight):
    html = (
        list_response(
            get(),
            SPEC,
            eight.none(),
            template="ui/list.html",
            empty={"title": "Пока пусто здесь", "url": "/add/", "button": "Добавить"},
        )
        .render()
        .content.decode()
    )

    assert "Пока пусто здесь" in html
    assert '<a class="button" href="/add/">Добавить</a>' in html


def test_list_print_shows_every_row(eight):
    told = []

    html = (
        list_response(
            get("?format=print&sort=-name"), SPEC, eight, on_export=lambda *args: told.append(args)
        )
        .render()
        .content.decode()
    )

    assert re.findall(r'href="(s\d)/"', html) == [f"s{number}" for number in range(7, -1, -1)]
    assert told == [("print", 8)]


def test_list_xlsx_has_every_row_and_its_own_columns(eight):
    response = list_response(get("?format=xlsx"), SPEC, eight)

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response))).active
    response.close()
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Название", "Город", "Длина", "Телефон")
    assert rows[1] == ("Школа 0", "А", "Край", None)
    assert len(rows) == 9


def test_xlsx_never_writes_a_formula():
    hostile = ["=1+1", "+7 900", "-1", "@SUM(A1)", "https://example.org", "00123", "\tx"]
    columns = [Column("a", "Поле", ("a",)), Column("d", "День", ("d",))]
    stream = io.BytesIO()

    count = write_xlsx(
        stream,
        columns,
        [(1, text, dt.date(2026, 9, 15)) for text in hostile],
        ["pk", "a", "d"],
        "Лист: [1]",
    )

    sheet = openpyxl.load_workbook(stream).active
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert count == 7
    assert [cell.value for cell in cells] == hostile
    assert {cell.data_type for cell in cells} == {"s"}
    assert sheet["B2"].value == dt.datetime(2026, 9, 15)  # noqa: DTZ001 -- a day of the calendar


def test_cells_escape_what_people_typed():
    evil = '"><script>'
    columns = [
        Column("a", "Имя", ("a",), head=True),
        Column("b", evil, ("b",), cell=lambda value: tag(value, "ok")),
        Column("c", "В", ("b",), cell=lambda value: small(value, value)),
        Column("d", "Г", ("b",), cell=lambda value: link(value, value)),
        Column("e", "Д", ("b",), cell=muted),
    ]

    html = rows_html(columns, ["pk", "a", "b"], [(1, evil, evil)], pick="p")

    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 9


def test_pick_box_is_named_after_the_row():
    columns = [
        Column("a", "Имя", ("pk", "a"), cell=lambda pk, name: link(f"{pk}/", name), head=True)
    ]

    html = rows_html(columns, ["pk", "a"], [(7, "Иванова & Ко")], pick="p")

    assert (
        '<input type="checkbox" name="p" value="7" aria-label="Выбрать: Иванова &amp; Ко">' in html
    )
