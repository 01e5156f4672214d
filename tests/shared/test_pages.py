"""The living page, the weight of what a browser loads, and what templates must not hold."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import override_settings
from django.urls import reverse

from nastavnik import shared
from nastavnik.shared.icons import ICONS

ROOT = Path(shared.__file__).parent
STATIC = ROOT / "static/shared"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def weight(paths):
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


@pytest.mark.django_db
def test_kit_outside_a_demonstration_is_hidden(client):
    assert client.get(reverse("shared:kit")).status_code == 404


@pytest.mark.django_db
@override_settings(DEMO=True)
def test_kit_shows_every_component(client):
    page = client.get(reverse("shared:kit")).content.decode()

    names = re.findall(r"ui/(\w+)\.html", (ROOT / "templates/shared/kit.html").read_text())
    missing = {path.stem for path in (ROOT / "templates/ui").glob("*.html")} - set(names)
    assert missing <= {
        "avatar", "demo_mark", "dialog", "error_summary", "field", "filters", "foot", "form_fields", "head", "htmx",
        "list_page", "list_print", "mark", "messages", "nav", "pagination", "refusal", "sign_out", "table", "top_bar",
        "vision_link",
    }  # fmt: skip
    assert "Учебный пример" in page
    assert all(f">{name}</span>" in page for name in ICONS)


@pytest.mark.unit
def test_styles_weigh_at_most_16_kilobytes():
    assert weight(STATIC.glob("css/*.css")) <= 16 * 1024


@pytest.mark.unit
def test_page_with_htmx_weighs_at_most_half_of_the_bar():
    import django_htmx

    htmx = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
    assert weight([*STATIC.rglob("*.css"), *STATIC.rglob("*.js"), htmx]) <= 50 * 1024


@pytest.mark.unit
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_holds_no_inline_script_or_style_or_foreign_address(path):
    source = path.read_text()

    assert (
        re.findall(r"""\sstyle=|\son\w+=|<style|<script(?![^>]*\bsrc=)|https?://""", source) == []
    )


@pytest.mark.unit
def test_every_component_documents_its_parameters():
    silent = [
        path.name
        for path in (ROOT / "templates/ui").glob("*.html")
        if not path.read_text().startswith(("{#", "{% extends"))
    ]

    assert silent == []


@pytest.mark.unit
def test_styles_name_colours_only_in_tokens_modes_and_paper():
    files = {"components.css", "data.css", "widths.css"}
    found = {
        (path.name, colour)
        for path in STATIC.glob("css/*.css")
        if path.name in files
        for colour in re.findall(r"#[0-9a-f]{3,6}\b", path.read_text())
    }

    assert found == set()
