"""What makes a person a mentee or a mentor."""

from django.core.exceptions import ValidationError
from django.db import models

from nastavnik.people.engine.slots import known_slots, slots_in_words
from nastavnik.people.models.person import Person
from nastavnik.shared.states import moves
from nastavnik.tenancy.scope import TenantModel


class MenteeState(models.TextChoices):
    REQUEST = "request", "запрос"
    CLARIFYING = "clarifying", "уточнение запроса"
    AWAITING_CONSENT = "awaiting_consent", "ожидает согласия"
    IN_BASE = "in_base", "в базе"
    MATCHING = "matching", "подбор"
    PAIRED = "paired", "в паре"
    FINISHED = "finished", "завершил"
    UNPAIRED = "unpaired", "без пары — сопровождение"
    SUSPENDED = "suspended", "приостановлен"
    REFUSED = "refused", "отказался"
    LEFT = "left", "выбыл"
    ARCHIVED = "archived", "архив"


_S = MenteeState
_SIDE = (_S.SUSPENDED, _S.REFUSED, _S.LEFT)
MENTEE_TRANSITIONS = moves(
    {
        _S.REQUEST: (_S.CLARIFYING, _S.AWAITING_CONSENT, _S.IN_BASE, *_SIDE),
        _S.CLARIFYING: (_S.AWAITING_CONSENT, _S.IN_BASE, *_SIDE),
        _S.AWAITING_CONSENT: (_S.CLARIFYING, _S.IN_BASE, *_SIDE),
        _S.IN_BASE: (_S.AWAITING_CONSENT, _S.MATCHING, _S.PAIRED, _S.UNPAIRED, *_SIDE),
        _S.MATCHING: (_S.AWAITING_CONSENT, _S.IN_BASE, _S.PAIRED, _S.UNPAIRED, *_SIDE),
        _S.PAIRED: (_S.FINISHED, _S.IN_BASE, *_SIDE),
        _S.FINISHED: (_S.IN_BASE, _S.PAIRED, _S.ARCHIVED),
        _S.UNPAIRED: (_S.AWAITING_CONSENT, _S.IN_BASE, _S.MATCHING, _S.PAIRED, *_SIDE),
        _S.SUSPENDED: (_S.AWAITING_CONSENT, _S.IN_BASE, _S.PAIRED, _S.REFUSED, _S.LEFT),
        _S.REFUSED: (_S.REQUEST, _S.ARCHIVED),
        _S.LEFT: (_S.REQUEST, _S.ARCHIVED),
        _S.ARCHIVED: (_S.REQUEST,),
    }
)


class MentorState(models.TextChoices):
    APPLIED = "applied", "заявка"
    REVIEW = "review", "на рассмотрении комиссией"
    INTERVIEW = "interview", "собеседование"
    PAPERS = "papers", "проверка документов"
    TRAINING = "training", "обучение"
    READY = "ready", "готов, в базе"
    PAIRED = "paired", "в паре"
    RESERVE = "reserve", "резерв"
    REJECTED = "rejected", "отклонён"
    SUSPENDED = "suspended", "приостановлен"
    RELIEVED = "relieved", "сложил обязанности"
    ARCHIVED = "archived", "архив"


_M = MentorState
_STEPS = (_M.REVIEW, _M.INTERVIEW, _M.PAPERS, _M.TRAINING, _M.READY)
_ASIDE = (_M.RESERVE, _M.REJECTED, _M.SUSPENDED, _M.RELIEVED)
MENTOR_TRANSITIONS = moves(
    {
        _M.APPLIED: (*_STEPS, *_ASIDE),
        _M.REVIEW: (*_STEPS[1:], *_ASIDE),
        _M.INTERVIEW: (*_STEPS[2:], *_ASIDE),
        _M.PAPERS: (*_STEPS[3:], *_ASIDE),
        _M.TRAINING: (_M.READY, *_ASIDE),
        _M.READY: (_M.PAIRED, _M.ARCHIVED, *_ASIDE),
        _M.PAIRED: (_M.READY, _M.SUSPENDED, _M.RELIEVED),
        _M.RESERVE: (*_STEPS, _M.REJECTED, _M.ARCHIVED),
        _M.REJECTED: (_M.APPLIED, _M.ARCHIVED),
        _M.SUSPENDED: (_M.READY, _M.PAIRED, _M.RELIEVED, _M.ARCHIVED),
        _M.RELIEVED: (_M.APPLIED, _M.ARCHIVED),
        _M.ARCHIVED: (_M.APPLIED,),
    }
)


def validate_slots(value: str) -> None:
    """Codes of free hours in a line; anything else comes from outside the forms."""
    if not set(value.split()) <= known_slots():
        raise ValidationError("Отметьте свободные часы в таблице недели.")


class FreeHours:
    """Words for the free hours of a profile."""

    free_slots: str

    @property
    def free_words(self) -> str:
        return slots_in_words(self.free_slots.split())


