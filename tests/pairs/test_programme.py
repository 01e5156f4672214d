"""The programme passport through its pages."""

import pytest
from django.urls import reverse

from nastavnik.documents.models import Document
from nastavnik.pairs.models import InstitutionProgramme, ProgrammeState
from tests.pairs.making import order_on, ready_pair, sign
from tests.people_making import make_mentee, make_mentor


@pytest.fixture
def as_curator(client, office, curator):
    client.force_login(curator)
    return client


def url(name, school, **more):
    return reverse(f"pairs:{name}", kwargs={"org": school.slug, **more})


def filled(client, school) -> dict[str, object]:
    """What the form proposes, as the browser would send it back."""
    form = client.get(url("programme-new", school)).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    for name in ("starts_on", "ends_on"):
        data[name] = f"{data[name]:%d.%m.%Y}"
    return data


def make(client, school, **changes) -> InstitutionProgramme:
    make_mentee(school)
    make_mentor(school)
    client.post(url("programme-new", school), filled(client, school) | changes)
    return InstitutionProgramme.objects.get()


def test_passport_is_proposed_from_the_registers(as_curator, school) -> None:
    programme = make(as_curator, school)
    assert programme.forms == ["teacher-pupil"]
    assert programme.parameters["audience"].startswith("1\u00a0обучающийся")
    assert "results" not in programme.parameters


def test_programme_without_a_form_is_not_kept(as_curator, school) -> None:
    make_mentee(school)
    make_mentor(school)
    data = filled(as_curator, school) | {"forms": []}
    assert as_curator.post(url("programme-new", school), data).status_code == 422
    assert InstitutionProgramme.objects.count() == 0


def test_empty_row_is_filled_from_data_by_a_link(as_curator, school) -> None:
    programme = make(as_curator, school, p_audience="")
    page = f"{url('programme', school, pk=programme.pk)}?fill=audience"
    assert "обучающийся" in as_curator.get(page).context["form"]["p_audience"].value()


def test_order_wants_every_row_and_its_signing_approves(as_curator, school) -> None:
    programme = make(as_curator, school, p_audience="")
    order = url("programme-order", school, pk=programme.pk)
    assert as_curator.post(order).status_code == 422
    as_curator.post(url("programme", school, pk=programme.pk), filled(as_curator, school))
    document_url = as_curator.post(order).url
    document = Document.objects.get()
    assert document_url == f"/o/own/docs/{document.pk}/"
    programme.refresh_from_db()
    assert programme.state == ProgrammeState.TO_SIGN
    sign(document)
    programme.refresh_from_db()
    assert programme.state == ProgrammeState.APPROVED


def test_head_reads_the_passport(client, office, head, curator) -> None:
    client.force_login(curator)
    programme = make(client, office)
    client.force_login(head)
    page = url("programme", office, pk=programme.pk)
    assert client.get(page).status_code == 200
    client.post(page, {"title": "другое"})
    programme.refresh_from_db()
    assert programme.title != "другое"
    assert client.get(url("programme-new", office)).status_code == 403
    assert client.get(url("programmes", office)).status_code == 200


def test_programme_is_finished_once_its_results_are_told(as_curator, school) -> None:
    programme = make(as_curator, school)
    page, finish, results = (
        url(name, school, pk=programme.pk)
        for name in ("programme", "programme-finish", "programme-results")
    )
    assert as_curator.post(finish).status_code == 422
    as_curator.post(url("programme-order", school, pk=programme.pk))
    sign(Document.objects.get())
    sign(order_on(school, ready_pair(school, programme=programme)))
    told = as_curator.get(page).context["form"]["actual"].value()
    assert "продолжают: 1" in told

    assert as_curator.post(finish).status_code == 422
    as_curator.post(results, {"actual": told, "publication": ""})
    assert as_curator.post(finish).status_code == 422
    as_curator.post(results, {"actual": told, "publication": "на сайте школы"})
    as_curator.post(finish)

    programme.refresh_from_db()
    assert programme.state == ProgrammeState.FINISHED
    assert "на сайте школы" in as_curator.get(page).content.decode()
    assert as_curator.post(results, {"actual": "другое"}).status_code == 422
