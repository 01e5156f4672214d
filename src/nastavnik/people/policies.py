"""Who may see and change what about people; the one place for rights on single fields."""

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.permissions import Role
from nastavnik.people.models import Person
from nastavnik.shared.verdict import Allowed, Denied, Verdict

NAMES = frozenset(
    {"full_name", "gender", "category", "about", "class_name", "post", "workplace", "department"}
)
BIRTH = frozenset({"birth_year", "birth_date"})
PROGRAMME = frozenset(
    {
        "requests", "competences", "state", "form", "pair", "entered_on", "left_on", "results", "case_link",
        "passed_mark", "achievements", "interests", "wanted_age", "time_resource", "capacity", "confirmed_on",
        "support",
    }
)  # fmt: skip
CONTACTS = frozenset({"contact", "phone", "email", "address", "representatives"})
NOTES = frozenset({"note", "strengths", "expectations"})
ALL_FIELDS = NAMES | BIRTH | PROGRAMME | CONTACTS | NOTES

_BY_ROLE: dict[Role, frozenset[str]] = {
    Role.CURATOR: ALL_FIELDS,
    Role.HEAD: ALL_FIELDS,
}


def visible_fields(actor: Actor) -> frozenset[str]:
    """Fields of persons and profiles that the actor may see, on a page or in a file alike."""
    if actor.is_system:
        return ALL_FIELDS
    return frozenset().union(*(_BY_ROLE.get(role, frozenset()) for role in actor.roles))


def can_see_contacts(actor: Actor) -> bool:
    return visible_fields(actor) >= CONTACTS


def can_see_support(actor: Actor) -> bool:
    return "support" in visible_fields(actor)


def can_edit_people(actor: Actor) -> Verdict:
    return actor.can("people.edit")


def can_merge(actor: Actor, keep: Person, drop: Person) -> Verdict:
    """Two living records of one organisation."""
    allowed = actor.can("people.edit")
    if not allowed:
        return allowed
    if keep.pk == drop.pk:
        return Denied("Это одна и та же запись.")
    if keep.merged_into_id or drop.merged_into_id:
        return Denied("Одна из записей уже объединена с другой.")
    if keep.organisation_id != drop.organisation_id:
        return Denied("Записи из разных учреждений не объединяются.")
    return Allowed()
