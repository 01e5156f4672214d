"""Rendering: determinism, the sheet equals the file, templates inherited down the tree."""

import io
import re
import zipfile
from html import unescape

import pytest

from nastavnik.accounts.models import RoleGrant
from nastavnik.accounts.permissions import Role
from nastavnik.documents import effects, kinds, rendering, services
from nastavnik.documents.models import Document, DocumentTemplate
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.tenancy.scope import ScopeMissing, scope
from tests.documents.making import (
    CURATOR,
    DAY,
    KIND,
    READER,
    lines_of,
    make_draft,
    make_signed,
)
from tests.neighbours import actor_as, make_user

TERRITORY = actor_as(Role.REGION)


def reworded(marker: str, kind: str = KIND) -> bytes:
    """The default template with another word instead of «ПРИКАЗЫВАЮ»."""
    source = zipfile.ZipFile(io.BytesIO(kinds.default_template(kind)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace("ПРИКАЗЫВАЮ".encode(), marker.encode()))
    return buffer.getvalue()


def upload(owner, marker, actor=CURATOR):
    template = services.upload_template(
        actor=actor, kind=KIND, owner=owner, file_name="наш.docx", content=reworded(marker)
    )
    return services.activate_template(actor=actor, template=template)


def test_draft_gives_the_same_bytes_again(school):
    draft = make_draft(school)

    assert rendering.document_docx(draft) == rendering.document_docx(
        Document.objects.get(pk=draft.pk)
    )


def test_signed_document_does_not_follow_later_changes(school):
    signed = make_signed(school)
    before = rendering.document_docx(signed)
    school.full_name = "Другая школа"
    school.save()
    upload(school, "ВЕЛЮ")

    assert rendering.document_docx(Document.objects.get(pk=signed.pk)) == before


def test_sheet_on_the_screen_has_every_line_of_the_file(school):
    draft = make_draft(school)

    lines = [line.strip() for line in lines_of(rendering.document_docx(draft)) if line.strip()]
    sheet = " ".join(unescape(re.sub(r"<[^>]+>", " ", rendering.document_html(draft))).split())

    missing = [
        line for line in lines for part in line.split("\t") if " ".join(part.split()) not in sheet
    ]
    assert missing == []


def test_nearest_template_wins_and_retiring_falls_back(school, neighbours):
    draft = make_draft(school)

    def word() -> str:
        lines = lines_of(rendering.document_docx(draft))
        return next(line for line in lines if line.endswith(":") and line.isupper())

    seen = [word()]
    region = upload(neighbours.region, "ОБЛАСТЬ", TERRITORY)
    seen.append(word())
    upload(school.territory, "РАЙОН", TERRITORY)
    seen.append(word())
    own = upload(school, "ШКОЛА")
    seen.append(word())
    services.retire_template(actor=CURATOR, template=own)
    seen.append(word())

    assert seen == ["ПРИКАЗЫВАЮ:", "ОБЛАСТЬ:", "РАЙОН:", "ШКОЛА:", "РАЙОН:"]
    assert region.is_active


def test_template_of_a_neighbour_is_not_used_and_not_changed(school, neighbours):
    with scope({neighbours.sibling.pk}):
        foreign = upload(neighbours.sibling, "СОСЕД")

    assert rendering.template_for(KIND, school).key == "blank"
    with pytest.raises(ScopeMissing):
        services.retire_template(actor=CURATOR, template=foreign)


def test_only_the_last_used_version_is_active(school):
    first, second = upload(school, "ПЕРВЫЙ"), upload(school, "ВТОРОЙ")

    rows = DocumentTemplate.objects.order_by("version").values_list("version", "is_active")
    assert list(rows) == [(1, False), (2, True)]
    assert (first.version, second.version) == (1, 2)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"x" * 5_000_000])
def test_file_that_is_no_template_is_refused(school, content):
    with pytest.raises(DomainError) as refusal:
        services.upload_template(
            actor=CURATOR, kind=KIND, owner=school, file_name="x.docx", content=content
        )

    assert refusal.value.field == "file"


def test_template_with_a_field_of_another_kind_is_refused(school):
    with pytest.raises(DomainError) as refusal:
        services.upload_template(
            actor=CURATOR,
            kind=KIND,
            owner=school,
            file_name="x.docx",
            content=kinds.default_template("order_pairs"),
        )

    assert "Неизвестное поле" in refusal.value.message


def test_reader_cannot_replace_a_template(school):
    with pytest.raises(PermissionRefused):
        upload(school, "НЕТ", READER)


def test_acting_head_signs_and_stands_on_the_paper(school):
    deputy = make_user("deputy", surname="Белова", given="Нина", patronymic="Андреевна")
    RoleGrant.objects.create(
        user=deputy, role=Role.HEAD, organisation=school, starts_on=DAY, is_acting=True
    )
    acting = actor_as(Role.HEAD, label="Белова Нина Андреевна")
    draft = make_draft(school)

    services.sign_document(actor=acting, document=draft, registered_on=DAY)

    assert draft.signer_name == "Белова Нина Андреевна"
    assert draft.signer_post == "исполняющий обязанности директора"
    lines = lines_of(bytes(draft.file))
    assert any(
        line.startswith("Исполняющий обязанности директора") and line.endswith("Н.А. Белова")
        for line in lines
    )


@pytest.mark.parametrize("code", kinds.codes())
def test_every_kind_renders_its_example_and_is_placed(code):
    kind = kinds.kind_of(code)

    assert rendering.example_html(code, kinds.default_template(code)).startswith("<div")
    assert kind.folder in kinds.FOLDERS
    assert kind.group in kinds.GROUPS
    assert kind.journal == "" or kind.journal in kinds.JOURNALS
    report = services.check_upload(kind=code, content=kinds.default_template(code))
    assert report.errors == ()


def test_every_registered_effect_names_a_known_kind():
    assert effects.registered_kinds() <= set(kinds.codes())


def test_papers_without_a_journal_are_joined_for_the_printer(school):
    papers = [("consent_pd_adult", kinds.example_data("consent_pd_adult"))] * 2

    bound = rendering.blanks_docx(school, papers)

    one = len(lines_of(rendering.blank_docx(school, *papers[0])))
    assert len(lines_of(bound)) >= 2 * one
