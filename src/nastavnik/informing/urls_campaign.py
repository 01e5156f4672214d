"""Addresses of the campaign."""

from django.urls import URLPattern, path

from nastavnik.informing.views import booklet, campaign, gatherings, letters, media

_ROOT = "o/<slug:org>/informing/"
_GATHERING = f"{_ROOT}gatherings/<int:gathering_id>/"
_MAILING = f"{_ROOT}letters/<int:mailing_id>/"

urlpatterns: list[URLPattern] = [
    path(_ROOT, campaign.current, name="campaign"),
    path(f"{_ROOT}open/", campaign.open_year, name="open"),
    path(f"{_ROOT}years/<int:campaign_id>/", campaign.past, name="year"),
    path(f"{_ROOT}audiences/", campaign.audiences, name="audiences"),
    path(f"{_ROOT}booklet/", booklet.booklet, name="booklet"),
    path(f"{_ROOT}booklet/docx/", booklet.booklet_docx, name="booklet-docx"),
    path(f"{_ROOT}gatherings/new/", gatherings.new, name="gathering-new"),
    path(_GATHERING, gatherings.card, name="gathering"),
    path(f"{_GATHERING}edit/", gatherings.edit, name="gathering-edit"),
    path(f"{_GATHERING}protocol/", gatherings.protocol, name="gathering-protocol"),
    path(f"{_GATHERING}number/", gatherings.number, name="gathering-number"),
    path(f"{_GATHERING}number/clear/", gatherings.number_clear, name="gathering-number-clear"),
    path(f"{_GATHERING}remove/", gatherings.remove, name="gathering-remove"),
    path(f"{_ROOT}letters/", letters.letters, name="letters"),
    path(f"{_ROOT}letters/new/", letters.new, name="letters-new"),
    path(_MAILING, letters.mailing, name="mailing"),
    path(f"{_MAILING}edit/", letters.edit, name="mailing-edit"),
    path(f"{_MAILING}docx/", letters.docx, name="mailing-docx"),
    path(f"{_MAILING}sent/", letters.sent, name="mailing-sent"),
    path(f"{_MAILING}replies/", letters.replies, name="mailing-replies"),
    path(f"{_MAILING}remove/", letters.remove, name="mailing-remove"),
    path(f"{_ROOT}media/", media.media, name="media"),
    path(f"{_ROOT}media/add/", media.add, name="media-add"),
    path(f"{_ROOT}media/<int:publication_id>/remove/", media.remove, name="media-remove"),
]
