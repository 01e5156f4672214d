"""Records as plain JSON values for the command line and the check grid."""

import dataclasses
import datetime as dt
from typing import Any

from .contacts import Contact
from .dates import PartialDate
from .names import PersonName
from .rows import Record


def as_json(value: Any) -> Any:
    """Names as text, dates as ISO text, other value classes as objects."""
    if isinstance(value, PersonName):
        return str(value)
    if isinstance(value, PartialDate | dt.date):
        return value.iso if isinstance(value, PartialDate) else value.isoformat()
    if isinstance(value, Contact):
        return {name: as_json(part) for name, part in value._asdict().items()}
    if isinstance(value, tuple | list):
        return [as_json(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return value


def record_as_json(record: Record) -> dict[str, Any]:
    """Row number, level and the parsed values by field; empty cells are left out."""
    values = {
        name: as_json(parsed.value)
        for name, parsed in zip(record.fields, record.parsed, strict=True)
        if parsed.value is not None
    }
    result = {"row": record.row, "level": record.level, **values}
    if record.section:
        result["section"] = record.section
    if record.order is not None:
        result["order"] = as_json(record.order)
    return result
