"""What a person's card shows; apps above add their sections through a hook."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from nastavnik.audit.models import AuditEvent
from nastavnik.people.models import (
    MenteeProfile,
    MenteeState,
    MentorProfile,
    MentorState,
    Person,
)

HISTORY_LIMIT = 60


@dataclass(frozen=True)
class CardSection:
    """A part of the card that another module draws: a template with its own context."""

    title: str
    template: str
    context: dict[str, Any]
    order: int = 100


SectionMaker = Callable[[HttpRequest, Person], CardSection | None]
_sections: list[SectionMaker] = []


def register_card_section(maker: SectionMaker) -> None:
    """Add a section to every person's card (papers, selection, pairs); None leaves it out."""
    if maker not in _sections:
        _sections.append(maker)


def card_sections(request: HttpRequest, person: Person) -> list[CardSection]:
    made = (maker(request, person) for maker in _sections)
    return sorted((section for section in made if section), key=lambda section: section.order)


ACTION_WORDS: dict[str, str] = {
    "people.person_added": "Запись создана",
    "people.person_edited": "Сведения изменены",
    "people.name_cases_confirmed": "Падежи имени проверены",
    "people.person_archived": "Отправлен в архив",
    "people.representative_added": "Добавлен законный представитель",
    "people.representative_edited": "Изменены сведения о представителе",
    "people.representative_removed": "Представитель убран",
    "people.mentee_added": "Включён в базу наставляемых",
    "people.menteeprofile_edited": "Изменены сведения наставляемого",
    "people.mentor_added": "Включён в базу наставников",
    "people.mentorprofile_edited": "Изменены сведения наставника",
    "people.rechecked": "Сведения проверены",
    "people.request_added": "Добавлен запрос",
    "people.request_confirmed": "Вид запроса проверен",
    "people.request_removed": "Запрос убран",
    "people.competence_added": "Добавлена компетенция",
    "people.competence_confirmed": "Тема компетенции проверена",
    "people.competence_removed": "Компетенция убрана",
    "people.mentee_moved": "Состояние наставляемого",
    "people.mentor_moved": "Состояние наставника",
    "people.support_assigned": "Назначен специалист сопровождения",
    "people.support_ended": "Сопровождение завершено",
    "people.merged": "Объединены две записи",
    "people.imported": "Загружен из файла",
    "people.import_changed": "Обновлён из файла",
}


def register_action_words(words: dict[str, str]) -> None:
    """Russian words for the journal's actions of other modules."""
    ACTION_WORDS.update(words)


@dataclass(frozen=True)
class HistoryLine:
    at: datetime
    text: str
    who: str


def history(person: Person) -> list[HistoryLine]:
    """Everything the journal holds about the person and both parts, newest first; one query."""
    keys = {Person._meta.label_lower: {person.pk}}
    for name, model in (("mentee", MenteeProfile), ("mentor", MentorProfile)):
        profile = getattr(person, name, None)
        if profile is not None:
            keys[model._meta.label_lower] = {profile.pk}
    events = AuditEvent.objects.none()
    for label, ids in keys.items():
        events = events | AuditEvent.objects.filter(object_type=label, object_id__in=ids)
    return [_line(event) for event in events.order_by("-id")[:HISTORY_LIMIT]]


def _line(event: AuditEvent) -> HistoryLine:
    text = ACTION_WORDS.get(event.action, "Изменение")
    states = {**dict(MenteeState.choices), **dict(MentorState.choices)}
    before, after = (states.get(s, "") for s in (event.from_state, event.to_state))
    if before and after:
        text = f"{text}: {before} → {after}"
    elif after:
        text = f"{text}: {after}"
    if event.reason:
        text = f"{text} ({event.reason})"
    return HistoryLine(event.at, text, event.actor_label)
