"""How many mentors of a territory are open to other institutions."""

from typing import Any

from django.http import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.pairs.queries.territory import FEW, open_mentors_of
from nastavnik.shared.page import page


@page("loans.oversee")
def open_mentors(request: Any) -> HttpResponseBase:
    found = open_mentors_of(request.actor, request.territory, timezone.localdate())
    context = {"found": found, "few": FEW}
    return TemplateResponse(request, "pairs/open_mentors.html", context)
