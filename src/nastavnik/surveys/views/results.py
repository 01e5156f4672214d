"""«Итоги опроса»: who chose whom, for the curator alone."""

from django.http import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.people.models import Person
from nastavnik.shared.page import page
from nastavnik.surveys.queries.results import Line
from nastavnik.surveys.queries.results import results as results_of
from nastavnik.surveys.views.common import OrgRequest, campaign_or_404

COLUMNS = ["Наставляемый", "Наставник", "Выбор наставляемого", "Выбор наставника"]


@page("surveys.choices")
def results(request: OrgRequest, pk: int) -> HttpResponseBase:
    found = campaign_or_404(pk)
    today = timezone.localdate()
    told = results_of(found, today)
    context = {
        "campaign": found,
        "results": told,
        "columns": COLUMNS,
        "mutual": [_cells(line) for line in told.mutual],
        "one_sided": [_cells(line) for line in told.one_sided],
        "avoided_columns": ["Кто просит", "С кем не стоит"],
        "avoided": [
            [_person(chooser.person), _person(about.person)] for chooser, about in told.avoided
        ],
        "org": request.organisation.slug,
        "can_analyse": not told.is_empty and not found.is_open_on(today),
        "may_prepare": bool(request.actor.can("documents.edit")),
    }
    return TemplateResponse(request, "surveys/results.html", context)


def _cells(line: Line) -> list[str]:
    return [
        _person(line.mentee),
        _person(line.mentor),
        *(f"{rank}-е место" if rank else "—" for rank in (line.mentee_rank, line.mentor_rank)),
    ]


def _person(person: Person) -> str:
    return ", ".join(part for part in (person.short_name, person.about) if part)
