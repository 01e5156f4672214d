"""The default blanks and the description of their fields, read from `documents/blanks`."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from .blank import build_blank

_INCLUDE = re.compile(r"^@include (\w+)$", re.MULTILINE)
CASES = ("nominative", "genitive", "dative", "accusative", "instrumental", "prepositional")
_PARTS = {
    "text": ("",),
    "list": ("",),
    "flag": ("",),
    "picture": ("",),
    "cases": tuple(f".{case}" for case in CASES),
    "person": (
        *(f".name.{case}" for case in CASES),
        *(f".post.{case}" for case in CASES),
        ".about",
        ".signature",
    ),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One merge field; `required` means that a replaced template must keep it."""

    name: str
    kind: str  # text, cases, person, list, flag, picture
    meaning: str
    is_required: bool
    example: Any

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(f"{self.name}{part}" for part in _PARTS[self.kind])


@dataclass(frozen=True, slots=True)
class Blank:
    """A kind of document: its names, its place in the files, its law and its fields."""

    kind: str
    title: str
    group: str
    journal: str
    folder: str
    acts: tuple[str, ...]
    fields: tuple[Field, ...]
    source: str

    @property
    def allowed(self) -> frozenset[str]:
        return frozenset(path for field in self.fields for path in field.paths)

    @property
    def required(self) -> frozenset[str]:
        return frozenset(field.name for field in self.fields if field.is_required)

    def template(self) -> bytes:
        return _template(self.kind)

    def example(self) -> dict[str, Any]:
        """Invented data for a preview without a database."""
        data: dict[str, Any] = {"qr_url": "https://nastavnik.example/d/1"}
        for field in self.fields:
            if field.example is not None:
                _put(data, field.name.split("."), _resolved(field.example, _shared()["examples"]))
        return data


def _put(data: dict[str, Any], path: list[str], value: Any) -> None:
    for name in path[:-1]:
        data = data.setdefault(name, {})
    data[path[-1]] = value


def _resolved(value: Any, examples: Mapping[str, Any]) -> Any:
    """Replace `"@name"` or `"@name.part"` by the shared example of that name."""
    if isinstance(value, str) and value.startswith("@"):
        found: Any = examples
        for name in value[1:].split("."):
            found = found[name]
        return _resolved(found, examples)
    if isinstance(value, Mapping):
        return {key: _resolved(item, examples) for key, item in value.items()}
    if isinstance(value, list):
        return [_resolved(item, examples) for item in value]
    return value


def _read(name: str) -> str:
    folder = resources.files("nastavnik.documents") / "blanks"
    return (folder / name).read_text(encoding="utf-8")


def _included(source: str) -> str:
    """Put the shared pieces in place of `@include NAME` lines."""
    return _INCLUDE.sub(lambda match: _read(f"parts/{match.group(1)}.txt").rstrip(), source)


@cache
def _shared() -> dict[str, Any]:
    return {
        "groups": tomllib.loads(_read("common.toml")),
        "examples": tomllib.loads(_read("examples.toml")),
    }


@cache
def kinds() -> tuple[str, ...]:
    """All kinds that have a blank, in alphabetical order."""
    folder = resources.files("nastavnik.documents") / "blanks"
    names = (item.name for item in folder.iterdir())
    return tuple(sorted(name.removesuffix(".txt") for name in names if name.endswith(".txt")))


@cache
def blank(kind: str) -> Blank:
    """The blank of one kind; KeyError for an unknown kind."""
    if kind not in kinds():
        raise KeyError(kind)
    about = tomllib.loads(_read(f"{kind}.toml"))
    return Blank(
        kind=kind,
        title=about["title"],
        group=about["group"],
        journal=about["journal"],
        folder=about["folder"],
        acts=tuple(about["acts"]),
        fields=tuple(_fields(about)),
        source=_included(_read(f"{kind}.txt")),
    )


def _fields(about: Mapping[str, Any]) -> Iterator[Field]:
    """Shared fields, unless the kind has its own of the same name, then its own."""
    own = about.get("fields", [])
    named = {entry["name"] for entry in own}
    optional = set(about.get("optional", ()))  # shared fields that this kind can do without
    for group in about["use"]:
        for entry in _shared()["groups"][group]["fields"]:
            if entry["name"] in optional:
                yield _field({**entry, "required": False})
            elif entry["name"] not in named:
                yield _field(entry)
    yield from (_field(entry) for entry in own)


def _field(entry: Mapping[str, Any]) -> Field:
    return Field(
        name=entry["name"],
        kind=entry.get("type", "text"),
        meaning=entry["meaning"],
        is_required=bool(entry.get("required", False)),
        example=entry.get("example"),
    )


@cache
def _template(kind: str) -> bytes:
    return build_blank(blank(kind).source)
