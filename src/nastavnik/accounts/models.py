"""Who signs in, what they were granted, and how they were invited."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from nastavnik.accounts.permissions import Role
from nastavnik.shared.text import tidy


class UserManager(BaseUserManager["User"]):
    def create_user(self, login: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account; without a password it can be entered only by an invitation link."""
        user = self.model(login=User.normalise_login(login), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(login=User.normalise_login(username or ""))


class User(AbstractBaseUser):
    """A person who signs in. Rights come from grants, never from the account itself."""

    login = models.CharField("логин", max_length=120, unique=True)
    surname = models.CharField("фамилия", max_length=80)
    given = models.CharField("имя", max_length=80)
    patronymic = models.CharField("отчество", max_length=80, blank=True)
    gender = models.CharField("пол", max_length=6, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    is_active = models.BooleanField("может входить", default=True)
    is_system_admin = models.BooleanField("администратор сервера", default=False)
    created_at = models.DateTimeField("создан", auto_now_add=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.full_name

    @staticmethod
    def normalise_login(login: str) -> str:
        return tidy(login).casefold()

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)

    @property
    def short_name(self) -> str:
        """«Лещёва О. В.» with no-break spaces."""
        letters = [f"{part[0]}." for part in (self.given, self.patronymic) if part]
        return "\u00a0".join([self.surname, *letters])


class RoleGrant(models.Model):
    """A role over one node of the tree, for a time, on the basis of an order."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField("роль", max_length=20, choices=Role.choices)
    territory = models.ForeignKey(
        "tenancy.Territory", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "tenancy.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    audience = models.CharField("направление", max_length=60, blank=True)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по", null=True, blank=True)
    basis = models.CharField("основание", max_length=200, blank=True)
    basis_document_id = models.BigIntegerField("документ-основание", null=True, blank=True)
    is_acting = models.BooleanField("исполняет обязанности", default=False)

    class Meta:
        ordering = ("-starts_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(territory__isnull=True, organisation__isnull=False)
                | Q(territory__isnull=False, organisation__isnull=True),
                name="grant_one_node",
                violation_error_message="Роль даётся либо на территорию, либо на учреждение.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="grant_ends_after_start",
                violation_error_message="Роль не может закончиться раньше, чем началась.",
            ),
        )

    def __str__(self) -> str:
        return self.get_role_display()

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Invitation(models.Model):
    """A one-time link that lets a person set a password; only the hash of its token is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"приглашение {self.pk}"
