"""Every address of the product, what it demands, and values for its parameters.

A new address must find its place here: a page states its permission by `@page`, a public view its
reason in PUBLIC_VIEWS, and each parameter is either a row (ROWS) or a word (WORDS).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from nastavnik.accounts.models import RoleGrant
from nastavnik.councils.models import Council, Sitting
from nastavnik.documents.models import Document
from nastavnik.events.models import Event
from nastavnik.informing.models import (
    ClassSheet,
    Gathering,
    InformingCampaign,
    Mailing,
    Publication,
    Slip,
)
from nastavnik.library.models import OwnEntry
from nastavnik.matching.models import Find, MatchChange, MatchRule, MatchRun
from nastavnik.pairs.models import InstitutionProgramme, Newcomer, Pair
from nastavnik.people.models import (
    Certificate,
    Consent,
    ImportBatch,
    LoanCall,
    LoanRequest,
    MenteeProfile,
    MenteeRequest,
    MentorCompetence,
    MentorProfile,
    Person,
    Representative,
)
from nastavnik.roadmaps.models import Roadmap, RoadmapImport, RoadmapItem, RoadmapTarget
from nastavnik.shared.page import PageSpec, spec_of
from nastavnik.surveys.models import Campaign
from nastavnik.tenancy.models import Organisation
from tests.walls.world import first_row

# Open without a role at an institution or territory, and why.
PUBLIC_VIEWS: dict[str, str] = {
    "healthz": "the watchman of the server has no account",
    "shared:display": "low vision is chosen before signing in",
    "shared:kit": "the living page: demonstration and server administrator only, else 404",
    "shared:more": "rooms of the signed-in person; asks each room's own permission",
    "accounts:login": "signing in",
    "accounts:logout": "ends the session that asks for it",
    "accounts:demo": "404 outside the demonstration",
    "accounts:invitation": "the link's token is the permission",
    "pairs:yes": "the personal link's token is the permission",
    "surveys:answer": "the personal link's token is the permission",
    "informing:join": "the printed address is the permission; it shows nothing and takes a slip",
    "events:checkin": "the token of the QR code is the permission",
    "roadmaps:feed": "the secret address of a calendar is the permission",
    "documents:landing": "the QR code of a paper shows only what its head shows",
}
# Public views that still want a signed-in person.
SIGNED_IN = frozenset({"shared:more"})

# Parameter -> model of the row it names; looked up by (application, parameter), then parameter.
ROWS: dict[str, type] = {
    "documents:pk": Document,
    "person_id": Person,
    "request_id": MenteeRequest,
    "competence_id": MentorCompetence,
    "representative_id": Representative,
    "mentor_id": MentorProfile,
    "mentee_id": MenteeProfile,
    "certificate_id": Certificate,
    "consent_id": Consent,
    "batch_id": ImportBatch,
    "import_id": RoadmapImport,
    "grant_id": RoleGrant,
    "roadmaps:pk": Roadmap,
    "roadmaps:item_id": RoadmapItem,
    "roadmaps:target_id": RoadmapTarget,
    "councils:pk": Council,
    "councils:sitting_id": Sitting,
    "councils:document_id": Document,
    "events:pk": Event,
    "slip_id": Slip,
    "sheet_id": ClassSheet,
    "informing:gathering_id": Gathering,
    "informing:campaign_id": InformingCampaign,
    "informing:mailing_id": Mailing,
    "informing:publication_id": Publication,
    "pairs:pk": Pair,
    "pairs:newcomer-withdraw:newcomer_id": Newcomer,
    "pairs:document_id": Document,
    **dict.fromkeys(
        (
            "pairs:programme:pk",
            "pairs:programme-results:pk",
            "pairs:programme-finish:pk",
            "pairs:programme-order:pk",
        ),
        InstitutionProgramme,
    ),
    "pairs:match-undo:pk": MatchRule,
    "pairs:find-close:pk": Find,
    **dict.fromkeys(
        (
            "pairs:loan-request:pk",
            "pairs:loan-withdraw:pk",
            "pairs:loan-introduce:pk",
            "pairs:loan-enter:pk",
            "pairs:loan-end:pk",
        ),
        LoanRequest,
    ),
    **dict.fromkeys(
        (
            *("pairs:loan-call:pk", "pairs:loan-agree:pk", "pairs:loan-decline:pk"),
            *("pairs:loan-link:pk", "pairs:loan-slip:pk"),
        ),
        LoanCall,
    ),
    "surveys:pk": Campaign,
    "pairs:match-undo-change:pk": MatchChange,
    "pairs:match-run:pk": MatchRun,
    "pairs:match-stop:pk": MatchRun,
    "pairs:match-restart:pk": MatchRun,
    "pairs:match-repeat:pk": MatchRun,
    "pairs:match-take:pk": MatchRun,
    "pairs:match-variant:pk": MatchRun,
    "pairs:first": MatchRun,
    "pairs:second": MatchRun,
}
WORDS: dict[str, str] = {
    "documents:kind": "order_introduction",
    "events:number": "1",
    "documents:folder": "02",
    "documents:token": "no-such-token",
    "library:dictionary": "acts",
    "roadmaps:paper": "plan",
    "token": "no-such-token",
    "people:kind": "pd_child",
    "people:import-sample:kind": "mentees",
    "people:certificate-not-required:kind": "no_record",
    "desk:slug": "own",
}
NODES = frozenset({"org", "territory"})


@dataclass(frozen=True)
class Address:
    """One URL pattern."""

    name: str
    parameters: tuple[str, ...]
    view: Any

    @property
    def application(self) -> str:
        return self.name.partition(":")[0]

    @property
    def spec(self) -> PageSpec | None:
        return spec_of(self.view)

    def row_parameters(self) -> dict[str, type]:
        return self._named(ROWS)

    def _named(self, table: dict[str, Any]) -> dict[str, Any]:
        """What the table says of each parameter: of this address, of the application, of all."""
        found = {}
        for name in self.parameters:
            for key in (f"{self.name}:{name}", f"{self.application}:{name}", name):
                if key in table:
                    found[name] = table[key]
                    break
        return found

    def unknown_parameters(self) -> set[str]:
        known = NODES | self.row_parameters().keys() | self._words().keys()
        return set(self.parameters) - known

    def _words(self) -> dict[str, str]:
        found = self._named(WORDS)
        if self.application == "library" and "code" in self.parameters:
            found["code"] = ""
        return found

    def path(self, node: str, organisation: Organisation, **other_rows: int) -> str:
        """The address at a node, with rows of `organisation` unless others are given."""
        values: dict[str, Any] = self._words()
        if "code" in values:
            values |= library_entry(organisation, own="org" in self.parameters)
        owner = office_of(organisation) if self.is_of_office else organisation
        for name, model in self.row_parameters().items():
            values[name] = other_rows.get(name) or first_row(model, owner).pk
        values |= {name: node for name in NODES if name in self.parameters}
        wanted = {name: value for name, value in values.items() if name in self.parameters}
        return reverse(self.name, kwargs=wanted)

    @property
    def is_of_office(self) -> bool:
        """Councils of a territory are rows of its office."""
        return self.application == "councils" and "territory" in self.parameters

    def strange_row(self, name: str, organisation: Organisation) -> int:
        return int(first_row(self.row_parameters()[name], organisation).pk)


def library_entry(organisation: Organisation, *, own: bool) -> dict[str, str]:
    """An entry that the level owns: only the owner may change it."""
    if not own:
        return {"dictionary": "acts", "code": "territory-act"}
    row = first_row(OwnEntry, organisation)
    return {"dictionary": row.dictionary, "code": row.code}


def office_of(organisation: Organisation) -> Organisation:
    """The authority of the organisation's territory; of the own one when there is none."""
    offices = Organisation.objects.filter(kind="authority")
    return offices.filter(territory=organisation.territory).first() or offices.first()


def addresses() -> list[Address]:
    """Every pattern of the URLconf, by name."""
    found = list(_walk(get_resolver(), ""))
    nameless = [address for address in found if not address.name]
    if nameless:
        raise AssertionError(f"addresses without a name: {nameless}")
    return sorted(found, key=lambda address: address.name)


def _walk(resolver: URLResolver, namespace: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, inner)
        elif isinstance(entry, URLPattern):
            name = f"{namespace}{entry.name}" if entry.name else ""
            yield Address(name, tuple(entry.pattern.converters), entry.callback)
