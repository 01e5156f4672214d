"""Writes of matching: runs, and the curator's decisions about what they propose."""

from nastavnik.matching.services.runs import make_proposal

__all__ = ["make_proposal"]
