"""Connected parts of the instance: what happens in one has nothing to do with another."""

import numpy as np

from nastavnik.matching.engine.table import Int32, IntArray, Table, ranges


def components(table: Table) -> IntArray:
    """The part of each mentee: the least position of a mentee in it. Shape (n_mentees,)."""
    return labels(table.mentee, table.mentor, len(table.mentees), len(table.mentors))[0]


def labels(mentee: Int32, mentor: Int32, mentees: int, mentors: int) -> tuple[IntArray, IntArray]:
    """(label of each mentee, label of each mentor): the least mentee joined to them by edges.

    Labels travel along edges and jump over what is already joined, so few rounds suffice.
    """
    of_mentee = np.arange(mentees, dtype=np.int64)
    of_mentor = np.full(mentors, mentees, dtype=np.int64)
    while len(mentee):
        before = of_mentee
        for some in ranges(len(mentee)):
            np.minimum.at(of_mentor, mentor[some], of_mentee[mentee[some]])
        of_mentee = of_mentee.copy()
        for some in ranges(len(mentee)):
            np.minimum.at(of_mentee, mentee[some], of_mentor[mentor[some]])
        root = before.copy()
        np.minimum.at(root, before, of_mentee)
        of_mentee = np.minimum(of_mentee, root[of_mentee])
        of_mentee = of_mentee[of_mentee]
        if (of_mentee == before).all():
            break
    return of_mentee, of_mentor
