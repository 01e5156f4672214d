"""Agreement of a noun with a number."""


def plural(number: int, one: str, few: str, many: str) -> str:
    """Choose the form that agrees with `number`: 1 пара, 2 пары, 5 пар, 11 пар, 21 пара."""
    last_two = abs(number) % 100
    last = last_two % 10
    if 11 <= last_two <= 14 or last == 0 or last >= 5:
        return many
    return one if last == 1 else few


def count_phrase(number: int, one: str, few: str, many: str) -> str:
    """Write the number with the agreeing noun: "5 пар"."""
    return f"{number} {plural(number, one, few, many)}"
