"""The page of one form that leads to one service call."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error

Work = Callable[[dict[str, Any]], HttpResponseBase]


def form_page(
    request: HttpRequest,
    form: Any,
    work: Work,
    template: str,
    *,
    context: dict[str, Any],
    refuse: Callable[[Any, DomainError], None] = apply_domain_error,
) -> HttpResponseBase:
    """Show the form; with valid values do `work` and give its answer.

    A refusal of the domain stands beside its field, by `refuse`; the page then answers 422.
    """
    if request.method == "POST" and form.is_valid():
        try:
            return work(dict(form.cleaned_data))
        except DomainError as error:
            refuse(form, error)
    status = 422 if isinstance(form, forms.BaseForm) and form.errors else 200
    return TemplateResponse(request, template, {"form": form, **context}, status=status)
