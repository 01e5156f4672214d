#!/usr/bin/env python3
"""One door to the project: `python3 run.py demo`, `test`, `lint`, or any `nastavnik` command.

Needs nothing but Python 3.11 or newer. The first call makes `.venv` from the locked requirements;
the following ones find the lock's stamp there and start at once.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time

if sys.version_info < (3, 11):
    sys.exit(
        "Нужен Python 3.11 или новее, а этот — {0}.\nPython 3.11 or newer is needed, this is {0}.".format(
            sys.version.split()[0],
        ),
    )

import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
RUNTIME, TEST, INSTALLER = (
    "requirements.lock",
    "requirements-test.lock",
    "requirements-installer.lock",
)
DEMO_DATA = ROOT / "var" / "demo"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_CHROME = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")

HELP = """python3 run.py demo [--port 8000] [--fresh]   учебная область: собрать и открыть
python3 run.py test [аргументы pytest]        проверки: SQLite, затем PostgreSQL (--postgres)
python3 run.py lint | types | format          линтеры, типы, оформление кода
python3 run.py bench ИМЯ                      замер скорости
python3 run.py КОМАНДА …                      любая команда nastavnik (serve, worker, check, …)
"""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# -- the environment ------------------------------------------------------------------------------


def fingerprint(lock: str) -> str:
    content = (ROOT / lock).read_bytes() + sys.version.encode() + str(VENV).encode()
    return hashlib.sha256(content).hexdigest()


def stamp(lock: str) -> Path:
    return VENV / f"stamp-{lock.removesuffix('.lock')}"


def is_installed(lock: str) -> bool:
    mark = stamp(lock)
    return PYTHON.exists() and mark.exists() and mark.read_text() == fingerprint(lock)


def pip_command() -> list[str]:
    """A pip that can install into another environment, without spending seconds on a copy in it."""
    spec = importlib.util.find_spec("ensurepip")  # absent on some systems; pip itself may be there
    folder = Path(spec.origin).parent / "_bundled" if spec and spec.origin else Path()
    bundled = sorted(folder.glob("pip-*.whl"))
    program = [str(bundled[-1] / "pip")] if bundled else ["-m", "pip"]
    return [
        sys.executable,
        *program,
        "--disable-pip-version-check",
        "--python",
        str(PYTHON),
        "install",
    ]


def installer_environment() -> dict[str, str]:
    """uv reads its own variables: hand it pip's package source and certificate."""
    env = dict(os.environ)
    for theirs, ours in (("PIP_INDEX_URL", "UV_DEFAULT_INDEX"), ("PIP_CERT", "SSL_CERT_FILE")):
        if theirs in env:
            env.setdefault(ours, env[theirs])
    return env


def install(lock: str) -> None:
    """Install the lock with uv, which takes seconds; with pip where uv does not work."""
    requirements = ["--require-hashes", "-r", str(ROOT / lock)]
    options = ["-q", "--no-deps", "--no-compile"]
    uv = shutil.which("uv")
    if not uv:
        bootstrap = [*pip_command(), *options, "--require-hashes", "-r", str(ROOT / INSTALLER)]
        if subprocess.call(bootstrap, stderr=subprocess.DEVNULL) == 0:
            uv = str(PYTHON.with_name("uv.exe" if WINDOWS else "uv"))
    if uv:
        command = [uv, "pip", "install", "-q", "--no-deps", "--python", str(PYTHON), *requirements]
        if subprocess.call(command, env=installer_environment()) == 0:
            return
        say("uv не справился, ставим через pip…")
    subprocess.check_call([*pip_command(), *options, *requirements])


def ensure(lock: str) -> None:
    """Make `.venv` hold exactly what the lock names; do nothing when it already does."""
    if is_installed(lock):
        return
    say(f"Готовим окружение .venv по {lock} (один раз)…")
    if not (PYTHON.exists() and any(VENV.glob("stamp-*"))):
        venv.create(VENV, clear=True, symlinks=not WINDOWS)
    for old in VENV.glob("stamp-*"):
        old.unlink()
    install(lock)
    purelib = sysconfig.get_path("purelib", "venv", vars={"base": str(VENV), "platbase": str(VENV)})
    (Path(purelib) / "nastavnik.pth").write_text(str(ROOT / "src") + "\n", encoding="utf-8")
    for done in {RUNTIME, lock}:  # the test lock holds every runtime pin; tests/test_tree.py checks
        stamp(done).write_text(fingerprint(done))


def environment(extra: dict[str, str]) -> dict[str, str]:
    """Compiled modules lie in `.venv`: the tree stays clean and later starts take a third of the time."""
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(VENV / "bytecode")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**env, "NASTAVNIK_HOME": str(ROOT), "PYTHONUTF8": "1", **extra}


def become(command: list[str], **extra: str) -> int:
    """Hand the process over, so that signals and the exit code are the command's own."""
    if WINDOWS:
        return run(command, **extra)
    return os.execve(PYTHON, [str(PYTHON), *command], environment(extra))


def run(command: list[str], **extra: str) -> int:
    """Run in the environment; Ctrl+C is for the child, which is asked to end and waited for."""
    with subprocess.Popen([str(PYTHON), *command], env=environment(extra)) as child:
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue


# -- commands -------------------------------------------------------------------------------------


