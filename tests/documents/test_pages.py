"""Pages of documents: what each role sees and does."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.documents import builders, services
from nastavnik.documents.effects import Check, DocumentEffects, Effect
from nastavnik.documents.kinds import default_template
from nastavnik.documents.models import Document, DocumentState, DocumentTemplate
from nastavnik.documents.rendering import template_for
from tests.documents.making import CURATOR, KIND, make_draft, make_signed, make_waiting
from tests.neighbours import grant, make_user


@pytest.fixture
def as_curator(client, curator):
    client.force_login(curator)
    return client


@pytest.fixture
def as_head(client, head):
    client.force_login(head)
    return client


def url(name, school, **more):
    return reverse(f"documents:{name}", kwargs={"org": school.slug, **more})


SIGNED = {"registered_on_day": "15", "registered_on_month": "10", "registered_on_year": "2026"}


@pytest.mark.parametrize("name", ["register", "journal", "inbox", "file", "templates", "new"])
def test_rooms_open_to_the_curator_even_when_empty(as_curator, school, name):
    assert as_curator.get(url(name, school)).status_code == 200


@pytest.mark.parametrize("name", ["register", "inbox", "file", "templates"])
def test_rooms_of_a_neighbour_answer_as_missing(as_curator, school, neighbours, name):
    assert as_curator.get(url(name, neighbours.sibling)).status_code == 404


def test_register_costs_the_same_for_any_number_of_rows(as_curator, school):
    costs = []
    for _ in range(2):
        make_signed(school)
        with CaptureQueriesContext(connection) as spent:
            answer = as_curator.get(url("register", school))
        costs.append(len([row for row in spent if "set_config" not in row["sql"]]))

    assert answer.content.decode().count("row-link") == 2
    assert costs[0] == costs[1] <= 8


def test_register_finds_by_words_in_any_case_of_letters(as_curator, school):
    make_draft(school, title="Приказ о Ёлке")
    make_draft(school, title="Приказ о дровах")

    answer = as_curator.get(url("register", school), {"q": "ЕЛКЕ"})

    assert answer.content.decode().count("row-link") == 1


def test_head_signs_on_the_page_and_reads_what_happened(as_head, school, register_effects):
    said = Effect(("Активировано 2 пары.",))
    register_effects(KIND, DocumentEffects(on_sign=lambda _actor, _document: said))
    document = make_waiting(school)

    answer = as_head.post(
        url("sign", school, pk=document.pk), {"number": "5", **SIGNED}, follow=True
    )

    assert "Активировано 2 пары." in answer.content.decode()
    assert Document.objects.get(pk=document.pk).number == 5


def test_taken_number_is_told_beside_the_field(as_head, school):
    make_signed(school)
    document = make_waiting(school)

    answer = as_head.post(url("sign", school, pk=document.pk), {"number": "1", **SIGNED})

    assert answer.status_code == 422
    assert "Следующий свободный — 2." in answer.content.decode()


def test_curator_enters_a_paper_but_sees_no_signature(as_curator, school):
    document = make_waiting(school)

    page = as_curator.get(url("card", school, pk=document.pk)).content.decode()
    as_curator.post(url("sign", school, pk=document.pk), {"number": "7", **SIGNED})

    fresh = Document.objects.get(pk=document.pk)
    assert ("Внести номер и дату" in page, "Подписать документ" in page) == (True, False)
    assert (fresh.number, fresh.signed_on_paper) == (7, True)


def test_reader_has_no_buttons_and_cannot_post(client, school, neighbours):
    reader = make_user("reader")
    grant(reader, Role.RESPONSIBLE, school)
    client.force_login(reader)
    document = make_waiting(school)

    page = client.get(url("card", school, pk=document.pk)).content.decode()
    refused = client.post(url("sign", school, pk=document.pk), {"number": "7", **SIGNED})

    assert 'action="/o/own/docs' not in page
    assert refused.status_code == 422
    assert Document.objects.get(pk=document.pk).state == DocumentState.TO_SIGN


def test_head_returns_with_a_reason_and_the_curator_reads_it(as_head, school):
    document = make_waiting(school)

    empty = as_head.post(url("return", school, pk=document.pk), {"reason": " "})
    as_head.post(url("return", school, pk=document.pk), {"reason": "Исправьте срок"})

    page = as_head.get(url("card", school, pk=document.pk)).content.decode()
    assert empty.status_code == 422
    assert "Исправьте срок" in page


def test_inbox_shows_checks_and_the_sheet_of_the_chosen(as_head, school, register_effects):
    checks = [Check("wait", "Один наставник не обучен.", "/x/")]
    register_effects(KIND, DocumentEffects(checks=lambda _document: checks))
    make_waiting(school)
    second = make_waiting(school)

    page = as_head.get(url("inbox", school), {"doc": second.pk}).content.decode()

    assert "Один наставник не обучен." in page
    assert "paper__sheet" in page
    assert f'href="?doc={second.pk}" aria-current="true"' in page


def test_blocked_document_has_its_button_off(as_head, school, register_effects):
    register_effects(
        KIND, DocumentEffects(checks=lambda _document: [Check("bad", "Нет согласия.")])
    )
    document = make_waiting(school)

    page = as_head.get(url("inbox", school)).content.decode()
    answer = as_head.post(url("sign", school, pk=document.pk), {"number": "1", **SIGNED})

    assert "Мешают проверки" in page
    assert answer.status_code == 422
    assert Document.objects.get(pk=document.pk).state == DocumentState.TO_SIGN


def test_head_signs_a_batch_with_consecutive_numbers(as_head, school):
    documents = [make_waiting(school) for _ in range(2)]

    as_head.post(
        url("sign_many", school, kind=KIND),
        {"document": [row.pk for row in documents], "first_number": "20", **SIGNED},
    )

    assert [Document.objects.get(pk=row.pk).number for row in documents] == [20, 21]


def test_curator_cannot_sign_a_batch(as_curator, school):
    document = make_waiting(school)

    answer = as_curator.post(
        url("sign_many", school, kind=KIND), {"document": [document.pk], **SIGNED}
    )

    assert answer.status_code == 403


def test_download_is_a_word_file_with_the_name_of_the_document(as_curator, school):
    document = make_signed(school)

    answer = as_curator.get(url("docx", school, pk=document.pk))

    assert b"".join(answer.streaming_content) == bytes(Document.objects.get(pk=document.pk).file)
    assert answer["Content-Disposition"].startswith("attachment;")


def test_cancel_from_the_card_prepares_the_order(as_curator, school):
    document = make_signed(school)

    answer = as_curator.post(url("cancel", school, pk=document.pk), {"reason": "ошибка в списке"})

    order = Document.objects.get(parent=document)
    assert answer.headers["Location"] == url("card", school, pk=order.pk)


def test_introduction_is_composed_from_the_form(as_curator, school):
    answer = as_curator.post(
        url("new", school),
        {
            "starts_on": "15.10.2026",
            "documents_due": "30.10.2026",
            "responsible": "Белова Нина Андреевна",
            "post": "заместитель директора",
        },
        follow=True,
    )

    assert "Заместителю директора Беловой Нине Андреевне" in answer.content.decode()


def test_folder_lists_signed_documents_and_makes_an_inventory(as_curator, school):
    make_signed(school)

    page = as_curator.get(url("folder", school, folder="02")).content.decode()
    as_curator.post(url("folder", school, folder="02"))

    assert page.count("row-link") == 1
    assert Document.objects.filter(kind=builders.FOLDER_INVENTORY).count() == 1


def test_closed_folder_is_missing_for_a_reader(client, school):
    reader = make_user("member")
    grant(reader, Role.COUNCIL, school)
    client.force_login(reader)
    services.prepare_document(
        actor=CURATOR, organisation=school, kind="consent_pd_adult", data={}, title="Согласие"
    )

    document = Document.objects.get(kind="consent_pd_adult")

    assert client.get(url("folder", school, folder="04")).status_code == 404
    assert client.get(url("card", school, pk=document.pk)).status_code == 404
    assert "row-link" not in client.get(url("register", school)).content.decode()


def test_landing_tells_a_stranger_the_head_of_the_paper_only(client, school):
    document = make_signed(school, title="Приказ о закреплении Гаврилова Константина")

    page = client.get(reverse("documents:landing", kwargs={"token": document.token}))

    text = page.content.decode()
    assert page.status_code == 200
    assert ("15.10.2026" in text, school.short_name in text) == (True, True)
    assert ("Гаврилов" in text, "/docs/" in text) == (False, False)


def test_landing_leads_the_entitled_to_the_card(as_curator, school):
    document = make_signed(school)

    page = as_curator.get(reverse("documents:landing", kwargs={"token": document.token}))

    assert url("card", school, pk=document.pk) in page.content.decode()


@pytest.mark.parametrize("token", ["нет", "x" * 200])
def test_unknown_token_is_missing(client, db, token):
    assert client.get(reverse("documents:landing", kwargs={"token": token})).status_code == 404


def test_template_is_uploaded_seen_and_used(as_curator, school):
    file = SimpleUploadedFile("наш.docx", default_template(KIND))

    shown = as_curator.post(url("template", school, kind=KIND), {"file": file}, follow=True)
    template = DocumentTemplate.objects.get()
    as_curator.post(url("template_use", school, kind=KIND), {"version": template.pk})

    assert "Использовать этот шаблон" in shown.content.decode()
    assert DocumentTemplate.objects.get().is_active


def test_template_that_is_no_word_file_is_refused_in_words(as_curator, school):
    file = SimpleUploadedFile("наш.docx", b"not a zip")

    answer = as_curator.post(url("template", school, kind=KIND), {"file": file})

    assert answer.status_code == 422
    assert DocumentTemplate.objects.count() == 0


def test_card_of_head_without_a_name_says_what_to_mend(as_curator, school):
    document = make_draft(school)
    school.head_surname = ""
    school.save()

    page = as_curator.get(url("card", school, pk=document.pk))

    assert page.status_code == 200
    assert "Впишите фамилию, имя и отчество руководителя" in page.content.decode()


def test_coordinator_replaces_a_template_for_the_whole_territory(client, school):
    officer = make_user("officer")
    grant(officer, Role.COORDINATOR, school.territory)
    client.force_login(officer)
    at = {"territory": school.territory.slug}
    page = reverse("documents:territory_template", kwargs={**at, "kind": KIND})

    rooms = client.get(reverse("documents:territory_templates", kwargs=at))
    client.post(page, {"file": SimpleUploadedFile("общий.docx", default_template(KIND))})
    template = DocumentTemplate.objects.get()
    used = reverse("documents:territory_template_use", kwargs={**at, "kind": KIND})
    answer = client.post(used, {"version": template.pk})

    assert rooms.status_code == 200
    assert answer.headers["Location"] == page
    assert template_for(KIND, school).key == f"template:{template.pk}"


def test_templates_of_a_territory_are_missing_for_its_institutions(as_curator, school):
    page = reverse("documents:territory_templates", kwargs={"territory": school.territory.slug})

    assert as_curator.get(page).status_code == 404
