"""Whom a coordinator answers for when a territory has several: one of three directions, or everybody."""

from django.db import models


class Audience(models.TextChoices):
    """The value is the very phrase that people read; a grant keeps it as it is."""

    KINDERGARTENS = (
        "педагоги детских садов и молодые специалисты",
        "Педагоги детских садов и молодые специалисты",
    )
    STAFF = (
        "педагоги школ и дополнительного образования",
        "Педагоги школ и дополнительного образования",
    )
    STUDENTS = "обучающиеся от 10 лет", "Обучающиеся от 10 лет"


def known_audiences(words: list[str]) -> frozenset[str]:
    """The directions named; empty, which means everybody, when one grant names none that we know."""
    if any(word not in Audience.values for word in words):
        return frozenset()
    return frozenset(words)
