"""Failures that a person can mend."""

from nastavnik.files.refusals import FileRefused


class DomainError(Exception):
    """An expected refusal.

    `message` is a Russian sentence for the person at the screen; `code` is stable and English;
    `field` names the form field or import column to blame, when there is one; `link` leads to the
    page where the matter can be mended.
    """

    def __init__(
        self, code: str, message: str, *, field: str | None = None, link: str = ""
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.link = link


class PermissionRefused(DomainError):
    """The actor may know the object but may not do this to it."""

    def __init__(self, message: str) -> None:
        super().__init__("permission", message)


def file_error(refused: FileRefused, *, field: str = "file") -> DomainError:
    """The refusal of a file beside the field that it came by, as a whole sentence."""
    return DomainError(f"file_{refused.code}", f"{refused.message}.", field=field)
