"""The order by which a pair ends."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.pairs.forms.ending import EndForm
from nastavnik.pairs.services.ending_orders import prepare_end_order
from nastavnik.pairs.views.common import OrgRequest, pair_or_404
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page


@page("pairs.edit", methods=["GET", "POST"])
def end(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Draft the order; the pair holds until it is signed."""
    pair = pair_or_404(pk)
    form = EndForm(request.POST or None, initial={"ends_on": pair.ends_on or timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            document = prepare_end_order(
                actor=request.actor,
                organisation=request.organisation,
                pairs=[pair],
                **form.cleaned_data,
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(
                request, "Проект приказа составлен. Пара работает, пока он не подписан."
            )
            return redirect("documents:card", org=request.organisation.slug, pk=document.pk)
    context = {"form": form, "pair": pair, "org": request.organisation.slug}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "pairs/end.html", context, status=status)
