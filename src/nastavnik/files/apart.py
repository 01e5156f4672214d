"""The parent's end of a reading process: one way to have a file parsed within limits."""

import json
import os
import subprocess
import sys
from pathlib import Path

from .child import EXIT_READ, EXIT_REFUSED
from .refusals import Refuse

WALL_SECONDS = 4.5
_KILLED_BY_CLOCK = frozenset({-9, -24})  # SIGKILL and SIGXCPU: the processor time limit
_SOURCES = str(Path(__file__).resolve().parents[2])
_KEPT = ("PATH", "SYSTEMROOT", "TEMP")


def read_apart(
    module: str, data: bytes, refuse: Refuse, *, too_much: str, seconds: float = WALL_SECONDS
) -> bytes:
    """What the program `module`, which calls `child.serve`, makes of the bytes.

    It gets `seconds` of the clock, whole seconds above that of processor time, the memory of
    `child.MEMORY_LIMIT`, no byte to write to a file, and of the environment only the search paths.

    Raises: the refusal that the child met; `timeout`; `too_much` when its memory did not suffice.
    """
    command = [sys.executable, "-m", module, str(int(seconds) + 1)]
    # S603: the command is ours, the file goes in by stdin; secrets of the web process stay out.
    process = subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )
    with process:
        try:
            answer, _ = process.communicate(data, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise refuse("timeout") from error
    return _judged(process.returncode, answer, refuse, too_much)


def _environment() -> dict[str, str]:
    keep = {key: os.environ[key] for key in _KEPT if key in os.environ}
    return keep | {"PYTHONPATH": _SOURCES, "PYTHONDONTWRITEBYTECODE": "1"}


def _judged(exit_code: int, answer: bytes, refuse: Refuse, too_much: str) -> bytes:
    if exit_code == EXIT_READ:
        return answer
    if exit_code == EXIT_REFUSED:
        told = json.loads(answer)
        raise refuse(told["code"], told["place"])
    if exit_code in _KILLED_BY_CLOCK:
        raise refuse("timeout")
    # Aborts (no memory for the used area) come as signals or as codes of the C runtime.
    raise refuse(too_much)
