"""A process that was started by the server ends when the server was killed and could not say so."""

import os
import signal
import threading
import time

LOOK_SECONDS = 1


def end_with_parent() -> None:
    """Watch the process named by NASTAVNIK_PARENT from a thread; without it, do nothing."""
    parent = os.environ.get("NASTAVNIK_PARENT", "")
    if parent.isdigit() and os.name == "posix":
        threading.Thread(target=_watch, args=(int(parent),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
