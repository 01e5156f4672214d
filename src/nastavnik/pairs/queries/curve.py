"""How many are served at each cut-off: a curve, its table and its sentence."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from nastavnik.shared.typography import NBSP, counted

LEFT, TOP, WIDTH, HEIGHT = 42, 10, 190, 110
STEP = 10
USUAL = 60
ASKED = ("запроса", "запросов", "запросов")
PAIRS = ("пара", "пары", "пар")


@dataclass(frozen=True)
class Mark:
    """A line of the grid with its words."""

    at: float
    text: str


@dataclass(frozen=True)
class Curve:
    """Drawn in a box of 244 × 150; `rows` are the table twin: cut-off, pairs, share."""

    path: str
    x: float
    y: float
    columns: tuple[Mark, ...]
    lines: tuple[Mark, ...]
    rows: tuple[tuple[int, int, str], ...]
    sentence: str


def curve_of(fits: Sequence[int], asked: int, cut_off: int) -> Curve | None:
    """`fits` of every proposal, `asked` mentees in all; None when nobody asked."""
    if not asked:
        return None
    ordered = sorted(fits)
    served = [len(ordered) - bisect_left(ordered, least) for least in range(101)]
    points = [(_x(least), _y(number / asked)) for least, number in enumerate(served)]
    at = served[cut_off]
    return Curve(
        path=_steps(points),
        x=_x(cut_off),
        y=_y(at / asked),
        columns=tuple(Mark(_x(least), str(least)) for least in (0, 50, 100)),
        lines=tuple(Mark(_y(part / 100), f"{part}{NBSP}%") for part in (0, 50, 100)),
        rows=tuple(
            (least, served[least], _share(served[least], asked)) for least in range(0, 101, STEP)
        ),
        sentence=f"При пороге {cut_off} наставника получат {at} из {counted(asked, *ASKED)}: "
        f"{_share(at, asked)}.",
    )


def usual_cut_off(fits: Sequence[int]) -> int:
    """The greatest round cut-off up to 60 that keeps at least half of the proposals."""
    ordered = sorted(fits)
    keeping = (
        least
        for least in range(USUAL, 0, -STEP)
        if 2 * (len(ordered) - bisect_left(ordered, least)) >= len(ordered)
    )
    return next(keeping, 0) if ordered else USUAL


def _steps(points: Sequence[tuple[float, float]]) -> str:
    """The served share holds up to its cut-off and then falls: a stair, not a slope."""
    x, y = points[0]
    found = [f"M{x:g} {y:g}"]
    for x, y in points[1:]:
        found.append(f"H{x:g}V{y:g}")
    return "".join(found)


def _x(least: int) -> float:
    return round(LEFT + WIDTH * least / 100, 1)


def _y(share: float) -> float:
    return round(TOP + HEIGHT * (1 - share), 1)


def _share(number: int, asked: int) -> str:
    return f"{round(100 * number / asked)}{NBSP}%"
