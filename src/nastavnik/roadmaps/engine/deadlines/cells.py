"""The joint cell «исполнитель / срок»."""

import re

_BAR = re.compile(r"[^\S\n]+/[^\S\n]+|\s*/\s*\n\s*|\s*\n\s*/\s*")


def split_cell(text: str) -> tuple[str, str]:
    """Split at the first slash with blanks round it: «куратор / постоянно», not «пар/групп».

    Returns (performer, deadline); without such a slash the performer is "".
    """
    parts = _BAR.split(text, maxsplit=1)
    if len(parts) == 1:
        return "", text.strip()
    return parts[0].strip(), parts[1].strip()
