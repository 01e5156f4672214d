"""Files on their way into the registers: start, map, check, apply, undo."""

from nastavnik.people.services.imports.apply import Applied, apply_import
from nastavnik.people.services.imports.batches import (
    Corrections,
    drop_import,
    save_check,
    set_mapping,
    start_import,
)
from nastavnik.people.services.imports.checking import (
    Check,
    CheckRow,
    GridCell,
    analyse_batch,
    check_batch,
    field_choices,
)
from nastavnik.people.services.imports.command import import_registry
from nastavnik.people.services.imports.pairing import PairLine, register_pair_importer
from nastavnik.people.services.imports.samples import TITLES, sample_file
from nastavnik.people.services.imports.undo import can_undo_until, undo_import

__all__ = [
    "TITLES",
    "Applied",
    "Check",
    "CheckRow",
    "Corrections",
    "GridCell",
    "PairLine",
    "analyse_batch",
    "apply_import",
    "can_undo_until",
    "check_batch",
    "drop_import",
    "field_choices",
    "import_registry",
    "register_pair_importer",
    "sample_file",
    "save_check",
    "set_mapping",
    "start_import",
    "undo_import",
]
