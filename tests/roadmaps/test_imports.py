"""From a Word file to a draft: three panes, answers kept, all or nothing, and the way back."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent
from nastavnik.roadmaps.engine.tables.hints import _ORDERS, _RESULTS, hint_of
from nastavnik.roadmaps.evidence import registered_kinds, rule_of
from nastavnik.roadmaps.models import ImportState, Roadmap, RoadmapImport
from nastavnik.roadmaps.services.import_check import check_import
from nastavnik.roadmaps.services.imports import (
    Answers,
    apply_import,
    can_undo_until,
    drop_import,
    save_answers,
    start_import,
    undo_import,
)
from nastavnik.shared.errors import DomainError
from tests.neighbours import grant, make_user
from tests.roadmaps.engine.tables.builders import HEADERS, ROWS, TITLE, excel, word
from tests.roadmaps.making import CURATOR, HEAD

pytestmark = pytest.mark.django_db


def refused(code):
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def begin(school, *blocks, name="карта.docx"):
    content = word(*(blocks or (*TITLE, [HEADERS, *ROWS])))
    return start_import(actor=CURATOR, organisation=school, file_name=name, content=content)


def answer(batch, **lines):
    said = {int(key.removeprefix("line")): value for key, value in lines.items()}
    return save_answers(actor=CURATOR, batch=batch, answers=Answers(lines=said))


def test_a_file_is_kept_and_nothing_is_written_before_the_decision(school):
    batch = begin(school)

    check = check_import(batch)

    assert (len(check.lines), check.header.title) == (len(ROWS), " ".join(TITLE))
    assert (str(check.header.starts_on), str(check.header.ends_on)) == ("2026-01-01", "2026-12-31")
    assert Roadmap.objects.count() == 0


def test_the_same_file_again_is_the_same_check(school):
    content = word(*TITLE, [HEADERS, *ROWS])

    first, again = (
        start_import(actor=CURATOR, organisation=school, file_name="карта.docx", content=content)
        for _ in range(2)
    )

    assert first.pk == again.pk


def test_apply_writes_every_line_with_deadlines_parties_and_proofs(school):
    roadmap = apply_import(actor=CURATOR, batch=begin(school), now=timezone.now())

    items = list(roadmap.items.prefetch_related("responsible"))
    assert [(i.number, i.is_group, i.deadline_text) for i in items] == [
        (row[0], not row[2], row[2]) for row in ROWS
    ]
    assert items[1].deadlines[0]["end"] == "2026-03-15"
    assert [(p.words, p.role) for p in items[2].responsible.all()] == [
        ("Директор", "head"),
        ("заместитель директора", "responsible"),
    ]
    assert (items[2].evidence_kind, items[2].evidence_parameters) == (
        "document_in_force",
        {"kind": "order_curator"},
    )
    assert (items[3].text, [entry["text"] for entry in items[3].checklist]) == (
        "Провести собрания:",
        ["с родителями", "с учениками"],
    )
    assert roadmap.source_file == "карта.docx"
    assert AuditEvent.objects.filter(action="roadmaps.import").count() == 1


def test_answers_change_lines_and_settle_their_doubts(school):
    rows = [["1", "Создать группу", "к сентябрю примерно", "Скорodелова Л.Е.", ""], ROWS[8]]
    batch = begin(school, *TITLE, [HEADERS, *rows])
    before = {problem.code for problem in check_import(batch).problems}

    batch = answer(batch, line0={"deadline_text": "до 01.09.2026", "seen": True, "proof": ""})

    check = check_import(batch)
    assert {"mixed_alphabet", "number_order"} <= before
    assert [problem.row for problem in check.problems if problem.row == 0] == []
    assert check.lines[0].understood == "до 01.09.2026"


def test_a_suggested_word_is_taken_everywhere_in_the_line(school):
    batch = begin(school, *TITLE, [HEADERS, ["1", "Создать группу", "май", "Скорodелова Л.Е.", ""]])

    taken = Answers(take=[(0, "Скорodелова", "Скороделова")])
    batch = save_answers(actor=CURATOR, batch=batch, answers=taken)

    assert check_import(batch).lines[0].item.responsible == ("Скороделова Л.Е.",)


def test_a_word_taken_leaves_the_other_doubts_of_its_line(school):
    row = ["1", "Сoздать группу", "до 5 числа", "Директoр", ""]
    batch = begin(school, *TITLE, [HEADERS, row])
    before = [problem.code for problem in check_import(batch).problems]

    taken = Answers(take=[(0, "Сoздать", "Создать")])
    batch = save_answers(actor=CURATOR, batch=batch, answers=taken)

    assert before == ["mixed_alphabet", "mixed_alphabet", "deadline_question"]
    assert [(doubt.code, doubt.word) for doubt in check_import(batch).problems] == [
        ("mixed_alphabet", "Директoр"),
        ("deadline_question", ""),
    ]


def test_all_mixed_words_are_replaced_by_one_button(school, client, curator):
    client.force_login(curator)
    rows = [
        ["1", "Отчёт o группе", "мaй", "Диpeктop", ""],
        ["2", "Oтчёт", "июнь", "Куратoр", ""],
    ]
    batch = begin(school, *TITLE, [HEADERS, *rows])
    address = reverse("roadmaps:import-check", args=[school.slug, batch.pk])
    page = client.get(address).content.decode()
    assert "смешаны в 5\xa0словах" in page

    client.post(address, {"action": "words"})

    check = check_import(RoadmapImport.objects.get())
    assert [
        (line.item.text, line.item.deadline_text, line.item.responsible) for line in check.lines
    ] == [("Отчёт о группе", "май", ("Директор",)), ("Отчёт", "июнь", ("Куратор",))]
    assert check.problems == []


def test_lines_left_out_are_not_written(school):
    batch = answer(begin(school), line0={"skip": True}, line4={"skip": True})

    roadmap = apply_import(actor=CURATOR, batch=batch, now=timezone.now())

    assert roadmap.items.count() == len(ROWS) - 2


def test_nothing_is_written_without_lines_or_without_a_period(school):
    empty = answer(begin(school), **{f"line{i}": {"skip": True} for i in range(len(ROWS))})
    with refused("nothing_ready"):
        apply_import(actor=CURATOR, batch=empty, now=timezone.now())
    undated = begin(school, "Дорожная карта школы", [HEADERS, *ROWS])
    with refused("period_unknown"):
        apply_import(actor=CURATOR, batch=undated, now=timezone.now())
    assert Roadmap.objects.count() == 0


def test_a_period_said_by_a_person_gives_years_to_deadlines(school):
    batch = begin(school, "Дорожная карта школы", [HEADERS, ["1", "Отчёт", "май", "Директор", ""]])
    header = {
        "title": "Карта",
        "starts_on": "2027-01-01",
        "ends_on": "2027-12-31",
        "academic": False,
    }

    batch = save_answers(actor=CURATOR, batch=batch, answers=Answers(header=header))

    assert check_import(batch).lines[0].understood == "май 2027 г."


def test_another_table_is_chosen_and_its_answers_begin_anew(school):
    batch = begin(school, *TITLE, [HEADERS, *ROWS], "Приложение 1", "Дорожная карта класса",
        [["Мероприятие", "Сроки", "Ответственные"], ["Собрание", "", ""]])  # fmt: skip
    batch = answer(batch, line0={"skip": True})

    batch = save_answers(actor=CURATOR, batch=batch, answers=Answers(header={"plan": 1}))

    assert [(line.item.text, line.skip) for line in check_import(batch).lines] == [
        ("Собрание", False)
    ]


def test_a_draft_is_taken_back_within_a_day(school):
    now = timezone.now()
    batch = begin(school)
    apply_import(actor=CURATOR, batch=batch, now=now)
    batch.refresh_from_db()
    assert can_undo_until(batch) == now + timedelta(hours=24)
    with refused("undo_late"):
        undo_import(actor=CURATOR, batch=batch, now=now + timedelta(hours=25))

    undo_import(actor=CURATOR, batch=batch, now=now)

    batch.refresh_from_db()
    assert (Roadmap.objects.count(), batch.state) == (0, ImportState.UNDONE)


def test_a_dropped_file_keeps_nothing(school):
    batch = begin(school)

    drop_import(actor=CURATOR, batch=batch)

    batch.refresh_from_db()
    assert (bytes(batch.content), batch.state) == (b"", ImportState.DROPPED)


@pytest.mark.parametrize(
    ("content", "text", "code", "field"),
    [
        (b"%PDF-1.7", "", "file_pdf", "file"),
        (b"", "Просто письмо.", "file_no_roadmap", "text"),
        (b"", "  ", "file_empty", "text"),
    ],
)
def test_what_is_no_roadmap_is_refused_with_advice(school, content, text, code, field):
    with pytest.raises(DomainError, check=lambda e: (e.code, e.field) == (code, field)):
        start_import(actor=CURATOR, organisation=school, content=content, text=text)


def test_the_head_does_not_import(school):
    with pytest.raises(DomainError):
        start_import(actor=HEAD, organisation=school, text="1. Отчёт\n2. Сбор")


def test_every_suggested_proof_can_be_looked_up():
    hints = [hint for _, hint in (*_ORDERS, *_RESULTS)]

    assert {hint.kind for hint in hints} <= registered_kinds()
    for hint in hints:
        choices = {
            p.name: {c for c, _ in p.choices()} for p in rule_of(hint.kind).parameters if p.choices
        }
        assert all(value in choices[name] for name, value in hint.parameters.items())


@pytest.mark.parametrize(
    ("text", "result", "kind"),
    [
        ("Назначение куратора", "приказ о назначении куратора", "order_curator"),
        ("Создание рабочей группы", "приказ", "order_working_group"),
        ("Закрепление пар/групп", "приказ", "order_pairs"),
        ("Утверждение дорожных карт", "Приказы учреждений", "order_roadmap"),
        ("Формирование базы", "база наставляемых", "mentees_at_least"),
        ("Ведение базы", "База данных по наставникам", "mentors_at_least"),
        ("Раздел на сайте", "ссылка на раздел", "link_filled"),
        ("Встреча", "материалы", None),
        ("Итоговый праздник", "приказ о празднике", None),
        ("Родительские собрания", "протоколы собраний", None),
        ("Отчёт", "", None),
    ],
)
def test_a_result_suggests_its_proof(text, result, kind):
    hint = hint_of(text, result)

    assert (hint and hint.parameters.get("kind", hint.kind)) == kind


@pytest.fixture
def page(client, school):
    curator = make_user("imports-curator")
    grant(curator, Role.CURATOR, school)
    client.force_login(curator)

    def url(name, **more):
        return reverse(f"roadmaps:{name}", kwargs={"org": school.slug, **more})

    client.url = url
    return client


def upload(page, name="карта.docx"):
    file = SimpleUploadedFile(name, word(*TITLE, [HEADERS, *ROWS]))
    answer = page.post(page.url("import"), {"file": file})
    return RoadmapImport.objects.get(), answer


def test_the_way_from_file_to_draft_and_back(page):
    batch, answer = upload(page)
    check = page.url("import-check", import_id=batch.pk)
    assert answer["Location"] == check
    text = page.get(check).content.decode()
    assert f"Загрузить {len(ROWS)} строк" in text.replace("\xa0", " ")
    assert "IV квартал 2026 г." in text

    header = {"title": "Карта школы", "starts_on": "01.01.2026", "ends_on": "31.12.2026"}
    page.post(check, {"action": "apply", **header})

    done = page.url("import-done", import_id=batch.pk)
    assert Roadmap.objects.get().title == "Карта школы"
    assert "Отменить" in page.get(done).content.decode()
    page.post(page.url("import-undo", import_id=batch.pk))
    assert Roadmap.objects.count() == 0


def test_a_line_is_changed_on_the_page(page):
    batch, _ = upload(page)
    check = page.url("import-check", import_id=batch.pk)
    opened = page.get(f"{check}?line=1").content.decode()
    assert "Сохранить строку" in opened

    answer = page.post(
        check,
        {"action": "line", "line": "1", "text": "Собрать группу", "deadline_text": "до 01.04.2026"},
    )

    line = check_import(RoadmapImport.objects.get()).lines[1]
    assert answer["Location"].endswith("#l-1")
    assert (line.item.text, line.understood, line.item.result) == (
        "Собрать группу",
        "до 01.04.2026",
        "",
    )


def test_an_empty_line_is_refused_beside_its_field(page):
    batch, _ = upload(page)
    check = page.url("import-check", import_id=batch.pk)

    answer = page.post(check, {"action": "line", "line": "1", "text": ""})

    assert (answer.status_code, "Сохранить строку" in answer.content.decode()) == (422, True)


def test_a_missing_period_is_asked_beside_its_field(page):
    file = SimpleUploadedFile("a.xlsx", excel([["Дорожная карта"], HEADERS, *ROWS]))
    page.post(page.url("import"), {"file": file})
    check = page.url("import-check", import_id=RoadmapImport.objects.get().pk)

    answer = page.post(check, {"action": "apply", "title": "Карта"})

    assert (answer.status_code, set(answer.context["form"].errors)) == (
        422,
        {"starts_on", "ends_on"},
    )
    assert Roadmap.objects.count() == 0


def test_a_pasted_table_is_read(page):
    rows = "\n".join("\t".join(row) for row in [HEADERS, *ROWS])

    answer = page.post(page.url("import"), {"text": f"План на 2026 год\n{rows}"})

    assert answer.status_code == 302
    assert "вставленный текст" in page.get(answer["Location"]).content.decode()


def test_nothing_chosen_is_told_beside_the_field(page):
    answer = page.post(page.url("import"), {"text": ""})

    assert (answer.status_code, "Выберите файл" in answer.content.decode()) == (422, True)


def test_a_finished_file_leads_to_its_end(page):
    batch, _ = upload(page)
    page.post(page.url("import-drop", import_id=batch.pk))

    assert page.get(page.url("import-check", import_id=batch.pk)).status_code == 404
