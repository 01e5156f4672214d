"""How documents name legal acts, and what to tell when an act is no longer in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nastavnik.library.queries.entries import Item, UnknownEntry, items
from nastavnik.tenancy.models import Organisation, Territory

ENDED = frozenset({"repealed", "expired"})


@dataclass(frozen=True)
class Citation:
    """An act in the words after «в соответствии с …»; `warning` is empty when all is well."""

    code: str
    text: str
    repealed: bool
    warning: str


def act_citations(
    codes: Sequence[str],
    *,
    on: date,
    organisation: Organisation | None = None,
    territory: Territory | None = None,
) -> list[Citation]:
    """Citations in the order of `codes` as the acts stand on a day. Raises UnknownEntry."""
    acts = {
        act.code: act
        for act in items("acts", organisation=organisation, territory=territory, retired=True)
    }
    for code in codes:
        if code not in acts:
            raise UnknownEntry(code)
    return [_citation(acts[code], acts, on) for code in codes]


def template_warnings(
    codes: Sequence[str],
    *,
    on: date,
    organisation: Organisation | None = None,
    territory: Territory | None = None,
) -> list[str]:
    """Sentences for the maker of a document that rests on these acts; empty when all are in force."""
    found = act_citations(codes, on=on, organisation=organisation, territory=territory)
    return [citation.warning for citation in found if citation.warning]


def act_name(act: Item, acts: dict[str, Item]) -> str:
    """«Приказ от 24.02.2021 № 18», «статья 9, Федеральный закон от …», «ГОСТ Р …»."""
    number = str(act.attributes.get("number", ""))
    if act.parent in acts:
        return f"{number}, {act_name(acts[act.parent], acts)}"
    kind = str(act.attributes.get("kind", ""))
    if kind == "Национальный стандарт" or kind in act.title:
        return number or act.title
    if not number or kind == "Кодекс":
        return act.title
    day = str(act.attributes.get("date", ""))
    words = f" от {date.fromisoformat(day):%d.%m.%Y}" if day else ""
    return f"{kind}{words} № {number}"


def ended_on(act: Item, on: date) -> bool:
    """Is the act out of force on the day? An end in the future does not count yet."""
    if act.valid_to is not None:
        return act.valid_to < on
    return act.attributes.get("status") in ENDED or not act.is_active


def _citation(act: Item, acts: dict[str, Item], on: date) -> Citation:
    text = str(act.attributes.get("citation") or act.title)
    whole = acts.get(act.parent)
    repealed = ended_on(act, on) or (whole is not None and ended_on(whole, on))
    return Citation(act.code, text, repealed, _warning(act, acts, on, repealed=repealed))


def _warning(act: Item, acts: dict[str, Item], on: date, *, repealed: bool) -> str:
    name = act_name(act, acts)
    if repealed:
        last = f" после {act.valid_to:%d.%m.%Y}" if act.valid_to else ""
        successor = acts.get(str(act.attributes.get("replaced_by", "")))
        instead = f" Вместо него: {act_name(successor, acts)}." if successor else ""
        return f"Акт больше не действует{last}: {name}.{instead}"
    if act.valid_from is not None and on < act.valid_from:
        return f"Акт ещё не действует, начало {act.valid_from:%d.%m.%Y}: {name}."
    return ""
