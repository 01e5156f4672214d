"""Addresses of informing."""

from django.urls import URLPattern

from nastavnik.informing import urls_campaign, urls_slips

app_name = "informing"

urlpatterns: list[URLPattern] = [*urls_campaign.urlpatterns, *urls_slips.urlpatterns]
