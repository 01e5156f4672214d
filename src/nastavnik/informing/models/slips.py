"""Class sheets with a QR code and the slips «хочу участвовать» that come through them.

A slip is all that may be known of a child before a representative's consent (PRODUCT.md § 2.3,
invariant 2): a name or a code word, the class, two quick answers. After 30 days the name and the
words go, whatever became of it; what stays is fit for counting only.
"""

from datetime import date

from django.db import models

from nastavnik.informing.audiences import Audience
from nastavnik.people.models import Person
from nastavnik.shared.states import moves
from nastavnik.tenancy.scope import TenantModel

SLIP_DAYS = 30
WISH_LENGTH = 200


class SheetState(models.TextChoices):
    OPEN = "open", "открыто"
    CLOSED = "closed", "закрыто"


class Side(models.TextChoices):
    MENTEE = "mentee", "хочет наставника"
    MENTOR = "mentor", "хочет помогать"


class SlipWay(models.TextChoices):
    LINK = "link", "по QR-коду"
    PAPER = "paper", "на бумаге"


class SlipState(models.TextChoices):
    NEW = "new", "ждёт решения"
    TAKEN = "taken", "заведён в базе"
    DECLINED = "declined", "не продолжаем"
    ERASED = "erased", "стёрт"


_S = SlipState
SLIP_TRANSITIONS = moves(
    {
        _S.NEW: (_S.TAKEN, _S.DECLINED, _S.ERASED),
        _S.TAKEN: (_S.ERASED,),
        _S.DECLINED: (_S.NEW, _S.ERASED),
    }
)


class ClassSheet(TenantModel):
    """One announcement with a QR code, for one class or one audience of adults.

    Of the address only a hash is kept (`shared.tokens`); a fresh secret makes old papers useless.
    """

    audience = models.CharField(
        "для кого", max_length=10, choices=Audience.choices, default=Audience.PUPILS
    )
    class_name = models.CharField("класс или группа", max_length=40, blank=True)
    school_year = models.CharField("учебный год", max_length=9)
    open_until = models.DateField("записаться можно до")
    state = models.CharField(
        "состояние", max_length=6, choices=SheetState.choices, default=SheetState.OPEN
    )
    ask_whom = models.CharField("к кому подойти с вопросом", max_length=160, blank=True)
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.CharField("подготовил", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        ordering = ("audience", "class_name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "school_year", "audience", "class_name"),
                name="class_sheet_once_a_year",
                violation_error_message="Такое объявление на этот учебный год уже есть.",
            ),
        )

    def __str__(self) -> str:
        return self.class_name or self.get_audience_display()

    @property
    def is_for_children(self) -> bool:
        return self.audience == Audience.PUPILS

    def takes_on(self, day: date) -> bool:
        """Whether one may still answer on the day."""
        return self.state == SheetState.OPEN and day <= self.open_until


class Slip(TenantModel):
    """One wish to take part. `name` may be a code word; after erasure it and the wish are empty."""

    sheet = models.ForeignKey(ClassSheet, on_delete=models.CASCADE, related_name="slips")
    name = models.CharField("имя или кодовое слово", max_length=120, blank=True)
    is_code = models.BooleanField("это кодовое слово", default=False)
    class_name = models.CharField("класс или группа", max_length=40, blank=True)
    side = models.CharField("чего хочет", max_length=6, choices=Side.choices)
    request_code = models.CharField("с чем", max_length=40, blank=True)
    wish = models.CharField("когда удобно, своими словами", max_length=WISH_LENGTH, blank=True)
    way = models.CharField(
        "как пришёл", max_length=5, choices=SlipWay.choices, default=SlipWay.LINK
    )
    state = models.CharField(
        "состояние", max_length=8, choices=SlipState.choices, default=SlipState.NEW
    )
    sent_key = models.CharField("ключ отправки", max_length=64)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    blank_given_on = models.DateField("бланк согласия выдан", null=True, blank=True)
    created_on = models.DateField("записан")
    expires_on = models.DateField("будет стёрт")
    erased_at = models.DateTimeField("стёрт", null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("id",)
        indexes = (models.Index(fields=("organisation", "state"), name="slip_by_state"),)
        constraints = (
            models.UniqueConstraint(fields=("sheet", "sent_key"), name="slip_sent_once"),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True)
                | models.Q(state="erased", name="", wish="", person__isnull=True),
                name="slip_erased_has_no_name",
                violation_error_message="В стёртой записи не остаётся ни имени, ни слов.",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=False) | ~models.Q(name=""),
                name="slip_has_name_or_code",
                violation_error_message="Напишите имя или кодовое слово.",
            ),
        )

    def __str__(self) -> str:
        return f"запись {self.pk}"
