"""Instances for the tests of the engine."""

import random
from dataclasses import replace

from hypothesis import strategies as st

from nastavnik.matching.engine.instance import Edge, Instance, Mentor

RANKS = st.sampled_from([None, 1, 1, 2, 3])


@st.composite
def instances(draw, *, ranked=True, most=6, groups=False, locks=False):
    """A handful of people; ties, missing ranks and shortages are common."""
    mentees = tuple(range(draw(st.integers(0, most))))
    number = draw(st.integers(0, 4))
    mentors = []
    for place in range(number):
        capacity = draw(st.integers(0, 3))
        least = draw(st.integers(0, capacity)) if groups else 0
        mentors.append(Mentor(f"м{place}", capacity, least))
    edges = tuple(
        Edge(
            mentee,
            mentor.id,
            float(draw(st.integers(0, 20))),
            draw(RANKS) if ranked else None,
            draw(RANKS) if ranked else None,
        )
        for mentee in mentees
        for mentor in mentors
        if draw(st.integers(0, 2))
    )
    instance = Instance(mentees, tuple(mentors), edges)
    return replace(instance, locked=draw(_locks(instance))) if locks else instance


@st.composite
def _locks(draw, instance):
    places = {mentor.id: mentor.capacity for mentor in instance.mentors}
    locked = {}
    for edge in instance.edges:
        if edge.mentee not in locked and places[edge.mentor] and draw(st.integers(0, 4)) == 0:
            locked[edge.mentee] = edge.mentor
            places[edge.mentor] -= 1
    return frozenset(locked.items())


def shuffled(instance, seed):
    """The same instance with its rows in another order."""
    chance = random.Random(seed)
    rows = [list(part) for part in (instance.mentees, instance.mentors, instance.edges)]
    for part in rows:
        chance.shuffle(part)
    return Instance(*(tuple(part) for part in rows), instance.locked)


def sparse(mentees, *, seed, degree=3, capacity=(3, 5), share=4):
    """Strict random wishes on both sides, `degree` mentors a mentee, places for about all."""
    chance = random.Random(seed)
    mentors = tuple(Mentor(place, chance.randint(*capacity)) for place in range(mentees // share))
    pairs = [
        (mentee, mentor, rank)
        for mentee in range(mentees)
        for rank, mentor in enumerate(chance.sample(range(len(mentors)), degree), start=1)
    ]
    chance.shuffle(pairs)
    asked = [0] * len(mentors)
    edges = []
    for mentee, mentor, rank in pairs:
        asked[mentor] += 1
        edges.append(Edge(mentee, mentor, float(chance.randint(0, 100)), rank, asked[mentor]))
    return Instance(tuple(range(mentees)), mentors, tuple(edges))
