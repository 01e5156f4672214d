"""The institution's programme and the pairs or groups that live under it."""

from django.db import models

from nastavnik.documents.models import Document
from nastavnik.people.models import MenteeProfile, MentorProfile, Person
from nastavnik.shared.states import moves
from nastavnik.tenancy.scope import TenantModel


class ProgrammeState(models.TextChoices):
    DRAFT = "draft", "составляется"
    TO_SIGN = "to_sign", "на утверждении"
    APPROVED = "approved", "утверждена"
    FINISHED = "finished", "завершена"


class InstitutionProgramme(TenantModel):
    """The programme passport: the 11 parameters of the municipal form and the network section."""

    title = models.CharField("название", max_length=200)
    state = models.CharField(
        "состояние", max_length=10, choices=ProgrammeState.choices, default=ProgrammeState.DRAFT
    )
    forms = models.JSONField("формы наставничества", default=list)
    role_models = models.JSONField("ролевые модели", default=list, blank=True)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")
    parameters = models.JSONField("параметры паспорта", default=dict)
    network = models.JSONField("сетевое взаимодействие", default=list, blank=True)
    order = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="programmes"
    )

    class Meta(TenantModel.Meta):
        ordering = ("-starts_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="programme_period",
                violation_error_message="Программа должна закончиться позже, чем началась.",
            ),
        )

    def __str__(self) -> str:
        return self.title


class PairState(models.TextChoices):
    PROPOSED = "proposed", "предложена"
    AGREED = "agreed", "согласована участниками"
    IN_ORDER = "in_order", "в проекте приказа"
    ACTIVE = "active", "активна"
    PAUSED = "paused", "приостановлена"
    FINISHING = "finishing", "завершается"
    FINISHED = "finished", "завершена"
    DECLINED = "declined", "отклонена"
    ENDED_EARLY = "ended_early", "прекращена досрочно"


_P = PairState
PAIR_TRANSITIONS = moves(
    {
        _P.PROPOSED: (_P.AGREED, _P.DECLINED),
        _P.AGREED: (_P.PROPOSED, _P.IN_ORDER, _P.DECLINED),
        _P.IN_ORDER: (_P.AGREED, _P.ACTIVE, _P.DECLINED),
        _P.ACTIVE: (_P.PAUSED, _P.FINISHING, _P.FINISHED, _P.ENDED_EARLY, _P.AGREED),
        _P.PAUSED: (_P.ACTIVE, _P.FINISHING, _P.FINISHED, _P.ENDED_EARLY, _P.AGREED),
        _P.FINISHING: (_P.ACTIVE, _P.FINISHED, _P.ENDED_EARLY),
        # Only when the order that ended the pair is itself cancelled.
        _P.FINISHED: (_P.ACTIVE,),
        _P.ENDED_EARLY: (_P.ACTIVE,),
    }
)
OPEN_STATES = frozenset({_P.PROPOSED, _P.AGREED, _P.IN_ORDER, _P.ACTIVE, _P.PAUSED, _P.FINISHING})
BEFORE_ORDER = frozenset({_P.PROPOSED, _P.AGREED})
HOLDING_STATES = frozenset({_P.ACTIVE, _P.PAUSED, _P.FINISHING})


class PairSource(models.TextChoices):
    PROPOSAL = "proposal", "подбор"
    MANUAL = "manual", "вручную"
    IMPORT = "import", "из реестра"


class Pair(TenantModel):
    """One mentor with one mentee, or with a group of two and more."""

    mentor = models.ForeignKey(MentorProfile, on_delete=models.PROTECT, related_name="pairs")
    programme = models.ForeignKey(
        InstitutionProgramme, null=True, blank=True, on_delete=models.PROTECT, related_name="pairs"
    )
    form = models.CharField("форма", max_length=40)
    kinds = models.JSONField("виды", default=list, blank=True)
    role_model = models.CharField("ролевая модель", max_length=60, blank=True)
    is_group = models.BooleanField("группа", default=False)
    state = models.CharField(
        "состояние", max_length=12, choices=PairState.choices, default=PairState.PROPOSED
    )
    starts_on = models.DateField("с", null=True, blank=True)
    ends_on = models.DateField("по", null=True, blank=True)
    ended_on = models.DateField("завершена", null=True, blank=True)
    source = models.CharField(
        "откуда", max_length=10, choices=PairSource.choices, default=PairSource.MANUAL
    )
    fit_0_100 = models.PositiveSmallIntegerField("совпадение", null=True, blank=True)
    reasons = models.JSONField("из чего сложилось", default=list, blank=True)
    is_locked = models.BooleanField("закреплена куратором", default=False)
    mirror = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="mirrored_by"
    )
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by"
    )
    addendum = models.CharField("дополнительное соглашение", max_length=160, blank=True)
    order = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="pairs"
    )
    end_order = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="ended_pairs"
    )
    foreign_order = models.CharField("прежний приказ", max_length=160, blank=True)
    end_reason = models.CharField("причина завершения", max_length=300, blank=True)
    pause_reason = models.CharField("причина приостановки", max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        ordering = ("-id",)
        indexes = (models.Index(fields=("organisation", "state"), name="pair_by_state"),)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state__in=("active", "paused", "finishing"))
                | models.Q(order__isnull=False)
                | ~models.Q(foreign_order=""),
                name="pair_active_has_order",
                violation_error_message="Пара становится активной только по приказу.",
            ),
        )

    def __str__(self) -> str:
        return f"{'группа' if self.is_group else 'пара'} № {self.pk}"


class PairMentee(TenantModel):
    """A mentee's place in a pair or group; `accepted_in` names the acceptance that gave it."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="members")
    mentee = models.ForeignKey(MenteeProfile, on_delete=models.PROTECT, related_name="places")
    joined_on = models.DateField("с", null=True, blank=True)
    left_on = models.DateField("по", null=True, blank=True)
    accepted_in = models.CharField("принят вместе", max_length=16, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("pair", "mentee"),
                name="pair_mentee_once",
                violation_error_message="Этот наставляемый уже в этой паре.",
            ),
        )

    def __str__(self) -> str:
        return f"место {self.pk}"


class Newcomer(TenantModel):
    """A mentee whom a group at work will take: the place comes with the signature of the order."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="newcomers")
    mentee = models.ForeignKey(MenteeProfile, on_delete=models.PROTECT, related_name="waits_for")
    order = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="newcomers"
    )

    class Meta(TenantModel.Meta):
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("pair", "mentee"), name="newcomer_once"),)

    def __str__(self) -> str:
        return f"новый участник {self.pk}"


class AnswerWay(models.TextChoices):
    LINK = "link", "по ссылке"
    CARD = "card", "по карточке доступа"
    SHEET = "sheet", "в листе"
    SPOKEN = "spoken", "устно куратору"


class PairAnswer(TenantModel):
    """One participant's «да» or «нет» to a pair (invariant 10); refusing needs no explanation."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="pair_answers")
    is_yes = models.BooleanField("согласен", null=True)
    way = models.CharField("как ответил", max_length=8, choices=AnswerWay.choices, blank=True)
    answered_on = models.DateField("дата", null=True, blank=True)
    noted_by = models.CharField("отметил", max_length=200, blank=True)
    token = models.CharField(max_length=32, unique=True)

    class Meta(TenantModel.Meta):
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("pair", "person"), name="pair_answer_once"),)

    def __str__(self) -> str:
        return f"ответ {self.pk}"
