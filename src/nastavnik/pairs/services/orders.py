"""Orders about pairs: preparing the draft, and what signing, cancelling or dropping it does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.documents.effects import Check, Effect
from nastavnik.documents.models import Document
from nastavnik.documents.services import prepare_document
from nastavnik.pairs import order_data, policies, queries, rules
from nastavnik.pairs.facts import PairFacts, load_facts
from nastavnik.pairs.kinds import kind_rules
from nastavnik.pairs.models import Pair, PairState
from nastavnik.pairs.rules import Blocker
from nastavnik.pairs.services.composing import move_pair
from nastavnik.pairs.services.profiles import follow_profiles
from nastavnik.shared.errors import DomainError
from nastavnik.shared.typography import counted
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

ORDER_PAIRS = "order_pairs"
ORDER_PAIRS_ADDITIONAL = "order_pairs_additional"
PAIR_WORDS = ("пара", "пары", "пар")


class NothingReady(DomainError):
    """None of the chosen pairs can stand in an order yet."""


@dataclass(frozen=True)
class Readiness:
    """Which pairs may stand in an order on a day, and why the others may not."""

    ready: tuple[PairFacts, ...]
    held_back: tuple[tuple[PairFacts, tuple[Blocker, ...]], ...]


def readiness(
    *, on: date, pairs: Sequence[Pair] | None = None, starts_on: date | None = None
) -> Readiness:
    """Sort pairs before an order into ready and held back; all open proposals by default.

    `starts_on` stands for the start of every pair, as it will in the order.
    """
    if pairs is None:
        pairs = list(queries.pairs_in((PairState.PROPOSED, PairState.AGREED)).order_by("id"))
    ready, held = [], []
    for facts in load_facts(pairs):
        if starts_on is not None:
            facts.pair.starts_on = starts_on
        found = rules.blockers(facts, max(on, facts.pair.starts_on or on))
        if found or facts.pair.state != PairState.AGREED:
            held.append((facts, tuple(found)))
        else:
            ready.append(facts)
    return Readiness(tuple(ready), tuple(held))


@transaction.atomic
def prepare_pair_order(
    *,
    actor: Actor,
    organisation: Organisation,
    pairs: Sequence[Pair],
    on: date,
    starts_on: date | None = None,
) -> Document:
    """Draft the order on the ready pairs among `pairs`; the others simply stay out of it.

    The first order of the school year is the main one, later ones are additional. With
    `starts_on` every pair of the order begins on that day.
    Raises NothingReady when not one pair is ready, DomainError for a start that no order can have.
    """
    demand(policies.can_prepare_orders(actor))
    chosen = list(
        Pair.objects.select_for_update().filter(pk__in=[p.pk for p in pairs]).order_by("id")
    )
    sorted_out = readiness(
        on=on,
        pairs=[p for p in chosen if p.state in {PairState.PROPOSED, PairState.AGREED}],
        starts_on=starts_on,
    )
    if not sorted_out.ready:
        raise NothingReady("nothing_ready", "Ни одна из выбранных пар пока не готова к приказу.")
    _demand_start(sorted_out.ready, on=on, starts_on=starts_on)
    kind = order_kind(on)
    document = prepare_document(
        actor=actor,
        organisation=organisation,
        kind=kind,
        data=order_data.pairs_data(organisation, sorted_out.ready, on=on),
        choices={"pairs": [facts.pair.pk for facts in sorted_out.ready]},
    )
    for facts in sorted_out.ready:
        move_pair(
            actor=actor,
            pair=facts.pair,
            target=PairState.IN_ORDER,
            order=document,
            starts_on=facts.pair.starts_on,
        )
    return document


def order_kind(on: date) -> str:
    """The main order, or the additional one once the main is in force."""
    return ORDER_PAIRS_ADDITIONAL if _has_main_order(on) else ORDER_PAIRS


def _demand_start(loaded: Sequence[PairFacts], *, on: date, starts_on: date | None) -> None:
    """A chosen start is not in the past and leaves every pair a lawful term."""
    if starts_on is None:
        return
    if starts_on < on:
        raise DomainError(
            "start_past", "Пары не могут начать работу раньше приказа.", field="starts_on"
        )
    for facts in loaded:
        faults = rules.term_faults(
            kind_rules(facts.pair.kinds), facts.pair.starts_on, facts.pair.ends_on
        )
        if faults:
            text = f"{order_data.pair_in_words(facts)}: {faults[0]}"
            raise DomainError("term", text, field="starts_on")


def _has_main_order(on: date) -> bool:
    start = date(on.year if on.month >= 9 else on.year - 1, 9, 1)
    return Document.objects.filter(
        kind=ORDER_PAIRS, state="in_force", registered_on__gte=start
    ).exists()


def ordered_pairs(document: Document) -> list[Pair]:
    """Pairs of the order, by the list kept in the document, so that nothing joins it silently."""
    ids = document.choices.get("pairs", [])
    return list(Pair.objects.filter(pk__in=ids, order=document).order_by("id"))


def check_pair_order(document: Document) -> list[Check]:
    """Lines beside the order before signing. Any pair that may not be active blocks the order."""
    on = document.registered_on or order_data.today()
    loaded = load_facts(ordered_pairs(document))
    checks = [_group_check(loaded, on, code, title) for code, title in CHECK_TITLES]
    checks += [
        Check("bad", f"{order_data.pair_in_words(facts)}: {fault}")
        for facts in loaded
        for fault in _kind_faults(facts, on)
    ]
    late = [f.pair.starts_on for f in loaded if f.pair.starts_on and f.pair.starts_on < on]
    if late:
        checks.append(Check("wait", _moved_words(len(late), min(late), on)))
    checks += [Check("wait", warning) for warning in _warnings(loaded)]
    if not loaded:
        checks.append(Check("bad", "В приказе не осталось ни одной пары."))
    return checks


def _warnings(loaded: Sequence[PairFacts]) -> list[str]:
    """Each warning once, and the untrained mentors of all pairs in one line."""
    untrained = dict.fromkeys(f.mentor.short_name for f in loaded if rules.is_untrained(f))
    training = [f"Ещё не обучены: {', '.join(untrained)}"] if untrained else []
    others = (
        warning
        for facts in loaded
        for warning in rules.warnings(facts, kind_rules(facts.pair.kinds))
        if warning != rules.training_warning(facts)
    )
    return [*training, *dict.fromkeys(others)]


CHECK_TITLES = (
    (("consent",), "Согласия"),
    (("certificate",), "Справки наставников не из учреждения"),
    (("answer",), "Обе стороны сказали «да»"),
    (("age", "size", "addendum"), "Возраст, состав, дополнительные соглашения"),
)


def _group_check(
    loaded: Sequence[PairFacts], on: date, codes: tuple[str, ...], title: str
) -> Check:
    """One line for one group of requirements, naming the first people who lack it."""
    wrong = [
        (facts, [b for b in rules.blockers(facts, _active_from(facts.pair, on)) if b.code in codes])
        for facts in loaded
    ]
    wrong = [(facts, found) for facts, found in wrong if found]
    done = len(loaded) - len(wrong)
    text = f"{title}: {done} из {counted(len(loaded), *PAIR_WORDS_GENITIVE)}"
    if not wrong:
        return Check("ok", text)
    return Check("bad", f"{text}. {rules.told(wrong[0][1])[0].sentence}")


PAIR_WORDS_GENITIVE = ("пары", "пар", "пар")


def _active_from(pair: Pair, on: date) -> date:
    return max(on, pair.starts_on) if pair.starts_on else on


def _moved_words(number: int, planned: date, on: date) -> str:
    """Invariant 1: a pair does not begin before its order, so its first day moves to that of the order."""
    return (
        f"Первый день прошёл ({planned:%d.%m.%Y}): {counted(number, *PAIR_WORDS)} "
        f"{_verb(number, 'начнёт', 'начнут')} работу в день приказа, {on:%d.%m.%Y}."
    )


def _kind_faults(facts: PairFacts, on: date) -> list[str]:
    kinds = kind_rules(facts.pair.kinds)
    return [
        *rules.kind_faults(kinds, len(facts.mentees)),
        *rules.term_faults(kinds, _first_day(facts.pair, on), facts.pair.ends_on),
    ]


def _first_day(pair: Pair, on: date) -> date | None:
    return max(pair.starts_on, on) if pair.starts_on else None


def activate_pairs(actor: Actor, document: Document) -> Effect:
    """Signing: every pair of the order becomes active; blockers were checked a moment ago."""
    pairs = ordered_pairs(document)
    on = document.registered_on or order_data.today()
    for facts in load_facts(pairs):
        move_pair(
            actor=actor,
            pair=facts.pair,
            target=PairState.ACTIVE,
            reason=str(document),
            starts_on=_first_day(facts.pair, on),
        )
        follow_profiles(actor=actor, facts=facts)
    text = (
        f"{_verb(len(pairs), 'Активирована', 'Активировано')} {counted(len(pairs), *PAIR_WORDS)}."
    )
    return Effect((text, "Распечатайте участникам уведомления: они в карточке приказа."))


def deactivate_pairs(actor: Actor, document: Document) -> Effect:
    """Cancelling: the pairs go back to «согласована», their people to the base."""
    pairs = [p for p in ordered_pairs(document) if p.state in {PairState.ACTIVE, PairState.PAUSED}]
    for facts in load_facts(pairs):
        move_pair(
            actor=actor,
            pair=facts.pair,
            target=PairState.AGREED,
            reason=f"отменён {document}",
            order=None,
            pause_reason="",
        )
        follow_profiles(actor=actor, facts=facts)
    text = f"{_verb(len(pairs), 'Больше не активна', 'Больше не активны')} {counted(len(pairs), *PAIR_WORDS)}."
    return Effect((text,))


def release_pairs(actor: Actor, document: Document) -> Effect:
    """A dropped draft lets its pairs go back to «согласована»."""
    pairs = [p for p in ordered_pairs(document) if p.state == PairState.IN_ORDER]
    for pair in pairs:
        move_pair(
            actor=actor,
            pair=pair,
            target=PairState.AGREED,
            reason="проект приказа удалён",
            order=None,
        )
    return Effect((f"Из проекта приказа освобождено: {counted(len(pairs), *PAIR_WORDS)}.",))


def _verb(number: int, one: str, many: str) -> str:
    return one if number % 10 == 1 and number % 100 != 11 else many
