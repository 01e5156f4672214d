"""The grid of consents as a list: a row a person, a column a kind."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.db.models import Case, IntegerField, Value, When
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nastavnik.people.consent_kinds import COLUMNS, Standing
from nastavnik.people.models import ConsentKind
from nastavnik.shared.cells import link, muted, tag
from nastavnik.shared.columns import Column
from nastavnik.shared.lists import ListSpec

Facts = Mapping[int, Mapping[str, Standing]]
# 5А before 10Б; grown-ups without a class come last.
BY_CLASS = (
    Case(
        When(class_name="", then=Value(1_000)),
        When(class_name__regex=r"^[0-9]{2}", then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    ),
    "class_name",
    "search_key",
)


def consent_list(facts: Facts) -> ListSpec:
    """The states come from `facts`, read for the people of the page beforehand."""
    kinds = [
        Column(key, title, ("pk",), cell=_cell(facts, own), export=_words(facts, own))
        for key, title, own in COLUMNS
    ]
    name = Column(
        "name",
        "Фамилия, имя",
        ("pk", "surname", "given", "patronymic"),
        cell=lambda pk, *parts: link(f"../people/{pk}/", _name(*parts)),
        sort=("search_key",),
        export=lambda _pk, *parts: _name(*parts),
        head=True,
    )
    group = Column("class", "Класс", ("class_name",), sort=BY_CLASS)
    return ListSpec(
        key="consents",
        title="Согласия",
        order="class",
        nouns=("человек", "человека", "человек"),
        columns=(name, group, *kinds),
    )


def in_use(spec: ListSpec, facts: Facts) -> ListSpec:
    """The same grid without columns that concern nobody on the page."""
    kinds = {kind for own in facts.values() for kind in own}
    unused = {key for key, _, own in COLUMNS if not kinds.intersection(own)}
    return replace(
        spec, columns=tuple(column for column in spec.columns if column.key not in unused)
    )


def _name(surname: str, given: str, patronymic: str) -> str:
    return " ".join(part for part in (surname, given, patronymic) if part)


def _of(facts: Facts, pk: int, kinds: tuple[ConsentKind, ...]) -> Standing | None:
    own = facts.get(pk, {})
    return next((own[kind] for kind in kinds if kind in own), None)


def _cell(facts: Facts, kinds: tuple[ConsentKind, ...]) -> Callable[[int], SafeString]:
    def draw(pk: int) -> SafeString:
        found = _of(facts, pk, kinds)
        if found is None:
            return muted("—")
        return format_html(
            '<a href="{}/{}/">{}</a>', pk, found.kind.value, tag(found.text, found.shape)
        )

    return draw


def _words(facts: Facts, kinds: tuple[ConsentKind, ...]) -> Callable[[int], str]:
    def word(pk: int) -> str:
        found = _of(facts, pk, kinds)
        return found.text if found else "не требуется"

    return word
