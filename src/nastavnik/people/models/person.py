"""A person of an organisation and the representatives of a minor."""

import re
from datetime import date
from typing import Any

from django.db import models

from nastavnik.shared.text import search_key
from nastavnik.tenancy.scope import TenantModel

ADULT_AGE = 18
OWN_SIGNATURE_AGE = 14
MENTEE_MIN_AGE = 10


class Gender(models.TextChoices):
    MALE = "male", "мужской"
    FEMALE = "female", "женский"


class Category(models.TextChoices):
    """Codes of the library's dictionary of categories."""

    PUPIL = "pupil", "обучающийся"
    STUDENT = "student", "студент"
    PEDAGOGUE = "pedagogue", "педагог"
    YOUNG_SPECIALIST = "young-specialist", "молодой специалист"
    HEAD = "head", "руководитель"
    EMPLOYEE = "employee", "работник предприятия"
    ALUMNUS = "alumnus", "выпускник"
    PARENT = "parent", "родитель"
    NGO = "ngo", "представитель общественной организации"
    STAFF = "staff", "сотрудник учреждения"


_CLASS = re.compile(r"\d{1,2} ?[А-ЯЁ]", re.IGNORECASE)
STAFF_CATEGORIES = frozenset(
    {Category.PEDAGOGUE, Category.YOUNG_SPECIALIST, Category.HEAD, Category.STAFF}
)


class Person(TenantModel):
    """One human being known to an organisation; may be mentee, mentor and staff at once.

    Only the year of birth may be known: then age is reckoned as if born on 31 December, the
    careful side for a minor.
    """

    surname = models.CharField("фамилия", max_length=80)
    given = models.CharField("имя", max_length=80)
    patronymic = models.CharField("отчество", max_length=80, blank=True)
    gender = models.CharField("пол", max_length=6, choices=Gender.choices, blank=True)
    name_cases = models.JSONField("свои падежи имени", default=dict, blank=True)
    birth_date = models.DateField("дата рождения", null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField("год рождения", null=True, blank=True)
    category = models.CharField("категория", max_length=20, choices=Category.choices)
    is_own = models.BooleanField("из этого учреждения", default=True)
    class_name = models.CharField("класс или группа", max_length=40, blank=True)
    post = models.CharField("должность", max_length=160, blank=True)
    department = models.CharField("подразделение", max_length=160, blank=True)
    workplace = models.CharField("место работы или учёбы", max_length=200, blank=True)
    experience_since = models.DateField("стаж с", null=True, blank=True)
    phone = models.CharField("телефон", max_length=40, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    address = models.CharField("адрес", max_length=300, blank=True)
    user = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    archived_at = models.DateTimeField("в архиве с", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    search_key = models.CharField(max_length=250, default="", editable=False)
    identity_key = models.CharField(max_length=260, default="", editable=False)

    class Meta(TenantModel.Meta):
        ordering = ("search_key", "id")
        indexes = (
            models.Index(fields=("organisation", "search_key", "id"), name="person_by_name"),
            models.Index(fields=("organisation", "identity_key"), name="person_identity"),
        )

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_keys()
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "search_key", "identity_key", "birth_year"}
        super().save(*args, **kwargs)

    def fill_keys(self) -> None:
        """Keep the keys; a birth date fixes the birth year. Called by `save` and before bulk writes."""
        if self.birth_date is not None:
            self.birth_year = self.birth_date.year
        self.search_key = search_key(self.full_name)
        self.identity_key = f"{self.search_key}|{self.birth_year or ''}"

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)

    @property
    def short_name(self) -> str:
        """«Иванова М. П.» with no-break spaces, for lists."""
        letters = [f"{part[0]}." for part in (self.given, self.patronymic) if part]
        return "\u00a0".join([self.surname, *letters])

    @property
    def about(self) -> str:
        """Class, post or workplace: what tells namesakes apart."""
        if self.category == Category.PUPIL:
            return f"{self.class_name} класс" if self.class_name.isdecimal() else self.class_name
        return ", ".join(part for part in (self.post, self.workplace) if part) or self.class_name

    @property
    def about_in_papers(self) -> str:
        """The same in the words of an order: «8Б класс», as «10 класс»."""
        about = self.about
        is_class = self.category == Category.PUPIL and _CLASS.fullmatch(about)
        return f"{about} класс" if is_class else about

    @property
    def is_staff(self) -> bool:
        """An employee of this very organisation."""
        return self.is_own and self.category in STAFF_CATEGORIES

    def age_on(self, day: date) -> int | None:
        """Full years on `day`, None when neither date nor year of birth is known."""
        if self.birth_date is not None:
            had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
            return day.year - self.birth_date.year - (0 if had_birthday else 1)
        if self.birth_year is None:
            return None
        return day.year - self.birth_year - (0 if (day.month, day.day) == (12, 31) else 1)

    def is_minor_on(self, day: date) -> bool:
        """Under 18; a pupil whose age is unknown counts as a minor."""
        age = self.age_on(day)
        if age is None:
            return self.category == Category.PUPIL
        return age < ADULT_AGE


class Representative(TenantModel):
    """A legal representative of a minor, with the document that gives the authority."""

    child = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="representatives")
    surname = models.CharField("фамилия", max_length=80)
    given = models.CharField("имя", max_length=80)
    patronymic = models.CharField("отчество", max_length=80, blank=True)
    gender = models.CharField("пол", max_length=6, choices=Gender.choices, blank=True)
    relation = models.CharField("кем приходится", max_length=60, blank=True)
    phone = models.CharField("телефон", max_length=40, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    address = models.CharField("адрес", max_length=300, blank=True)
    authority_document = models.CharField("документ о полномочиях", max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ("id",)

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)
