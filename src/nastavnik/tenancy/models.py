"""The tree of territories, the organisations on it, and their contingent."""

from typing import Any

from django.db import models

from nastavnik.shared.text import search_key
from nastavnik.tenancy.scope import TenantModel


class TerritoryKind(models.TextChoices):
    REGION = "region", "регион"
    MUNICIPALITY = "municipality", "муниципалитет"
    DISTRICT = "district", "район"
    FEDERAL_CITY = "federal_city", "город федерального значения"


class Territory(models.Model):
    """A node of the free tree: region, municipality, district; depth is not fixed."""

    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    kind = models.CharField("вид", max_length=20, choices=TerritoryKind.choices)
    name = models.CharField("название", max_length=200)
    name_cases = models.JSONField("падежи названия", default=dict, blank=True)
    slug = models.SlugField("адрес", max_length=60, unique=True)
    time_zone = models.CharField("часовой пояс", max_length=50, default="Europe/Moscow")
    path = models.CharField(max_length=200, default="", editable=False, db_index=True)

    class Meta:
        ordering = ("path",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep `path`, the chain of ids from the root, e.g. `/3/17/`."""
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if path != self.path:
            self.path = path
            Territory.objects.filter(pk=self.pk).update(path=path)

    @property
    def ancestor_ids(self) -> list[int]:
        """Ids from the root down to this node, itself included."""
        return [int(part) for part in self.path.split("/") if part]


class OrganisationKind(models.TextChoices):
    SCHOOL = "school", "школа"
    LYCEUM = "lyceum", "лицей или гимназия"
    KINDERGARTEN = "kindergarten", "детский сад"
    COLLEGE = "college", "колледж"
    ADDITIONAL = "additional", "дополнительное образование"
    AUTHORITY = "authority", "орган управления образованием"
    CENTRE = "centre", "наставнический центр"
    ENTERPRISE = "enterprise", "предприятие"
    UNIVERSITY = "university", "вуз"
    NGO = "ngo", "общественная организация"


class Organisation(models.Model):
    """An institution or partner; the owner of every tenant row."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="organisations")
    kind = models.CharField("вид", max_length=20, choices=OrganisationKind.choices)
    slug = models.SlugField("адрес на сайте", max_length=60, unique=True)
    short_name = models.CharField("краткое название", max_length=200)
    full_name = models.CharField("полное название", max_length=400)
    name_cases = models.JSONField("падежи названий", default=dict, blank=True)
    city = models.CharField("населённый пункт", max_length=120, blank=True)
    address = models.CharField("почтовый адрес", max_length=300, blank=True)
    phone = models.CharField("телефон", max_length=60, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    site = models.CharField("сайт", max_length=200, blank=True)
    inn = models.CharField("ИНН", max_length=12, blank=True)
    ogrn = models.CharField("ОГРН", max_length=15, blank=True)
    blank_header = models.TextField("шапка бланка", blank=True)
    head_post = models.CharField("должность руководителя", max_length=120, default="директор")
    head_surname = models.CharField("фамилия руководителя", max_length=80, blank=True)
    head_given = models.CharField("имя руководителя", max_length=80, blank=True)
    head_patronymic = models.CharField("отчество руководителя", max_length=80, blank=True)
    head_gender = models.CharField("пол руководителя", max_length=6, blank=True)
    head_cases = models.JSONField("падежи имени и должности", default=dict, blank=True)
    cases_confirmed = models.BooleanField("падежи проверены", default=False)
    is_practice = models.BooleanField("учебный пример", default=False)
    settings = models.JSONField("настройки", default=dict, blank=True)
    search_key = models.CharField(max_length=620, default="", editable=False, db_index=True)

    class Meta:
        ordering = ("search_key", "id")

    def __str__(self) -> str:
        return self.short_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = search_key(f"{self.short_name} {self.full_name}")
        super().save(*args, **kwargs)

    @property
    def head_name(self) -> str:
        """«Фамилия Имя Отчество» of the head, or an empty string."""
        return " ".join(
            part for part in (self.head_surname, self.head_given, self.head_patronymic) if part
        )

    @property
    def teaches_children(self) -> bool:
        """Kindergartens, enterprises and offices have staff mentees only (invariant 6)."""
        return self.kind in {
            OrganisationKind.SCHOOL,
            OrganisationKind.LYCEUM,
            OrganisationKind.COLLEGE,
            OrganisationKind.ADDITIONAL,
        }


class Contingent(TenantModel):
    """How many people an organisation, or one class of it, had on a date: the denominators."""

    on_date = models.DateField("на дату")
    class_name = models.CharField("класс или группа", max_length=40, blank=True)
    students = models.PositiveIntegerField("обучающихся", default=0)
    students_10_19 = models.PositiveIntegerField("из них 10–19 лет", default=0)
    teachers = models.PositiveIntegerField("педагогов", default=0)
    young_specialists = models.PositiveIntegerField("молодых специалистов", default=0)

    class Meta(TenantModel.Meta):
        ordering = ("-on_date", "class_name")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "on_date", "class_name"),
                name="contingent_once",
                violation_error_message="На эту дату контингент уже внесён.",
            ),
            models.CheckConstraint(
                condition=models.Q(students_10_19__lte=models.F("students")),
                name="contingent_part_of_whole",
                violation_error_message="Детей 10–19 лет не может быть больше, чем всех обучающихся.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.on_date:%d.%m.%Y} {self.class_name or 'всего'}"
