"""Which of the containers of a table a file is; all else is refused by what it is."""

from nastavnik.files.kinds import kind_of_bytes

from .refusals import refuse

_CONTAINERS = ("zip", "ole", "text")
_CODES = {"rtf": "word", "program": "unknown", "doctype": "entities"}


def container(data: bytes) -> str:
    """`zip`, `ole` or `text`; refuses everything that can never hold a table.

    Raises: FileRefused for empty files, pictures, PDF, archives, web pages and programs.
    """
    kind = kind_of_bytes(data)
    if kind in _CONTAINERS:
        return kind
    if kind == "old_excel":
        words = "Это таблица очень старого Excel. Сохраните её как «Книга Excel (.xlsx)»"
        raise refuse("binary_excel", message=words)
    raise refuse(_CODES.get(kind, kind))
