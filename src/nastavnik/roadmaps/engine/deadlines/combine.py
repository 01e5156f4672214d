"""What neighbouring phrases say together: a shared year, bounds of a repetition, its month or day."""

from dataclasses import replace

from nastavnik.roadmaps.engine.deadlines import asks
from nastavnik.roadmaps.engine.deadlines.model import Kind
from nastavnik.roadmaps.engine.deadlines.phrases import Phrase, Point
from nastavnik.roadmaps.engine.deadlines.recurrence import Recurrence

_DATED = (Kind.DUE, Kind.MONTH, Kind.MONTH_RANGE, Kind.RANGE)
_SPANS = (Kind.PERIOD, Kind.MONTH_RANGE, Kind.RANGE)
_REPEATED = (Kind.RECURRING, Kind.MIN_FREQUENCY)
_YEARLY = ("year", "calendar year", "academic year")


def combine(phrases: list[Phrase]) -> list[Phrase]:
    """The phrases of one cell after they have explained each other; order is kept."""
    if len(phrases) > 1:
        phrases = _fold_days(phrases)
        phrases = _share_year(phrases)
        phrases = _fold_yearly(phrases)
        phrases = _bound(phrases)
        _spread_years(phrases)
    return [_lonely_day(phrase) for phrase in phrases]


def _absorb(into: Phrase, phrase: Phrase) -> None:
    into.spans = sorted(into.spans + phrase.spans)
    into.question = into.question or phrase.question


def _fold_days(phrases: list[Phrase]) -> list[Phrase]:
    """«ежемесячно, до 25 числа», «еженедельно по средам»: the day belongs to the repetition."""
    home = next((p for p in phrases if p.recurrence and _is_bare(p.recurrence)), None)
    day = next((p for p in phrases if p.recurrence and p is not home), None)
    if home is None or day is None or home.recurrence is None or day.recurrence is None:
        return phrases
    merged = _with_day(home.recurrence, day)
    if merged is None:
        return phrases
    if merged.weekday and not merged.nth and merged.unit == "month":
        home.question = asks.WHICH_WEEKDAY
    home.recurrence = merged
    _absorb(home, day)
    return [phrase for phrase in phrases if phrase is not day]


def _is_bare(rule: Recurrence) -> bool:
    return rule == Recurrence(rule.unit, at_least=rule.at_least)


def _with_day(home: Recurrence, day: Phrase) -> Recurrence | None:
    """The repetition with the day said beside it; None when they do not belong together."""
    said = day.recurrence
    if said is None or _is_bare(said) or said.every > 1 or said.times > 1 or said.months:
        return None
    by_months = home.unit in ("month", "quarter") and (day.day_only or said.next_month)
    by_week = home.unit == "month" and said.unit == "week"
    if said.unit != home.unit and not by_months and not by_week:
        return None
    return replace(said, unit=home.unit, at_least=home.at_least)


def _share_year(phrases: list[Phrase]) -> list[Phrase]:
    """«в 2022 году: март, май», «май, август, 2022 г.»: a lone year serves its neighbours."""
    lone = [phrase for phrase in phrases if phrase.year_only]
    others = [phrase for phrase in phrases if not phrase.year_only]
    if len(lone) != 1 or lone[0].start is None:
        return phrases
    year = lone[0].start
    needy = [phrase for phrase in others if _lacks_year(phrase)]
    if not needy:
        return phrases
    for phrase in needy:
        phrase.start = phrase.start and _in_year(phrase.start, year)
        phrase.end = phrase.end and _in_year(phrase.end, year)
    at = phrases.index(lone[0])
    _absorb(phrases[at - 1] if at else phrases[at + 1], lone[0])
    return others


def _lacks_year(phrase: Phrase) -> bool:
    if phrase.kind not in _DATED or phrase.scope == "unknown":
        return False
    points = [point for point in (phrase.start, phrase.end) if point]
    return bool(points) and all(point.year is None for point in points)


def _in_year(point: Point, year: Point) -> Point:
    return replace(point, year=year.year, academic=year.academic, short=year.short)


def _fold_yearly(phrases: list[Phrase]) -> list[Phrase]:
    """«ежегодно, май», «до 1 сентября ежегодно»: the month or day of a yearly repetition."""
    yearly = next((p for p in phrases if _is_bare_yearly(p)), None)
    if yearly is None or yearly.recurrence is None:
        return phrases
    dated = [p for p in phrases if _lacks_year(p) and _fits_yearly(p)]
    # «2 раза в год: декабрь, май» names both of its times.
    if not dated or yearly.recurrence.times not in {1, len(dated)}:
        return phrases
    rules = _yearly_rules(replace(yearly.recurrence, times=1), dated)
    months = [month for rule in rules for month in rule.months]
    mixed = any(phrase.kind is Kind.PERMANENT for phrase in phrases)
    yearly.recurrence = rules[0]
    for phrase in dated:
        phrase.question = ""
        _absorb(yearly, phrase)
    if mixed:
        yearly.question = asks.MIXED_YEARLY.format(months=asks.month_names(months))
    more = [replace(yearly, recurrence=rule) for rule in rules[1:]]
    left = [phrase for phrase in phrases if phrase not in dated]
    at = left.index(yearly) + 1
    return [*left[:at], *more, *left[at:]]


