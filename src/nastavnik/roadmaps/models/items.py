"""Lines of a roadmap: who answers for a line, when it falls due, what was said about it."""

from datetime import date

from django.db import models
from django.db.models import Q

from nastavnik.accounts.models import User
from nastavnik.accounts.permissions import Role
from nastavnik.documents.models import Document
from nastavnik.roadmaps.models.roadmap import Roadmap
from nastavnik.tenancy.scope import TenantModel


class ItemState(models.TextChoices):
    NOT_STARTED = "not_started", "не начат"
    IN_PROGRESS = "in_progress", "в работе"
    DONE = "done", "выполнен"
    DONE_BY_HAND = "done_by_hand", "выполнен, отмечено вручную"
    NOT_APPLICABLE = "not_applicable", "не применимо"


SETTLED_STATES = frozenset({ItemState.DONE, ItemState.DONE_BY_HAND, ItemState.NOT_APPLICABLE})


class RoadmapItem(TenantModel):
    """One line. A group is a heading or a task over other lines: it is never due and never done.

    `deadlines` are dicts of `engine.deadlines`. `origin` is the stable key by which lines of
    versions are compared; `upper_id` names the line of the municipal roadmap that demands this one.
    """

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField("место", default=1)
    number = models.CharField("номер", max_length=20, blank=True)
    section = models.CharField("раздел", max_length=400, blank=True)
    is_group = models.BooleanField("это раздел", default=False)
    text = models.TextField("что сделать")
    deadline_text = models.TextField("срок", blank=True)
    deadlines = models.JSONField("прочитанный срок", default=list, blank=True)
    result = models.TextField("результат", blank=True)
    resources_internal = models.TextField("внутренние ресурсы", blank=True)
    resources_external = models.TextField("внешние ресурсы", blank=True)
    checklist = models.JSONField("список дел", default=list, blank=True)
    evidence_kind = models.CharField("чем подтверждается", max_length=40, blank=True)
    evidence_parameters = models.JSONField("условие", default=dict, blank=True)
    mandatory = models.BooleanField("обязателен", default=False)
    origin = models.CharField("ключ", max_length=80, blank=True)
    upper_id = models.BigIntegerField("пункт карты выше", null=True, blank=True)
    state = models.CharField(
        "состояние", max_length=14, choices=ItemState.choices, default=ItemState.NOT_STARTED
    )
    evidence_words = models.CharField("подтверждение", max_length=500, blank=True)
    evidence_on = models.DateField("подтверждено", null=True, blank=True)
    evidence_document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    link = models.CharField("ссылка", max_length=500, blank=True)
    hand_words = models.TextField("пояснение", blank=True)
    hand_by = models.CharField("кто отметил", max_length=200, blank=True)
    hand_on = models.DateField("отмечено", null=True, blank=True)
    not_applicable_reason = models.TextField("почему не применимо", blank=True)
    not_applicable_by_id = models.BigIntegerField(null=True, blank=True)
    not_applicable_on = models.DateField("согласовано, что не применимо", null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("position", "id")
        indexes = (
            models.Index(fields=("roadmap", "position"), name="roadmap_item_place"),
            models.Index(fields=("organisation", "evidence_kind"), name="roadmap_item_evidence"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="done_by_hand") | ~Q(hand_words=""),
                name="roadmap_hand_has_words",
                violation_error_message="Напишите, чем подтверждается выполнение.",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_applicable") | ~Q(not_applicable_reason=""),
                name="roadmap_not_applicable_has_reason",
                violation_error_message="Напишите, почему пункт не применим.",
            ),
        )

    def __str__(self) -> str:
        head = "Пункт " if self.number else ""
        return f"{head}{self.named}"[:300]

    @property
    def named(self) -> str:
        """The number and the words; a number is often written with its full stop already."""
        return f"{self.number.rstrip('.')}. {self.text}" if self.number else self.text

    @property
    def key(self) -> str:
        """Names the line in its roadmap: the stable key, or the row when it has none."""
        return self.origin or f"line/{self.pk}"

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED_STATES

    @property
    def has_term(self) -> bool:
        """The deadline is written and understood; «постоянно» and another paper's days are one too."""
        return bool(self.deadlines) and not any(entry.get("question") for entry in self.deadlines)

    @property
    def who(self) -> str:
        """Those responsible, in the words of the plan."""
        return ", ".join(person.words for person in self.responsible.all())

    @property
    def asks_not_applicable(self) -> bool:
        """Somebody asked to leave the line out and nobody has agreed yet."""
        return bool(self.not_applicable_reason) and self.state != ItemState.NOT_APPLICABLE


class ItemResponsible(TenantModel):
    """Who answers for a line: the words as written, the role they mean, the person if known."""

    item = models.ForeignKey(RoadmapItem, on_delete=models.CASCADE, related_name="responsible")
    words = models.CharField("ответственный", max_length=300)
    role = models.CharField("роль", max_length=20, choices=Role.choices, blank=True)
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta(TenantModel.Meta):
        ordering = ("id",)

    def __str__(self) -> str:
        return self.words


class Occurrence(TenantModel):
    """One time that a line falls due; a line with «ежеквартально» has four a year."""

    item = models.ForeignKey(RoadmapItem, on_delete=models.CASCADE, related_name="occurrences")
    ordinal = models.PositiveSmallIntegerField("который раз", default=1)
    starts_on = models.DateField("с", null=True, blank=True)
    due_on = models.DateField("до", null=True, blank=True)
    label = models.CharField("название", max_length=120, blank=True)
    met_on = models.DateField("выполнено", null=True, blank=True)
    met_words = models.CharField("подтверждение", max_length=500, blank=True)
    met_by_hand = models.BooleanField("отмечено вручную", default=False)
    met_document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(TenantModel.Meta):
        ordering = ("item", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("item", "ordinal"), name="roadmap_occurrence_once"),
        )

    def __str__(self) -> str:
        return self.label or f"срок {self.ordinal}"

    def is_late_on(self, day: date) -> bool:
        return self.met_on is None and self.due_on is not None and self.due_on < day


class CommentKind(models.TextChoices):
    """A remark must be answered before the roadmap goes back to agreement; a comment need not."""

    REMARK = "remark", "замечание"
    COMMENT = "comment", "комментарий"


class ItemComment(TenantModel):
    """What somebody said about a line of a version."""

    item = models.ForeignKey(RoadmapItem, on_delete=models.CASCADE, related_name="comments")
    kind = models.CharField(
        "вид", max_length=8, choices=CommentKind.choices, default=CommentKind.COMMENT
    )
    text = models.TextField("текст")
    author = models.CharField("автор", max_length=200)
    author_id = models.BigIntegerField(null=True, blank=True)
    version = models.PositiveSmallIntegerField("к версии", default=1)
    resolved = models.BooleanField("учтено", default=False)
    answer = models.CharField("что сделано", max_length=500, blank=True)
    created_at = models.DateTimeField("когда", auto_now_add=True)

    class Meta(TenantModel.Meta):
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text[:200]
