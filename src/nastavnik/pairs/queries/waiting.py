"""Who waits for a mentor, since when, and what stands in the way."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from nastavnik.matching.queries import waiting_mentees
from nastavnik.pairs import queries
from nastavnik.pairs.models import PairMentee
from nastavnik.pairs.queries.gap import gap, problem_now
from nastavnik.pairs.queries.review import asks_in_words
from nastavnik.people.models import MenteeProfile, MenteeState
from nastavnik.shared.typography import counted
from nastavnik.tenancy.models import Organisation

WAITING_DAYS = 14
SUPPORT_DAYS = 30


@dataclass(frozen=True)
class Rules:
    """After how many days the wait is long, and after how many the mentee is given support."""

    waiting_days: int = WAITING_DAYS
    support_days: int = SUPPORT_DAYS


@dataclass(frozen=True)
class Waiting:
    """A mentee without a pair; `level` is the kind of the tag, `outlook` what the search says."""

    mentee: MenteeProfile
    asks: str
    since: date
    days: int
    level: str
    outlook: str

    @property
    def days_in_words(self) -> str:
        return counted(self.days, "день", "дня", "дней")

    @property
    def is_supported(self) -> bool:
        return self.mentee.state == MenteeState.UNPAIRED


def waiting_rules(organisation: Organisation) -> Rules:
    """The organisation's own terms; an absent setting means the usual one."""
    stored = organisation.settings
    return Rules(
        int(stored.get("waiting_days", WAITING_DAYS)),
        int(stored.get("support_days", SUPPORT_DAYS)),
    )


def waiting(organisation: Organisation, on: date) -> list[Waiting]:
    """Everybody who stands in no open pair, the longest wait first, with today's search."""
    rules, outlooks = waiting_rules(organisation), _outlooks(on)
    rows = [
        Waiting(
            mentee=mentee,
            asks=asks_in_words(mentee),
            since=since,
            days=(on - since).days,
            level=_level((on - since).days, rules),
            outlook=outlooks.get(mentee.pk, "Наставник найдётся."),
        )
        for mentee, since in _since()
    ]
    return sorted(rows, key=lambda row: (-row.days, row.mentee.person.search_key, row.mentee.pk))


def long_waiting(organisation: Organisation, on: date) -> list[MenteeProfile]:
    """Mentees of the base who have waited for as long as calls for support."""
    days = waiting_rules(organisation).support_days
    states = {MenteeState.IN_BASE, MenteeState.MATCHING}
    return [
        mentee for mentee, since in _since() if mentee.state in states and (on - since).days >= days
    ]


def _since() -> list[tuple[MenteeProfile, date]]:
    """Since when: the entry into the programme, or the end of the last pair if that came later."""
    taken = queries.taken_mentees()
    ends = PairMentee.objects.order_by().values_list("mentee_id")
    last = {
        mentee_id: max(filter(None, days), default=None)
        for mentee_id, *days in ends.annotate(left=Max("left_on"), over=Max("pair__ended_on"))
    }
    return [
        (mentee, max(filter(None, (_entered(mentee), last.get(mentee.pk)))))
        for mentee in waiting_mentees()
        if mentee.pk not in taken
    ]


def _entered(mentee: MenteeProfile) -> date:
    return mentee.entered_on or mentee.person.created_at.date()


def _level(days: int, rules: Rules) -> str:
    if days >= rules.support_days:
        return "bad"
    return "wait" if days >= rules.waiting_days else "info"


def _outlooks(on: date) -> dict[int, str]:
    """The shortage of each mentee whom today's search leaves without a mentor."""
    found = gap(problem_now(on))
    left = set(found.now.left)
    return {
        mentee: words.sentence
        for lack, words in zip(found.now.shortages, found.shortages, strict=True)
        for mentee in lack.mentees
        if mentee in left
    }
