"""How a person with low vision wants pages drawn: a cookie in, attributes of `<html>` out."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

COOKIE = "display"
COOKIE_AGE_SECONDS = 365 * 24 * 60 * 60

CHOICES: dict[str, dict[str, str]] = {
    "size": {"": "100 %", "150": "150 %", "200": "200 %"},
    "scheme": {
        "": "Обычные",
        "white": "Чёрным по белому",
        "black": "Белым по чёрному",
        "blue": "Синим по голубому",
        "beige": "Коричневым по бежевому",
    },
    "spacing": {"": "Обычные", "wide": "Широкие"},
    "images": {"": "Показывать", "off": "Выключить рисунки"},
}


@dataclass(frozen=True)
class Display:
    """A validated wish; an empty string stands for the ordinary look."""

    size: str = ""
    scheme: str = ""
    spacing: str = ""
    images: str = ""

    @classmethod
    def from_values(cls, values: Mapping[str, str]) -> "Display":
        """Keep the known values and drop the rest."""
        known = {
            name: values[name]
            for name, choices in CHOICES.items()
            if values.get(name, "") in choices and values.get(name)
        }
        return cls(**known)

    @classmethod
    def of(cls, request: HttpRequest) -> "Display":
        pairs = (part.partition("-") for part in request.COOKIES.get(COOKIE, "").split("."))
        return cls.from_values({name: value for name, _, value in pairs})

    @property
    def chosen(self) -> dict[str, str]:
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in values if value}

    @property
    def cookie(self) -> str:
        return ".".join(f"{name}-{value}" for name, value in self.chosen.items())

    @property
    def attributes(self) -> SafeString:
        """` data-size="150" …`, ready to stand inside the tag `<html>`."""
        return format_html_join("", ' data-{}="{}"', self.chosen.items())

    @property
    def images_off(self) -> bool:
        return self.images == "off"
