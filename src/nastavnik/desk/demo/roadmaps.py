"""Roadmaps of the region: one above, one that lives, many that wait for the coordinator."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.models import User
from nastavnik.accounts.permissions import Role
from nastavnik.desk.demo import clock
from nastavnik.desk.demo.accounts import login_of
from nastavnik.desk.demo.names import data
from nastavnik.desk.demo.places import MAIN
from nastavnik.documents import services
from nastavnik.roadmaps.catalogue import TemplateLine, template_of
from nastavnik.roadmaps.engine.deadlines import Period
from nastavnik.roadmaps.evidence import EvidenceKind
from nastavnik.roadmaps.models import AgreementBody, ItemState, Roadmap, RoadmapItem, RoadmapKind
from nastavnik.roadmaps.services import paperwork, states
from nastavnik.roadmaps.services.closing import close_item_by_hand, mark_not_applicable, set_link
from nastavnik.roadmaps.services.drafting import create_from_template
from nastavnik.roadmaps.services.evidence import reevaluate
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import scope

OFFICE = "education-office"
COORDINATOR_POST = "муниципальный координатор"
LONGEST_AGO = 95
APPROVED_AGO = 105  # after the first orders on pairs of the year, before those of its autumn
Change = Callable[[TemplateLine], TemplateLine]


@dataclass(frozen=True)
class Plan:
    """How one roadmap of the data goes: its template, how far it came, what is odd in it."""

    template: str
    until: str
    odd: str = ""

    @property
    def is_approved(self) -> bool:
        """Approved by an order, which has its turn among the other orders of the year."""
        return self.until in {"force", "council"}


def approve(organisation: Organisation, *, today: dt.date) -> None:
    """The part of an institution's story where its roadmap comes into force, if it does."""
    plan = _plans().get(organisation.slug)
    if plan is not None and plan.is_approved:
        on = today - dt.timedelta(days=APPROVED_AGO + 5)
        _Teller(today).institution(organisation, plan, on=on)


def tell(organisations: Sequence[Organisation], *, today: dt.date) -> None:
    """The municipal roadmap, those that wait, and what came of those in force."""
    known = {organisation.slug: organisation for organisation in organisations}
    teller = _Teller(today)
    with scope({known[OFFICE].pk}):
        teller.municipal(known[OFFICE])
    for slug, plan in _plans().items():
        with scope({known[slug].pk}):
            if plan.is_approved:
                teller.work(known[slug], Roadmap.objects.get())
            else:
                teller.institution(known[slug], plan, on=teller.sent_on(plan))


def _plans() -> dict[str, Plan]:
    return {
        row["organisation"]: Plan(row["template"], row["until"], row.get("odd", ""))
        for row in data("roadmaps")["roadmap"]
    }


def period_of(today: dt.date) -> Period:
    """The school year of the day; it begins early enough for the story's orders of this year."""
    first = today.year - (today.month < 9)
    starts = min(dt.date(first, 9, 1), (today - dt.timedelta(days=LONGEST_AGO)).replace(day=1))
    return Period(max(starts, dt.date(first, 7, 1)), dt.date(first + 1, 8, 31), academic=True)


