"""Forms refuse foreign rows (BARS I3) and survive whatever is typed (a part of N1)."""

import re
from collections.abc import Iterable
from html import unescape

import pytest
from django.db import connection, transaction
from django.db.models import Count, F, Max

from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import TenantModel, scopes_disabled
from nastavnik.tenancy.walls import tenant_models
from tests.walls.addresses import Address, addresses, office_of
from tests.walls.crawl import is_write
from tests.walls.world import World, first_row

FORMS = [a for a in addresses() if a.spec is not None and "POST" in a.spec.methods]
NASTY = {
    "unicode": "Ёжик 漢字 🧒🏽 İ\u0300\u0301",
    "nul": "a\x00b",
    "right to left": "\u202eабв\u202c\u200f",
    "long": "щ" * 100_000,
    "surrogate": "\ud800",
    "formula": "=1+1|' OR 1=1 --",
    "markup": "<script>alert(1)</script>{{ 7*7 }}{% debug %}",
    "number": "-99999999999999999999",
    "date": "0000-00-00",
}
FILTERS = ("q", "name", "state", "class_name", "sort", "after", "page", "category", "as")
WRITTEN_TABLE = re.compile(r"\s*(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) \"(\w+)\"")
FIELD = re.compile(r"<(?:input|select|textarea|button)\b[^>]*?\bname=\"([^\"]+)\"[^>]*>")
VALUE = re.compile(r"\bvalue=\"([^\"]*)\"")


# What a form writes at a neighbour on purpose: (its tables, why).
CROSSES: dict[str, tuple[frozenset[str], str]] = {
    "roadmaps:own-keep": (
        frozenset({"audit.AuditEvent"}),
        "the coordinator takes the roadmap of the authority in hand; its journal keeps the role",
    ),
    "pairs:neighbours-search": (
        frozenset({"people.LoanCall", "audit.AuditEvent"}),
        "a mentor is asked for without names; the neighbour keeps the call and its trace",
    ),
}


def fields_of(page: str) -> dict[str, list[str]]:
    """Names of all controls on the page with a value of theirs."""
    found: dict[str, list[str]] = {}
    for tag in FIELD.finditer(page):
        value = VALUE.search(tag.group(0))
        found.setdefault(unescape(tag.group(1)), []).append(
            unescape(value.group(1)) if value else "1"
        )
    found.pop("csrfmiddlewaretoken", None)
    return found


def controls(world: World, client, address: Address) -> dict[str, list[str]]:
    """Controls of the page itself, or of the one it is posted from."""
    path = world.path(address, node_of(address), world.own)
    names: dict[str, list[str]] = {}
    parent = re.sub(r"[^/]+/$", "", path)
    for source in (path, parent, re.sub(r"[^/]+/$", "", parent)):
        answer = client.get(source)
        if answer.status_code == 200 and not answer.streaming and "html" in answer["Content-Type"]:
            names |= fields_of(answer.content.decode())
    return names


def node_of(address: Address) -> str:
    return "first" if "territory" in address.parameters else "own"


def strange_ids(world: World) -> list[int]:
    """Ids of the neighbour's rows, none of which is an id of ours in the same table."""
    sibling = world.organisations["sibling"]
    return sorted({first_row(model, sibling).pk for model in tenant_models()})


def touched(written: list[str]) -> list[type[TenantModel]]:
    """Models whose tables these statements change; all of them when a statement is not understood."""
    found = [WRITTEN_TABLE.match(sql) for sql in written]
    models = tenant_models()
    if None in found:
        return models
    tables = {match.group(1) for match in found if match}
    return [model for model in models if model._meta.db_table in tables]


def foreign_references(changed: list[type[TenantModel]]) -> list[str]:
    """Columns from or to the changed tables that lead into another institution's rows."""
    found = []
    with scopes_disabled(reason="a test compares all institutions"):
        for model in tenant_models():
            for name in model.tenant_keys():
                if not {model, model._meta.get_field(name).related_model} & set(changed):
                    continue
                crossed = model.objects.exclude(**{f"{name}__organisation_id": None}).exclude(
                    **{f"{name}__organisation_id": F("organisation_id")}
                )
                if crossed.exists():
                    found.append(f"{model._meta.label}.{name}")
    return found


