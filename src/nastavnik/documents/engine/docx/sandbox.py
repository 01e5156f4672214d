"""The small, bounded language of template fields.

A template comes from outside, so the language is an allow-list twice over: the syntax tree may hold
only the nodes below (no calls, no arithmetic, no assignments), and values are looked up only in
mappings, never as attributes of Python objects. Loops run over given lists; a loop inside a loop
may only go through a list that belongs to the outer row, so the work is linear in the data.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NoReturn

from jinja2 import TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import TemplateRuntimeError
from jinja2.runtime import LoopContext, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from .problems import RenderFailed
from .wording import keep_numbers

MAX_LOOP_DEPTH = 3
LOOP_FIELDS = frozenset({"index", "index0", "first", "last", "length"})
BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue002-\ufffd\U00010000-\U0010ffff]")
_SO = re.compile(r"дня\b|[сзшж][бвгджзклмнпрстфхцчшщ]|щ", re.IGNORECASE)
_NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.If, nodes.For,
    nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Const,
    nodes.Filter, nodes.Test,
)  # fmt: skip
_TESTS = frozenset({"defined", "undefined", "none", "odd", "even"})


class MissingField(StrictUndefined):
    """A field with no value in the data: any use names it in Russian."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise RenderFailed(f"Для поля «{self._undefined_name}» нет данных.")

    __iter__ = __str__ = __len__ = __eq__ = __ne__ = _fail_with_undefined_error
    __bool__ = __hash__ = __contains__ = _fail_with_undefined_error


