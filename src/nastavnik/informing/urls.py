"""Addresses of informing."""

from django.urls import URLPattern

app_name = "informing"

urlpatterns: list[URLPattern] = []
