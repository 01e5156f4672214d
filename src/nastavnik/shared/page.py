"""The one way to publish a page of the application.

`@page("people.view_mentees", methods=["GET"])` declares what the page needs. The gate, installed by
`accounts`, finds the organisation or territory named in the address, checks the actor's grants,
opens the tenant scope and hands the view a request with `organisation`, `territory` and `actor`.
A template response is rendered inside the scope, so a lazy query cannot run without one.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.template.response import TemplateResponse


@dataclass(frozen=True)
class PageSpec:
    """What a page demands: an action from the permission registry and its HTTP methods."""

    action: str
    methods: tuple[str, ...]


class View(Protocol):
    def __call__(self, request: Any, /, **kwargs: Any) -> HttpResponseBase: ...


Gate = Callable[[HttpRequest, PageSpec, dict[str, Any]], AbstractContextManager[dict[str, Any]]]
_gates: list[Gate] = []


def install_gate(gate: Gate) -> None:
    _gates[:] = [gate]


def page(
    action: str, *, methods: Iterable[str] = ("GET",)
) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """Declare the permission and the methods of a view; HEAD comes with GET."""
    spec = PageSpec(action, tuple(methods))
    allowed = {*spec.methods, *(("HEAD",) if "GET" in spec.methods else ())}

    def decorate(view: Callable[..., HttpResponseBase]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, /, **kwargs: Any) -> HttpResponseBase:
            if request.method not in allowed:
                return HttpResponseNotAllowed(sorted(allowed))
            with _gates[0](request, spec, kwargs) as view_kwargs:
                response = view(request, **view_kwargs)
                if isinstance(response, TemplateResponse) and not response.is_rendered:
                    response.render()
                return response

        guarded.page_spec = spec  # type: ignore[attr-defined]
        return guarded

    return decorate


def spec_of(view: Any) -> PageSpec | None:
    """The declaration of a resolved view, or None for a view that is not a page."""
    spec = getattr(view, "page_spec", None)
    return spec if isinstance(spec, PageSpec) else None


def html(response: HttpResponseBase) -> HttpResponse:
    """Narrow a page's answer to one with a body, for callers that read it."""
    if not isinstance(response, HttpResponse):
        raise TypeError("the page streams its body")
    return response
