"""The verdict on consents as SQL, for filters and shares; equal to `requirements.missing_consents`."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from nastavnik.people.models import Category, Consent, ConsentState
from nastavnik.people.models.person import ADULT_AGE, OWN_SIGNATURE_AGE
from nastavnik.people.requirements import ADULT_KINDS, CHILD_KINDS


def years_before(day: date, years: int) -> date:
    """The birthday of someone who is `years` old today; 29 February counts as 28."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - years, 2, 28)
    return day.replace(year=day.year - years)


def younger_than(years: int, on: date, prefix: str) -> Q:
    """Of known age and under `years` on the day; a lone year of birth counts as 31 December."""
    last_day = (on.month, on.day) == (12, 31)
    youngest_year = on.year - years + (1 if last_day else 0)
    exact = Q(**{f"{prefix}birth_date__gt": years_before(on, years)})
    by_year = Q(**{f"{prefix}birth_date__isnull": True, f"{prefix}birth_year__gte": youngest_year})
    return exact | by_year


def minor_on(on: date, prefix: str = "person__") -> Q:
    """Under 18; a pupil whose age is unknown counts as one."""
    unknown = Q(
        **{
            f"{prefix}birth_date__isnull": True,
            f"{prefix}birth_year__isnull": True,
            f"{prefix}category": Category.PUPIL,
        }
    )
    return younger_than(ADULT_AGE, on, prefix) | unknown


def consents_in_order(on: date, *, person: str = "person_id", prefix: str = "person__") -> Q:
    """Every consent that the law wants from the person holds on the day."""
    in_force = _in_force(on, person)
    child, signed, adult = Q(), Q(), Q()
    for kind in CHILD_KINDS:
        child &= Q(Exists(in_force.filter(kind=kind)))
        signed &= Q(Exists(in_force.filter(kind=kind, child_signed=True)))
    for kind in ADULT_KINDS:
        adult &= Q(Exists(in_force.filter(kind=kind)))
    minor = minor_on(on, prefix)
    small = younger_than(OWN_SIGNATURE_AGE, on, prefix) | Q(
        **{f"{prefix}birth_date__isnull": True, f"{prefix}birth_year__isnull": True}
    )
    return (minor & small & child) | (minor & ~small & signed) | (~minor & adult)


def _in_force(on: date, person: str) -> QuerySet[Consent]:
    rows: QuerySet[Consent] = Consent.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        person_id=OuterRef(person),
        state=ConsentState.IN_FORCE,
    )
    return rows
