"""A draft of a letter to partners: which competences lack and for how many."""

from nastavnik.documents import rendering
from nastavnik.documents.context import school_year
from nastavnik.library.queries import title_of
from nastavnik.pairs import order_data
from nastavnik.pairs.queries.gap import Gap, lacking_topics
from nastavnik.shared.typography import counted
from nastavnik.tenancy.models import Organisation

LETTER = "letter_partners"


def partners_letter(organisation: Organisation, found: Gap) -> bytes:
    """The Word file; it has no number: it is sent from the organisation's own post."""
    lacks = [
        {
            "title": title_of("topics", row.topic),
            "wanted": row.wanted,
            "places": row.places,
            "needed": row.left,
        }
        for row in lacking_topics(found)
    ]
    data = {
        "partner": "",
        "year": school_year(order_data.today()),
        "waiting": counted(len(found.now.left), "человек", "человека", "человек"),
        "lacks": lacks,
        "contact": organisation.phone or organisation.email,
    }
    return rendering.blank_docx(organisation, LETTER, data)