class MenteeProfile(FreeHours, TenantModel):
    """A person's part as a mentee."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="mentee")
    state = models.CharField(
        "состояние", max_length=20, choices=MenteeState.choices, default=MenteeState.REQUEST
    )
    strengths = models.TextField("сильные стороны", blank=True)
    expectations = models.TextField("ожидания", blank=True)
    interests = models.CharField("интересы", max_length=300, blank=True)
    preferred_form = models.CharField("форма наставничества", max_length=40, blank=True)
    free_slots = models.CharField(
        "свободные часы", max_length=500, blank=True, validators=[validate_slots]
    )
    entered_on = models.DateField("дата вхождения", null=True, blank=True)
    left_on = models.DateField("дата завершения", null=True, blank=True)
    results = models.TextField("результаты", blank=True)
    case_link = models.CharField("ссылка на кейс или отзыв", max_length=300, blank=True)
    passed_mark = models.CharField("отметка о прохождении", max_length=120, blank=True)
    confirmed_on = models.DateField("сведения проверены", null=True, blank=True)
    note = models.CharField("заметка куратора", max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        indexes = (models.Index(fields=("organisation", "state"), name="mentee_by_state"),)

    def __str__(self) -> str:
        return str(self.person)


class MenteeRequest(TenantModel):
    """One request of a mentee: a code of the classifier, a topic, and the words it came in."""

    mentee = models.ForeignKey(MenteeProfile, on_delete=models.CASCADE, related_name="requests")
    text = models.CharField("запрос своими словами", max_length=400, blank=True)
    code = models.CharField("вид запроса", max_length=40, blank=True)
    topic = models.CharField("тема", max_length=40, blank=True)
    is_confirmed = models.BooleanField("код проверен", default=False)
    source = models.CharField("источник", max_length=120, blank=True)
    method = models.CharField("как выяснили", max_length=120, blank=True)
    noted_on = models.DateField("дата", null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("id",)
        # SQLite without statistics would look a mentee's requests up by the organisation alone.
        indexes = (models.Index(fields=("organisation", "mentee"), name="request_of_mentee"),)

    def __str__(self) -> str:
        return self.text or self.code


class MentorProfile(FreeHours, TenantModel):
    """A person's part as a mentor."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="mentor")
    state = models.CharField(
        "состояние", max_length=20, choices=MentorState.choices, default=MentorState.APPLIED
    )
    achievements = models.TextField("важные для программы достижения", blank=True)
    interests = models.CharField("интересы", max_length=300, blank=True)
    wanted_age_text = models.CharField("желаемый возраст наставляемых", max_length=120, blank=True)
    wanted_age_from = models.PositiveSmallIntegerField("возраст от", null=True, blank=True)
    wanted_age_to = models.PositiveSmallIntegerField("возраст до", null=True, blank=True)
    time_text = models.CharField("ресурс времени", max_length=160, blank=True)
    hours_per_week = models.DecimalField(
        "часов в неделю", max_digits=4, decimal_places=1, null=True, blank=True
    )
    capacity = models.PositiveSmallIntegerField("сколько наставляемых может вести", default=2)
    preferred_form = models.CharField("форма наставничества", max_length=40, blank=True)
    only_groups = models.BooleanField("ведёт только группы", default=False)
    free_slots = models.CharField(
        "свободные часы", max_length=500, blank=True, validators=[validate_slots]
    )
    open_to_others = models.BooleanField("открыт для других учреждений", default=False)
    trained_on = models.DateField("обучение пройдено", null=True, blank=True)
    entered_on = models.DateField("дата вхождения", null=True, blank=True)
    left_on = models.DateField("дата завершения", null=True, blank=True)
    results = models.TextField("результаты", blank=True)
    case_link = models.CharField("ссылка на кейс или отзыв", max_length=300, blank=True)
    confirmed_on = models.DateField("сведения проверены", null=True, blank=True)
    note = models.CharField("заметка куратора", max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        indexes = (models.Index(fields=("organisation", "state"), name="mentor_by_state"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(capacity__gte=1) & models.Q(capacity__lte=30),
                name="mentor_capacity_1_30",
                violation_error_message="Наставник может вести от 1 до 30 человек.",
            ),
            models.CheckConstraint(
                condition=models.Q(only_groups=False) | models.Q(capacity__gte=2),
                name="mentor_group_has_places",
                violation_error_message="Для группы наставнику нужно хотя бы два места.",
            ),
        )

    def __str__(self) -> str:
        return str(self.person)


class MentorCompetence(TenantModel):
    """What a mentor can help with: a code of the classifier, a topic, and the words it came in."""

    mentor = models.ForeignKey(MentorProfile, on_delete=models.CASCADE, related_name="competences")
    text = models.CharField("компетенция своими словами", max_length=400, blank=True)
    code = models.CharField("вид", max_length=40, blank=True)
    topic = models.CharField("тема", max_length=40, blank=True)
    is_confirmed = models.BooleanField("код проверен", default=False)

    class Meta(TenantModel.Meta):
        ordering = ("id",)
        indexes = (models.Index(fields=("organisation", "mentor"), name="competence_of_mentor"),)

    def __str__(self) -> str:
        return self.text or self.code
