"""Lists of the desk."""

from nastavnik.shared.columns import Column
from nastavnik.shared.lists import ListSpec

JOURNAL = ListSpec(
    key="audit",
    title="Журнал действий",
    order="-at",
    nouns=("запись", "записи", "записей"),
    columns=(
        Column("at", "Когда", ("at",), cell=lambda at: f"{at:%d.%m.%Y %H:%M}", sort=("id",)),
        Column("who", "Кто", ("actor_label",), head=True),
        Column("what", "Что", ("object_label",)),
        Column("from", "Было", ("from_state",)),
        Column("to", "Стало", ("to_state",)),
        Column("reason", "Причина", ("reason",)),
    ),
)
