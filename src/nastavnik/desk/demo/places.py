"""The invented region's territories and organisations."""

from nastavnik.desk.demo.names import Namer, data
from nastavnik.tenancy.models import Organisation, OrganisationKind, Territory

WOMEN_LEAD = {OrganisationKind.KINDERGARTEN, OrganisationKind.SCHOOL}
MAIN, EMPTY = "school-12", "empty-school"


def make_territories() -> dict[str, Territory]:
    made: dict[str, Territory] = {}
    for row in data("places")["territory"]:
        made[row["slug"]] = Territory.objects.create(
            slug=row["slug"],
            kind=row["kind"],
            name=row["name"],
            parent=made.get(row.get("parent", "")),
        )
    return made


def make_organisations(territories: dict[str, Territory], namer: Namer) -> list[Organisation]:
    """All organisations in the order of the file, each with its head."""
    return [_organisation(row, number, territories, namer) for number, row in _rows()]


def make_planners(territories: dict[str, Territory]) -> list[Organisation]:
    """Institutions that have nothing but a head, a curator and a plan; their names are apart."""
    namer = Namer("Вельмогорск планирует")
    rows = enumerate(data("places")["planner"], 61)
    return [_organisation(row, number, territories, namer) for number, row in rows]


def size_of(organisation: Organisation) -> float:
    """How much history an organisation gets; the main school is 1."""
    return float(next(r["size"] for _, r in _rows() if r["slug"] == organisation.slug))


def _rows() -> list[tuple[int, dict[str, str]]]:
    return list(enumerate(data("places")["organisation"], 1))


def _organisation(
    row: dict[str, str], number: int, territories: dict[str, Territory], namer: Namer
) -> Organisation:
    head = namer.name("female" if row["kind"] in WOMEN_LEAD and number % 3 else "male")
    domain = f"{row['slug']}.example"
    return Organisation.objects.create(
        territory=territories[row["territory"]],
        kind=row["kind"],
        slug=row["slug"],
        short_name=row["short"],
        full_name=row["full"],
        city=row["city"],
        address=row["address"],
        phone=f"2-{10 + number}-{40 + number}",
        email=f"office@{domain}",
        site=domain,
        head_post=row.get("head_post", "директор"),
        head_surname=head.surname,
        head_given=head.given,
        head_patronymic=head.patronymic,
        head_gender=head.gender,
        cases_confirmed=True,
    )
