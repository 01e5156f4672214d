"""A new document: the order on introduction; the others begin in their own rooms."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from nastavnik.documents import builders
from nastavnik.documents.forms import IntroductionForm
from nastavnik.library.queries import items
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page


@page("documents.edit", methods=["GET", "POST"])
def new(request: Any) -> HttpResponseBase:
    titles = [item.title for item in items("forms", organisation=request.organisation)]
    data = request.POST if request.method == "POST" else None
    form = IntroductionForm(data, forms_of_mentoring=titles)
    if data is not None and form.is_valid():
        values = form.cleaned_data
        try:
            document = builders.prepare_introduction(
                actor=request.actor,
                organisation=request.organisation,
                starts_on=values["starts_on"],
                documents_due=values["documents_due"],
                forms=values["mentoring_forms"],
                responsible=builders.named_person(
                    values["responsible"], values["post"], gender=values["gender"]
                ),
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, "Проект приказа составлен. Проверьте текст и падежи.")
            return redirect("documents:card", org=request.organisation.slug, pk=document.pk)
    status = 422 if form.errors else 200
    return TemplateResponse(request, "documents/new.html", {"form": form}, status=status)
