"""Settings from the environment: `NASTAVNIK_<NAME>` or, for secrets, `NASTAVNIK_<NAME>_FILE`."""

import os
from pathlib import Path

PREFIX = "NASTAVNIK_"


class BadSetting(RuntimeError):
    """An environment variable holds something that cannot be used."""


def env_str(name: str, default: str = "") -> str:
    return os.environ.get(PREFIX + name, default)


def env_bool(name: str, *, default: bool) -> bool:
    value = env_str(name, "1" if default else "0").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise BadSetting(f"{PREFIX}{name} must be 1 or 0, not {value!r}")


def env_int(name: str, default: int) -> int:
    value = env_str(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise BadSetting(f"{PREFIX}{name} must be a whole number, not {value!r}") from None


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in env_str(name, default).split(",") if part.strip()]


def env_secret(name: str, default: str = "") -> str:
    """The value of NAME, or the content of the file named by NAME_FILE."""
    path = env_str(name + "_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    value = env_str(name, default)
    if not value:
        raise BadSetting(f"set {PREFIX}{name} or {PREFIX}{name}_FILE")
    return value
