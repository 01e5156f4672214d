"""The refusal of a file: a code, a Russian sentence of advice, and the place in the file."""

from collections.abc import Mapping
from typing import Protocol


class FileRefused(Exception):
    """The file cannot be taken; `message` tells a person in Russian what to do about it."""

    def __init__(self, code: str, message: str, place: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.place = place


class Refuse(Protocol):
    """How a guard of this package refuses: by a code that the room puts into its own words."""

    def __call__(self, code: str, place: str = "", /) -> Exception:
        """The exception to raise."""


class Refusals:
    """The words of one room: code -> sentence without its full stop."""

    # No dataclass: importing that module would cost each reading process ten milliseconds.
    def __init__(self, messages: Mapping[str, str]) -> None:
        self.messages = messages

    def __call__(self, code: str, place: str = "", *, message: str = "") -> FileRefused:
        """The refusal with its standard words, or with more exact ones."""
        return FileRefused(code, message or self.messages[code], place)


def common_messages(anew: str) -> dict[str, str]:
    """What every room says alike; `anew` is its advice how to make a sound file."""
    return {
        "empty": "Файл пустой. Проверьте, что выбран нужный файл, и загрузите его снова",
        "bomb": f"Файл при распаковке становится слишком большим. {anew}",
        "paths": f"Файл устроен небезопасно. {anew}",
        "entities": f"Файл содержит запрещённые ссылки внутри разметки. {anew}",
        "timeout": f"Файл читается слишком долго. {anew}",
        "not_found": "Файл не найден. Проверьте имя файла",
    }
