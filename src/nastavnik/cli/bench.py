import importlib
import json
import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[3]


@click.command("bench")
@click.argument("name")
def command(name: str) -> None:
    """Измерить скорость: ИМЯ — один из файлов папки bench."""
    from nastavnik.shared.errors import DomainError

    known = sorted(path.stem.rstrip("_") for path in (ROOT / "bench").glob("[a-z]*.py"))
    known = [stem for stem in known if stem not in {"frame", "people"}]
    if name not in known:
        raise DomainError(
            "bench_unknown", f"Нет такого замера. Есть: {', '.join(known) or 'ни одного'}."
        )
    sys.path.insert(0, str(ROOT))
    stem = name if (ROOT / "bench" / f"{name}.py").exists() else f"{name}_"
    module = importlib.import_module(f"bench.{stem}")
    found = module.run()
    for result in found if isinstance(found, list) else [found]:
        click.echo(json.dumps(result.as_dict(), ensure_ascii=False))
