"""A form that leads to one service call: a page of its own, or one that another page carries."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error

Work = Callable[[dict[str, Any]], HttpResponseBase]
Refuse = Callable[[Any, DomainError], None]


def attempt(
    form: Any, work: Work, *, refuse: Refuse = apply_domain_error
) -> HttpResponseBase | None:
    """Do `work` with the values of a sent form; None when the form now says why not.

    A refusal of the domain stands beside its field, by `refuse`.
    """
    if not form.is_valid():
        return None
    try:
        return work(dict(form.cleaned_data))
    except DomainError as error:
        refuse(form, error)
        return None


def form_page(
    request: HttpRequest,
    form: Any,
    work: Work,
    template: str,
    *,
    context: dict[str, Any],
    refuse: Refuse = apply_domain_error,
) -> HttpResponseBase:
    """Show the form; once it is sent, `attempt` the work. A form with errors answers 422."""
    if request.method == "POST" and (answer := attempt(form, work, refuse=refuse)) is not None:
        return answer
    status = 422 if isinstance(form, forms.BaseForm) and form.errors else 200
    return TemplateResponse(request, template, {"form": form, **context}, status=status)
