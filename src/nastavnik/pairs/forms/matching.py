"""Forms of the review of proposals."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from django import forms

from nastavnik.matching.engine.weights import (
    DEFAULT_WEIGHTS,
    GREATEST,
    MUST,
    WEIGHT_TITLES,
    weights_fault,
)
from nastavnik.matching.models import Prefer
from nastavnik.shared.forms import Form, KeyField


class WeightsForm(Form):
    """How much each part of the score weighs: 0–10, or a condition; whether papers are one."""

    needs_papers = forms.BooleanField(
        label="Учитывать согласия и справки как условие",
        required=False,
        help_text="Кому не хватает согласия или справки, тем пару не предложат. Их список будет "
        "на этой странице. Без отметки предложат всем, а бумаги потребует приказ.",
    )

    def __init__(self, *args: Any, weights: dict[str, int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = DEFAULT_WEIGHTS | (weights or {})
        choices = [*((n, str(n)) for n in range(GREATEST + 1)), (MUST, "обязательно")]
        for code, title in WEIGHT_TITLES.items():
            self.fields[code] = forms.TypedChoiceField(
                label=title[:1].upper() + title[1:],
                choices=choices,
                coerce=int,
                initial=known[code],
                error_messages={
                    "required": f"Выберите вес: {title}",
                    "invalid_choice": f"Выберите вес от 0 до 10 или «обязательно»: {title}",
                },
            )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and (fault := weights_fault(self.weights)):
            raise forms.ValidationError(fault)
        return values

    @property
    def weights(self) -> dict[str, int]:
        return {code: self.cleaned_data[code] for code in WEIGHT_TITLES}


class CutOffForm(Form):
    least_fit = forms.IntegerField(
        label="Принять все от",
        min_value=0,
        max_value=100,
        help_text="баллов и выше",
        widget=forms.TextInput(attrs={"class": "input--xs", "inputmode": "numeric"}),
    )

    @classmethod
    def of(cls, query: Mapping[str, Any], *, usual: int) -> Self:
        """With the cut-off of the address when it makes sense, else with the usual one."""
        bound = cls(query)
        return cls(initial=bound.cleaned_data if bound.is_valid() else {"least_fit": usual})

    def value(self, *, usual: int) -> int:
        """The cut-off to draw: the one shown, or the usual one when it cannot be read."""
        if self.is_bound:
            return int(self.cleaned_data["least_fit"]) if self.is_valid() else usual
        return int(self.get_initial_for_field(self.fields["least_fit"], "least_fit"))


class MenteeForm(Form):
    """One proposal named by its mentee."""

    mentee = KeyField(widget=forms.HiddenInput)


class MentorForm(Form):
    mentor = KeyField(widget=forms.HiddenInput)


class OtherForm(Form):
    """Any other mentor to compare with."""

    mentor = forms.ChoiceField(label="Сравнить с другим наставником")

    def __init__(self, *args: Any, mentors: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("mentor", mentors)


REASONS = (
    "Уже занимались вместе",
    "Просьба семьи",
    "Просьба участника",
    "Удобнее по времени",
    "Родственники",
    "Начальник и подчинённый",
    "Не сошлись",
)


class WhyForm(Form):
    """A word of reason: a typical one, an own one, or both."""

    reasons: ClassVar[tuple[str, ...]] = REASONS
    typical = forms.ChoiceField(label="Почему", required=False, widget=forms.RadioSelect)
    reason = forms.CharField(label="Своими словами", max_length=240, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("typical", [(text, text) for text in self.reasons])

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        words = [values.get("typical", ""), values.get("reason", "").strip()]
        values["why"] = ". ".join(word for word in words if word)
        if not values["why"] and not self.errors:
            self.add_error("reason", "Выберите причину или напишите её в двух словах.")
        return values


UNDO_REASONS = (
    "Ошибка при выборе",
    "Обстоятельства изменились",
    "Участник передумал",
    "Семья передумала",
)


class UndoForm(WhyForm):
    """Why a decision is taken back."""

    reasons = UNDO_REASONS


class DecisionForm(WhyForm):
    """What to do with a combination, and why."""

    what = forms.ChoiceField(label="Что сделать", widget=forms.RadioSelect)
    field_order = ("what", "typical", "reason")

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("what", choices)


class PreferForm(Form):
    prefer = forms.ChoiceField(label="Что важнее", choices=Prefer.choices)


class PairOfRunsForm(Form):
    """Two runs of the history to lay side by side."""

    first = KeyField()
    second = KeyField()


class ComparedMentorForm(Form):
    """The mentor named in an address; nothing when absent."""

    mentor = KeyField(required=False)
