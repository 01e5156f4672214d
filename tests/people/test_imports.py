"""A file on its way into the registers: nothing before applying, all or nothing, the way back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent
from nastavnik.people.models import (
    Category,
    ImportBatch,
    ImportRow,
    MenteeProfile,
    MenteeRequest,
    MenteeState,
    MentorCompetence,
    MentorProfile,
    Person,
    Representative,
)
from nastavnik.people.services import imports, persons
from nastavnik.people.services.exports import register_now, register_xlsx
from nastavnik.people.services.imports import apply as applying
from nastavnik.people.services.imports import pairing, samples
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.tenancy.scope import scope
from tests.conftest import REALDATA
from tests.neighbours import SYSTEM, actor_as
from tests.people.conftest import make_mentee
from tests.people.engine.sheets.builders import xlsx

TODAY = date(2026, 10, 1)
MODELS = (Person, MenteeProfile, MentorProfile, MenteeRequest, MentorCompetence, Representative)
HEAD = ["ФИО", "Год рождения", "Класс", "Запрос"]


def counts() -> list[int]:
    return [model.objects.count() for model in MODELS]


def start(school, content, kind="mentees", name="реестр.xlsx"):
    return imports.start_import(
        actor=SYSTEM, organisation=school, kind=kind, file_name=name, content=content
    )


def load(batch, corrections=None):
    return imports.apply_import(
        actor=SYSTEM, batch=batch, today=TODAY, now=timezone.now(), corrections=corrections
    )


def table(*rows):
    return xlsx([HEAD, *rows])


ELKIN = ["Ёлкин Илья Петрович", "12.05.2012", "8Б", "подтянуть математику"]


def test_starting_writes_the_batch_only(school):
    start(school, samples.sample_file("mentees"))

    assert (ImportBatch.objects.count(), counts()) == (1, [0] * 6)


@pytest.mark.parametrize(
    ("kind", "ready", "every"), [("mentees", 24, 27), ("mentors", 12, 12), ("staff", 8, 8)]
)
def test_samples_load(school, kind, ready, every):
    batch = start(school, samples.sample_file(kind), kind)
    found = imports.check_batch(batch, TODAY).counts

    applied = load(batch)

    assert (found["ready"], found["all"]) == (ready + (kind == "mentees"), every)
    assert (applied.added, applied.left) == (ready, 2 if kind == "mentees" else 0)


def test_sample_mentors_are_of_three_kinds(school):
    load(start(school, samples.sample_file("mentors"), "mentors"))

    found = set(Person.objects.values_list("category", flat=True))
    assert found == {Category.PUPIL, Category.PEDAGOGUE, Category.EMPLOYEE}
    assert all(
        MentorCompetence.objects.exclude(topic="").filter(mentor=m).exists()
        for m in MentorProfile.objects.all()
    )


def test_a_row_becomes_a_mentee_with_request_and_representative(school):
    batch = start(
        school,
        xlsx([[*HEAD, "Представитель"], [*ELKIN, "мать: Ёлкина Анна Ильинична, 89000000001"]]),
    )

    load(batch)

    mentee = MenteeProfile.objects.get()
    assert (mentee.person.birth_date, mentee.person.class_name) == (date(2012, 5, 12), "8Б")
    assert mentee.state == MenteeState.AWAITING_CONSENT
    request = mentee.requests.get()
    assert (request.text, request.code, request.is_confirmed) == (
        "подтянуть математику",
        "study",
        False,
    )
    mother = mentee.person.representatives.get()
    assert (mother.full_name, mother.relation, mother.phone, mother.gender) == (
        "Ёлкина Анна Ильинична",
        "мать",
        "+79000000001",
        "female",
    )
    assert (
        AuditEvent.objects.filter(action="people.imported", object_id=mentee.person_id).count() == 1
    )


@pytest.mark.parametrize("kind", ["mentees", "mentors", "staff"])
def test_the_same_file_twice_changes_nothing(school, kind):
    content = samples.sample_file(kind)
    first = load(start(school, content, kind))
    before = counts()
    kept = list(Person.objects.order_by("pk").values())

    second = load(start(school, content, kind))

    assert (second.added, second.changed) == (0, 0)
    assert second.unchanged == first.added + first.unchanged
    assert (counts(), list(Person.objects.order_by("pk").values())) == (before, kept)


def test_a_person_in_two_rows_is_written_once(school):
    head = [*HEAD, "Представитель"]
    mother = "мать: Ёлкина Анна Ильинична, 89000000001"
    batch = start(school, xlsx([head, [*ELKIN, mother], [*ELKIN[:3], "театр", mother]]))

    applied = load(batch)

    assert (applied.added, Person.objects.count(), Representative.objects.count()) == (1, 1, 1)
    assert sorted(r.text for r in MenteeRequest.objects.all()) == ["подтянуть математику", "театр"]


@pytest.mark.realdata
@pytest.mark.parametrize("path", sorted(REALDATA.glob("registry-*")), ids=lambda path: path.stem)
def test_registries_as_schools_keep_them(school, path):
    kind = "mentors" if "mentors" in path.stem else "mentees"
    if "college" in path.stem:
        school.kind = "college"
        school.save()
    content = path.read_bytes()
    expected = {
        "registry-mentees-school": 23,
        "registry-mentors-school": 12,
        "registry-college-cp1251": 30,
    }

    applied = load(batch := start(school, content, kind, path.name))
    again = load(start(school, content, kind, path.name))

    assert applied.added == expected.get(path.stem, applied.added)
    assert (again.added, again.changed) == (0, 0)
    assert imports.undo_import(actor=SYSTEM, batch=batch, now=timezone.now()) == applied.added
    assert counts() == [0] * 6


def test_a_corrected_row_is_loaded_later(school):
    batch = start(school, table(ELKIN, ["Юрьева Ася Олеговна", "", "7А", "физика"]))
    assert (load(batch).added, Person.objects.count()) == (1, 1)

    fixed = imports.Corrections(edits={(3, "birth"): "2012"})
    applied = load(batch, fixed)

    assert (applied.added, applied.left) == (1, 0)
    assert sorted(Person.objects.values_list("surname", flat=True)) == ["Ёлкин", "Юрьева"]


def test_skipped_row_stays(school):
    batch = start(school, table(ELKIN, ["Юрьева Ася Олеговна", 2012, "7А", "физика"]))

    applied = load(batch, imports.Corrections(skips={3: True}))

    assert (applied.added, applied.left) == (1, 1)


def test_a_child_of_nine_does_not_come_in(school):
    batch = start(school, table(["Малышев Ян Олегович", "02.10.2016", "3А", "чтение"]))

    with pytest.raises(DomainError) as refusal:
        load(batch)

    assert (refusal.value.code, counts()) == ("nothing_ready", [0] * 6)


def test_a_child_who_has_become_ten_comes_in(school):
    batch = start(school, table(["Малышев Ян Олегович", "20.09.2016", "4А", "чтение"]))

    assert load(batch).added == 1


def test_kindergarten_takes_no_children(school):
    school.kind = "kindergarten"
    school.save()
    batch = start(school, table(["Ёлкин Илья Петрович", 2012, "8Б", "чтение"]))

    with pytest.raises(DomainError):
        load(batch)


def test_namesake_without_a_year_is_asked_about(school):
    make_mentee(school)
    content = xlsx(
        [
            ["ФИО", "Компетенции", "Место работы"],
            ["Ёлкин Илья Петрович", "физика", "ученик 11 класса"],
        ]
    )
    batch = start(school, content, "mentors")
    assert imports.check_batch(batch, TODAY).rows[0].match.answer == "ask"
    with pytest.raises(DomainError):
        load(batch)

    load(batch, imports.Corrections(decisions={2: "same"}))

    assert Person.objects.count() == 1
    assert MentorProfile.objects.get().person.mentee.pk


def test_namesake_answered_as_another_person_is_written(school):
    make_mentee(school)
    content = xlsx([["ФИО", "Компетенции"], ["Ёлкин Илья Петрович", "физика"]])
    batch = start(school, content, "mentors")

    load(batch, imports.Corrections(decisions={2: "new"}))

    assert Person.objects.count() == 2


def test_new_year_renews_the_class_and_undo_puts_it_back(school):
    mentee = make_mentee(school)
    batch = start(school, table(["Ёлкин Илья Петрович", "06.05.2012", "9Б", "физика"]))

    applied = load(batch)

    mentee.person.refresh_from_db()
    assert (applied.changed, mentee.person.class_name, mentee.requests.count()) == (1, "9Б", 1)
    imports.undo_import(actor=SYSTEM, batch=batch, now=timezone.now())
    mentee.person.refresh_from_db()
    assert (mentee.person.class_name, mentee.requests.count()) == ("8Б", 0)


def test_applying_is_atomic(school, monkeypatch):
    batch = start(school, table(ELKIN))

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(applying, "_close", fail)
    with pytest.raises(RuntimeError):
        load(batch)

    assert counts() == [0] * 6


def test_undo_removes_exactly_what_was_written(school):
    make_mentee(school)
    before = counts()
    batch = start(school, samples.sample_file("mentees"))
    load(batch)

    imports.undo_import(actor=SYSTEM, batch=batch, now=timezone.now())

    assert counts() == before
    assert ImportRow.objects.count() == 0


def test_undo_names_who_was_touched_since(school):
    batch = start(school, table(ELKIN, ["Юрьева Ася Олеговна", 2012, "7А", "физика"]))
    load(batch)
    person = Person.objects.get(surname="Юрьева")
    persons.edit_person(actor=SYSTEM, person=person, values={"phone": "+79000000003"})

    with pytest.raises(DomainError, match="Юрьева Ася") as refusal:
        imports.undo_import(actor=SYSTEM, batch=batch, now=timezone.now())

    assert (refusal.value.code, Person.objects.count()) == ("undo_blocked", 2)


def test_undo_sees_what_hangs_on_a_person(school):
    batch = start(school, table(ELKIN))
    load(batch)
    person = Person.objects.get()
    Representative.objects.create(organisation=school, child=person, surname="Ёлкина", given="Анна")

    with pytest.raises(DomainError, match="Ёлкин Илья"):
        imports.undo_import(actor=SYSTEM, batch=batch, now=timezone.now())


def test_undo_after_a_day_is_refused(school):
    batch = start(school, table(ELKIN))
    load(batch)

    with pytest.raises(DomainError) as refusal:
        imports.undo_import(actor=SYSTEM, batch=batch, now=timezone.now() + timedelta(hours=25))

    assert refusal.value.code == "undo_late"


def test_head_may_not_import(school):
    with pytest.raises(PermissionRefused):
        imports.start_import(
            actor=actor_as(Role.HEAD),
            organisation=school,
            kind="mentees",
            file_name="x",
            content=b"",
        )


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"PK\x03\x04broken"])
def test_bad_file_is_refused_and_leaves_nothing(school, content):
    with pytest.raises(DomainError) as refusal:
        start(school, content)

    assert (refusal.value.field, ImportBatch.objects.count()) == ("file", 0)


class Pairs:
    """Stands for the app above: knows a pair when both sides are in the registers."""

    def __init__(self):
        self.lines, self.undone = [], []

    def write(self, *, actor, organisation, lines, today):
        self.lines = list(lines)
        return [[["pairs.pair", line.person_id]] for line in lines]

    def undo(self, *, actor, organisation, refs):
        self.undone = list(refs)
        return []


def test_pairs_named_with_an_order_are_handed_over(school, monkeypatch):
    importer = Pairs()
    monkeypatch.setattr(pairing, "_importers", [importer])
    head = [*HEAD, "ФИО наставника", "Форма наставничества"]
    batch = start(
        school,
        xlsx(
            [head, [*ELKIN, "Белова Нина Андреевна, приказ № 48 от 01.10.2025", "учитель-ученик"]]
        ),
    )

    applied = load(batch)

    line = importer.lines[0]
    assert (line.partners, line.order_number, line.order_date) == (
        (("Белова", "Нина", "Андреевна"),),
        "48",
        date(2025, 10, 1),
    )
    assert (applied.pairs, line.person_id) == (1, Person.objects.get().pk)
    imports.undo_import(actor=SYSTEM, batch=batch, now=timezone.now())
    assert importer.undone == [["pairs.pair", line.person_id]]


@pytest.mark.parametrize("kind", ["mentees", "mentors"])
def test_export_comes_back_without_loss(neighbours, school, kind):
    load(start(school, samples.sample_file(kind), kind))
    exported = register_now(kind, SYSTEM, TODAY)
    content = register_xlsx(exported, school)

    assert load(start(school, content, kind)).changed == 0
    with scope({neighbours.far.pk}):
        load(start(neighbours.far, content, kind))
        again = register_now(kind, SYSTEM, TODAY)

    assert again.rows == exported.rows


def test_number_of_queries_does_not_grow_with_rows(school, django_assert_max_num_queries):
    people = [
        [
            f"Людин{'абвгдежзик'[n % 10]} Илья {'Петрович' if n < 10 else 'Олегович'}",
            2012,
            "8Б",
            "физика",
        ]
        for n in range(20)
    ]
    batch = start(school, table(*people))

    with django_assert_max_num_queries(30):
        assert load(batch).added == 20
