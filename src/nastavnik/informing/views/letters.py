"""Letters of invitation: lists, one file for the printer, answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.accounts.queries import in_office
from nastavnik.documents.views.common import docx_response
from nastavnik.informing import papers, policies
from nastavnik.informing.forms.letters import MailingForm, RepliesForm, SentForm
from nastavnik.informing.models import LETTER_AUDIENCES, Answer, InformingCampaign, Mailing
from nastavnik.informing.queries import campaign as queries
from nastavnik.informing.services import letters as services
from nastavnik.informing.views.common import OrgRequest, in_campaign, mailing_or_404
from nastavnik.shared.form_page import attempt, form_page
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted, date_words

LETTERS = ("письмо", "письма", "писем")


@page("informing.view")
@in_campaign
def letters(request: OrgRequest, campaign: InformingCampaign) -> HttpResponseBase:
    """Every mailing of the year with what came of it."""
    rows = [_row(row) for row in queries.mailings(campaign)]
    context = {
        "rows": rows,
        "org": request.organisation.slug,
        "may_edit": bool(request.actor.can("informing.edit")),
    }
    return TemplateResponse(request, "informing/letters.html", context)


@page("informing.edit", methods=["GET", "POST"])
@in_campaign
def new(request: OrgRequest, campaign: InformingCampaign) -> HttpResponseBase:
    """A list of addressees and what we invite to."""
    form = MailingForm(
        request.POST if request.method == "POST" else None,
        initial={"audience": LETTER_AUDIENCES[0]},
    )

    def work(data: dict[str, Any]) -> HttpResponseBase:
        row = services.write_mailing(
            actor=request.actor,
            organisation=request.organisation,
            campaign=campaign,
            on=timezone.localdate(),
            **data,
        )
        messages.success(request, "Письма составлены. Напечатайте и подпишите их.")
        return _back(request, row)

    context = {"org": request.organisation.slug}
    return form_page(request, form, work, "informing/letters_new.html", context=context)


@page("informing.view")
def mailing(request: OrgRequest, mailing_id: int) -> HttpResponseBase:
    return _show(request, mailing_or_404(mailing_id))


@page("informing.edit", methods=["GET", "POST"])
def edit(request: OrgRequest, mailing_id: int) -> HttpResponseBase:
    """Another list or text, while the letters are here."""
    row = mailing_or_404(mailing_id)
    own = list(row.letters.all())
    lines = "\n".join(f"{one.workplace}; {one.addressee}; {one.address}" for one in own)
    initial = {
        "audience": row.audience,
        "addressees": lines,
        "meeting_on": row.meeting_on,
        "meeting_place": row.meeting_place,
        "words": row.words,
        "first_number": own[0].number if own else "",
    }
    form = MailingForm(request.POST if request.method == "POST" else None, initial=initial)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        services.change_mailing(actor=request.actor, mailing=row, **data)
        messages.success(request, "Сохранено.")
        return _back(request, row)

    context = {"row": row, "org": request.organisation.slug}
    return form_page(request, form, work, "informing/letters_edit.html", context=context)


@page("informing.view")
def docx(request: OrgRequest, mailing_id: int) -> HttpResponseBase:
    """All letters in one Word file."""
    row = mailing_or_404(mailing_id)
    curator = in_office(request.organisation, Role.CURATOR, on=timezone.localdate())
    parts = (
        f"{curator.full_name}, куратор" if curator else "",
        request.organisation.phone or request.organisation.email,
    )
    content = papers.letters_docx(
        request.organisation,
        row,
        list(row.letters.all()),
        contact=", ".join(part for part in parts if part),
    )
    return docx_response(content, f"Письма {row.created_on:%d.%m.%Y}")


@page("informing.edit", methods=["POST"])
def sent(request: OrgRequest, mailing_id: int) -> HttpResponseBase:
    row, form = mailing_or_404(mailing_id), SentForm(request.POST)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        services.mark_sent(
            actor=request.actor, mailing=row, on=data["sent_on"], today=timezone.localdate()
        )
        messages.success(request, "Отмечено: письма отправлены.")
        return _back(request, row)

    return attempt(form, work) or _show(request, row, sent_form=form)


@page("informing.edit", methods=["POST"])
def replies(request: OrgRequest, mailing_id: int) -> HttpResponseBase:
    """Who answered and who came."""
    row = mailing_or_404(mailing_id)
    form = RepliesForm(request.POST, letters=list(row.letters.all()))
    if form.is_valid():
        services.note_replies(actor=request.actor, mailing=row, replies=form.replies())
        messages.success(request, "Ответы сохранены.")
        return _back(request, row)
    return _show(request, row, form=form)


@page("informing.edit", methods=["POST"])
def remove(request: OrgRequest, mailing_id: int) -> HttpResponseBase:
    services.remove_mailing(actor=request.actor, mailing=mailing_or_404(mailing_id))
    messages.success(request, "Письма удалены.")
    return redirect("informing:letters", org=request.organisation.slug)


def _back(request: OrgRequest, row: Mailing) -> HttpResponseBase:
    return redirect("informing:mailing", org=request.organisation.slug, mailing_id=row.pk)


def _show(
    request: OrgRequest,
    row: Mailing,
    *,
    form: RepliesForm | None = None,
    sent_form: SentForm | None = None,
) -> HttpResponseBase:
    own = list(row.letters.all())
    may_edit = bool(request.actor.can("informing.edit"))
    answered = sum(one.answer != Answer.NONE for one in own)
    came = sum(one.came for one in own)
    context: dict[str, Any] = {
        "row": row,
        "org": request.organisation.slug,
        "letters": own,
        "total": counted(len(own), *LETTERS),
        "answers": f"Ответили {answered} из {len(own)}, на встрече были {came}.",
        "may_change": bool(policies.can_change_letters(request.actor, row)),
        "may_edit": may_edit,
        "form": (form or RepliesForm(letters=own)) if may_edit and row.sent_on else None,
        "sent_form": sent_form or SentForm(initial={"sent_on": timezone.localdate()}),
    }
    wrong = any(one is not None and one.errors for one in (form, sent_form))
    return TemplateResponse(
        request, "informing/mailing.html", context, status=422 if wrong else 200
    )


def _row(row: Any) -> dict[str, Any]:
    sent = f"отправлены {date_words(row.sent_on)}" if row.sent_on else "ещё не отправлены"
    return {
        "mailing": row,
        "title": f"{row.get_audience_display().capitalize()}, {date_words(row.created_on)}",
        "text": f"{counted(row.written, *LETTERS)}, {sent}."
        + (f" Ответили {row.answered}, пришли {row.came}." if row.sent_on else ""),
        "is_sent": row.sent_on is not None,
    }
