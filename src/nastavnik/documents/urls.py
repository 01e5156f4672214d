"""Addresses of documents."""

from django.urls import path

from nastavnik.documents.views import card, compose, filing, inbox, public, register, templates

app_name = "documents"

_ORG = "o/<slug:org>/docs/"
_TERRITORY = "t/<slug:territory>/"

urlpatterns = [
    path(_ORG, register.register, name="register"),
    path(f"{_ORG}new/", compose.new, name="new"),
    path(f"{_ORG}inbox/", inbox.inbox, name="inbox"),
    path(f"{_ORG}inbox/sign/<slug:kind>/", inbox.sign_many, name="sign_many"),
    path(f"{_ORG}journal/", register.journal, name="journal"),
    path(f"{_ORG}file/", filing.file, name="file"),
    path(f"{_ORG}file/<slug:folder>/", filing.folder, name="folder"),
    path(f"{_ORG}templates/", templates.index, name="templates"),
    path(f"{_ORG}templates/<slug:kind>/", templates.kind_page, name="template"),
    path(f"{_ORG}templates/<slug:kind>/docx/", templates.download, name="template_docx"),
    path(f"{_ORG}templates/<slug:kind>/use/", templates.use, name="template_use"),
    path(f"{_ORG}templates/<slug:kind>/retire/", templates.retire, name="template_retire"),
    path(f"{_TERRITORY}templates/", templates.territory_index, name="territory_templates"),
    path(
        f"{_TERRITORY}templates/<slug:kind>/",
        templates.territory_kind_page,
        name="territory_template",
    ),
    path(
        f"{_TERRITORY}templates/<slug:kind>/docx/",
        templates.territory_download,
        name="territory_template_docx",
    ),
    path(f"{_TERRITORY}templates/<slug:kind>/use/", templates.use, name="territory_template_use"),
    path(
        f"{_TERRITORY}templates/<slug:kind>/retire/",
        templates.retire,
        name="territory_template_retire",
    ),
    path(f"{_ORG}<int:pk>/", card.card, name="card"),
    path(f"{_ORG}<int:pk>/docx/", register.docx, name="docx"),
    path(f"{_ORG}<int:pk>/sign/", card.sign, name="sign"),
    path(f"{_ORG}<int:pk>/send/", card.send, name="send"),
    path(f"{_ORG}<int:pk>/return/", card.give_back, name="return"),
    path(f"{_ORG}<int:pk>/drop/", card.drop, name="drop"),
    path(f"{_ORG}<int:pk>/cancel/", card.cancel, name="cancel"),
    path(f"{_ORG}<int:pk>/scan/", register.scan, name="scan"),
    path(f"{_ORG}<int:pk>/scan/add/", card.attach_scan, name="scan_add"),
    path("d/<str:token>/", public.landing, name="landing"),
]
