"""Consents, each kind its own document (152-ФЗ ст. 9), and certificates of adults who are not staff."""

from django.db import models

from nastavnik.people.models.person import Person, Representative
from nastavnik.shared.states import moves
from nastavnik.tenancy.scope import TenantModel


class ConsentKind(models.TextChoices):
    """The eight kinds; the value is also the kind of the printed document: `consent_<value>`."""

    PD_ADULT = "pd_adult", "обработка персональных данных"
    PD_CHILD = "pd_child", "обработка персональных данных ребёнка"
    PARTICIPATION_CHILD = "participation_child", "участие ребёнка в программе"
    THIRD_PARTY = "third_party", "сведения от третьих лиц"
    PUBLICATION = "publication", "распространение данных и фото"
    TRANSFER_PARTNER = "transfer_partner", "передача данных партнёру"
    EMPLOYEE_MENTOR = "employee_mentor", "согласие работника быть наставником"
    PERSONAL_FILE = "personal_file", "доступ к материалам личного дела"


class ConsentState(models.TextChoices):
    DRAFT = "draft", "черновик"
    ISSUED = "issued", "бланк выдан"
    RECEIVED = "received", "получено"
    IN_FORCE = "in_force", "действует"
    EXPIRED = "expired", "истекло"
    WITHDRAWN = "withdrawn", "отозвано"
    REPLACED = "replaced", "заменено"
    REFUSED = "refused", "отказ"


_C = ConsentState
CONSENT_TRANSITIONS = moves(
    {
        _C.DRAFT: (_C.ISSUED, _C.RECEIVED, _C.IN_FORCE, _C.REFUSED),
        _C.ISSUED: (_C.RECEIVED, _C.IN_FORCE, _C.REFUSED),
        _C.RECEIVED: (_C.IN_FORCE, _C.REFUSED),
        _C.IN_FORCE: (_C.EXPIRED, _C.WITHDRAWN, _C.REPLACED),
    }
)


class Consent(TenantModel):
    """One consent of one kind about one person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField("вид", max_length=20, choices=ConsentKind.choices)
    state = models.CharField(
        "состояние", max_length=10, choices=ConsentState.choices, default=ConsentState.DRAFT
    )
    representative = models.ForeignKey(
        Representative, null=True, blank=True, on_delete=models.PROTECT, related_name="consents"
    )
    child_signed = models.BooleanField("подписал и сам ребёнок", default=False)
    text_version = models.CharField("редакция бланка", max_length=20, blank=True)
    token = models.CharField(max_length=32, unique=True)
    issued_on = models.DateField("бланк выдан", null=True, blank=True)
    received_on = models.DateField("получено", null=True, blank=True)
    valid_from = models.DateField("действует с", null=True, blank=True)
    valid_to = models.DateField("действует по", null=True, blank=True)
    file_place = models.CharField("место в деле", max_length=120, blank=True)
    attested_by = models.CharField("подлинность отметил", max_length=200, blank=True)
    withdrawn_on = models.DateField("отозвано", null=True, blank=True)
    reason = models.CharField("причина", max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        ordering = ("-id",)
        indexes = (models.Index(fields=("organisation", "person", "kind"), name="consent_cell"),)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "kind"),
                condition=models.Q(state="in_force"),
                name="consent_one_in_force",
                violation_error_message="Согласие этого вида уже действует.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person_id}"


class CertificateKind(models.TextChoices):
    NO_CRIMINAL_RECORD = "no_record", "справка об отсутствии судимости"
    MEDICAL = "medical", "медицинская справка"


class CertificateState(models.TextChoices):
    REQUIRED = "required", "требуется"
    PRESENTED = "presented", "предъявлена"
    VALID = "valid", "действует"
    EXPIRED = "expired", "истекла"
    REJECTED = "rejected", "отклонена"
    NOT_REQUIRED = "not_required", "не требуется"


_T = CertificateState
CERTIFICATE_TRANSITIONS = moves(
    {
        _T.REQUIRED: (_T.PRESENTED, _T.VALID, _T.REJECTED, _T.NOT_REQUIRED),
        _T.PRESENTED: (_T.VALID, _T.REJECTED),
        _T.VALID: (_T.EXPIRED,),
        _T.NOT_REQUIRED: (_T.REQUIRED,),
    }
)


class Certificate(TenantModel):
    """Number, date and issuer of a certificate that was shown; never its scan."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="certificates")
    kind = models.CharField("вид", max_length=12, choices=CertificateKind.choices)
    state = models.CharField(
        "состояние",
        max_length=12,
        choices=CertificateState.choices,
        default=CertificateState.REQUIRED,
    )
    number = models.CharField("номер", max_length=60, blank=True)
    issued_on = models.DateField("дата выдачи", null=True, blank=True)
    issuer = models.CharField("кем выдана", max_length=200, blank=True)
    valid_until = models.DateField("действительна по", null=True, blank=True)
    checked_by = models.CharField("проверил", max_length=200, blank=True)
    checked_on = models.DateField("проверена", null=True, blank=True)
    basis = models.CharField("основание", max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("-id",)
        indexes = (models.Index(fields=("organisation", "person"), name="certificate_person"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person_id}"
