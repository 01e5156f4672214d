"""Lists of the desk."""

from nastavnik.audit.words import action_words, state_words
from nastavnik.shared.columns import Column
from nastavnik.shared.lists import ListSpec

JOURNAL = ListSpec(
    key="audit",
    title="Журнал действий",
    order="-at",
    nouns=("запись", "записи", "записей"),
    columns=(
        Column("at", "Когда", ("at",), sort=("id",)),
        Column("who", "Кто", ("actor_label",), head=True),
        Column("action", "Действие", ("action",), cell=action_words, export=action_words),
        Column("what", "О ком или о чём", ("object_label",)),
        Column(
            "from",
            "Было",
            ("object_type", "from_state"),
            cell=state_words,
            export=state_words,
        ),
        Column(
            "to",
            "Стало",
            ("object_type", "to_state"),
            cell=state_words,
            export=state_words,
        ),
        Column("reason", "Причина", ("reason",)),
    ),
)