class _Teller:
    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.period = period_of(today)
        self.began = min(self.period.start, today - dt.timedelta(days=30))
        self.year = f"{self.period.end.year - 1}/{self.period.end.year % 100:02d} учебный год"
        user = User.objects.get(login="demo-coordinator")
        office = frozenset({Role.COORDINATOR, Role.CURATOR})  # she works in the office itself
        self._templates: dict[str, tuple[TemplateLine, ...]] = {}
        self.coordinator = Actor(user_id=user.pk, label=user.full_name, roles=office)

    def municipal(self, office: Organisation) -> None:
        """Accepted by the city's council of curators and approved by the office."""
        roadmap = self._create(
            office,
            "municipal",
            f"Дорожная карта внедрения целевой модели наставничества в Вельмогорске на {self.year}",
            self.coordinator,
            on=self._day(-12),
            kind=RoadmapKind.MUNICIPAL,
        )
        with clock.at(self._day(-9)):
            states.send_to_agreement(
                actor=self.coordinator,
                roadmap=roadmap,
                by=AgreementBody.COUNCIL,
                council="Городской совет кураторов",
            )
        with clock.at(self._day(-7)):
            paper = states.Protocol("3", self._day(-7))
            states.agree(actor=self.coordinator, roadmap=roadmap, protocol=paper)
        self._approve(roadmap, self.coordinator, on=self._day(-4))
        self._work(roadmap, self.coordinator, words_of="above", is_main=True)

    def sent_on(self, plan: Plan) -> dt.date:
        """What waits for an answer is fresh."""
        is_waiting = plan.until in {"agreement", "returned"}
        return self.today - dt.timedelta(days=6) if is_waiting else self._day(0)

    def work(self, organisation: Organisation, roadmap: Roadmap) -> None:
        curator = _actor(organisation, "curator", Role.CURATOR)
        is_main = organisation.slug == MAIN
        self._work(roadmap, curator, words_of="by_hand", is_main=is_main)
        reason = data("roadmaps")["not_ours"].get(organisation.slug)
        line = roadmap.items.filter(upper_id__isnull=False, evidence_kind="link_filled").first()
        if reason and line is not None and not line.is_settled:
            with clock.at(self.today - dt.timedelta(days=2)):
                mark_not_applicable(actor=curator, item=line, reason=reason)

    def institution(self, organisation: Organisation, plan: Plan, *, on: dt.date) -> None:
        """Composed, sent, answered and, if it comes so far, approved."""
        curator = _actor(organisation, "curator", Role.CURATOR)
        title = f"Дорожная карта внедрения целевой модели наставничества на {self.year}"
        roadmap = self._create(
            organisation, plan.template, title, curator, on=on, change=ODDITIES.get(plan.odd)
        )
        if plan.until == "draft":
            return
        council = plan.until == "council"
        with clock.at(on + dt.timedelta(days=1)):
            states.send_to_agreement(
                actor=curator,
                roadmap=roadmap,
                by=AgreementBody.COUNCIL if council else AgreementBody.COORDINATOR,
                council="Педагогический совет" if council else "",
            )
        with clock.at(on + dt.timedelta(days=3)):
            self._answer(roadmap, plan, curator, on + dt.timedelta(days=3))
        if plan.is_approved:
            self._approve(roadmap, curator, on=on + dt.timedelta(days=5))

    def _answer(self, roadmap: Roadmap, plan: Plan, curator: Actor, on: dt.date) -> None:
        if plan.until == "returned":
            self._return(roadmap)
        elif plan.until == "council":
            paper = states.Protocol("1", on)
            states.agree(actor=curator, roadmap=roadmap, protocol=paper)
        elif plan.until in {"agreed", "force"}:
            states.agree(actor=self.coordinator, roadmap=roadmap, post=COORDINATOR_POST)

    def _return(self, roadmap: Roadmap) -> None:
        late, silent = roadmap.items.filter(is_group=False, upper_id=None)[6:8]
        states.return_with_comments(
            actor=self.coordinator,
            roadmap=roadmap,
            words="Проверьте осенние сроки: часть из них позже муниципальных.",
            remarks={
                late.pk: "Срок позже, чем в муниципальной дорожной карте.",
                silent.pk: "Не указан ответственный.",
            },
        )

    def _create(
        self,
        organisation: Organisation,
        template: str,
        title: str,
        actor: Actor,
        *,
        on: dt.date,
        change: Change | None = None,
        kind: str = RoadmapKind.INSTITUTION,
    ) -> Roadmap:
        lines = self._lines(template, organisation)
        with clock.at(on):
            return create_from_template(
                actor=actor,
                organisation=organisation,
                code=template,
                title=title,
                period=self.period,
                lines=[change(line) for line in lines] if change else lines,
                kind=kind,
            )

    def _lines(self, template: str, organisation: Organisation) -> tuple[TemplateLine, ...]:
        """Nobody changes a template in this story, so each is read once."""
        if template not in self._templates:
            found = template_of(template, organisation=organisation)
            self._templates[template] = found.lines
        return self._templates[template]

    def _approve(self, roadmap: Roadmap, actor: Actor, *, on: dt.date) -> None:
        """The order is drafted and signed by the head on one day."""
        roadmap.refresh_from_db()
        head = _actor(roadmap.organisation, "head", Role.HEAD)
        with clock.at(on):
            order = paperwork.prepare_approving_order(actor=actor, roadmap=roadmap, on=on)
            services.send_to_sign(actor=actor, document=order)
            services.sign_document(actor=head, document=order, registered_on=on)

    def _work(self, roadmap: Roadmap, actor: Actor, *, words_of: str, is_main: bool) -> None:
        """What no room of the product knows is closed by hand; not everybody gets to it."""
        roadmap.refresh_from_db()
        reevaluate(organisation_id=roadmap.organisation_id, on=self.today)
        done = data("roadmaps")[words_of]
        left = roadmap.items.exclude(state__in=(ItemState.DONE, ItemState.DONE_BY_HAND))
        for item in left.prefetch_related("occurrences"):
            half_done = item.evidence_kind == EvidenceKind.INFORMED and item.evidence_words
            words = "" if half_done else done.get(item.origin.rpartition("/")[2], "")
            due = _first_due(item)
            if words and due is not None and due < self.today and (is_main or item.pk % 2):
                with clock.at(min(due, self.today - dt.timedelta(days=1))):
                    close_item_by_hand(actor=actor, item=item, words=words)
        link = roadmap.items.filter(evidence_kind="link_filled", upper_id__isnull=False).first()
        if is_main and link is not None:
            with clock.at(self.today - dt.timedelta(days=20)):
                address = f"https://{roadmap.organisation.site}/mentoring/"
                set_link(actor=actor, item=link, link=address)

    def _day(self, after: int) -> dt.date:
        """A day counted from the beginning of the year's work, never ahead of yesterday."""
        return min(self.began + dt.timedelta(days=after), self.today - dt.timedelta(days=1))


def _first_due(item: RoadmapItem) -> dt.date | None:
    days = [row.due_on for row in item.occurrences.all() if row.due_on is not None]
    return min(days) if len(days) == 1 else None


def _actor(organisation: Organisation, role: str, granted: Role) -> Actor:
    user = User.objects.get(login=login_of(organisation, role))
    return Actor(user_id=user.pk, label=user.full_name, roles=frozenset({granted}))


def _undated(line: TemplateLine) -> TemplateLine:
    return replace(line, deadline="" if line.code in {"i-14", "i-15", "i-18"} else line.deadline)


def _nobody(line: TemplateLine) -> TemplateLine:
    return replace(
        line, responsible=() if line.code in {"i-08", "i-14", "i-31"} else line.responsible
    )


def _own_words(line: TemplateLine) -> TemplateLine:
    if line.code not in {"i-03", "i-29"}:
        return line
    return replace(line, text=f"{line.text}; пригласить родительский комитет")


ODDITIES: dict[str, Change] = {"undated": _undated, "nobody": _nobody, "words": _own_words}
