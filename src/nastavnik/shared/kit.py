"""Invented content of the living page of components."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.safestring import mark_safe

from nastavnik.shared.cells import head_html, link, rows_html, tag
from nastavnik.shared.columns import Column
from nastavnik.shared.forms import DateField, DatePartsInput, Form, area
from nastavnik.shared.icons import ICONS
from nastavnik.shared.today import Card

SAMPLE_COLUMNS = (
    Column(
        "name",
        "Фамилия, имя",
        ("pk", "name"),
        cell=lambda pk, name: link(f"#row-{pk}", name),
        sort=("name",),
        head=True,
    ),
    Column("class", "Класс", ("class",), sort=("class",)),
    Column("state", "Состояние", ("state",), cell=lambda state: tag(*state)),
)
SAMPLE_SOURCES = ["pk", "name", "class", "state"]
SAMPLE_ROWS = [
    (1, "Примерова Алина", "7А", ("В паре", "ok")),
    (2, "Образцов Тимур", "6Б", ("Ждёт согласия", "wait")),
]
PAPER = (
    '<p class="paper__head"><strong>ПРИКАЗ</strong></p>'
    '<p class="paper__row"><span>15 октября 2025 г.</span><span>№ <mark>48</mark></span></p>'
    '<div class="paper__body"><p>1. Закрепить наставнические пары согласно таблице.</p></div>'
)


class SampleForm(Form):
    """One field of every kind."""

    name = forms.CharField(label="Фамилия, имя", help_text="Как в журнале класса")
    born_on = DateField(label="Дата рождения", help_text="Например, 15.09.2012")
    met_on = DateField(label="Дата встречи", widget=DatePartsInput, required=False)
    kind = forms.ChoiceField(
        label="Форма",
        choices=[("", "Выберите"), ("ss", "Ученик — ученик"), ("tt", "Учитель — учитель")],
    )
    answer = forms.ChoiceField(
        label="Согласие",
        widget=forms.RadioSelect,
        choices=[("yes", "Даю согласие"), ("no", "Не даю")],
    )
    days = forms.MultipleChoiceField(
        label="Удобные дни",
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", "понедельник"), ("3", "среда"), ("5", "пятница")],
        required=False,
    )
    help_wanted = forms.BooleanField(label="Нужна помощь куратора", required=False)
    note = forms.CharField(label="Заметка", widget=area(), required=False)


class SampleUpload(Form):
    file = forms.FileField(label="Файл реестра", help_text="xlsx, xls, ods или csv, до 12 МБ")


def kit_context() -> dict[str, Any]:
    return _forms() | _cards() | _standings() | _movement() | _tables()


def _forms() -> dict[str, Any]:
    """Forms as they open and as they come back."""
    return {
        "form": SampleForm(initial={"name": "Пример Мария"}),
        "bad_form": SampleForm(
            {
                "name": "",
                "born_on": "31.02.2012",
                "kind": "",
                "met_on_day": "40",
                "met_on_month": "1",
                "met_on_year": "2026",
            },
            auto_id="bad_%s",
        ),
        "upload_form": SampleUpload(auto_id="up_%s"),
    }


def _cards() -> dict[str, Any]:
    """What there is to do and what is known."""
    today = timezone.localdate()
    return {
        "cards": [
            Card(
                "Позвоните наставнику: нужна помощь",
                "Отмечено вчера после встречи.",
                "#todo",
                "Открыть встречу",
                "bad",
            ),
            Card(
                "Соберите 3 согласия",
                "Бланки готовы.",
                "#todo",
                "Напечатать",
                "wait",
                today + dt.timedelta(days=3),
            ),
            Card(
                "Закройте пункт 14 дорожной карты", "Нужен протокол.", "#todo", "Приложить протокол"
            ),
        ],
        "tasks": [
            {
                "title": "Учреждение",
                "url": "#tasks",
                "text": "Следующий номер приказа 48.",
                "state": "done",
            },
            {"title": "Согласия", "url": "#tasks", "text": "Получено 22 из 25.", "state": "go"},
            {
                "title": "Добровольность",
                "url": "#tasks",
                "text": "Ответили 28 из 37.",
                "state": "wait",
            },
            {"title": "Приказ", "url": "", "text": "Нужна хотя бы одна пара.", "state": "idle"},
        ],
        "facts": [
            {"title": "Куратор", "value": "Образцова Вера Ивановна", "url": "#summary"},
            {"title": "Период", "value": "1 сентября — 31 мая", "url": "#summary"},
            {"title": "Приказ", "value": "", "url": ""},
        ],
    }


def _standings() -> dict[str, Any]:
    """What is in order, what is in the way, what happened."""
    now = timezone.now()
    return {
        "checks": [
            {"level": "ok", "text": "Согласия: 12 из 12"},
            {"level": "wait", "text": "Один наставник не обучен"},
            {
                "level": "bad",
                "text": "Нет справки о судимости",
                "url": "#checks",
                "link": "Внести справку",
            },
        ],
        "blockers": [
            {
                "title": "3 согласия",
                "text": "у классных руководителей.",
                "url": "#checks",
                "link": "Напомнить",
            }
        ],
        "events": [
            {"at": now, "text": "Приказ отправлен на подпись", "who": "Образцова В. И."},
            {"at": now - dt.timedelta(days=2), "text": "Обе стороны согласились", "who": ""},
        ],
        "reasons": [
            (35, "взаимный выбор"),
            (25, "запрос"),
            (12, "время"),
            (8, "интересы"),
            (6, "возраст"),
        ],
    }


def _movement() -> dict[str, Any]:
    """Ways from place to place and what may be done there."""
    return {
        "chips": [
            {"title": "Все", "url": "#chips", "is_current": True, "count": 25},
            {"title": "Без пары", "url": "#chips", "count": 6},
            {"title": "7 класс", "url": "#chips", "remove": True, "count": None},
        ],
        "tabs": [
            {"title": "Программа", "url": "#tabs", "is_current": True},
            {"title": "Встречи", "url": "#tabs"},
            {"title": "Документы", "url": "#tabs", "badge": 4},
        ],
        "steps": ["Файл", "Столбцы", "Проверка"],
        "bulk": [
            {"value": "print", "text": "Напечатать согласия", "kind": "primary"},
            {"value": "mark", "text": "Отметить полученными"},
        ],
        "links": [
            {"url": "#table", "text": "Выгрузить", "icon": "download"},
            {"url": "#table", "text": "Печать", "icon": "print"},
        ],
    }


def _tables() -> dict[str, Any]:
    """Tables, a paper and the icons."""
    return {
        "table_columns": ["Имя", "Компетенция", "Свободно мест"],
        "table_rows": [["Образцова В. И.", "физика", 1], ["Примеров Р. С.", "инженерное дело", 0]],
        "list_head": head_html(
            SAMPLE_COLUMNS, "name", lambda column: f"#sort-{column.key}", descending=False
        ),
        "list_body": rows_html(SAMPLE_COLUMNS, SAMPLE_SOURCES, SAMPLE_ROWS, pick="p"),
        "paper_body": mark_safe(PAPER),  # noqa: S308 -- our own constant
        "icon_names": sorted(ICONS),
    }