class FieldEnvironment(ImmutableSandboxedEnvironment):
    """Sandbox that sees mappings and the loop counter, and nothing else of Python."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(name=attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP_FIELDS:
            return getattr(obj, attribute)
        return self.undefined(name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self.getattr(obj, str(argument))


def _finalize(value: Any) -> Any:
    """Make a value safe for the inside of `w:t`: no control characters, line ends as breaks."""
    if isinstance(value, Undefined | Markup):
        return value
    if value is None:
        return ""
    if isinstance(value, str):
        text = keep_numbers(_NOT_XML.sub("", value).replace("\r\n", "\n"))
        if "\n" in text or "\r" in text:
            return BREAK.join(escape(line) for line in re.split("[\r\n]", text))
        return text
    if isinstance(value, bool | Mapping | list | tuple):
        raise RenderFailed("Поле указывает на список или группу полей, а нужно на одно значение.")
    return str(value)


def _join(values: Iterable[Any], separator: str = ", ") -> str:
    if isinstance(values, str):
        return values
    return separator.join("" if value is None else str(value) for value in values)


def _blank(value: Any, width: int = 30) -> str:
    """The value, or a line of underscores to be filled in by hand."""
    if not isinstance(value, Undefined) and value not in (None, ""):
        return str(value)
    return "_" * max(3, min(int(width), 80))


def _stop(value: Any) -> str:
    """The value with a full stop, unless it ends with one («2026 г.»)."""
    text = str(value).rstrip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _so(value: Any) -> str:
    """The value after the preposition «с», which is «со» before «статьёй» and the like."""
    text = str(value)
    return f"{'со' if _SO.match(text) else 'с'} {text}"


def _first_capital(value: Any) -> str:
    text = str(value)
    return text[:1].upper() + text[1:]


def _length(value: Sequence[Any]) -> int:
    return len(value)


FILTERS = {
    "join": _join,
    "blank": _blank,
    "capfirst": _first_capital,
    "stop": _stop,
    "so": _so,
    "upper": lambda value: str(value).upper(),
    "lower": lambda value: str(value).lower(),
    "length": _length,
    "count": _length,
    "e": lambda value: value,
}


def _environment() -> FieldEnvironment:
    # Delimiters from the private use area: nothing in the XML itself can be taken for code.
    environment = FieldEnvironment(
        block_start_string="\ue000%", block_end_string="%\ue001",
        variable_start_string="\ue000=", variable_end_string="=\ue001",
        comment_start_string="\ue000#", comment_end_string="#\ue001",
        autoescape=True, undefined=MissingField, finalize=_finalize,
        keep_trailing_newline=True, cache_size=0,
    )  # fmt: skip
    default = environment.filters["default"]
    environment.filters = {**FILTERS, "default": default, "d": default}
    environment.globals = {}
    environment.tests = {name: environment.tests[name] for name in _TESTS}
    return environment


ENVIRONMENT = _environment()


def parse(source: str) -> nodes.Template:
    """Parse and vet; raises TemplateSyntaxError or ForbiddenCode."""
    tree = ENVIRONMENT.parse(source)
    _vet(tree, frozenset(), 0)
    return tree


class ForbiddenCode(ValueError):
    """The syntax is right but the template asks for more than fields may do; message in Russian."""


def _vet(node: nodes.Node, loop_names: frozenset[str], depth: int) -> None:
    if not isinstance(node, _NODES):
        raise ForbiddenCode(
            "В поле можно только назвать значение: вычисления и вызовы не допускаются."
        )
    if isinstance(node, nodes.Getattr | nodes.Name):
        name = node.attr if isinstance(node, nodes.Getattr) else node.name
        if name.startswith("_"):
            raise ForbiddenCode(f"Имя «{name}» недопустимо: поля не начинаются с подчёркивания.")
    if isinstance(node, nodes.Filter):
        _vet_filter(node)
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and len(node.value) > 200:
        raise ForbiddenCode("Внутри поля слишком длинный текст. Перенесите его в сам документ.")
    if isinstance(node, nodes.For):
        loop_names = _vet_loop(node, loop_names, depth)
        depth += 1
    for child in node.iter_child_nodes():
        _vet(child, loop_names, depth)


def _vet_filter(node: nodes.Filter) -> None:
    if node.name not in ENVIRONMENT.filters:
        raise ForbiddenCode(f"Обработка «|{node.name}» не поддерживается.")
    arguments = [*node.args, *(pair.value for pair in node.kwargs)]
    if node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise ForbiddenCode(
            f"У обработки «|{node.name}» могут быть только простые значения в скобках."
        )
    if not all(isinstance(argument, nodes.Const) for argument in arguments):
        raise ForbiddenCode(
            f"У обработки «|{node.name}» могут быть только простые значения в скобках."
        )


def _vet_loop(node: nodes.For, loop_names: frozenset[str], depth: int) -> frozenset[str]:
    if not isinstance(node.target, nodes.Name) or node.test or node.recursive or node.else_:
        raise ForbiddenCode("Повтор записывается просто: «for строка in список».")
    path = dotted(node.iter)
    if path is None:
        raise ForbiddenCode("Повторять можно только по списку из данных.")
    if depth >= MAX_LOOP_DEPTH:
        raise ForbiddenCode("Повторы вложены слишком глубоко.")
    if loop_names and path.split(".")[0] not in loop_names:
        raise ForbiddenCode(
            f"Внутри повтора нельзя повторять список «{path}»: он не принадлежит строке."
        )
    return loop_names | {node.target.name}


def dotted(node: nodes.Node) -> str | None:
    """`pair.mentor.name` for a chain of names, None for anything else."""
    parts: list[str] = []
    while isinstance(node, nodes.Getattr):
        parts.append(node.attr)
        node = node.node
    if not isinstance(node, nodes.Name):
        return None
    return ".".join([node.name, *reversed(parts)])


def used_fields(tree: nodes.Template) -> Iterator[str]:
    """Yield the paths of the data that the template reads; rows of a list as `list.field`."""
    yield from _used(tree, {})


def _used(node: nodes.Node, aliases: Mapping[str, str]) -> Iterator[str]:
    if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
        path = _resolve(dotted(node.iter) or "", aliases)
        yield path
        inner = {**aliases, node.target.name: path, "loop": ""}
        for child in node.body:
            yield from _used(child, inner)
        return
    path_or_none = dotted(node)
    if path_or_none is not None:
        path = _resolve(path_or_none, aliases)
        if path:
            yield path
        return
    for child in node.iter_child_nodes():
        yield from _used(child, aliases)


def _resolve(path: str, aliases: Mapping[str, str]) -> str:
    head, _, rest = path.partition(".")
    if head not in aliases:
        return path
    if not aliases[head]:
        return ""
    return f"{aliases[head]}.{rest}" if rest else aliases[head]


__all__ = [
    "ENVIRONMENT", "ForbiddenCode", "TemplateRuntimeError", "TemplateSyntaxError", "parse", "used_fields",
]  # fmt: skip
