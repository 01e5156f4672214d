"""What the QR code of a paper opens."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from nastavnik.documents import queries


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
    return TemplateResponse(request, "documents/landing.html", {"face": face, "is_own": own})
