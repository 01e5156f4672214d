"""What remains of a score when wishes may not be told: the other parts, again out of 100.

Whom the participants chose is known to the curator only. Leaving just the words out would let
everybody else reckon the choice from the points, so the whole part goes and the rest is scaled.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from nastavnik.matching.engine.fit import points_for
from nastavnik.matching.engine.weights import WHOLE

Entry = Mapping[str, Any]
WISH = "wish"


def holds_wishes(entry: Entry) -> bool:
    """Whether a proposal tells anything of wishes: their points, or a place."""
    ranked = entry.get("mentee_rank") is not None or entry.get("mentor_rank") is not None
    return ranked or any(part["code"] == WISH for part in entry["parts"])


def without_wishes(entry: Entry) -> Entry:
    """A proposal as everybody but the curator sees it; one without wishes stays as it is."""
    parts = parts_without_wishes(entry["parts"])
    hidden = {"mentee_rank": None, "mentor_rank": None}
    return {**entry, **hidden, "parts": parts, "fit": sum(part["points"] for part in parts)}


def parts_without_wishes(parts: Sequence[Entry]) -> list[Entry]:
    """The parts but the wish, their most scaled to 100 together, their share kept."""
    if all(part["code"] != WISH for part in parts):
        return list(parts)
    told = [part for part in parts if part["code"] != WISH]
    most = _scaled([part["most"] for part in told])
    return [
        {**part, "most": top, "points": points_for(top, _share(part))}
        for part, top in zip(told, most, strict=True)
    ]


def _share(part: Entry) -> int:
    return round(100 * part["points"] / part["most"]) if part["most"] else 0


def _scaled(numbers: Sequence[int]) -> list[int]:
    """The numbers in the same proportion, 100 together, by the largest remainder."""
    total = sum(numbers)
    if not total:
        return [0] * len(numbers)
    shares = [divmod(WHOLE * number, total) for number in numbers]
    found = [whole for whole, _ in shares]
    by_rest = sorted(range(len(shares)), key=lambda place: (-shares[place][1], place))
    for place in by_rest[: WHOLE - sum(found)]:
        found[place] += 1
    return found
