"""Which role meets which field of a person, on any page, print, file or export (BARS I7).

The table restates PRODUCT.md § 3 for the pages that exist. A field that a role may read must be met
somewhere; a field that it may not read must be met nowhere.
"""

from collections.abc import Iterator

import pytest
from django.apps import apps

from nastavnik.accounts.permissions import Role
from nastavnik.people.models import Person
from tests.walls.crawl import crawl, undone, words_of
from tests.walls.filling import marked
from tests.walls.world import ADMIN, MARKERS, World, first_row

# Class of fields -> columns that hold them.
FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "contacts": {
        "people.Person": ("phone", "email", "address"),
        "people.Representative": ("phone", "email", "address", "authority_document"),
    },
    "notes": {
        "people.MenteeProfile": ("note", "strengths", "expectations"),
        "people.MentorProfile": ("note",),
    },
    "consents": {"people.Consent": ("file_place", "attested_by", "reason", "text_version")},
    "certificates": {"people.Certificate": ("number", "issuer", "basis")},
    "selection": {"people.SelectionCase": ("interview_notes", "interviewers", "reason")},
}


# PRODUCT.md § 3: all of it stays with the curator, who edits, and the head, who reads.
EVERYTHING = frozenset(FIELDS)
MAY_READ: dict[str, frozenset[str]] = {Role.CURATOR: EVERYTHING, Role.HEAD: EVERYTHING}
# The head's list of certificates shows states; numbers stand on the page where they are entered.
MEETS: dict[str, frozenset[str]] = {**MAY_READ, Role.HEAD: EVERYTHING - {"certificates"}}
# A helper prints blanks of consents: what a parent must read there, the helper meets on paper.
ON_BLANKS: dict[str, frozenset[str]] = {Role.SYSADMIN: frozenset({"contacts"})}
LISTS = (
    "people",
    "mentees",
    "mentors",
    "consents",
    "certificates",
    "selection",
    "pairs",
    "audit",
    "unpaired",
)
KINDS = ("participation_child", "third_party", "publication", "pd_adult")


def words(name: str) -> list[str]:
    """What tells the fields of the class from all the others."""
    return [
        marked(apps.get_model(label)._meta.get_field(column), MARKERS["own"]).casefold()
        for label, columns in FIELDS[name].items()
        for column in columns
    ]


def answers(world: World, who: str) -> Iterator[tuple[str, str]]:
    """Everything that can be read or downloaded: address and text."""
    client = world.client(who)
    read = crawl(world, who).pages
    yield from ((path, page.words) for path, page in read.items())
    lists = [f"/o/own/{name}/?format={form}" for name in LISTS for form in ("print", "xlsx")]
    yield from ((path, words_of(client.get(path))) for path in lists if path not in read)
    for register in ("mentees", "mentors"):
        with undone():
            answer = client.post("/o/own/export/", {"register": register, "purpose": "проверка"})
            yield f"export of {register}", words_of(answer)
    person = first_row(Person, world.own).pk
    for kind in KINDS:
        with undone():
            path = f"/o/own/consents/{person}/{kind}/print/"
            yield path, words_of(client.post(path))


@pytest.mark.parametrize("who", [*(role.value for role in Role), ADMIN])
def test_fields_of_people_are_met_by_those_who_may_read_them(world: World, who: str) -> None:
    wanted = {name: words(name) for name in FIELDS}
    met: set[str] = set()
    deviations = []
    for path, text in answers(world, who):
        here = {name for name, known in wanted.items() if any(word in text for word in known)}
        allowed = MAY_READ.get(who, frozenset())
        if path.endswith("/print/"):
            allowed |= ON_BLANKS.get(who, frozenset())
        met |= here
        deviations += [f"{path}: {name}" for name in here - allowed]
    assert (deviations, MEETS.get(who, frozenset()) - met) == ([], frozenset())
