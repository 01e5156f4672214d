"""Whom an institution tells of mentoring and asks."""

from django.db import models


class Audience(models.TextChoices):
    PUPILS = "pupils", "обучающиеся"
    STAFF = "staff", "педагоги"
    PARENTS = "parents", "родители"
    GRADUATES = "graduates", "выпускники"
