"""What the QR code of a paper opens."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from nastavnik.documents import queries
from nastavnik.documents.lists import state_words


@login_not_required
@require_safe
def landing(request: HttpRequest, token: str) -> HttpResponseBase:
    """Kind, date, number, organisation and state for anybody; the way in for those entitled."""
    face = queries.public_face(token)
    if face is None:
        raise Http404
    grants: Any = getattr(request, "grants", None)
    own = grants is not None and any(
        row.organisation_id == face.organisation_id for row in grants.rows
    )
    url = reverse("documents:card", kwargs={"org": face.slug, "pk": face.pk}) if own else ""
    facts = [
        ("Документ", face.kind_title),
        ("Учреждение", face.organisation),
        ("Номер", face.number or "без номера"),
        ("Дата", f"{face.registered_on:%d.%m.%Y}" if face.registered_on else "ещё не подписан"),
        ("Состояние", state_words(face.state)),
    ]
    rows = [{"title": title, "value": value} for title, value in facts]
    return TemplateResponse(request, "documents/landing.html", {"facts": rows, "card_url": url})
