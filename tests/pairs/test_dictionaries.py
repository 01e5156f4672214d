"""What a region adds, renames or retires is honoured by rules, pages, orders and import."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from nastavnik.accounts.permissions import Role
from nastavnik.library.services import retire_entry, save_entry
from nastavnik.matching.queries import form_rules
from nastavnik.pairs import order_data
from nastavnik.pairs.facts import facts_of
from nastavnik.pairs.models import Pair
from nastavnik.pairs.services.composing import PairRefused
from nastavnik.people.models import MenteeProfile
from nastavnik.people.services import requests
from nastavnik.people.services.imports.apply import apply_import
from nastavnik.people.services.imports.batches import start_import
from tests.neighbours import actor_as
from tests.pairs.making import CURATOR, propose
from tests.people_making import DAY, make_mentee

pytestmark = pytest.mark.django_db
REGION = actor_as(Role.REGION)


@pytest.fixture
def form(office, neighbours) -> str:
    """«Мастер – подмастерье»: a form that only this region has."""
    entry = save_entry(
        actor=REGION,
        node=neighbours.region,
        dictionary="forms",
        title="Мастер – подмастерье",
        attributes={
            "mentors": ["pedagogue"],
            "mentees": ["pupil"],
            "audience": "pupils",
            "synonyms": ["мастер подмастерье"],
        },
    )
    return entry.code


def retitle(neighbours, dictionary: str, code: str, title: str, **attributes) -> None:
    save_entry(
        actor=REGION,
        node=neighbours.region,
        dictionary=dictionary,
        code=code,
        title=title,
        attributes=attributes,
    )


def test_pages_offer_and_name_the_form_of_the_region(client, office, curator, form) -> None:
    pair = propose(office, form=form)
    client.force_login(curator)
    org = {"org": office.slug}

    pages = [
        reverse("pairs:new", kwargs=org),
        reverse("pairs:list", kwargs=org),
        reverse("pairs:card", kwargs={**org, "pk": pair.pk}),
        reverse("people:mentees", kwargs=org),
    ]

    assert ["Мастер – подмастерье" in client.get(page).content.decode() for page in pages] == [
        True,
        True,
        True,
        True,
    ]


def test_matching_joins_the_categories_of_the_form(office, form) -> None:
    rule = next(rule for rule in form_rules() if rule.code == form)

    assert (rule.mentors, rule.mentees) == (frozenset({"pedagogue"}), frozenset({"pupil"}))


def test_order_names_kind_and_form_as_the_region_does(office, neighbours, form) -> None:
    retitle(neighbours, "kinds", "traditional", "Очное один на один")
    pair = propose(office, form=form, kinds=["traditional"])

    (row,) = order_data.pair_rows(office, [facts_of(pair)])

    assert (row["form"], row["kind"]) == ("мастер – подмастерье", "очное один на один")


def test_rule_follows_the_bounds_that_the_region_set(office, neighbours) -> None:
    retitle(neighbours, "kinds", "group", "Групповое", min_mentees=3)
    mentees = [make_mentee(office), make_mentee(office, "Чащина")]

    with pytest.raises(PairRefused, match="не меньше 3"):
        propose(office, mentees=mentees, is_group=True, kinds=["group"])


def _file(words: str) -> bytes:
    book = Workbook()
    book.active.append(["ФИО наставляемого", "Дата рождения", "Класс", "Форма наставничества"])
    book.active.append(["Юркова Вера Олеговна", date(2013, 5, 4), "7А", words])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _load(office, words: str) -> str:
    batch = start_import(
        actor=CURATOR,
        organisation=office,
        kind="mentees",
        file_name="реестр.xlsx",
        content=_file(words),
    )
    apply_import(actor=CURATOR, batch=batch, today=DAY, now=timezone.now())
    return str(MenteeProfile.objects.get(person__surname="Юркова").preferred_form)


def test_import_reads_the_form_by_its_words(office, form) -> None:
    assert _load(office, "Мастер-подмастерье") == form


def test_import_does_not_take_a_form_out_of_use(office, neighbours) -> None:
    retire_entry(
        actor=REGION,
        node=neighbours.region,
        dictionary="forms",
        code="pupil-pupil",
        reason="не применяем",
    )

    assert _load(office, "ученик – ученик") == ""


def test_topic_of_the_region_is_suggested_and_may_be_confirmed(office, neighbours) -> None:
    save_entry(
        actor=REGION,
        node=neighbours.region,
        dictionary="topics",
        title="Сибирские промыслы",
        code="",
        attributes={"group": "subject", "request": "study", "patterns": ["туес*"]},
    )

    row = requests.add_request(actor=CURATOR, mentee=make_mentee(office), text="плести туеса")

    assert (row.code, row.topic) == ("study", "sibirskie-promysly")


def test_request_out_of_use_is_not_suggested(office, neighbours) -> None:
    retire_entry(
        actor=REGION,
        node=neighbours.region,
        dictionary="requests",
        code="study",
        reason="не применяем",
    )

    row = requests.add_request(
        actor=CURATOR, mentee=make_mentee(office), text="подтянуть математику"
    )

    assert row.code == ""


def test_new_pair_of_a_form_out_of_use_is_refused(office, neighbours) -> None:
    retire_entry(
        actor=REGION,
        node=neighbours.region,
        dictionary="forms",
        code="teacher-pupil",
        reason="не применяем",
    )

    with pytest.raises(PairRefused, match="здесь не применяется"):
        propose(office)


def test_pair_of_a_form_out_of_use_keeps_its_name(client, office, curator, neighbours) -> None:
    pair: Pair = propose(office)
    retire_entry(
        actor=REGION,
        node=neighbours.region,
        dictionary="forms",
        code="teacher-pupil",
        reason="не применяем",
    )
    client.force_login(curator)

    page = client.get(reverse("pairs:card", kwargs={"org": office.slug, "pk": pair.pk}))

    assert "Педагог – обучающийся" in page.content.decode()
