"""What the informing campaign can prove to a roadmap line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nastavnik.documents.context import school_year
from nastavnik.informing.audiences import Audience, GatheringKind
from nastavnik.informing.models import Gathering, InformingCampaign, Letter, Publication, Stage
from nastavnik.informing.queries.campaign import gatherings
from nastavnik.roadmaps.evidence import (
    Evidence,
    EvidenceKind,
    Parameter,
    Rules,
    Work,
    earliest,
    enough,
    register,
    register_document_work,
    within,
)
from nastavnik.shared.typography import counted

_A = Audience
#: Lines that tell several audiences at once; each audience has its own protocol.
TOGETHER: Mapping[str, tuple[str, tuple[Audience, ...]]] = {
    "school": ("педагоги, родители и обучающиеся", (_A.STAFF, _A.PARENTS, _A.PUPILS)),
    "start": (
        "педагоги, обучающиеся и внешняя аудитория",
        (_A.STAFF, _A.PUPILS, _A.OUTSIDE),
    ),
    "launch": (
        "обучающиеся, родители, педагоги, молодые специалисты, работодатели",
        (_A.PUPILS, _A.PARENTS, _A.STAFF, _A.YOUNG, _A.EMPLOYERS),
    ),
    "region": ("выпускники и предприятия", (_A.GRADUATES, _A.EMPLOYERS)),
}


@dataclass(frozen=True)
class _Known:
    """All gatherings and publications of the organisation, read once for all lines."""

    gatherings: Sequence[Gathering]
    publications: Sequence[Publication]
    asked: Mapping[str, frozenset[str]]  # school year → audiences of its campaign


def informed(rules: Rules, on: date) -> Sequence[Evidence | None]:
    """For each rule the protocols of its audiences or of its kind of gathering; three queries."""
    known = _Known(
        list(gatherings().select_related("protocol", "campaign").order_by("-on", "-id")),
        list(Publication.objects.filter(published_on__lte=on)),
        {
            row.school_year: frozenset(row.audiences)
            for row in InformingCampaign.objects.only("school_year", "audiences", "organisation")
        },
    )
    return [_informed(rule, known, on) for rule in rules]


def media_at_least(parameters: Mapping[str, Any], on: date) -> Evidence | None:
    rows = Publication.objects.filter(published_on__lte=on)
    forms = ("публикация", "публикации", "публикаций")
    return _days_enough("вышло", forms, rows.values_list("published_on", flat=True), parameters)


def letters_sent(parameters: Mapping[str, Any], on: date) -> Evidence | None:
    rows = Letter.objects.filter(mailing__sent_on__lte=on)
    forms = ("письмо", "письма", "писем")
    return _days_enough(
        "отправлено", forms, rows.values_list("mailing__sent_on", flat=True), parameters
    )


def _informed(rule: Mapping[str, Any], known: _Known, on: date) -> Evidence | None:
    about = str(rule.get("about", "school"))
    rows = [
        row for row in known.gatherings if row.on is None or within(row.on, rule, of_period=True)
    ]
    if about not in TOGETHER:
        found = _of_one(about, rows, known, rule, on)
        return found[1] if found else None
    asked = _asked(known, rule)
    wanted = [code for code in TOGETHER[about][1] if code in asked]
    found_all = [_of_one(code, rows, known, rule, on) for code in wanted]
    proven = [found for found in found_all if found is not None and found[1].is_met]
    if wanted and len(proven) == len(wanted):
        on_last = max(found[1].on for found in proven if found[1].on)
        return Evidence(f"закрыто: {'; '.join(found[0] for found in proven)}", on_last)
    if not any(found_all):
        return None
    return Evidence(f"подтверждено {len(proven)} из {len(wanted)}", is_met=False)


def _asked(known: _Known, rule: Mapping[str, Any]) -> set[str]:
    """Audiences of the campaigns of the line's time: one that nobody tells is not waited for."""
    since = earliest(rule)
    first = school_year(since) if since else ""
    return {code for year, codes in known.asked.items() if year >= first for code in codes}


def _of_one(
    about: str, rows: Iterable[Gathering], known: _Known, rule: Mapping[str, Any], on: date
) -> tuple[str, Evidence] | None:
    """(short words, the proof or the work on the way) for one audience or kind of gathering."""
    own = [row for row in rows if about in (row.audience, row.kind)]
    for row in own:
        proof = row.proof
        if proof is not None and proof.on <= on:
            short = f"протокол {proof}"
            words = f"закрыто протоколом {proof}, {row.name}"
            return short, Evidence(words, proof.on, proof.document_id)
    if about == Audience.OUTSIDE:
        for item in known.publications:
            if within(item.published_on, rule, of_period=True):
                short = f"{item.outlet}, {item.published_on:%d.%m.%Y}"
                return short, Evidence(f"закрыто публикацией: {short}", item.published_on)
    for row in own:
        if row.on is not None:
            told = row.stage(on) == Stage.HELD
            words = "прошло, протокола нет" if told else "назначено"
            text = f"{row.name}: {words}, {row.on:%d.%m.%Y}"
            return text, Evidence(text, is_met=False)
    return None


def _days_enough(
    verb: str, forms: tuple[str, str, str], found: Iterable[date], parameters: Mapping[str, Any]
) -> Evidence | None:
    """«отправлено 12 писем»: as many days within the time of the line as it asks for."""
    days = [day for day in found if within(day, parameters, of_period=True)]
    words = f"{verb} {counted(len(days), *forms)}"
    return enough(len(days), words, parameters, on=max(days, default=None))


def informed_choices() -> list[tuple[str, str]]:
    """Audiences, several audiences together, kinds of gatherings."""
    return [
        *((code, label) for code, (label, _) in TOGETHER.items()),
        *((str(code), label) for code, label in Audience.choices),
        *(
            (str(code), f"протокол: {label}")
            for code, label in GatheringKind.choices
            if code != GatheringKind.OTHER
        ),
    ]


_CAMPAIGN = Work("Открыть информирование", "informing:campaign")
_MEDIA = Work("Открыть публикации", "informing:media")
_LETTERS = Work("Открыть письма", "informing:letters")


def register_all() -> None:
    register(
        EvidenceKind.INFORMED,
        find_many=informed,
        title="О программе рассказали, есть протокол",
        parameters=(
            Parameter(
                "about", "Кому или где", "choice", default="school", choices=informed_choices
            ),
        ),
        work=_CAMPAIGN,
        hint="Внесены номер и дата протокола каждой названной встречи.",
    )
    register(
        EvidenceKind.MEDIA_AT_LEAST,
        media_at_least,
        title="О программе написали в СМИ не меньше раз, чем нужно",
        parameters=(Parameter("number", "Сколько публикаций", "number", default=1),),
        work=_MEDIA,
        hint="В списке публикаций записей не меньше, чем нужно.",
    )
    register(
        EvidenceKind.LETTERS_SENT,
        letters_sent,
        title="Отправлено не меньше писем, чем нужно",
        parameters=(Parameter("number", "Сколько писем", "number", default=1),),
        work=_LETTERS,
        hint="Письма отмечены отправленными, их не меньше, чем нужно.",
    )
    register_document_work("informing_protocol", _CAMPAIGN, is_yearly=True)
    register_document_work(
        "informing_booklet", Work("Открыть буклет", "informing:booklet"), is_yearly=True
    )
    register_document_work("informing_letter", _LETTERS, is_yearly=True)
    register_document_work(
        "informing_class_sheet", Work("Открыть объявления", "informing:sheets"), is_yearly=True
    )
