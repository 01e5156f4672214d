"""The refusal of a file: a code, a Russian sentence of advice, and the place in the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
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


@dataclass(frozen=True, slots=True)
class Refusals:
    """The words of one room: code -> sentence without its full stop."""

    messages: Mapping[str, str]

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


def read_file(path: Path, most: int, refuse: Refuse) -> bytes:
    """The bytes of a file named on the command line, unless it is absent or above `most` bytes.

    Raises: the refusal `not_found` or `too_big`.
    """
    try:
        size = path.stat().st_size
        if size <= most:
            return path.read_bytes()
    except (OSError, ValueError) as error:
        raise refuse("not_found") from error
    raise refuse("too_big")
