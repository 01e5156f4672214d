"""A roadmap as it exists in Word, Excel, OpenDocument or the clipboard → lines and doubts.

`read_source` / `read_text` give blocks (paragraphs and tables), `recognise` turns them into lines,
targets, stamps and named problems. Nothing is lost and nothing is guessed in silence: every text of
the source ends in a line, in the title, among stamps and goals, or among what was left over.
"""

from .model import (
    Cell,
    Fragment,
    Goal,
    Paragraph,
    Problem,
    Recognised,
    RecognisedItem,
    Source,
    Stamp,
    Table,
)
from .reader import read_source, read_text
from .recognise import recognise

__all__ = [
    "Cell",
    "Fragment",
    "Goal",
    "Paragraph",
    "Problem",
    "Recognised",
    "RecognisedItem",
    "Source",
    "Stamp",
    "Table",
    "read_source",
    "read_text",
    "recognise",
]
