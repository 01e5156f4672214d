"""Check a template before an organisation may use it."""

import difflib
from collections.abc import Collection

from .package import package_problems, read_package
from .problems import Level, Problem, TemplateRefused
from .template import compile_template


def check_template(
    docx: bytes, allowed: Collection[str], required: Collection[str]
) -> list[Problem]:
    """Say everything that is wrong with the template; an empty list means that it may be used.

    Parameters
        allowed: dotted paths of the data, rows of lists as `pairs.number`; `qr` for the picture.
        required: paths that must appear; a path with parts («person.name») is met by any part.
    """
    try:
        parts = read_package(docx)
        problems = package_problems(parts)
        if any(problem.level is Level.ERROR for problem in problems):
            return problems
        fields = compile_template(docx).fields
    except TemplateRefused as refusal:
        return list(refusal.problems)
    problems += [_unknown(field, allowed) for field in sorted(fields) if field not in allowed]
    problems += [
        Problem(Level.ERROR, "missing-field", f"В шаблоне нет обязательного поля «{field}».")
        for field in sorted(required)
        if not any(used == field or used.startswith(f"{field}.") for used in fields)
    ]
    if "qr" in allowed and "qr" not in fields:
        message = "В шаблоне нет места для QR-кода: поставьте {{ qr }} внизу первого листа."
        problems.append(Problem(Level.WARNING, "no-qr", message))
    return problems


def _unknown(field: str, allowed: Collection[str]) -> Problem:
    inner = sorted(path for path in allowed if path.startswith(f"{field}."))
    if inner:
        message = f"Поле «{field}» надо уточнить, например «{inner[0]}»."
        return Problem(Level.ERROR, "vague-field", message)
    near = difflib.get_close_matches(field, sorted(allowed), n=1, cutoff=0.6)
    hint = f" Возможно, имелось в виду «{near[0]}»." if near else ""
    return Problem(Level.ERROR, "unknown-field", f"Неизвестное поле «{field}».{hint}")
