"""A file that a person named on the command line."""

from pathlib import Path

from .refusals import Refuse


def read_file(path: Path, most: int, refuse: Refuse) -> bytes:
    """The bytes of a file, unless it is absent or above `most` bytes.

    Raises: the refusal `not_found` or `too_big`.
    """
    try:
        size = path.stat().st_size
        if size <= most:
            return path.read_bytes()
    except (OSError, ValueError) as error:
        raise refuse("not_found") from error
    raise refuse("too_big")