def neighbours_print(
    owner: Organisation, changed: list[type[TenantModel]]
) -> dict[str, tuple[int, int]]:
    """How many rows the neighbours of `owner` have in each changed table, and the greatest id."""
    with scopes_disabled(reason="a test compares all institutions"):
        return {
            model._meta.label: tuple(
                model.objects.exclude(organisation=owner)
                .aggregate(n=Count("id"), top=Max("id"))
                .values()
            )
            for model in changed
        }


def different(answers: Iterable[dict]) -> list[dict]:
    """Each set of values once: the same request to the same world has the same answer."""
    found: list[dict] = []
    for answer in answers:
        if answer not in found:
            found.append(answer)
    return found


def send(client, path: str, data: dict) -> int:
    with transaction.atomic():
        status = client.post(path, data).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("address", FORMS, ids=lambda address: address.name)
def test_foreign_ids_in_every_field_change_nothing_outside(world: World, address: Address) -> None:
    client = world.client("coordinator" if "territory" in address.parameters else "curator")
    if "documents.sign" in address.spec.action:
        client = world.client("head")
    fields = world.once(("controls", address.name), lambda: controls(world, client, address))
    path = world.path(address, node_of(address), world.own)
    owner = office_of(world.own) if address.is_of_office else world.own
    before = world.once(
        ("neighbours of", owner.slug), lambda: neighbours_print(owner, tenant_models())
    )
    meant, _ = CROSSES.get(address.name, (frozenset(), ""))
    written: list[str] = []

    def watch(execute, sql, params, many, context):
        written.extend([sql] if is_write(sql) else [])
        return execute(sql, params, many, context)

    for data in different(
        {
            name: [str(strange)] if choosable(name, values) else values[:1]
            for name, values in fields.items()
        }
        for strange in world.once(("strange ids",), lambda: strange_ids(world))
    ):
        written.clear()
        with transaction.atomic():
            with connection.execute_wrapper(watch):
                status = client.post(path, data).status_code
            # Where nothing was written, the neighbours are as they were.
            changed = touched(written)
            after = neighbours_print(owner, changed)
            crossed = foreign_references(changed)
            transaction.set_rollback(True)
        moved = {label for label in after if after[label] != before[label]} - meant
        assert (status < 500, moved, crossed) == (True, set(), []), data


def choosable(name: str, values: list[str]) -> bool:
    """A field that holds an id: its value on the page is a number, or its name says so."""
    return all(value.isdigit() for value in values) or name.endswith(("_id", "pk"))


@pytest.mark.parametrize("address", FORMS, ids=lambda address: address.name)
def test_nasty_values_never_break_a_form(world: World, address: Address) -> None:
    client = world.client("coordinator" if "territory" in address.parameters else "curator")
    if "documents.sign" in address.spec.action:
        client = world.client("head")
    fields = world.once(("controls", address.name), lambda: controls(world, client, address))
    path = world.path(address, node_of(address), world.own)
    tried: list[dict] = []
    broken = []
    for kind, value in NASTY.items():
        typed = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        whole = dict.fromkeys(fields, typed)
        partial = {
            name: typed if values in ([""], ["1"]) else values[0] for name, values in fields.items()
        }
        fresh = [data for data in different([whole, partial]) if data not in tried]
        tried += fresh
        broken += [kind for data in fresh if send(client, path, data) >= 500]
    assert broken == []


@pytest.mark.parametrize("kind", NASTY)
def test_nasty_values_never_break_a_filter(world: World, kind: str) -> None:
    client, broken = world.client("curator"), []
    value = NASTY[kind].encode("utf-8", "replace").decode()[:2000]
    for path in (
        "people",
        "mentees",
        "mentors",
        "docs",
        "pairs",
        "find",
        "requests",
        "audit",
        "unpaired",
    ):
        answers = {name: client.get(f"/o/own/{path}/", {name: value}) for name in FILTERS}
        broken += [f"{path}?{name}" for name, got in answers.items() if got.status_code >= 500]
    assert broken == []
