"""Who cannot be served in a table of flags: the greatest matching by paths over sets of bits."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
NOBODY = -1


@dataclass(frozen=True)
class Shortage:
    """Mentees who compete for too few places, and the mentors who have these places; all masks."""

    mentees: Flags
    mentors: Flags


@dataclass(eq=False)
class Search:
    """open: the mentors of each mentee as bits. free: mentors with room. held: whom each serves.

    waiting: whom nobody serves, though somebody is open to them.
    """

    open: list[int]
    room: list[int]
    free: int
    chosen: list[int]
    held: list[list[int]]
    waiting: list[int]
    short: set[int] = field(default_factory=set)
    closed: int = 0


def shortage(allowed: Flags, places: list[int]) -> Shortage:
    """Serve as many as possible (Kuhn 1955); who is left and whom they could displace.

    Parameters
        allowed: bool (n_mentees, n_mentors). places: of each mentor, >= 0.
    Returns: nobody where every place is taken in the end: no other mentor could help then.

    Rarely wanted mentors are asked first, so that the first come leave few paths to find; who is
    short does not depend on it (Dulmage and Mendelsohn 1958).
    """
    order = allowed.sum(axis=0).argsort(kind="stable")
    search = _first_come(allowed.take(order, axis=1), [places[mentor] for mentor in order.tolist()])
    for mentee in search.waiting:
        if search.free:
            _look(search, mentee)
    short = Shortage(np.zeros(len(allowed), dtype=bool), np.zeros(len(places), dtype=bool))
    if search.free and search.short:
        short.mentees[list(search.short)] = True
        short.mentors[order[_bits(search.closed)]] = True
    return short


def _first_come(allowed: Flags, places: list[int]) -> Search:
    """Everybody takes a free place: nearly all are served, so few paths are left to find."""
    packed = np.packbits(allowed, axis=1, bitorder="little")
    width, data = packed.shape[1], packed.tobytes()
    rows = [
        int.from_bytes(data[start : start + width], "little")
        for start in range(0, len(data), width)
    ]
    held = [list[int]() for _ in places]
    free = sum(1 << mentor for mentor, many in enumerate(places) if many)
    chosen, waiting = [NOBODY] * len(rows), []
    for mentee, mentors in enumerate(rows):
        if fit := mentors & free:
            bit = fit & -fit
            mentor = chosen[mentee] = bit.bit_length() - 1
            held[mentor].append(mentee)
            if len(held[mentor]) == places[mentor]:
                free ^= bit
        elif mentors:
            waiting.append(mentee)
    room = [many - len(taken) for many, taken in zip(places, held, strict=True)]
    return Search(rows, room, free, chosen, held, waiting)


def _look(search: Search, start: int) -> None:
    """Let others move on along a shortest path to free places; without one all reached are short.

    Whoever was reached in vain stays so: no later path leads through them.
    """
    came: dict[int, int] = {}
    seen = search.closed
    queue = [start]
    for mentee in queue:
        fresh = search.open[mentee] & ~seen
        ends = fresh & search.free
        if ends:
            end = (ends & -ends).bit_length() - 1
            _turn(search, came, mentee, end)
            search.room[end] -= 1
            if not search.room[end]:
                search.free ^= 1 << end
            return
        seen |= fresh
        for mentor in _bits(fresh):
            came.update(dict.fromkeys(search.held[mentor], mentee))
            queue += search.held[mentor]
    search.closed = seen
    search.short.update(queue)


def _turn(search: Search, came: dict[int, int], mentee: int, mentor: int) -> None:
    """Everybody on the path moves on, the last one to the free place of `mentor`."""
    while True:
        left = search.chosen[mentee]
        search.chosen[mentee] = mentor
        search.held[mentor].append(mentee)
        if left == NOBODY:
            break
        search.held[left].remove(mentee)
        mentee, mentor = came[mentee], left


def _bits(mentors: int) -> list[int]:
    found = []
    while mentors:
        low = mentors & -mentors
        found.append(low.bit_length() - 1)
        mentors ^= low
    return found
