"""Fictional people of one organisation."""

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from nastavnik.desk.demo.names import Name, Namer, data
from nastavnik.people.models import Category, Person, Representative
from nastavnik.tenancy.models import Organisation, OrganisationKind

POSTS = {
    OrganisationKind.KINDERGARTEN: "posts_kindergarten",
    OrganisationKind.COLLEGE: "posts_college",
    OrganisationKind.UNIVERSITY: "posts_college",
    OrganisationKind.ADDITIONAL: "posts_additional",
    OrganisationKind.ENTERPRISE: "posts_factory",
    OrganisationKind.AUTHORITY: "posts_office",
    OrganisationKind.CENTRE: "posts_office",
    OrganisationKind.NGO: "posts_office",
}
LETTERS = "АБВ"
LABOUR_KINDS = {OrganisationKind.ENTERPRISE, OrganisationKind.NGO}


@dataclass
class Folk:
    """The people of an organisation while its story is being told."""

    organisation: Organisation
    today: dt.date
    namer: Namer
    chance: random.Random
    staff: list[Person] = field(default_factory=list)

    def person(self, name: Name, category: str, age: int, **fields: object) -> Person:
        """Unsaved; the birthday lies four to eight months back, so that ages hold for a while."""
        born = self.today - dt.timedelta(days=round(age * 365.25) + self.chance.randint(130, 240))
        row = Person(
            organisation=self.organisation,
            category=category,
            birth_date=born,
            **name.parts(),
            **fields,
        )
        row.fill_keys()
        return row

    def phone(self) -> str:
        return f"+7 (000) 000-{self.chance.randint(10, 99)}-{self.chance.randint(10, 99)}"


def make_staff(folk: Folk, number: int, head_since: dt.date) -> list[Person]:
    """The head, the deputy (the future curator), the officer in charge, and the others."""
    organisation = folk.organisation
    head = Name(
        organisation.head_surname,
        organisation.head_given,
        organisation.head_patronymic,
        organisation.head_gender,
    )
    rows = [_worker(folk, head, Category.HEAD, organisation.head_post, 52)]
    rows.append(_worker(folk, folk.namer.name("female"), Category.STAFF, _deputy(folk), 44))
    posts = data("words")["words"][POSTS.get(OrganisationKind(organisation.kind), "posts_school")]
    ordinary = Category.STAFF if organisation.kind in LABOUR_KINDS else Category.PEDAGOGUE
    for place in range(number - len(rows)):
        gender = "female" if folk.chance.random() < 0.75 else ""
        name, age = folk.namer.name(gender), folk.chance.randint(31, 62)
        rows.append(_worker(folk, name, ordinary, posts[place % len(posts)], age))
    for row in rows:
        row.experience_since = head_since - dt.timedelta(days=365 * folk.chance.randint(3, 25))
    folk.staff = Person.objects.bulk_create(rows)
    return folk.staff


def _worker(folk: Folk, name: Name, category: str, post: str, age: int) -> Person:
    place = folk.organisation.short_name
    return folk.person(name, category, age, post=post, workplace=place, phone=folk.phone())


def _deputy(folk: Folk) -> str:
    if folk.organisation.teaches_children:
        return "заместитель директора по воспитательной работе"
    return (
        "старший методист" if folk.organisation.kind not in LABOUR_KINDS else "специалист по кадрам"
    )


def young_specialists(folk: Folk, number: int) -> list[Person]:
    """Employees in their first three years."""
    posts = data("words")["words"][
        POSTS.get(OrganisationKind(folk.organisation.kind), "posts_school")
    ]
    rows = []
    for place in range(number):
        row = _worker(
            folk,
            folk.namer.name(),
            Category.YOUNG_SPECIALIST,
            posts[place % len(posts)],
            folk.chance.randint(22, 26),
        )
        row.experience_since = folk.today - dt.timedelta(days=folk.chance.randint(120, 700))
        rows.append(row)
    return rows


def learner(folk: Folk, *, adult: bool = False, oldest: int = 17) -> Person:
    """A pupil of 10–17, or a student of a college."""
    if folk.organisation.kind == OrganisationKind.COLLEGE:
        age = folk.chance.randint(20, 21) if adult else folk.chance.choice((16, 17, 19, 20))
        course = max(1, min(4, age - 15))
        group = f"{folk.chance.choice(('ТМ', 'ИС', 'ЭЛ'))}-{course}{folk.chance.randint(1, 2)}"
        name = folk.namer.name()
        return folk.person(
            name, Category.STUDENT, age, class_name=group, workplace=folk.organisation.short_name
        )
    age = folk.chance.randint(10, oldest)
    class_name = f"{age - 6}{folk.chance.choice(LETTERS)}"
    return folk.person(folk.namer.name(), Category.PUPIL, age, class_name=class_name)


def outsider(folk: Folk, category: str) -> Person:
    """A mentor from elsewhere: student, worker of an enterprise, alumnus, parent."""
    ages = {Category.STUDENT: (19, 22), Category.ALUMNUS: (23, 35)}
    age = folk.chance.randint(*ages.get(Category(category), (30, 55)))
    where = {
        Category.STUDENT: ("студент", "Вельмогорский университет"),
        Category.EMPLOYEE: ("инженер-конструктор", "Завод «Вельмаш»"),
        Category.ALUMNUS: ("мастер участка", "Завод «Вельмаш»"),
        Category.PARENT: ("", "родитель обучающегося"),
    }
    post, place = where[Category(category)]
    return folk.person(
        folk.namer.name(),
        category,
        age,
        post=post,
        workplace=place,
        phone=folk.phone(),
        is_own=category == Category.PARENT,
    )


def make_representatives(folk: Folk, children: Iterable[Person]) -> dict[int, Representative]:
    """A mother or a father for everyone under eighteen, by the child's id."""
    rows = []
    for child in children:
        if not child.is_minor_on(folk.today):
            continue
        woman = folk.chance.random() < 0.8
        name = folk.namer.name("female" if woman else "male", surname=_pair_of(child.surname))
        rows.append(
            Representative(
                organisation=folk.organisation,
                child=child,
                relation="мать" if woman else "отец",
                phone=folk.phone(),
                authority_document="свидетельство о рождении",
                **name.parts(),
            )
        )
    return {row.child_id: row for row in Representative.objects.bulk_create(rows)}


def _pair_of(surname: str) -> str:
    """«Белкин|Белкина» for either spelling."""
    names = data("names")
    pairs: list[str] = [*names["surnames"], *names["hard"]]
    return next(pair for pair in pairs if surname in pair.split("|"))
