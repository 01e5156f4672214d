"""The answer of a policy: yes, or no with the sentence that the person reads."""

from dataclasses import dataclass

from nastavnik.shared.errors import PermissionRefused


@dataclass(frozen=True)
class Allowed:
    """The action may be done."""

    reason: str = ""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Denied:
    """The action may not be done; `reason` is a Russian sentence for the person at the screen."""

    reason: str

    def __bool__(self) -> bool:
        return False


Verdict = Allowed | Denied


def demand(verdict: Verdict) -> None:
    """Raise `PermissionRefused` with the verdict's own words unless it allows."""
    if not verdict:
        raise PermissionRefused(verdict.reason)
