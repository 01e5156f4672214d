"""Addresses of councils: an institution's, and the same pages for a territory."""

from django.urls import URLPattern, path

from nastavnik.councils.views import cards, papers, register, sittings

app_name = "councils"

_ORG = "o/<slug:org>/councils/"
_TERRITORY = "t/<slug:territory>/council/"


def _pages(root: str, prefix: str) -> list[URLPattern]:
    """The pages that both places have."""
    one, sitting = f"{root}<int:pk>/", f"{root}sittings/<int:sitting_id>/"
    return [
        path(f"{root}new/", register.new, name=f"{prefix}new"),
        path(one, cards.card, name=f"{prefix}card"),
        path(f"{one}edit/", cards.edit, name=f"{prefix}edit"),
        path(f"{one}members/", cards.members, name=f"{prefix}members"),
        path(f"{one}close/", cards.close, name=f"{prefix}close"),
        path(f"{one}plan/", cards.plan, name=f"{prefix}plan"),
        path(f"{one}plan/docx/", cards.plan_docx, name=f"{prefix}plan-docx"),
        path(f"{one}sittings/new/", sittings.new, name=f"{prefix}sitting-new"),
        path(sitting, sittings.sitting, name=f"{prefix}sitting"),
        path(f"{sitting}edit/", sittings.edit, name=f"{prefix}sitting-edit"),
        path(f"{sitting}hold/", sittings.hold, name=f"{prefix}sitting-hold"),
        path(f"{sitting}unhold/", sittings.unhold, name=f"{prefix}sitting-unhold"),
        path(f"{sitting}protocol/", sittings.protocol, name=f"{prefix}sitting-protocol"),
        path(f"{sitting}cancel/", sittings.cancel, name=f"{prefix}sitting-cancel"),
    ]


_PAPER = f"{_TERRITORY}papers/<int:document_id>/"

urlpatterns: list[URLPattern] = [
    path(_ORG, register.index, name="list"),
    path(f"{_ORG}mine/", register.mine, name="mine"),
    *_pages(_ORG, ""),
    path(_TERRITORY, register.territory, name="territory"),
    path(f"{_TERRITORY}groups/", register.groups, name="groups"),
    *_pages(_TERRITORY, "territory-"),
    path(_PAPER, papers.paper, name="territory-paper"),
    path(f"{_PAPER}docx/", papers.docx, name="territory-paper-docx"),
    path(f"{_PAPER}send/", papers.send, name="territory-paper-send"),
    path(f"{_PAPER}register/", papers.register, name="territory-paper-register"),
    path(f"{_PAPER}drop/", papers.drop, name="territory-paper-drop"),
]
