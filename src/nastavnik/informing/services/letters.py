"""Letters of invitation: addressees, sending, answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.informing import policies
from nastavnik.informing.models import Answer, InformingCampaign, Letter, Mailing
from nastavnik.informing.services.common import demand_now
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

MOST_LETTERS = 200


@dataclass(frozen=True)
class Addressee:
    """To whom: the office, the post and the name in the dative, the postal address."""

    workplace: str
    addressee: str
    address: str = ""


@dataclass(frozen=True)
class Reply:
    """What came back of one letter."""

    answer: str
    came: bool
    note: str = ""


@transaction.atomic
def write_mailing(
    *,
    actor: Actor,
    organisation: Organisation,
    campaign: InformingCampaign,
    audience: str,
    addressees: Sequence[Addressee],
    on: date,
    meeting_on: date | None = None,
    meeting_place: str = "",
    words: str = "",
    first_number: str = "",
) -> Mailing:
    """Prepare letters to a list of addressees. Raises: DomainError when the list is empty."""
    demand(policies.can_edit(actor))
    mailing = Mailing(
        organisation=organisation,
        campaign=campaign,
        audience=audience,
        meeting_on=meeting_on,
        meeting_place=tidy(meeting_place),
        words=words.strip(),
        created_by=actor.label,
        created_on=on,
    )
    mailing.save()
    _address(mailing, addressees, first_number)
    record(actor=actor, action="informing.letters", subject=mailing)
    return mailing


@transaction.atomic
def change_mailing(
    *,
    actor: Actor,
    mailing: Mailing,
    audience: str,
    addressees: Sequence[Addressee],
    meeting_on: date | None = None,
    meeting_place: str = "",
    words: str = "",
    first_number: str = "",
) -> Mailing:
    """Another text or list, until the letters are sent."""
    row = locked(mailing)
    demand_now(actor, policies.can_change_letters(actor, row))
    row.audience, row.meeting_on = audience, meeting_on
    row.meeting_place, row.words = tidy(meeting_place), words.strip()
    row.save(update_fields=["audience", "meeting_on", "meeting_place", "words"])
    row.letters.all().delete()
    _address(row, addressees, first_number)
    record(actor=actor, action="informing.letters_edit", subject=row)
    return row


@transaction.atomic
def mark_sent(*, actor: Actor, mailing: Mailing, on: date, today: date) -> Mailing:
    """The letters have left. Raises: DomainError for a day ahead."""
    row = locked(mailing)
    demand_now(actor, policies.can_change_letters(actor, row))
    if on > today:
        raise DomainError("date_ahead", "День отправки ещё не наступил.", field="sent_on")
    row.sent_on = on
    row.save(update_fields=["sent_on"])
    record(actor=actor, action="informing.letters_sent", subject=row)
    return row


@transaction.atomic
def note_replies(*, actor: Actor, mailing: Mailing, replies: Mapping[int, Reply]) -> Mailing:
    """Who answered and who came; letters that are not named stay as they are."""
    row = locked(mailing)
    demand(policies.can_edit(actor))
    if row.sent_on is None:
        raise DomainError("not_sent", "Сначала отметьте, что письма отправлены.")
    letters = list(row.letters.filter(pk__in=replies))
    for letter in letters:
        reply = replies[letter.pk]
        letter.answer, letter.came = Answer(reply.answer), reply.came
        letter.note = tidy(reply.note)[:200]
    Letter.objects.bulk_update(letters, ["answer", "came", "note"])
    record(actor=actor, action="informing.letters_replies", subject=row)
    return row


@transaction.atomic
def remove_mailing(*, actor: Actor, mailing: Mailing) -> None:
    """Throw away letters that were not sent."""
    row = locked(mailing)
    demand_now(actor, policies.can_change_letters(actor, row))
    record(actor=actor, action="informing.letters_remove", subject=row)
    row.delete()


def locked(mailing: Mailing) -> Mailing:
    fresh: Mailing = Mailing.objects.select_for_update().get(pk=mailing.pk)
    return fresh


def _address(mailing: Mailing, addressees: Sequence[Addressee], first_number: str) -> None:
    if not addressees:
        raise DomainError("nobody", "Впишите хотя бы одного адресата.", field="addressees")
    if len(addressees) > MOST_LETTERS:
        raise DomainError(
            "too_many", f"За один раз не больше {MOST_LETTERS} писем.", field="addressees"
        )
    Letter.objects.bulk_create(
        [
            Letter(
                organisation_id=mailing.organisation_id,
                mailing=mailing,
                position=position,
                workplace=tidy(one.workplace)[:200],
                addressee=tidy(one.addressee)[:200],
                address=tidy(one.address)[:300],
                number=_number(first_number, position),
            )
            for position, one in enumerate(addressees, 1)
        ]
    )


def _number(first: str, position: int) -> str:
    """«112» gives 112, 113 …; «112-нс» gives 112-нс, 113-нс …: the first run of digits counts."""
    words = tidy(first).removeprefix("№").strip()
    digits = next((part for part in _parts(words) if part.isdigit()), "")
    if not digits:
        return ""
    return words.replace(digits, str(int(digits) + position - 1), 1)[:40]


def _parts(words: str) -> list[str]:
    return "".join(sign if sign in "0123456789" else " " for sign in words).split()
