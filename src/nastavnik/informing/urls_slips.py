"""Addresses of class sheets and slips."""

from django.urls import URLPattern, path

from nastavnik.informing.views import join, sheets, slips

_SLIPS = "o/<slug:org>/informing/slips/"
_SLIP = f"{_SLIPS}<int:slip_id>/"
_SHEETS = "o/<slug:org>/informing/sheets/"
_SHEET = f"{_SHEETS}<int:sheet_id>/"

urlpatterns: list[URLPattern] = [
    path(_SLIPS, slips.slips, name="slips"),
    path(f"{_SLIPS}paper/", slips.paper, name="slips-paper"),
    path(f"{_SLIPS}blanks/", slips.blanks, name="slips-blanks"),
    path(f"{_SLIP}take/", slips.take, name="slip-take"),
    path(f"{_SLIP}decline/", slips.decline, name="slip-decline"),
    path(f"{_SLIP}back/", slips.back, name="slip-back"),
    path(f"{_SLIP}remove/", slips.remove, name="slip-remove"),
    path(_SHEETS, sheets.sheets, name="sheets"),
    path(f"{_SHEETS}new/", sheets.new, name="sheets-new"),
    path(f"{_SHEETS}print/", sheets.print_sheets, name="sheets-print"),
    path(f"{_SHEETS}docx/", sheets.docx, name="sheets-docx"),
    path(f"{_SHEET}close/", sheets.close, name="sheet-close"),
    path(f"{_SHEET}renew/", sheets.renew, name="sheet-renew"),
    path("join/<str:token>/", join.join, name="join"),
]
