"""Addresses of roadmaps: the institution's own and the territory's work with many."""

from django.urls import path

from nastavnik.roadmaps.urls_import import import_urls
from nastavnik.roadmaps.urls_targets import target_urls
from nastavnik.roadmaps.views import (
    agreement,
    board,
    calendar,
    drafting,
    item,
    lines,
    municipal,
    papers,
    progress,
    states,
)

app_name = "roadmaps"

_ALL = "o/<slug:org>/roadmap/"
_ONE = f"{_ALL}<int:pk>/"
_ITEM = f"{_ALL}items/<int:item_id>/"
_TERRITORY = "t/<slug:territory>/roadmaps/"
_LINE = f"{_TERRITORY}lines/<int:item_id>/"

urlpatterns = [
    path(_ALL, board.current, name="current"),
    path(f"{_ALL}all/", board.index, name="index"),
    path(f"{_ALL}calendar/", calendar.link, name="calendar"),
    path(f"{_ALL}calendar/renew/", calendar.renew, name="calendar-renew"),
    path(f"{_ALL}calendar/revoke/", calendar.revoke, name="calendar-revoke"),
    path("calendar/<slug:token>.ics", calendar.feed, name="feed"),
    path(f"{_ALL}new/", drafting.new, name="new"),
    path(_ONE, board.board, name="board"),
    path(f"{_ONE}difference/", board.difference, name="difference"),
    path(f"{_ONE}edit/", drafting.edit, name="edit"),
    path(f"{_ONE}drop/", drafting.drop, name="drop"),
    path(f"{_ONE}add/", drafting.add, name="add"),
    path(f"{_ONE}dates/", drafting.event_dates, name="dates"),
    path(f"{_ONE}send/", states.send, name="send"),
    path(f"{_ONE}agreed/", states.agreed, name="agreed"),
    path(f"{_ONE}returned/", states.returned, name="returned"),
    path(f"{_ONE}order/", states.order, name="order"),
    path(f"{_ONE}version/", states.version, name="version"),
    path(f"{_ONE}close/", states.close, name="close"),
    path(f"{_ONE}papers/", papers.papers, name="papers"),
    path(f"{_ONE}papers/<slug:paper>/", papers.paper, name="paper"),
    path(f"{_ONE}papers/<slug:paper>/docx/", papers.paper_docx, name="paper-docx"),
    path(f"{_ONE}papers/<slug:paper>/file/", papers.paper_file, name="paper-file"),
    path(f"{_ONE}table/", papers.table, name="table"),
    path(f"{_ONE}days/", papers.days, name="days"),
    path(_ITEM, item.item, name="item"),
    path(f"{_ITEM}edit/", drafting.edit_item, name="item-edit"),
    path(f"{_ITEM}rule/", drafting.rule, name="rule"),
    path(f"{_ITEM}move/", drafting.move, name="item-move"),
    path(f"{_ITEM}remove/", drafting.remove, name="item-remove"),
    path(f"{_ITEM}done/", item.done, name="item-done"),
    path(f"{_ITEM}reopen/", item.reopen, name="item-reopen"),
    path(f"{_ITEM}not-applicable/", item.not_applicable, name="item-not-applicable"),
    path(f"{_ITEM}let-go/", item.let_go, name="item-let-go"),
    path(f"{_ITEM}link/", item.link, name="item-link"),
    path(f"{_ITEM}checklist/", item.checklist, name="item-checklist"),
    path(f"{_ITEM}comment/", item.comment, name="item-comment"),
    path(f"{_ITEM}answer/", item.answer, name="item-answer"),
    *import_urls,
    *target_urls,
    path(_TERRITORY, agreement.queue, name="queue"),
    path(f"{_TERRITORY}agree/", agreement.agree_many, name="agree-many"),
    path(f"{_TERRITORY}grid/", progress.grid, name="grid"),
    path(f"{_TERRITORY}grid/<int:pk>/", lines.strip, name="strip"),
    path(_LINE, lines.line, name="line"),
    path(f"{_LINE}comment/", lines.comment, name="line-comment"),
    path(f"{_LINE}let-go/", lines.let_go, name="line-let-go"),
    path(f"{_TERRITORY}own/", municipal.own, name="own"),
    path(f"{_TERRITORY}own/keep/", municipal.keep, name="own-keep"),
    path(f"{_TERRITORY}overdue/", progress.overdue, name="overdue"),
    path(f"{_TERRITORY}overdue/note/", progress.note, name="control-note"),
    path(f"{_TERRITORY}<int:pk>/", agreement.judge, name="judge"),
    path(f"{_TERRITORY}<int:pk>/agree/", agreement.agree, name="agree"),
    path(f"{_TERRITORY}<int:pk>/return/", agreement.send_back, name="send-back"),
]
