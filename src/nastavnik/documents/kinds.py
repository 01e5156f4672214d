"""The kinds of documents, read from `blanks/`: nothing else declares a code.

A kind exists when `blanks/<code>.txt` (the text) and `blanks/<code>.toml` (title, journal, folder,
acts, fields) do.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from nastavnik.documents.engine.docx import catalogue

ORDER_CANCEL = "order_cancel"
ORDER_INTRODUCTION = "order_introduction"
ORDER_REGISTER = "order_register"
FOLDER_INVENTORY = "folder_inventory"

ORDERS = "orders"
JOURNALS: dict[str, str] = {
    ORDERS: "Приказы по основной деятельности",
    "protocols": "Протоколы",
    "incoming": "Заявления и входящие документы",
}
FOLDERS: dict[str, str] = {
    "01": "Нормативные акты",
    "02": "Приказы",
    "03": "Дорожная карта",
    "04": "Согласия и справки",
    "05": "Анкеты, отбор, подбор",
    "06": "Программы и планы",
    "07": "Встречи: дневники и резюме",
    "08": "Обучение",
    "09": "Партнёры",
    "10": "Мониторинг и отчёты",
    "11": "Мероприятия, награды, публикации",
    "12": "Советы и протоколы",
}
CLOSED_FOLDER = "04"
GROUPS: dict[str, str] = {
    "orders": "Приказы",
    "programmes": "Программы",
    "pairs": "Пары и группы",
    "selection": "Отбор наставников",
    "meetings": "Групповые встречи",
    "roadmaps": "Дорожная карта",
    "informing": "Информирование",
    "councils": "Советы и группы",
    "consents": "Согласия",
    "service": "Служебные",
}


@dataclass(frozen=True)
class Kind:
    """What is known of a kind before any document of it exists."""

    code: str
    title: str
    group: str
    journal: str
    folder: str
    acts: tuple[str, ...]

    @property
    def is_numbered(self) -> bool:
        return bool(self.journal)

    @property
    def is_order(self) -> bool:
        """Orders are signed by the head alone; other papers by those whom they name."""
        return self.journal == ORDERS

    @property
    def names_head(self) -> bool:
        return any(field.name.split(".")[0] == "head" for field in self.fields)

    @property
    def fields(self) -> tuple[catalogue.Field, ...]:
        return catalogue.blank(self.code).fields

    @property
    def allowed_paths(self) -> frozenset[str]:
        return catalogue.blank(self.code).allowed

    @property
    def required_paths(self) -> frozenset[str]:
        return catalogue.blank(self.code).required


def codes() -> tuple[str, ...]:
    """Every kind, in alphabetical order."""
    return catalogue.kinds()


@cache
def kind_of(code: str) -> Kind:
    """The kind by its code; KeyError for a code without a blank: that is a mistake of ours."""
    about = catalogue.blank(code)
    return Kind(
        code=code,
        title=about.title,
        group=about.group,
        journal=about.journal,
        folder="02" if about.journal == ORDERS else about.folder,
        acts=about.acts,
    )


def kinds() -> tuple[Kind, ...]:
    return tuple(kind_of(code) for code in codes())


def default_template(code: str) -> bytes:
    """The built-in blank as a DOCX template; the same release gives the same bytes."""
    return catalogue.blank(code).template()


def example_data(code: str) -> dict[str, Any]:
    """Invented data for every field of the kind, to show a template before anything is at stake."""
    return catalogue.blank(code).example()
