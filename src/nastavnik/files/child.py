"""The child's end of a reading process: bytes come in by stdin, the answer leaves by stdout.

A malformed file may abort the parser or take all memory and time it finds, so the process limits
itself before it reads. A refusal leaves as a code and a place; its words are put by the parent.
"""

import json
import sys
from collections.abc import Callable, Iterable

from .refusals import FileRefused

MEMORY_LIMIT = 512 << 20
EXIT_READ = 0
EXIT_REFUSED = 3
EXIT_TOO_MUCH = 4

Part = bytes | memoryview
Reader = Callable[[bytes], Iterable[Part]]


def serve(read: Reader) -> int:
    """Set the limits, read stdin, write what `read` makes of it; the exit code tells how it went.

    `read` loads its parser itself, so that the parser too lives within the limits.
    """
    _limit_self(int(sys.argv[1]))
    exit_code, parts = settle(read, sys.stdin.buffer.read())
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()
    return exit_code


def _limit_self(cpu_seconds: int) -> None:
    """Set the limits of this process; Windows has none and relies on the parent's clock."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  -- absent on Windows

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def settle(read: Reader, data: bytes) -> tuple[int, list[Part]]:
    """The exit code and the answer: every error of a parser is a refusal, none is an accident."""
    try:
        return EXIT_READ, list(read(data))
    except FileRefused as refused:
        return _refused(refused.code, refused.place)
    except (MemoryError, RecursionError):
        return EXIT_TOO_MUCH, []
    except BaseException as error:  # noqa: BLE001  -- a Rust panic is a BaseException; all mean a bad file
        words = f"{type(error).__name__} {error}"
        if "limit exceeded" in words:
            return EXIT_TOO_MUCH, []
        return _refused("password" if "assword" in words else "damaged")


def _refused(code: str, place: str = "") -> tuple[int, list[Part]]:
    words = {"code": code, "place": place}
    return EXIT_REFUSED, [json.dumps(words).encode()]
