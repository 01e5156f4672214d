"""At least one row of every tenant model for an organisation, each text carrying its marker."""

from datetime import date, time, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from nastavnik.accounts.models import User
from nastavnik.documents.kinds import example_data
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import TenantModel
from nastavnik.tenancy.walls import tenant_models

# What a made-up text would break: codes that the product looks up, and years that it prints.
CODES: dict[str, dict[str, Any]] = {
    "people.Person": {"name_cases": {}},
    "people.MenteeProfile": {"preferred_form": "teacher-pupil"},
    "people.MentorProfile": {"preferred_form": "teacher-pupil"},
    "people.MenteeRequest": {"code": "progress", "topic": "math"},
    "people.MentorCompetence": {"code": "", "topic": "math"},
    "people.Consent": {"kind": "pd_child", "state": "received"},
    "people.Certificate": {"state": "accepted"},
    "people.ImportBatch": {"kind": "mentees", "mapping": {}, "summary": {}},
    "people.ImportRow": {"edits": {}, "decision": ""},
    "councils.Council": {"kind": "creative_group", "draft_order": None, "regulation": None},
    "councils.CouncilMember": {"gender": "female"},
    "councils.Sitting": {"protocol": None},
    "events.Event": {"rotation": {}, "starts_at": time(15), "state": "going"},
    "pairs.Pair": {"form": "teacher-pupil", "role_model": "", "state": "proposed"},
    "pairs.InstitutionProgramme": {"forms": ["teacher-pupil"], "starts_on": None, "ends_on": None},
    "documents.Journal": {"code": "own", "number_format": "{number}"},
    "documents.Document": {
        "kind": "order_introduction",
        "folder": "02",
        "data": example_data("order_introduction"),
        "school_year": "2026/27",
        "number_text": "",
        "choices": {},
        "template_key": "",
        "scan": b"%PDF-1.4",
        "scan_name": "скан.pdf",
    },
    "library.OwnEntry": {"dictionary": "acts", "parent": ""},
    "surveys.Campaign": {"state": "open", "school_year": "2026/27", "held_back": []},
    "surveys.Invitation": {"talked_to": []},
    "roadmaps.Roadmap": {"template_code": "", "agreement_by": "", "state": "returned"},
    "roadmaps.RoadmapItem": {
        "deadlines": [],
        "evidence_kind": "",
        "evidence_parameters": {},
        "origin": "own",
        "link": "",
    },
    "roadmaps.ItemResponsible": {"role": ""},
    "roadmaps.Occurrence": {"starts_on": None, "due_on": None, "met_on": None, "met_words": ""},
    "roadmaps.RoadmapTarget": {"unit": "", "indicator": ""},
    "roadmaps.RoadmapImport": {"answers": {}, "state": "undone"},
    "surveys.Wish": {"is_not_with": True},
    "matching.MatchRun": {
        "problem": {"mentees": [], "mentors": [], "forms": [], "weights": {}},
        "result": {
            "chosen": [],
            "unmatched": [],
            "options": {},
            "certificates": [],
            "totals": {"asked": 0, "matched": 0, "fit": 0},
        },
        "weights": {},
        "state": "done",
        "is_current": False,
    },
    "informing.InformingCampaign": {"school_year": "2026/27", "audiences": ["staff", "outside"]},
    "informing.Gathering": {"audience": "staff", "kind": "other"},
    "informing.Mailing": {"audience": "employers"},
    "people.LoanRequest": {"form": "teacher-pupil", "state": "withdrawn"},
    "people.LoanCall": {"state": "withdrawn"},
    "matching.Search": {"result": {"chosen": [], "unmatched": [], "certificates": []}},
    "matching.Find": {"form": "teacher-pupil"},
    "informing.ClassSheet": {"school_year": "2026/27"},
    "informing.Slip": {"request_code": "study", "expires_on": date(2100, 1, 1)},
    "matching.MatchChange": {"kind": "forbid", "entry": {}, "undone_at": None},
}
# Copies of other columns, codes and keys: texts that nobody typed.
NOT_TEXT = frozenset(
    {
        *(
            "offer",
            "mentor_key",
            "search_key",
            "identity_key",
            "token",
            "token_hash",
            "sent_key",
            "nonce",
            "slug",
        ),
        *("code", "kind", "gender", "folder"),
    }
)


def text_fields(model: type[models.Model]) -> list[Any]:
    """Columns that hold words somebody typed."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in NOT_TEXT
        and field.name not in CODES.get(model._meta.label, {})
    ]


def marked(field: Any, marker: str) -> str:
    """The marker, the column and its table, as long as the column allows: fields are told apart."""
    table = field.model._meta.model_name
    if isinstance(field, models.EmailField):
        return f"{field.name}-{table}@example.org"
    text = f"{marker} {field.name} {table}"
    return text[: field.max_length] if field.max_length else text


def fill_everything(organisation: Organisation, marker: str) -> None:
    """A row of each tenant model that has none yet."""
    waiting = [model for model in tenant_models() if not _rows(model, organisation).exists()]
    while waiting:
        made = [model for model in waiting if _fill(model, organisation, marker)]
        if not made:
            raise AssertionError(f"no way to fill {[model.__name__ for model in waiting]}")
        waiting = [model for model in waiting if model not in made]


def _rows(model: type[TenantModel], organisation: Organisation) -> Any:
    return model.objects.filter(organisation=organisation)


def _fill(model: type[TenantModel], organisation: Organisation, marker: str) -> bool:
    """Make one row; False while a row that it must point at is missing."""
    values: dict[str, Any] = {}
    names = {field.name for field in model._meta.concrete_fields}
    codes = CODES.get(model._meta.label, {})
    fixed = {name: value for name, value in codes.items() if name in names and value is not None}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name == "organisation" or field.name in fixed:
            continue
        if isinstance(field, models.ForeignKey) and field.name in codes:
            continue
        if isinstance(field, models.ForeignKey):
            if issubclass(field.related_model, TenantModel):
                target = _rows(field.related_model, organisation).order_by("id").first()
                if target is None and not field.null:
                    return False
                values[field.name] = target if field.related_model is not model else None
            elif not field.null and issubclass(field.related_model, Organisation):
                values[field.name] = organisation
            elif not field.null and issubclass(field.related_model, User):
                values[field.name] = User.objects.order_by("id").first()
            continue
        values[field.name] = _value(field, organisation, marker)
    row = model(organisation=organisation, **values | fixed)
    row.save()
    return True


def _words(field: Any, organisation: Organisation, marker: str) -> str:
    if field.name in {"token", "token_hash", "link_token", "code"}:
        return f"{organisation.slug}-{field.model.__name__.lower()}"[: field.max_length]
    return "" if field.name in NOT_TEXT else marked(field, marker)


def _value(field: Any, organisation: Organisation, marker: str) -> Any:  # noqa: PLR0911 -- one line a kind of column
    today = timezone.localdate()
    if field.choices:
        return field.default if field.has_default() else field.choices[0][0]
    match field:
        case models.CharField() | models.TextField():
            return _words(field, organisation, marker)
        case models.DateTimeField():
            return None if field.null else timezone.now()
        case models.DateField():
            return today + timedelta(days=200 if field.name.startswith(("ends", "valid_")) else 0)
        case models.BooleanField():
            return field.get_default()
        case models.JSONField():
            return field.get_default() or ([] if field.get_default() == [] else {"words": marker})
        case models.BinaryField():
            return None if field.null else f"ФИО;Класс\n{marker} Илья;7А\n".encode()
        case _ if field.null or field.has_default():
            return field.get_default() if field.has_default() else None
    return 1
