"""Refusals of the grammar; the message is a Russian sentence for the person at the screen."""


class GrammarError(ValueError):
    """The text cannot be declined as it stands."""


class GenderUnknown(GrammarError):
    """The name does not tell the gender and nobody has stated it."""

    def __init__(self, full_name: str) -> None:
        super().__init__(f"По имени «{full_name}» нельзя определить пол. Укажите пол.")
        self.full_name = full_name


class NameEmpty(GrammarError):
    """There is no word in the text that could be a name."""

    def __init__(self) -> None:
        super().__init__("Укажите фамилию и имя.")
