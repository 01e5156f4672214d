"""Accounts, grants and one-time invitation links."""

import secrets
from datetime import date, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.models import Invitation, RoleGrant, User
from nastavnik.accounts.permissions import Role
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import search_key
from nastavnik.shared.tokens import hash_of
from nastavnik.tenancy.models import Organisation, Territory

INVITATION_DAYS = 7
_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "e",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "sch",
            "_",
            "y",
            "_",
            "e",
            "yu",
            "ya",
        ],
        strict=True,
    )
)


def login_for(surname: str, given: str) -> str:
    """A free login made of the name: «zotov.i», «zotov.i2»."""
    base = f"{_latin(surname)}.{_latin(given)[:1]}".strip(".") or "user"
    taken = set(User.objects.filter(login__startswith=base).values_list("login", flat=True))
    return next(c for c in (base, *(f"{base}{n}" for n in range(2, 10_000))) if c not in taken)


def _latin(text: str) -> str:
    letters = "".join(_LATIN.get(c, c) for c in search_key(text))
    return "".join(c for c in letters if c.isascii() and (c.isalnum() or c == "-"))


@transaction.atomic
def create_account(
    *, surname: str, given: str, patronymic: str = "", gender: str = "", email: str = ""
) -> User:
    """An account without a password: it opens only by an invitation link."""
    return User.objects.create_user(
        login_for(surname, given),
        surname=surname,
        given=given,
        patronymic=patronymic,
        gender=gender,
        email=email,
    )


@transaction.atomic
def invite(*, actor: Actor, user: User, now: datetime) -> str:
    """Make a one-time link's token for `user`; earlier unused links die. Returns the token itself,
    which is shown once and never stored."""
    Invitation.objects.filter(user=user, used_at__isnull=True).delete()
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        user=user,
        token_hash=hash_of(token),
        expires_at=now + timedelta(days=INVITATION_DAYS),
        created_by_id=actor.user_id,
    )
    return token


def find_invitation(token: str, *, now: datetime) -> Invitation | None:
    """The live invitation behind a token; None for used, expired and unknown ones alike."""
    return (
        Invitation.objects.select_related("user")
        .filter(token_hash=hash_of(token), used_at__isnull=True, expires_at__gt=now)
        .first()
    )


@transaction.atomic
def accept_invitation(*, token: str, password: str, now: datetime) -> User:
    """Set the password and burn the link. Raises DomainError for a dead link or a weak password."""
    invitation = find_invitation(token, now=now)
    if invitation is None:
        raise DomainError("invitation", "Ссылка уже использована или устарела. Попросите новую.")
    user = invitation.user
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise DomainError("weak_password", " ".join(error.messages), field="password") from error
    used = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(used_at=now)
    if not used:
        raise DomainError("invitation", "Ссылка уже использована или устарела. Попросите новую.")
    user.set_password(password)
    user.save(update_fields={"password"})
    return user


@transaction.atomic
def give_role(
    *,
    user: User,
    role: Role,
    starts_on: date,
    organisation: Organisation | None = None,
    territory: Territory | None = None,
    basis: str = "",
    audience: str = "",
    ends_on: date | None = None,
    is_acting: bool = False,
) -> RoleGrant:
    """Grant a role over one node. Policies are asked by the use case that knows the way it came.

    Raises DomainError when the same role already holds there.
    """
    same = RoleGrant.objects.filter(
        user=user, role=role, organisation=organisation, territory=territory, audience=audience
    ).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    if same.exists():
        raise DomainError("role_held", f"{user.short_name}: эта роль уже есть.")
    grant = RoleGrant(
        user=user,
        role=role,
        organisation=organisation,
        territory=territory,
        basis=basis[:200],
        audience=audience,
        starts_on=starts_on,
        ends_on=ends_on,
        is_acting=is_acting,
    )
    grant.full_clean()
    grant.save()
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, last_day: date) -> None:
    """The role holds through `last_day`; one that never began is removed. Sessions end with it."""
    if grant.starts_on > last_day:
        grant.delete()
        return
    grant.ends_on = last_day
    grant.save(update_fields={"ends_on"})
