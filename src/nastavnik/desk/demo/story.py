"""A year and a half of orders on programmes and pairs, day after day."""

import datetime as dt
from collections.abc import Sequence

from nastavnik.desk.demo import clock, roadmaps
from nastavnik.desk.demo.cast import Cast
from nastavnik.desk.demo.office import Office, cancel, revise
from nastavnik.desk.demo.pairs import Term, couples_of, make_pairs
from nastavnik.desk.demo.places import MAIN
from nastavnik.documents.models import Document
from nastavnik.pairs import passport
from nastavnik.pairs.models import InstitutionProgramme, Pair, PairState, ProgrammeState
from nastavnik.pairs.queries import used_places
from nastavnik.pairs.services.composing import move_pair
from nastavnik.pairs.services.ending import close_pair
from nastavnik.pairs.services.ending_orders import prepare_end_order, prepare_replace_order
from nastavnik.pairs.services.orders import prepare_pair_order
from nastavnik.pairs.services.programme import prepare_programme_order, save_programme
from nastavnik.people.models import ConsentKind, ConsentState, MenteeProfile, MentorProfile
from nastavnik.people.requirements import required_consents
from nastavnik.people.services.consents import withdraw_consent

Couples = Sequence[tuple[MentorProfile, Sequence[MenteeProfile]]]
AHEAD = 14
EVENTFUL = 0.65


class Story:
    """Tells what happened to the pairs of one organisation."""

    def __init__(self, office: Office, cast: Cast) -> None:
        self.office, self.cast = office, cast
        self.programme: InstitutionProgramme | None = None
        self.turn = 0

    def couples(
        self, mentors: Sequence[MentorProfile], mentees: Sequence[MenteeProfile]
    ) -> list[tuple[MentorProfile, list[MenteeProfile]]]:
        """Mentors take their turns through the whole story."""
        found = couples_of(mentors, mentees, self.turn)
        self.turn += len(mentees)
        return found

    def make_room(self) -> None:
        """Places of every mentor are enough for those whom the story gave."""
        used = used_places(MentorProfile.objects.values_list("pk", flat=True))
        crowded = [m for m in MentorProfile.objects.filter(pk__in=used) if m.capacity < used[m.pk]]
        for mentor in crowded:
            mentor.capacity = used[mentor.pk]
        MentorProfile.objects.bulk_update(crowded, ["capacity"])

    def programme_of(self, ago: int, until: int, title: str, forms: Sequence[str]) -> None:
        """Compose the passport and have it approved."""
        self.programme = self.passport(ago, until, title, forms)
        self.office.sign(ago - 4, lambda _on: self.programme_order())

    def passport(
        self, ago: int, until: int, title: str, forms: Sequence[str]
    ) -> InstitutionProgramme:
        day, office = self.office.day, self.office
        with clock.at(day(ago)):
            return save_programme(
                actor=office.curator,
                organisation=office.organisation,
                title=title,
                forms=forms,
                role_models=(),
                starts_on=day(ago - 5),
                ends_on=day(until),
                parameters=passport.prefill(
                    starts_on=day(ago - 5), ends_on=day(until), forms=list(forms)
                ),
                network=[{"partner": "Завод «Вельмаш»", "gives": "наставники и экскурсии"}],
            )

    def programme_order(self) -> Document:
        assert self.programme is not None
        return prepare_programme_order(
            actor=self.office.curator,
            organisation=self.office.organisation,
            programme=self.programme,
        )

    def finish_programme(self, ago: int) -> None:
        """The year is over: results are written and the programme is closed."""
        assert self.programme is not None
        with clock.at(self.office.day(ago)):
            self.programme.refresh_from_db()
            self.programme.state = ProgrammeState.FINISHED
            self.programme.parameters["actual"] = "Пары завершили работу, запросы решены."
            self.programme.save(update_fields=["state", "parameters"])

    def agreed(self, ago: int, couples: Couples, until: int, **more: object) -> list[Pair]:
        """Pairs that said «да» and begin two days after `ago`."""
        day = self.office.day
        with clock.at(day(ago)):
            term = Term(day(ago), day(ago - 2), day(until))
            return make_pairs(
                self.office.folk,
                couples,
                term,
                programme=self.programme,
                **more,  # type: ignore[arg-type]
            )

    def order(self, ago: int, couples: Couples, until: int) -> list[Pair]:
        """Pairs made active by a signed order."""
        pairs = self.agreed(ago, couples, until)
        self.office.sign(ago, lambda on: self._pair_order(pairs, on))
        return fresh(pairs)

    def _pair_order(self, pairs: Sequence[Pair], on: dt.date) -> Document:
        return prepare_pair_order(
            actor=self.office.curator,
            organisation=self.office.organisation,
            pairs=pairs,
            on=on,
        )

    def end(self, ago: int, pairs: Sequence[Pair], reason: str, *, early: bool) -> None:
        self.office.sign(
            ago,
            lambda on: prepare_end_order(
                actor=self.office.curator,
                organisation=self.office.organisation,
                pairs=pairs,
                ends_on=on,
                reason=reason,
                is_early=early,
            ),
        )

    def close(self, ago: int, pair: Pair, results: str) -> None:
        """A completed pair with its results instead of an order."""
        with clock.at(self.office.day(ago)):
            close_pair(
                actor=self.office.curator,
                pair=pair,
                on=self.office.day(ago),
                reason="программа выполнена",
                results=results,
            )

    def replace(self, ago: int, old: Pair, mentor: MentorProfile) -> None:
        """Another mentor takes the mentees over."""
        mentees = [m.mentee for m in old.members.select_related("mentee__person")]
        successor = self.agreed(ago + 4, [(mentor, mentees)], -150, replaces=old)[0]
        self.office.sign(
            ago,
            lambda on: prepare_replace_order(
                actor=self.office.curator,
                organisation=self.office.organisation,
                successor=successor,
                starts_on=on,
                reason="наставник переходит на другую работу",
            ),
        )

    def withdraw(self, ago: int, mentee: MenteeProfile) -> None:
        """A consent is withdrawn, and the pair stops at once."""
        person = mentee.person
        kind: ConsentKind = required_consents(person, self.office.folk.today)[0]
        consent = person.consents.get(kind=kind, state=ConsentState.IN_FORCE)
        with clock.at(self.office.day(ago)):
            withdraw_consent(
                actor=self.office.curator,
                consent=consent,
                on=self.office.day(ago),
                reason="семья решила отложить участие",
            )

    def finishing(self, ago: int, pair: Pair) -> None:
        with clock.at(self.office.day(ago)):
            move_pair(
                actor=self.office.curator,
                pair=pair,
                target=PairState.FINISHING,
                reason="идёт итоговая встреча",
            )

    def recalled(self, ago: int, couples: Couples) -> None:
        """An additional order that was a mistake and is cancelled."""
        pairs = self.agreed(ago, couples, -150)
        document = self.office.sign(ago, lambda on: self._pair_order(pairs, on))
        cancel(self.office, ago - 2, document, "в приказе указан не тот наставник")

    def waiting(self, mentors: Sequence[MentorProfile]) -> None:
        """Pairs on their way: on the head's desk, agreed, proposed, declined."""
        parts, day = self.cast.mentees, self.office.day
        term = Term(day(8), day(-AHEAD), day(-AHEAD - 180))
        states = {
            "agreed": PairState.AGREED,
            "proposed": PairState.PROPOSED,
            "declined": PairState.DECLINED,
        }
        with clock.at(day(8)):
            for part, state in states.items():
                couples = self.couples(mentors, parts[part])
                make_pairs(self.office.folk, couples, term, state=state, programme=self.programme)
            couples = self.couples(mentors, parts["in_order"])
            chosen = make_pairs(self.office.folk, couples, term, programme=self.programme)
        self.office.send(2, lambda on: self._pair_order(chosen, on))


