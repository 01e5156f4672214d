"""«3-minute talks»: in which round and at which table each mentee meets each relevant mentor.

Mentors keep their tables, mentees move. The talks are the edges of a bipartite graph, a round is a
set of edges without a common end, so the fewest rounds are the fewest colours of its edges: the
greatest degree, by König's theorem.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

Id = int | str
Talk = tuple[Id, Id]
"""(mentee, mentor)"""


@dataclass(frozen=True)
class Schedule:
    """`rounds[k]` holds the talks of round k by mentor; `extra` are those added so that nobody waits."""

    rounds: tuple[tuple[Talk, ...], ...]
    extra: frozenset[Talk]

    def idle(
        self, mentees: Collection[Id], mentors: Collection[Id]
    ) -> list[tuple[set[Id], set[Id]]]:
        """Who waits in each round: mentees, mentors."""
        return [
            (set(mentees) - {a for a, _ in talks}, set(mentors) - {b for _, b in talks})
            for talks in self.rounds
        ]


def make_schedule(
    mentees: Collection[Id],
    mentors: Collection[Id],
    relevant: Iterable[Talk],
    *,
    apart: Collection[Talk] = (),
    fill: bool = True,
) -> Schedule:
    """Let everybody meet each relevant other exactly once, in as few rounds as possible.

    Parameters
        mentees, mentors: those present; the two sides share no id.
        relevant: talks that must take place; ends outside the two sides raise KeyError.
        apart: talks that must not be added by `fill`.
        fill: give those who would wait a talk with somebody new, as long as both are free.
    Returns: Schedule with max degree of `relevant` rounds. No talk repeats, nobody talks twice in a
        round, and with `fill` two who wait in the same round meet in another one or are `apart`.
        Equal input gives equal output, whatever its order.
    Source: D. König, Über Graphen und ihre Anwendung auf Determinantentheorie und Mengenlehre,
        Math. Ann. 77 (1916), 453-465: a bipartite graph has an edge colouring with max degree
        colours; the proof's alternating paths are the algorithm. Cost O(talks × people). The
        filling takes a maximum matching per round by augmenting paths (Kuhn 1955), those who have
        waited longest first.
    """
    sides = (sorted(set(mentees), key=_key), sorted(set(mentors), key=_key))
    known = (set(sides[0]), set(sides[1]))
    talks = sorted(set(relevant), key=_pair_key)
    for a, b in talks:
        if a not in known[0] or b not in known[1]:
            raise KeyError((a, b))
    coloured = _colour(talks)
    count = 1 + max(coloured.values(), default=-1)
    rounds: list[dict[Id, Id]] = [{} for _ in range(count)]
    for (a, b), colour in coloured.items():
        rounds[colour][a] = b
    rounds.sort(key=lambda talks: (-len(talks), sorted(map(_pair_key, talks.items()))))
    extra = _fill(rounds, sides, set(talks) | set(apart)) if fill else set()
    ordered = (sorted(r.items(), key=lambda talk: (_key(talk[1]), _key(talk[0]))) for r in rounds)
    return Schedule(tuple(tuple(r) for r in ordered), frozenset(extra))


def _key(name: Id) -> tuple[int, Id]:
    return (0, name) if isinstance(name, int) else (1, name)


def _pair_key(talk: Talk) -> tuple[tuple[int, Id], tuple[int, Id]]:
    return (_key(talk[0]), _key(talk[1]))


def _colour(talks: list[Talk]) -> dict[Talk, int]:
    """Colours 0..max degree - 1; talks that share an end differ."""
    degree: dict[tuple[int, Id], int] = defaultdict(int)
    for a, b in talks:
        degree[0, a] += 1
        degree[1, b] += 1
    most = max(degree.values(), default=0)
    # at[end][colour] is the other end of the talk of that colour
    at: dict[tuple[int, Id], dict[int, tuple[int, Id]]] = defaultdict(dict)
    for a, b in talks:
        one, other = (0, a), (1, b)
        free_one = next(c for c in range(most) if c not in at[one])
        free_other = next(c for c in range(most) if c not in at[other])
        if free_one != free_other:
            _swap(at, other, free_one, free_other)
        at[one][free_one], at[other][free_one] = other, one
    return {
        (end[1], other[1]): colour
        for end, colours in at.items()
        if end[0] == 0
        for colour, other in colours.items()
    }


def _swap(
    at: dict[tuple[int, Id], dict[int, tuple[int, Id]]],
    start: tuple[int, Id],
    first: int,
    second: int,
) -> None:
    """Exchange two colours along the path from `start` that begins with `first`.

    The graph is bipartite, so the path never reaches the other end of the new talk.
    """
    path, colour = [start], first
    while colour in at[path[-1]]:
        path.append(at[path[-1]][colour])
        colour = second if colour == first else first
    for end in path:
        had = {c: at[end].pop(c) for c in (first, second) if c in at[end]}
        at[end].update({(second if c == first else first): other for c, other in had.items()})


def _fill(
    rounds: list[dict[Id, Id]], sides: tuple[list[Id], list[Id]], met: set[Talk]
) -> set[Talk]:
    """Add talks between people who wait in the same round and have not met; returns the added."""
    waited: dict[Id, int] = defaultdict(int)
    added: set[Talk] = set()
    for talks in rounds:
        busy = set(talks.values())
        free_mentors = [b for b in sides[1] if b not in busy]
        free_mentees = [a for a in sides[0] if a not in talks]
        free_mentees.sort(key=lambda a: (-waited[a], _key(a)))
        taken: dict[Id, Id] = {}
        for a in free_mentees:
            _augment(a, free_mentors, met, taken, set())
        for b, a in taken.items():
            talks[a] = b
            added.add((a, b))
            met.add((a, b))
        for a in free_mentees:
            waited[a] += a not in talks
    return added


def _augment(
    mentee: Id, mentors: list[Id], met: set[Talk], taken: dict[Id, Id], seen: set[Id]
) -> bool:
    """Seat one more mentee, moving others along if need be."""
    for mentor in mentors:
        if mentor in seen or (mentee, mentor) in met:
            continue
        seen.add(mentor)
        if mentor not in taken or _augment(taken[mentor], mentors, met, taken, seen):
            taken[mentor] = mentee
            return True
    return False


def choose_talks(weights: Mapping[Talk, float], most: int) -> list[Talk]:
    """The best talks with at most `most` for anybody, so that the evening has at most `most` rounds.

    Parameters
        weights: fit of each possible talk, the higher the better.
        most: rounds, >= 1.
    Returns: talks by weight, ties by id; greedy, at least half of the greatest total weight.
    Source: greedy b-matching, e.g. Preis 1999 (doi:10.1007/3-540-49116-3_24). Cost O(n log n).
    """
    degree: dict[tuple[int, Id], int] = defaultdict(int)
    chosen = []
    for talk in sorted(weights, key=lambda talk: (-weights[talk], _pair_key(talk))):
        ends = ((0, talk[0]), (1, talk[1]))
        if all(degree[end] < most for end in ends):
            chosen.append(talk)
            for end in ends:
                degree[end] += 1
    return chosen
