"""What will follow when a consent is withdrawn, in sentences for the dialog."""

from datetime import date

from nastavnik.people.models import ConsentKind, Person
from nastavnik.people.queries.registers import Side, pair_facts
from nastavnik.people.requirements import required_consents


def withdrawal_consequences(person: Person, kind: ConsentKind, on: date) -> list[str]:
    """Sentences for the person who is about to press the button."""
    said = ["Согласие перестанет действовать сразу. Вернуть его нельзя, можно только дать новое."]
    if kind in required_consents(person, on):
        said.append(
            f"{person.short_name} больше не участвует в программе, пока нет нового согласия."
        )
        said += [f"Пара приостановится: {names}." for names in _open_pairs(person)]
    match kind:
        case ConsentKind.PUBLICATION:
            said.append("Материалы с этим человеком снимаются с публикации.")
        case ConsentKind.THIRD_PARTY:
            said.append("Учителя и психолог больше не передают сведения об этом ребёнке.")
        case ConsentKind.EMPLOYEE_MENTOR:
            said.append("Работник больше не назначается наставником коллег.")
        case ConsentKind.TRANSFER_PARTNER:
            said.append("Партнёр больше не получает сведений об этом человеке.")
        case _:
            pass
    return said


def _open_pairs(person: Person) -> list[str]:
    sides: tuple[tuple[Side, str], ...] = (("mentee", "mentee"), ("mentor", "mentor"))
    names = []
    for side, attribute in sides:
        profile = getattr(person, attribute, None)
        if profile is None:
            continue
        facts = pair_facts(side, [profile.pk]).get(profile.pk, [])
        names += [", ".join(fact.names) for fact in facts if fact.is_open]
    return names
