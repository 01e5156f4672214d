"""Addresses of informing."""

from django.urls import URLPattern

from nastavnik.informing import urls_slips

app_name = "informing"

urlpatterns: list[URLPattern] = [*urls_slips.urlpatterns]
