"""Problems and results as JSON and back: equal values are equal bytes, whatever made them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from nastavnik.matching.engine.problem import Problem

_PLAIN_KEYS = (str,)


def plain(value: Any) -> Any:
    """Dataclasses as mappings, sets sorted, mappings with other keys than words as sorted pairs."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset | set):
        return sorted(plain(item) for item in value)
    if isinstance(value, Mapping):
        if all(isinstance(key, _PLAIN_KEYS) for key in value):
            return {key: plain(value[key]) for key in sorted(value)}
        return sorted([plain(key), plain(held)] for key, held in value.items())
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def read_problem(data: Mapping[str, Any]) -> Problem:
    """The problem that `plain` wrote. Raises: KeyError or TypeError when it was written otherwise."""
    problem: Problem = _read(Problem, data)
    return problem


def canonical(value: Any) -> bytes:
    """The only spelling of a JSON value."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def digest(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def _read(kind: Any, data: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _read(hints[name], held) for name, held in data.items()})
    if origin in (Union, UnionType):
        inner = next(option for option in arguments if option is not NoneType)
        return None if data is None else _read(inner, data)
    if origin is tuple or origin is frozenset:
        return _read_row(origin, arguments, data)
    if origin is not None and issubclass(origin, Mapping):
        pairs = data.items() if isinstance(data, Mapping) else data
        return {_read(arguments[0], key): _read(arguments[1], held) for key, held in pairs}
    return data


def _read_row(origin: Any, arguments: tuple[Any, ...], data: Any) -> Any:
    if origin is frozenset or arguments[-1] is Ellipsis:
        return origin(_read(arguments[0], item) for item in data)
    return tuple(_read(part, item) for part, item in zip(arguments, data, strict=True))
