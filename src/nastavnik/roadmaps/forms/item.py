"""Forms of the marks on a line and of what is said about it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from nastavnik.shared.forms import Form, KeyField, area


class HandForm(Form):
    """Done without a proof in the system."""

    words = forms.CharField(
        label="Чем подтверждается",
        max_length=2000,
        widget=area(2),
        help_text="Например, «протокол родительского собрания № 2 от 15.09, хранится у завуча»",
    )
    occurrence = forms.TypedChoiceField(
        label="За какой срок", coerce=int, empty_value=None, required=False
    )

    def __init__(
        self, *args: Any, occurrences: Sequence[tuple[int, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if len(occurrences) < 2:
            del self.fields["occurrence"]
        else:
            self.offer("occurrence", occurrences, empty="За все сразу")


class LinkForm(Form):
    link = forms.CharField(
        label="Адрес страницы",
        max_length=500,
        required=False,
        help_text="Например, страница раздела «Наставничество» на вашем сайте",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )


class ChecklistForm(Form):
    done = forms.TypedMultipleChoiceField(
        label="Сделано", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, entries: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("done", list(enumerate(entries)))


class LetGoForm(Form):
    """Whether a line may be left out."""

    agreed = forms.ChoiceField(
        label="Решение", choices=[("yes", "Согласен: не применять"), ("no", "Пункт нужен")]
    )

    @property
    def is_agreed(self) -> bool:
        return bool(self.cleaned_data["agreed"] == "yes")


class CommentForm(Form):
    text = forms.CharField(label="Комментарий", max_length=4000, widget=area(2))


class AnswerForm(Form):
    comment = KeyField()
    answer = forms.CharField(label="Что сделано", max_length=500, required=False)
