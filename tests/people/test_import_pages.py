"""The pages of an import, as a curator walks them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.people.models import ImportBatch, ImportState, Person
from tests.neighbours import grant, make_user
from tests.people.conftest import make_mentee
from tests.people.engine.sheets.builders import xlsx

HEAD = ["ФИО", "Год рождения", "Класс", "Запрос"]
ROWS = [
    ["Ёлкин Илья Петрович", "2012", "8Б", "подтянуть математику"],
    ["Юрьева Ася Олеговна", "", "7А", "физика"],
    ["Яшин Олег Ильич", "2011", "5 б клас", "химия"],
]


@pytest.fixture
def page(client, curator, school):
    client.force_login(curator)

    def url(name, **more):
        return reverse(f"people:{name}", kwargs={"org": school.slug, **more})

    client.url = url
    return client


def upload(page, rows=ROWS, kind="mentees", name="реестр.xlsx"):
    content = xlsx([HEAD, *rows])
    return page.post(
        page.url("import-start"), {"kind": kind, "file": SimpleUploadedFile(name, content)}
    )


def test_the_way_from_file_to_done_and_back(page):
    answer = upload(page)
    batch = ImportBatch.objects.get()
    assert answer["Location"] == page.url("import-map", batch_id=batch.pk)
    assert "2012; 2011" in page.get(answer["Location"]).content.decode()

    check = page.url("import-check", batch_id=batch.pk)
    text = page.get(check).content.decode()
    assert "Загрузить 2 из 3, одну оставить на доработку" in text
    assert "Принять 5Б" in text
    assert Person.objects.count() == 0

    page.post(check, {"accept": "4:class_name"})
    page.post(check, {"action": "apply", "cell-3-birth": "2012"})

    assert dict(Person.objects.values_list("surname", "class_name")) == {
        "Ёлкин": "8Б",
        "Юрьева": "7А",
        "Яшин": "5Б",
    }
    done = page.url("import-done", batch_id=batch.pk)
    assert "Отменить" in page.get(done).content.decode()
    page.post(page.url("import-undo", batch_id=batch.pk))
    assert (Person.objects.count(), ImportBatch.objects.get().state) == (0, ImportState.UNDONE)


def test_columns_are_corrected(page):
    upload(page)
    batch = ImportBatch.objects.get()
    url = page.url("import-map", batch_id=batch.pk)
    form = {
        "sheet": "Лист1",
        "header_row": "1",
        "column-0": "full_name",
        "column-1": "birth",
        "column-2": "",
        "column-3": "request",
    }

    assert page.post(url, form | {"column-2": "request"}).status_code == 422
    answer = page.post(url, form)

    batch.refresh_from_db()
    assert answer["Location"] == page.url("import-check", batch_id=batch.pk)
    assert batch.mapping == {"0": "full_name", "1": "birth", "2": "", "3": "request"}


def test_a_refused_file_is_explained_beside_the_field(page):
    answer = page.post(
        page.url("import-start"),
        {"kind": "mentees", "file": SimpleUploadedFile("a.xlsx", b"%PDF-1.4")},
    )

    assert answer.status_code == 422
    assert "Это файл PDF, а не таблица" in answer.content.decode()


def test_question_about_the_same_person_is_answered_in_the_grid(page, school):
    make_mentee(school, birth_date=None, birth_year=2012, class_name="")
    upload(page, [["Ёлкин Илья Петрович", "", "8Б", "химия"]])
    batch = ImportBatch.objects.get()
    check = page.url("import-check", batch_id=batch.pk)
    assert "Это тот же человек?" in page.get(check).content.decode()

    page.post(check, {"action": "apply", "same-2": "same", "cell-2-birth": "2012"})

    assert (Person.objects.count(), Person.objects.get().class_name) == (1, "8Б")


def test_nothing_ready_stays_on_the_check(page):
    upload(page, [["Юрьева Ася Олеговна", "", "7А", "физика"]])
    batch = ImportBatch.objects.get()
    check = page.url("import-check", batch_id=batch.pk)

    answer = page.post(check, {"action": "apply"}, follow=True)

    assert "Пока нечего загружать" in answer.content.decode()


def test_strange_names_of_fields_are_left_out(page):
    upload(page)
    batch = ImportBatch.objects.get()

    page.post(
        page.url("import-check", batch_id=batch.pk),
        {"cell-99999-birth": "1", "cell-2-": "x", "accept": "2:zzz", "same-2": "maybe"},
    )

    assert page.get(page.url("import-check", batch_id=batch.pk)).status_code == 200


@pytest.mark.parametrize("kind", ["mentees", "mentors", "staff"])
def test_samples_are_offered(page, kind):
    answer = page.get(page.url("import-sample", kind=kind))

    assert answer.content[:2] == b"PK"


def test_sysadmin_imports(client, school):
    user = make_user("admin")
    grant(user, Role.SYSADMIN, school)
    client.force_login(user)

    assert (
        client.get(reverse("people:import-start", kwargs={"org": school.slug})).status_code == 200
    )


def test_dropped_file_is_gone(page):
    upload(page)
    batch = ImportBatch.objects.get()

    page.post(page.url("import-drop", batch_id=batch.pk))

    batch.refresh_from_db()
    assert (batch.state, bytes(batch.content)) == (ImportState.DROPPED, b"")
    assert page.get(page.url("import-check", batch_id=batch.pk)).status_code == 404


def test_columns_of_names_and_words_are_wide(page):
    upload(page)
    check = page.url("import-check", batch_id=ImportBatch.objects.get().pk)

    text = page.get(check).content.decode()

    assert '<td class="is-wide"><span id="c2-request">' in text
    assert '<td><span id="c2-class_name">' in text
