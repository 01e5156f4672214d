"""What the pages of councils share."""

from nastavnik.councils.queries import HEAVY, IN_FORCE
from nastavnik.documents.models import Document

REGULATION_FOLDERS = ("01", "12")


def regulations() -> list[Document]:
    """Signed papers of «Дело» that can be a Regulation: local acts and papers of councils."""
    rows = Document.objects.filter(folder__in=REGULATION_FOLDERS, state__in=IN_FORCE)
    rows = rows.exclude(kind__startswith="council_").defer(*HEAVY)
    return list(rows.order_by("-registered_on", "-id")[:50])
