"""Sign-in and the password of an invitation."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import UsernameField
from django.http import HttpRequest

from nastavnik.accounts.models import User
from nastavnik.shared.forms import Form

WRONG = "Логин или пароль не подошли. Проверьте раскладку и попробуйте ещё раз."


class SignInForm(Form):
    """Login and password; the same answer whether the login exists or not."""

    username = UsernameField(
        label="Логин",
        help_text="Его дал куратор или администратор",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="Пароль",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("username") and data.get("password"):
            found = authenticate(
                self.request,
                username=User.normalise_login(data["username"]),
                password=data["password"],
            )
            if not isinstance(found, User):
                raise forms.ValidationError(WRONG, code="invalid_login")
            self.user = found
        return data


class NewPasswordForm(Form):
    """A password typed twice."""

    password = forms.CharField(
        label="Придумайте пароль",
        strip=False,
        help_text="Не меньше 10 знаков. Удобно взять несколько слов подряд.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Повторите пароль",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", "Пароли не совпали. Введите второй ещё раз.")
        return data
