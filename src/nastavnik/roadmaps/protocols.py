"""Protocols that other rooms keep: a council that sat has its number and date there already.

The app that owns councils registers how to find them, so `roadmaps` never imports it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class OfferedProtocol:
    """A registered protocol of a sitting, to be chosen instead of typed."""

    key: str
    label: str
    number: str
    on: date


Provider = Callable[[], Sequence[OfferedProtocol]]
_providers: list[Provider] = []


def register_protocols(provider: Provider) -> None:
    """`provider()` tells the latest protocols of the organisation in scope."""
    if provider not in _providers:
        _providers.append(provider)


def offered_protocols() -> list[OfferedProtocol]:
    return [offer for provider in _providers for offer in provider()]