def option(args: list[str], name: str, default: str) -> str:
    for at, arg in enumerate(args):
        if arg == name and at + 1 < len(args):
            return args[at + 1]
        if arg.startswith(name + "="):
            return arg.partition("=")[2]
    return default


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        if not WINDOWS:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def demo(args: list[str]) -> int:
    port = option(args, "--port", "8000")
    if not port.isdigit() or not 0 < int(port) < 65536:
        say(f"Порт — это число от 1 до 65535, а указано «{port}».")
        return 2
    if not port_is_free(int(port)):
        say(
            f"Порт {port} занят другой программой. Выберите другой: python3 run.py demo --port 8123"
        )
        return 1
    ensure(RUNTIME)
    settings = {
        "DJANGO_SETTINGS_MODULE": "nastavnik.config.settings.demo",
        "NASTAVNIK_DATA": str(DEMO_DATA),
    }
    fresh = "--fresh" in args
    if fresh or not (DEMO_DATA / "ready").exists():
        code = run(
            ["-m", "nastavnik", "demo", "build", *(["--fresh"] if fresh else [])], **settings
        )
        if code:
            return code
    return become(["-m", "nastavnik", "demo", "serve", "--port", port], **settings)


def test(args: list[str]) -> int:
    postgres = "--postgres" in args
    args = [arg for arg in args if arg != "--postgres"]
    whole = not args
    ensure(TEST)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        totals = Path(folder) / "totals"
        extra = {**chromium_setting(), "NASTAVNIK_TEST_TOTALS": str(totals)}
        options = ["-p", "tests.totals", *args]
        if whole:
            # Each process takes a run of neighbours, which share what they build, then helps out.
            options += ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal"]
        code = run(["-m", "pytest", *options], **extra)
        if whole or postgres:
            say("\nТе же проверки на PostgreSQL (всё, что касается базы)…")
            code = run(["-m", "tests.postgres", *options], **extra) or code
            print(closing_line(totals, time.monotonic() - started))
    return code


def closing_line(totals: Path, seconds: float) -> str:
    """One line for both databases, in pytest's own words."""
    lines = totals.read_text(encoding="utf-8").splitlines() if totals.exists() else []
    runs = [json.loads(line) for line in lines]
    counts = {name: sum(each[name] for each in runs) for name in (runs[0] if runs else ())}
    words = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    return f" {words or 'no tests ran'} in {seconds:.2f}s (SQLite + PostgreSQL) ".center(88, "=")


def lint(_args: list[str]) -> int:
    ensure(TEST)
    settings = {
        "DJANGO_SETTINGS_MODULE": "nastavnik.config.settings.test",
        "NASTAVNIK_DATABASE": "sqlite:///:memory:",
    }
    codes = [
        run(["-m", "ruff", "check", "."]),
        run(["-m", "ruff", "format", "--check", "."]),
        types([]),
        run(["-c", "from importlinter.cli import lint_imports_command as c; c()"]),
        run(["-m", "djlint", "--lint", "--quiet", "src"]),
        run(["-m", "django", "makemigrations", "--check", "--dry-run"], **settings),
    ]
    say("Линтеры: замечаний нет." if not any(codes) else "Линтеры: есть замечания, они выше.")
    return max(codes)


def types(_args: list[str]) -> int:
    ensure(TEST)
    return run(["-m", "mypy", "src"], NASTAVNIK_DATA=str(ROOT / "var" / "types"))


def format_code(_args: list[str]) -> int:
    ensure(TEST)
    return run(["-m", "ruff", "check", "--fix", "."]) | run(["-m", "ruff", "format", "."])


# -- a browser for the tests ----------------------------------------------------------------------


def works(program: str) -> bool:
    """A Debian stub or a snap without a daemon is on PATH too: ask it for its version."""
    try:
        call = subprocess.run([program, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return call.returncode == 0


def system_chromium() -> str:
    named = os.environ.get("NASTAVNIK_CHROMIUM", "")
    found = [named, *(shutil.which(name) or "" for name in BROWSERS), str(MAC_CHROME)]
    return next(
        (program for program in found if program and Path(program).exists() and works(program)), ""
    )


def apt_chromium() -> str:
    """Install the distribution's Chromium where we may: root on a system with apt."""
    if not shutil.which("apt-get") or getattr(os, "geteuid", lambda: 1)() != 0:
        return ""
    say("Ставим Chromium для проверок в браузере…")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"env": env, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    subprocess.call(["apt-get", "update", "-qq"], **quiet)
    subprocess.call(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], **quiet
    )
    return system_chromium()


def playwright_chromium() -> str:
    say("Ставим Chromium из поставки Playwright…")
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    asked = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True, check=False)
    path = asked.stdout.strip()
    if not (path and Path(path).exists()):
        run(["-m", "playwright", "install", "chromium"])
    return path if path and Path(path).exists() and works(path) else ""


def chromium_setting() -> dict[str, str]:
    path = system_chromium() or apt_chromium() or playwright_chromium()
    if path:
        return {"NASTAVNIK_CHROMIUM": path}
    say("!" * 88)
    say("Браузер Chromium не найден и не установился: проверки в браузере закончатся ошибкой.")
    say("Установите Chromium и укажите путь в NASTAVNIK_CHROMIUM.")
    say("!" * 88)
    return {"NASTAVNIK_CHROMIUM": ""}


COMMANDS = {"demo": demo, "test": test, "lint": lint, "types": types, "format": format_code}


def main() -> int:
    args = sys.argv[1:]
    if not args or args[0] in {"-h", "--help"}:
        print(HELP)
        return 0
    name, rest = args[0], args[1:]
    if name in COMMANDS and not (name == "demo" and rest[:1] in (["build"], ["serve"])):
        return COMMANDS[name](rest)
    ensure(TEST if name == "bench" else RUNTIME)
    return become(["-m", "nastavnik", *args])


if __name__ == "__main__":
    sys.exit(main())