def _is_bare_yearly(phrase: Phrase) -> bool:
    rule = phrase.recurrence
    if rule is None or phrase.kind not in _REPEATED or rule.unit not in _YEARLY:
        return False
    return _is_bare(replace(rule, times=1))


def _fits_yearly(phrase: Phrase) -> bool:
    return not phrase.edge and bool(phrase.end) and not phrase.scope


def _yearly_rules(bare: Recurrence, dated: list[Phrase]) -> list[Recurrence]:
    """One rule for a list of months; days and stretches of months have a rule each."""
    listed = [p.end.month for p in dated if p.kind is Kind.MONTH and p.end and p.end.month]
    rules = [replace(bare, months=tuple(listed))] if listed else []
    for phrase in dated:
        start, end = phrase.start, phrase.end
        if phrase.kind is Kind.MONTH or end is None or end.month is None:
            continue
        if phrase.kind is Kind.DUE or start is None or start.month is None:
            rules.append(replace(bare, months=(end.month,), day=end.day))
        else:
            rules.append(replace(bare, months=(start.month,), through=end.month, day=end.day))
    return rules


def _bound(phrases: list[Phrase]) -> list[Phrase]:
    """«ежемесячно с сентября по май», «ежеквартально декабрь 2021 г.»: bounds of a repetition."""
    repeated = [phrase for phrase in phrases if phrase.kind in _REPEATED]
    others = [phrase for phrase in phrases if phrase.kind not in _REPEATED]
    spans = [p for p in others if p.kind in _SPANS and p.scope != "unknown"]
    if not repeated:
        return phrases
    if len(spans) == 1:
        for phrase in repeated:
            _bind(phrase, spans[0])
        return [phrase for phrase in phrases if phrase is not spans[0]]
    single = next((p for p in others if p.kind in (Kind.MONTH, Kind.DUE) and p.end), None)
    if single is None or spans:
        return phrases
    return _bound_by_single(phrases, repeated, single)


def _bind(phrase: Phrase, span: Phrase) -> None:
    phrase.start, phrase.end = span.start, span.end
    phrase.scope, phrase.edge = span.scope or phrase.scope, span.edge
    _absorb(phrase, span)


def _bound_by_single(phrases: list[Phrase], repeated: list[Phrase], single: Phrase) -> list[Phrase]:
    end = single.end or Point()
    units = {phrase.recurrence.unit for phrase in repeated if phrase.recurrence}
    if single.kind is Kind.MONTH and units <= {"day", "week"}:
        for phrase in repeated:
            _bind(phrase, single)
        return [phrase for phrase in phrases if phrase is not single]
    for phrase in repeated:
        year = Point(year=end.year, academic=end.academic, short=end.short) if end.year else None
        phrase.start, phrase.end = year, year
        if single.kind is Kind.MONTH and end.month:
            phrase.question = asks.RECURRING_AND_MONTH.format(month=asks.MONTHS[end.month - 1])
        else:
            phrase.question = asks.RECURRING_UNTIL
    return phrases


def _spread_years(phrases: list[Phrase]) -> None:
    """«май, август 2022 г.»: the year said last serves those before it."""
    for phrase in phrases:
        _even_years(phrase)
    following: Point | None = None
    for phrase in reversed(phrases):
        if phrase.kind not in _DATED:
            following = None
        elif not _lacks_year(phrase):
            following = phrase.start or phrase.end
        elif following is not None and following.year is not None:
            last = phrase.end or phrase.start
            over = not following.academic and bool(last) and _order(last) > _order(following)
            year = replace(following, year=following.year - 1) if over else following
            phrase.start = phrase.start and _in_year(phrase.start, year)
            phrase.end = phrase.end and _in_year(phrase.end, year)
            phrase.lent = True
            if over:
                phrase.question = phrase.question or asks.LIST_OVER_NEW_YEAR
            following = phrase.start or phrase.end


def _even_years(phrase: Phrase) -> None:
    """«сентябрь-октябрь 2022 г.»: the start takes the year of the end, or the one before it."""
    start, end = phrase.start, phrase.end
    if start and end and start.year is None and end.year is not None and start.month:
        turns = not end.academic and _order(start) > _order(end)
        phrase.start = _in_year(start, replace(end, year=end.year - turns))


def _order(point: Point | None) -> tuple[int, int]:
    return (point.month or 0, point.day or 0) if point else (0, 0)


def _lonely_day(phrase: Phrase) -> Phrase:
    """«до 25 числа» and nothing else: of which month?"""
    if not phrase.day_only:
        return phrase
    return Phrase(Kind.DUE, question=asks.DAY_OF_WHICH_MONTH, scope="unknown", spans=phrase.spans)
