"""What pairs register with `documents` and `people` at start-up."""

from nastavnik.documents.effects import DocumentEffects, register
from nastavnik.pairs import notices, order_data
from nastavnik.pairs.services import changing, ending_orders, orders, programme
from nastavnik.pairs.services.standing import on_papers_changed
from nastavnik.people.news import listen


def register_all() -> None:
    pair_order = DocumentEffects(
        checks=orders.check_pair_order,
        on_sign=orders.activate_pairs,
        on_cancel=orders.deactivate_pairs,
        on_drop=orders.release_pairs,
        links=notices.links,
        on_day=order_data.on_day,
    )
    register(orders.ORDER_PAIRS, pair_order)
    register(orders.ORDER_PAIRS_ADDITIONAL, pair_order)
    register(
        ending_orders.ORDER_END,
        DocumentEffects(
            checks=ending_orders.check_end_order,
            on_sign=ending_orders.end_pairs,
            on_cancel=ending_orders.reopen_pairs,
        ),
    )
    register(
        ending_orders.ORDER_REPLACE,
        DocumentEffects(
            checks=ending_orders.check_replace_order,
            on_sign=ending_orders.replace_mentor,
            on_cancel=ending_orders.restore_mentor,
            on_drop=orders.release_pairs,
            links=notices.links,
            on_day=ending_orders.replacement_on_day,
        ),
    )
    register(
        changing.ORDER_CHANGE,
        DocumentEffects(
            checks=changing.check_change_order,
            on_sign=changing.change_group,
            on_cancel=changing.undo_change,
            on_drop=changing.release_newcomers,
            on_day=changing.change_on_day,
        ),
    )
    register(
        programme.ORDER_PROGRAMME,
        DocumentEffects(
            checks=programme.check_programme_order,
            on_sign=programme.approve_programme,
            on_cancel=programme.withdraw_programme,
            on_drop=programme.withdraw_programme,
        ),
    )
    listen(on_papers_changed)
