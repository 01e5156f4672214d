"""Pairs named in old registers: proposed ones, and those that an earlier order already fixed."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.matching.queries import form_rules
from nastavnik.pairs import queries, rules
from nastavnik.pairs.facts import facts_of
from nastavnik.pairs.models import Pair, PairSource, PairState
from nastavnik.pairs.services.composing import PairRefused, make_pair
from nastavnik.pairs.services.profiles import follow_profiles
from nastavnik.pairs.services.standing import review_pairs
from nastavnik.people.models import MenteeProfile, MentorProfile, Person
from nastavnik.people.services.imports.pairing import PairLine, Ref
from nastavnik.shared.text import search_key
from nastavnik.tenancy.models import Organisation

LABEL = "pairs.pair"
MOST_PLACES = 30
CHUNK = 5_000
REMOVABLE = frozenset({PairState.PROPOSED, PairState.AGREED, PairState.PAUSED, PairState.ACTIVE})


class Importer:
    """What `people` calls while it writes a file or takes it back."""

    @transaction.atomic
    def write(
        self, *, actor: Actor, organisation: Organisation, lines: Sequence[PairLine], today: date
    ) -> list[list[Ref]]:
        """Make a pair of every combination whose both sides are known; the rest stays for later.

        A pair with an earlier order becomes active only when nothing stands in the way, else it is
        paused with what is missing: the invariants hold by this door too.
        """
        partners = _Partners(names for line in lines for names in line.partners)
        return [self._line(actor, organisation, line, today, partners) for line in lines]

    @transaction.atomic
    def undo(self, *, actor: Actor, organisation: Organisation, refs: Collection[Ref]) -> list[str]:
        """Remove the pairs, or say which ones already live on and remove nothing."""
        ids = [int(pk) for label, pk in refs if label == LABEL]
        pairs = list(Pair.objects.filter(pk__in=ids, organisation=organisation))
        kept = [p for p in pairs if p.state not in REMOVABLE or p.order_id is not None]
        if kept:
            names = "; ".join(_words(pair) for pair in kept)
            return [f"Эти пары уже вошли в приказ или завершены: {names}."]
        for pair in pairs:
            _remove(actor, pair)
        return []

    def _line(
        self,
        actor: Actor,
        organisation: Organisation,
        line: PairLine,
        today: date,
        known: "_Partners",
    ) -> list[Ref]:
        partners = [person for names in line.partners if (person := known.find(names))]
        own = Person.objects.filter(pk=line.person_id).first() if partners else None
        if own is None:
            return []
        made: list[Ref] = []
        for partner in partners:
            sides = (partner, own) if line.side == "mentee" else (own, partner)
            pair = _make(actor, organisation, line, sides, today)
            if pair is not None:
                made.append([LABEL, pair.pk])
        return made


class _Partners:
    """The people whom a file names beside its own, found by one look through the registers."""

    def __init__(self, asked: Iterable[tuple[str, str, str]]) -> None:
        words = {search_key(surname).partition(" ")[0] for surname, *_ in asked}
        people = Person.objects.filter(archived_at__isnull=True).values_list("pk", "search_key")
        ids = [pk for pk, key in people.iterator() if key.partition(" ")[0] in words]
        self._by_surname: dict[str, list[Person]] = {}
        for start in range(0, len(ids), CHUNK):
            for person in Person.objects.filter(pk__in=ids[start : start + CHUNK]):
                self._by_surname.setdefault(search_key(person.surname), []).append(person)

    def find(self, names: tuple[str, str, str]) -> Person | None:
        """The one person of this name; initials will do when they fit only one."""
        surname, *others = names
        wanted = [search_key(part).rstrip(".") for part in others]
        known = self._by_surname.get(search_key(surname), ())
        fitting = [person for person in known if _fits(person, wanted)]
        return fitting[0] if len(fitting) == 1 else None


def _fits(person: Person, wanted: Sequence[str]) -> bool:
    have = [search_key(person.given), search_key(person.patronymic)]
    return all(not want or mine.startswith(want) for want, mine in zip(wanted, have, strict=True))


def _make(
    actor: Actor,
    organisation: Organisation,
    line: PairLine,
    sides: tuple[Person | None, Person | None],
    today: date,
) -> Pair | None:
    mentor = MentorProfile.objects.select_related("person").filter(person=sides[0]).first()
    mentee = MenteeProfile.objects.select_related("person").filter(person=sides[1]).first()
    form = line.form or _form_of(mentor, mentee)
    if mentor is None or mentee is None or not form or _is_known(mentor, mentee):
        return None
    begins = line.starts_on or line.order_date or today
    starts_on, ends_on = rules.default_term(begins, line.ends_on)
    had = mentor.capacity
    try:
        with transaction.atomic():
            _widen(actor, mentor, mentee)
            pair = make_pair(
                actor=actor,
                organisation=organisation,
                mentor=mentor,
                mentees=[mentee],
                form=form,
                starts_on=starts_on,
                ends_on=ends_on,
                source=PairSource.IMPORT,
            )
    except PairRefused:
        return None
    if line.order_number:
        _fix(actor, pair, line, today)
    if pair.state == PairState.FINISHED and mentor.capacity != had:
        mentor.capacity = had  # who led somebody once has no more places for that today
        mentor.save(update_fields={"capacity"})
    return pair


def _is_known(mentor: MentorProfile, mentee: MenteeProfile) -> bool:
    return Pair.objects.filter(mentor=mentor, members__mentee=mentee).exists()


def _form_of(mentor: MentorProfile | None, mentee: MenteeProfile | None) -> str:
    """The first form that joins the categories of the two."""
    if mentor is None or mentee is None:
        return ""
    sides = (mentor.person.category, mentee.person.category)
    return next(
        (f.code for f in form_rules() if sides[0] in f.mentors and sides[1] in f.mentees), ""
    )


def _widen(actor: Actor, mentor: MentorProfile, mentee: MenteeProfile) -> None:
    """The register says that the mentor leads one more: then there is a place for that one."""
    used = queries.used_places([mentor.pk], kept_for=[mentee.pk]).get(mentor.pk, 0)
    if used < mentor.capacity or mentor.capacity >= MOST_PLACES:
        return
    mentor.capacity = used + 1
    mentor.save(update_fields={"capacity"})
    record(
        actor=actor,
        action="people.mentorprofile_edited",
        subject=mentor,
        reason="в загруженном реестре у наставника больше наставляемых",
    )


def _fix(actor: Actor, pair: Pair, line: PairLine, today: date) -> None:
    """A pair fixed by an earlier order holds; it is active only if nothing is missing."""
    when = f" от {line.order_date:%d.%m.%Y}" if line.order_date else ""
    pair.foreign_order = f"№ {line.order_number}{when}"[:160]
    is_over = bool(line.ends_on and line.ends_on < today)
    pair.state = PairState.FINISHED if is_over else PairState.PAUSED
    pair.pause_reason = "" if is_over else "загружена из реестра, проверяются условия"
    if is_over:
        pair.ended_on, pair.end_reason = line.ends_on, line.results[:300] or "срок истёк"
    pair.save(
        update_fields={
            "foreign_order",
            "state",
            "pause_reason",
            "ended_on",
            "end_reason",
        }
    )
    record(
        actor=actor,
        action="pairs.import",
        subject=pair,
        to_state=pair.state,
        reason=pair.foreign_order,
    )
    if is_over:
        pair.members.filter(left_on__isnull=True).update(left_on=line.ends_on)
    else:
        review_pairs(actor=actor, pairs=[pair], on=today)


def _remove(actor: Actor, pair: Pair) -> None:
    """Delete a pair that the file made; its people go back to the base."""
    if pair.state in {PairState.ACTIVE, PairState.PAUSED}:
        pair.state = PairState.AGREED
        pair.save(update_fields={"state"})
        follow_profiles(actor=actor, facts=facts_of(pair))
    record(actor=actor, action="pairs.import_undone", subject=pair, from_state=pair.state)
    pair.delete()


def _words(pair: Pair) -> str:
    facts = facts_of(pair)
    return f"{facts.mentor.short_name} — {', '.join(m.short_name for m in facts.mentees)}"
