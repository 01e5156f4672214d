"""Reading documents, journals and templates."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from nastavnik.accounts.actor import Actor
from nastavnik.documents.kinds import CLOSED_FOLDER, FOLDERS, kind_of
from nastavnik.documents.models import Document, DocumentState, DocumentTemplate, Journal
from nastavnik.documents.policies import sees_closed_folder
from nastavnik.shared.text import search_key
from nastavnik.tenancy.models import Organisation, Territory
from nastavnik.tenancy.scope import scopes_disabled

Documents = QuerySet[Document]
HEAVY = ("file", "scan", "data", "choices")


def documents_open_to(actor: Actor) -> Documents:
    """Documents of the organisation in scope that the actor may read; dropped drafts are gone."""
    rows: Documents = Document.objects.exclude(state=DocumentState.DROPPED)
    return rows if sees_closed_folder(actor) else rows.exclude(folder=CLOSED_FOLDER)


def found(rows: Documents, text: str) -> Documents:
    """Documents whose heading or number contains the words."""
    for word in search_key(text).split():
        rows = rows.filter(search_key__contains=word)
    return rows


def filtered(
    rows: Documents,
    *,
    q: str = "",
    state: str = "",
    kind: str = "",
    since: date | None = None,
    till: date | None = None,
) -> Documents:
    """The register narrowed down; dates are those of registration."""
    rows = found(rows, q)
    exact = {"state": state, "kind": kind, "registered_on__gte": since, "registered_on__lte": till}
    return rows.filter(**{name: value for name, value in exact.items() if value})


def documents_to_sign(actor: Actor) -> Documents:
    """What waits for the head, oldest first."""
    return documents_open_to(actor).filter(state=DocumentState.TO_SIGN).order_by("id")


def followers_of(document: Document) -> Documents:
    """Documents that cancel, amend or accompany this one."""
    rows: Documents = document.followers.exclude(state=DocumentState.DROPPED)
    return rows.defer(*HEAVY).order_by("id")


def next_number(journal: Journal, year: int) -> int:
    """The next free number of a journal in a year: after the greatest one."""
    rows = Document.objects.filter(journal=journal, year=year)
    greatest: int | None = rows.aggregate(greatest=Max("number"))["greatest"]
    first = journal.start_number if journal.start_year in {None, year} else 1
    return max(first, (greatest or 0) + 1)


def journal_documents(journal: Journal, year: int) -> Documents:
    """Registered documents of a journal in the order of their numbers."""
    rows: Documents = Document.objects.filter(
        journal=journal, year=year, registered_on__isnull=False
    )
    return rows.annotate(place=Coalesce("number", 0)).order_by("place", "number_text", "id")


def years_of(journal: Journal) -> list[int]:
    rows = Document.objects.filter(journal=journal, year__isnull=False).order_by("-year")
    return [year for year in rows.values_list("year", flat=True).distinct() if year]


@dataclass(frozen=True)
class Folder:
    """A folder of «Дело» with the number of its signed documents and of drafts."""

    code: str
    title: str
    signed: int
    drafts: int


def folders(actor: Actor, school_year: str = "") -> list[Folder]:
    """All twelve folders with counts, in one query."""
    rows = documents_open_to(actor)
    if school_year:
        rows = rows.filter(school_year=school_year)
    counted: dict[str, tuple[int, int]] = {
        row["folder"]: (row["signed"], row["drafts"])
        for row in rows.order_by()
        .values("folder")
        .annotate(
            signed=Count("id", filter=Q(registered_on__isnull=False)),
            drafts=Count("id", filter=Q(registered_on__isnull=True)),
        )
    }
    shown = FOLDERS if sees_closed_folder(actor) else FOLDERS.keys() - {CLOSED_FOLDER}
    return [Folder(code, FOLDERS[code], *counted.get(code, (0, 0))) for code in sorted(shown)]


def folder_documents(actor: Actor, folder: str, school_year: str = "") -> Documents:
    """Signed documents of a folder by date."""
    rows = documents_open_to(actor).filter(folder=folder, registered_on__isnull=False)
    if school_year:
        rows = rows.filter(school_year=school_year)
    return rows.order_by(F("registered_on").asc(), "id").defer(*HEAVY)


def school_years() -> list[str]:
    rows = Document.objects.exclude(school_year="")
    return list(rows.order_by("-school_year").values_list("school_year", flat=True).distinct())


def active_templates(
    owner: Organisation | Territory, kind: str = ""
) -> dict[str, DocumentTemplate]:
    """The nearest replacement in use of each kind that has one (or of one kind), in one query."""
    territory = owner if isinstance(owner, Territory) else owner.territory
    line = territory.ancestor_ids
    owners = Q(territory_id__in=line)
    if isinstance(owner, Organisation):
        owners |= Q(organisation=owner)
    rows = DocumentTemplate.objects.filter(owners, is_active=True)
    rows = rows.select_related("territory").defer("file")
    if kind:
        rows = rows.filter(kind=kind)
    depth = {pk: place for place, pk in enumerate(line)}
    found: dict[str, DocumentTemplate] = {}
    for row in sorted(
        rows, key=lambda row: (row.organisation_id is not None, depth.get(row.territory_id or 0, 0))
    ):
        found[row.kind] = row
    return found


def own_templates(owner: Organisation | Territory, kind: str) -> QuerySet[DocumentTemplate]:
    """Versions that the organisation or the territory itself uploaded, newest first."""
    place = {"territory" if isinstance(owner, Territory) else "organisation": owner}
    return DocumentTemplate.objects.filter(kind=kind, **place).order_by("-version")


def owner_words(template: DocumentTemplate | None) -> str:
    """Whose template it is: «общий», the territory, «свой»."""
    if template is None:
        return "общий"
    if template.organisation_id is not None:
        return f"свой, версия {template.version}"
    return f"{template.territory}, версия {template.version}"


@dataclass(frozen=True)
class PublicFace:
    """What anybody holding the paper may learn: nothing that is not printed on its head."""

    kind_title: str
    state: str
    number: str
    registered_on: date | None
    organisation_id: int
    organisation: str
    slug: str
    pk: int


def public_face(token: str) -> PublicFace | None:
    """The document behind a QR code, without heading, people or text."""
    with scopes_disabled(reason="the QR code of a paper names no organisation"):
        row = (
            Document.objects.filter(token=token)
            .exclude(state=DocumentState.DROPPED)
            .values(
                "kind",
                "state",
                "number_text",
                "registered_on",
                "organisation_id",
                "organisation__short_name",
                "organisation__slug",
                "pk",
            )
            .first()
        )
    if row is None:
        return None
    return PublicFace(
        kind_title=kind_of(row["kind"]).title,
        state=row["state"],
        number=row["number_text"],
        registered_on=row["registered_on"],
        organisation_id=row["organisation_id"],
        organisation=row["organisation__short_name"],
        slug=row["organisation__slug"],
        pk=row["pk"],
    )
