"""Which consents a person may be asked for, and the words of their states.

Plain functions over loaded rows, like `requirements`; what is *needed* is decided there.
"""

from dataclasses import dataclass
from datetime import date

from nastavnik.people.models import Consent, ConsentKind, ConsentState, Person
from nastavnik.people.models.person import OWN_SIGNATURE_AGE
from nastavnik.people.requirements import Papers, required_consents

K = ConsentKind
CHILD_ONLY = frozenset({K.PARTICIPATION_CHILD, K.PD_CHILD, K.THIRD_PARTY})
ADULT_ONLY = frozenset({K.PD_ADULT, K.EMPLOYEE_MENTOR, K.PERSONAL_FILE})
BY_REQUEST = frozenset({K.PERSONAL_FILE, K.TRANSFER_PARTNER})
OPEN_STATES = (ConsentState.DRAFT, ConsentState.ISSUED, ConsentState.RECEIVED)
SHORT: dict[str, str] = {
    K.PARTICIPATION_CHILD: "Участие ребёнка",
    K.PD_CHILD: "Данные ребёнка",
    K.PD_ADULT: "Персональные данные",
    K.THIRD_PARTY: "Сведения от третьих лиц",
    K.PUBLICATION: "Публикация и фото",
    K.EMPLOYEE_MENTOR: "Работа наставником",
    K.TRANSFER_PARTNER: "Передача партнёру",
    K.PERSONAL_FILE: "Личное дело",
}
# Columns of the grid: the two kinds about personal data share one.
COLUMNS: tuple[tuple[str, str, tuple[ConsentKind, ...]], ...] = (
    ("participation", "Участие", (K.PARTICIPATION_CHILD,)),
    ("pd", "Персональные данные", (K.PD_CHILD, K.PD_ADULT)),
    ("third", "Третьи лица", (K.THIRD_PARTY,)),
    ("publication", "Публикация", (K.PUBLICATION,)),
    ("employee", "Работа наставником", (K.EMPLOYEE_MENTOR,)),
    ("partner", "Партнёру", (K.TRANSFER_PARTNER,)),
    ("file", "Личное дело", (K.PERSONAL_FILE,)),
)
NO_STATE = "нет"


@dataclass(frozen=True)
class Cell:
    """One place of the grid: whose consent and of which kind."""

    person_id: int
    kind: ConsentKind


@dataclass(frozen=True)
class Standing:
    """How a cell stands: the word, its shape (ok, wait, bad or nothing) and the latest record."""

    kind: ConsentKind
    text: str
    shape: str
    is_required: bool
    consent: Consent | None = None

    @property
    def is_missing(self) -> bool:
        return self.shape != "ok"


def may_have(person: Person, kind: ConsentKind, on: date) -> bool:
    """Whether this kind makes sense for the person at all."""
    if person.is_minor_on(on):
        return kind not in ADULT_ONLY
    if kind == K.EMPLOYEE_MENTOR:
        return person.is_staff
    return kind not in CHILD_ONLY


def applicable_kinds(person: Person, papers: Papers, on: date) -> tuple[ConsentKind, ...]:
    """Kinds shown for the person, required ones first; rare ones only once somebody asked."""
    mentor, mentee = getattr(person, "mentor", None), getattr(person, "mentee", None)
    kinds = list(required_consents(person, on))
    if mentee is not None and person.is_minor_on(on):
        kinds.append(K.THIRD_PARTY)
    kinds.append(K.PUBLICATION)
    if mentor is not None and may_have(person, K.EMPLOYEE_MENTOR, on):
        kinds.append(K.EMPLOYEE_MENTOR)
    if mentor is not None and not person.is_own:
        kinds.append(K.TRANSFER_PARTNER)
    asked = (kind for kind in BY_REQUEST if kind in papers.by_kind and may_have(person, kind, on))
    return tuple(dict.fromkeys([*kinds, *sorted(asked)]))


def wants_child_signature(person: Person, kind: str, on: date) -> bool:
    """From 14 to 18 the child signs beside the representative (every kind a representative signs)."""
    age = person.age_on(on)
    if not person.is_minor_on(on) or kind in ADULT_ONLY:
        return False
    return age is not None and age >= OWN_SIGNATURE_AGE


def standing(person: Person, papers: Papers, kind: ConsentKind, on: date) -> Standing:
    """The state of one cell in words."""
    required = kind in required_consents(person, on)
    consent = papers.consent_on(kind, on)
    if consent is not None:
        if wants_child_signature(person, kind, on) and not consent.child_signed:
            return Standing(kind, "нет подписи ребёнка", "wait", required, consent)
        return Standing(kind, "получено", "ok", required, consent)
    latest = papers.by_kind.get(kind)
    return Standing(kind, *_words(latest, on, required=required), required, latest)


def _words(consent: Consent | None, on: date, *, required: bool) -> tuple[str, str]:
    """Word and shape of a cell where nothing holds."""
    lacking = "bad" if required else ""
    if consent is None:
        return NO_STATE, lacking
    match consent.state:
        case ConsentState.ISSUED:
            return "бланк выдан", "wait"
        case ConsentState.RECEIVED:
            return "нет подписи ребёнка", "wait"
        case ConsentState.IN_FORCE:
            later = consent.valid_from is not None and consent.valid_from > on
            return ("ещё не действует", "wait") if later else ("истекло", lacking or "wait")
        case ConsentState.DRAFT | ConsentState.REPLACED:
            return NO_STATE, lacking
        case _:
            return consent.get_state_display(), lacking


def standings(person: Person, papers: Papers, on: date) -> list[Standing]:
    return [standing(person, papers, kind, on) for kind in applicable_kinds(person, papers, on)]


def to_collect(person: Person, papers: Papers, on: date) -> list[Standing]:
    """Required cells where something is still missing."""
    return [cell for cell in standings(person, papers, on) if cell.is_required and cell.is_missing]


def is_open(consent: Consent) -> bool:
    return consent.state in OPEN_STATES


def class_order(class_name: str) -> tuple[int, int, str]:
    """5А before 10Б, people without a class last."""
    digits = "".join(sign for sign in class_name if sign.isdigit())[:4]
    return (0 if class_name else 1, int(digits or 0), class_name)
