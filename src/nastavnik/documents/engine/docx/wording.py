"""Typography of document texts."""


def keep_numbers(text: str) -> str:
    """«№ 12» never breaks between the sign and the number."""
    return text.replace("№ ", "№\u00a0")