def fresh(pairs: Sequence[Pair]) -> list[Pair]:
    return list(Pair.objects.filter(pk__in=[p.pk for p in pairs]).order_by("id"))


def tell_of_children(office: Office, cast: Cast, size: float) -> None:
    """The story of a place where children learn."""
    story, parts, mentors = Story(office, cast), cast.mentees, cast.working
    forms = ["teacher-pupil", "pupil-pupil", "employer-pupil", "student-pupil"]
    if office.organisation.kind == "college":
        forms = ["teacher-student", "student-student", "employer-student"]
    story.programme_of(515, 215, "Первые шаги вместе", forms)
    past = story.order(490, couples_of(mentors, parts["past"]), 210)
    story.close(230, past[0], "Успевает по предмету, выступил на школьной конференции.")
    story.end(220, past[1:], "окончание срока программы", early=False)
    story.finish_programme(205)
    revise(office)
    story.programme_of(125, -200, "Рядом и вместе", forms)
    group = (mentors[0], parts["group"])
    soon, later = parts["active"][:2], parts["active"][2:]
    ending = story.order(115, story.couples(mentors, soon), -9)
    active = story.order(112, [*story.couples(mentors, later), group], -150)
    roadmaps.approve(office.organisation, today=office.folk.today)
    story.order(70, story.couples(mentors, parts["added"]), -180)
    story.order(60, couples_of(cast.mentors["teacher"], parts["young"], 1), -240)
    if size >= EVENTFUL:
        _turns(story, ending, active, mentors)
    story.withdraw(9, parts_of(active[2])[0])
    story.waiting(mentors)
    story.programme = story.passport(10, -120, "Летняя мастерская", forms[:1])
    story.make_room()
    if office.organisation.slug != MAIN:
        office.send(1, lambda _on: story.programme_order())


def _turns(
    story: Story, ending: Sequence[Pair], active: Sequence[Pair], mentors: Sequence[MentorProfile]
) -> None:
    """What does not happen everywhere: a mistaken order, an early end, another mentor."""
    parts, free = story.cast.mentees, story.cast.mentors["free"]
    story.recalled(45, story.couples(mentors, parts["recalled"]))
    story.end(30, active[:1], "наставляемый перешёл в другую школу", early=True)
    story.replace(20, active[1], free[0])
    story.finishing(5, ending[0])


def tell_of_staff(office: Office, cast: Cast) -> None:
    """The story of a place where colleagues help colleagues."""
    story, young = Story(office, cast), cast.mentees["young"]
    revise(office)
    story.programme_of(125, -230, "Педагог – педагогу", ["pedagogue-pedagogue"])
    story.order(100, couples_of(cast.mentors["teacher"], young), -230)


def parts_of(pair: Pair) -> list[MenteeProfile]:
    return [m.mentee for m in pair.members.select_related("mentee__person")]
