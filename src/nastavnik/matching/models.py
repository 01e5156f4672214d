"""Runs of matching, the curator's standing wishes, and the changes made to a proposal."""

from django.db import models

from nastavnik.people.models import MenteeProfile, MentorProfile
from nastavnik.tenancy.scope import TenantModel


class RuleKind(models.TextChoices):
    LOCK = "lock", "закрепить"
    FORBID = "forbid", "не предлагать"


class MatchRule(TenantModel):
    """A locked or forbidden combination with the curator's word of reason."""

    mentee = models.ForeignKey(MenteeProfile, on_delete=models.CASCADE, related_name="match_rules")
    mentor = models.ForeignKey(MentorProfile, on_delete=models.CASCADE, related_name="match_rules")
    kind = models.CharField("вид", max_length=6, choices=RuleKind.choices)
    reason = models.CharField("почему", max_length=300)

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=("mentee", "mentor"), name="match_rule_once"),
        )

    def __str__(self) -> str:
        return self.get_kind_display()


class RunState(models.TextChoices):
    QUEUED = "queued", "ждёт очереди"
    RUNNING = "running", "считается"
    DONE = "done", "готов"
    CANCELLED = "cancelled", "остановлен"
    FAILED = "failed", "не удался"


UNFINISHED = frozenset({RunState.QUEUED, RunState.RUNNING})


class Prefer(models.TextChoices):
    """What decides between proposals that serve equally many."""

    STABLE = "stable", "никто не хотел бы поменяться"
    TOTAL = "total", "лучший итог"


class MatchRun(TenantModel):
    """One proposal with the input it was made from, so that it can be repeated to the byte.

    `problem` and `result` never change once the run is done; the curator's decisions lie beside
    them as changes. The current run is the one under review.
    """

    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.CharField("составил", max_length=200)
    state = models.CharField(
        "состояние", max_length=9, choices=RunState.choices, default=RunState.DONE
    )
    prefer = models.CharField(
        "что важнее", max_length=6, choices=Prefer.choices, default=Prefer.STABLE
    )
    method = models.CharField("способ", max_length=40)
    version = models.CharField("версия расчёта", max_length=20)
    weights = models.JSONField("веса", default=dict)
    problem = models.JSONField("исходные данные", default=dict)
    result = models.JSONField("предложение", default=dict)
    digest = models.CharField("отпечаток результата", max_length=64, blank=True)
    is_current = models.BooleanField("на разборе", default=False)
    progress_0_100 = models.PositiveSmallIntegerField("готово, %", default=0)
    heard_at = models.DateTimeField("когда отозвался", null=True, blank=True)
    restarts = models.PositiveSmallIntegerField("запусков снова", default=0)
    seconds = models.FloatField("время расчёта", null=True, blank=True)
    trouble = models.CharField("почему не удался", max_length=300, blank=True)
    repeated_at = models.DateTimeField("повторён", null=True, blank=True)
    repeated_equal = models.BooleanField("повтор совпал", null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation",),
                condition=models.Q(is_current=True),
                name="match_run_one_current",
                violation_error_message="На разборе может быть только один подбор.",
            ),
        )

    def __str__(self) -> str:
        return f"подбор от {self.created_at:%d.%m.%Y}"

    @property
    def needs_papers(self) -> bool:
        """Whether consents and certificates were a condition."""
        return "left_out" in self.result

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED


class ChangeKind(models.TextChoices):
    CHOOSE = "choose", "выбран другой наставник"
    LOCK = "lock", "закреплено"
    FORBID = "forbid", "не предлагать"


class MatchChange(TenantModel):
    """One decision of the curator about a run, with a word of reason; it can be undone.

    `entry` is the proposal that a chosen mentor puts in the place of the computed one.
    """

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField("что решено", max_length=6, choices=ChangeKind.choices)
    mentee = models.ForeignKey(
        MenteeProfile, on_delete=models.CASCADE, related_name="match_changes"
    )
    mentor = models.ForeignKey(
        MentorProfile, on_delete=models.CASCADE, related_name="match_changes"
    )
    reason = models.CharField("почему", max_length=300)
    entry = models.JSONField("предложение", default=dict, blank=True)
    made_by = models.CharField("кто решил", max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.CharField("кто отменил", max_length=200, blank=True)
    undone_at = models.DateTimeField("отменено", null=True, blank=True)
    undone_why = models.CharField("почему отменено", max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.get_kind_display()


class Search(TenantModel):
    """One weekly look for a mentor for those who wait; `result` is laid out as a run's."""

    made_on = models.DateField("дата поиска")
    asked = models.PositiveIntegerField("искали для", default=0)
    result = models.JSONField("что показал", default=dict)

    class Meta(TenantModel.Meta):
        ordering = ("-made_on", "-id")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "made_on"), name="search_once_a_day"),
        )

    def __str__(self) -> str:
        return f"поиск от {self.made_on:%d.%m.%Y}"


class Find(TenantModel):
    """A mentor found for somebody who waits: told once and never again; a pair is the curator's to make."""

    search = models.ForeignKey(Search, on_delete=models.CASCADE, related_name="finds")
    mentee = models.ForeignKey(MenteeProfile, on_delete=models.CASCADE, related_name="finds")
    mentor = models.ForeignKey(MentorProfile, on_delete=models.CASCADE, related_name="finds")
    form = models.CharField("форма", max_length=40, blank=True)
    fit_0_100 = models.PositiveSmallIntegerField("совпадение")
    closed_on = models.DateField("принято к сведению", null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("mentee", "mentor"),
                name="find_told_once",
                violation_error_message="Об этой находке уже сообщено.",
            ),
        )

    def __str__(self) -> str:
        return f"находка {self.pk}"
