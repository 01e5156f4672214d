"""Addresses of pairs, matching, the order and the programme."""

from django.urls import path

from nastavnik.pairs.views import (
    answers,
    card,
    deciding,
    ending,
    gap,
    match,
    order,
    pairs,
    programme,
    public,
    runs,
    steps,
    waiting,
)

app_name = "pairs"

_ORG = "o/<slug:org>/"
_MATCH = f"{_ORG}match/"
_PAIRS = f"{_ORG}pairs/"
_PAIR = f"{_PAIRS}<int:pk>/"

urlpatterns = [
    path(_MATCH, match.match, name="match"),
    path(f"{_MATCH}propose/", match.propose, name="match-propose"),
    path(f"{_MATCH}accept/", match.accept, name="match-accept"),
    path(f"{_MATCH}accept-all/", match.accept_all, name="match-accept-all"),
    path(f"{_MATCH}group/", match.accept_group, name="match-group"),
    path(f"{_MATCH}take-back/", match.take_back, name="match-take-back"),
    path(f"{_MATCH}left/", match.left, name="match-left"),
    path(f"{_MATCH}changes/", deciding.changes, name="match-changes"),
    path(f"{_MATCH}changes/<int:pk>/undo/", deciding.undo, name="match-undo-change"),
    path(f"{_MATCH}rules/<int:pk>/undo/", deciding.undo_rule, name="match-undo"),
    path(f"{_MATCH}runs/", runs.history, name="match-runs"),
    path(f"{_MATCH}runs/<int:pk>/", runs.run, name="match-run"),
    path(f"{_MATCH}runs/<int:pk>/stop/", runs.stop, name="match-stop"),
    path(f"{_MATCH}runs/<int:pk>/repeat/", runs.repeat, name="match-repeat"),
    path(f"{_MATCH}runs/<int:pk>/take/", runs.take, name="match-take"),
    path(f"{_MATCH}runs/<int:pk>/variant/", runs.variant, name="match-variant"),
    path(f"{_MATCH}runs/<int:first>/with/<int:second>/", runs.compare, name="match-compare"),
    path(f"{_MATCH}<int:mentee_id>/", deciding.options, name="match-options"),
    path(f"{_MATCH}<int:mentee_id>/with/<int:mentor_id>/", deciding.decide, name="match-decide"),
    path(f"{_ORG}unpaired/", waiting.unpaired, name="unpaired"),
    path(f"{_ORG}unpaired/rules/", waiting.rules, name="unpaired-rules"),
    path(f"{_ORG}gap/", gap.shortage, name="gap"),
    path(f"{_ORG}gap/letter/", gap.letter, name="gap-letter"),
    path(_PAIRS, pairs.pair_register, name="list"),
    path(f"{_PAIRS}new/", pairs.new, name="new"),
    path(f"{_PAIRS}order/", order.order, name="order"),
    path(f"{_PAIRS}order/prepare/", order.prepare, name="order-prepare"),
    path(f"{_PAIRS}notices/<int:document_id>/", order.notices, name="notices"),
    path(_PAIR, card.card, name="card"),
    path(f"{_PAIR}decline/", card.decline, name="decline"),
    path(f"{_PAIR}addendum/", card.addendum, name="addendum"),
    path(f"{_PAIR}end/", ending.end, name="end"),
    path(f"{_PAIR}complete/", steps.complete, name="complete"),
    path(f"{_PAIR}replace/", steps.replace, name="replace"),
    path(f"{_PAIR}replace/order/", steps.replace_order, name="replace-order"),
    path(f"{_PAIR}add/", steps.add, name="add"),
    path(f"{_PAIR}leave/", steps.leave, name="leave"),
    path(f"{_PAIR}change/order/", steps.change_order, name="change-order"),
    path(
        f"{_PAIR}newcomers/<int:newcomer_id>/withdraw/",
        steps.withdraw_newcomer,
        name="newcomer-withdraw",
    ),
    path(f"{_PAIR}lock/", card.lock, name="lock"),
    path(f"{_PAIR}answer/", card.answer, name="answer"),
    path(f"{_ORG}programs/", programme.programmes, name="programmes"),
    path(f"{_ORG}programs/new/", programme.new_programme, name="programme-new"),
    path(f"{_ORG}programs/<int:pk>/", programme.programme, name="programme"),
    path(f"{_ORG}programs/<int:pk>/results/", programme.results, name="programme-results"),
    path(f"{_ORG}programs/<int:pk>/finish/", programme.finish, name="programme-finish"),
    path(f"{_ORG}programs/<int:pk>/order/", programme.programme_order, name="programme-order"),
    path(f"{_ORG}yes/", answers.answers, name="answers"),
    path(f"{_ORG}yes/sheet/", answers.sheet, name="answers-sheet"),
    path(f"{_ORG}yes/sheet/file/", answers.file_sheet, name="answers-file"),
    path(f"{_ORG}yes/slips/", answers.slips, name="answers-slips"),
    path("yes/<str:token>/", public.yes, name="yes"),
    path(f"{_ORG}yes/mark/", answers.mark, name="answers-mark"),
]
