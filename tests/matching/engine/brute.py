"""The best matching by looking at every one: for instances of a handful of people."""

import itertools

LAST = 10**6


def better(first, second):
    return (first or LAST) < (second or LAST)


def blocking_pairs(instance, matching):
    """Count from the definition; `matching` is {mentee: mentor}. Locked mentees do not count."""
    edge = {(one.mentee, one.mentor): one for one in instance.edges}
    capacity = {mentor.id: mentor.capacity for mentor in instance.mentors}
    locked = {mentee for mentee, _ in instance.locked}
    number = 0
    for (mentee, mentor), wish in edge.items():
        now = matching.get(mentee)
        if mentee in locked or now == mentor:
            continue
        she = now is None or better(wish.mentee_rank, edge[mentee, now].mentee_rank)
        held = [one for one, other in matching.items() if other == mentor]
        room = len(held) < capacity[mentor]
        he = room or any(
            better(wish.mentor_rank, edge[one, mentor].mentor_rank)
            for one in held
            if one not in locked
        )
        number += she and he
    return number


def matchings(instance):
    """Every matching that keeps places, locks and quotas."""
    choices = []
    locked = dict(instance.locked)
    for mentee in instance.mentees:
        theirs = [one.mentor for one in instance.edges if one.mentee == mentee]
        choices.append([locked[mentee]] if mentee in locked else [None, *theirs])
    for choice in itertools.product(*choices):
        matching = {m: c for m, c in zip(instance.mentees, choice, strict=True) if c is not None}
        if all(_keeps(mentor, choice, locked) for mentor in instance.mentors):
            yield matching


def _keeps(mentor, choice, locked):
    number = choice.count(mentor.id)
    bound = list(locked.values()).count(mentor.id)
    return number <= mentor.capacity and (number in {0, bound} or number >= mentor.least)


def best(instance):
    """(size, blocking pairs, fit) of the lexicographically best matching."""
    fit = {(one.mentee, one.mentor): one.fit for one in instance.edges}
    figures = (
        (-len(m), blocking_pairs(instance, m), -sum(fit[pair] for pair in m.items()))
        for m in matchings(instance)
    )
    size, blocking, total = min(figures)
    return -size, blocking, -total
