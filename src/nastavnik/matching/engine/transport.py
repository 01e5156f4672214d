"""Many small dense assignment problems side by side: the cheapest way to fill every place.

One lane is one problem: rows take one column each, column j is taken exactly `places[j]` times.
Prices near the best come from rounds of scaling with ever sharper shares (Sinkhorn 1964); everybody
then takes a column that is cheapest for her under these prices, and what is too much in one column
moves along shortest paths to where places are left (Edmonds and Karp 1972), one path for each
overfull column at once. Prices only decide where the search begins: the end is the cheapest.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nastavnik.matching.engine.table import Int32, IntArray, Mask

Floats32 = NDArray[np.float32]
Shades = NDArray[np.uint8]

STAGES = ((0.05, 4), (0.01, 6))
"""How soft the shares are, as a part of the span of costs, and for how many rounds."""
TURNS = 12
FEW = 12
"""Columns that came nearer are looked at alone when they are fewer than one in so many."""
NEVER = 2**29
"""Longer than any path; `forbidden` keeps all sums below it."""


@dataclass(eq=False)
class Lanes:
    """What is still moving. take: the column of each row. cost: int32 (lanes, rows, columns), with
    the number of the row in the low bits.

    excess: how many too many in each column. start: int32, where paths from a column begin.
    moves: int32 (column left, lane, column taken), the least extra cost with the row in the low bits.
    """

    cost: Int32
    take: IntArray
    excess: IntArray
    start: Int32
    moves: Int32
    changed: Mask

    def only(self, lanes: IntArray) -> "Lanes":
        return Lanes(
            self.cost[lanes],
            self.take[lanes],
            self.excess[lanes],
            self.start[lanes],
            np.ascontiguousarray(self.moves[:, lanes]),
            self.changed[lanes],
        )


def forbidden(span: int, columns: int) -> int:
    """A cost that no cheapest solution pays when there is another."""
    return 2 * span * columns + 1


def fits(span: int, rows: int, columns: int) -> bool:
    """Whether sums of such costs, with the number of a row beside them, stay whole in 32 bits."""
    return forbidden(span, columns) << (rows.bit_length() + 4) < NEVER


def cheapest(cost: Int32, places: IntArray, span: int) -> IntArray:
    """The column of each row.

    Parameters
        cost: (lanes, rows, columns), 0..span or `forbidden`. places: (lanes, columns), as many in
            each lane as rows; there is a solution without forbidden costs.
    """
    prices = _prices(cost, places, span)
    bits = cost.shape[1].bit_length()
    lanes = _placed(cost, prices, places, bits)
    found, alive = lanes.take.copy(), np.arange(len(cost))
    while True:
        moving = np.flatnonzero((lanes.excess > 0).any(axis=1))
        if len(moving) * 4 <= len(alive) * 3:
            found[alive] = lanes.take
            if not len(moving):
                return found
            alive, lanes = alive[moving], lanes.only(moving)
        _measure(lanes, bits)
        _turn(lanes, *_paths(lanes, bits))


def _prices(cost: Int32, places: IntArray, span: int) -> Int32:
    """Prices of the columns under which each is asked for about as often as it has places."""
    prices = np.zeros(places.shape, dtype=np.float32)
    room = places.astype(np.float32)
    for part, rounds in STAGES:
        softness = np.float32(part * span)
        shares = cost.astype(np.float32)
        shares += prices[:, None, :]
        shares -= shares.min(axis=2, keepdims=True)
        shares *= np.float32(-1) / softness
        np.exp(shares, out=shares)
        weight = np.ones_like(prices)
        for _ in range(rounds):
            asking = 1 / np.einsum("lrc,lc->lr", shares, weight)
            asked = np.einsum("lrc,lr->lc", shares, asking)
            weight = np.clip(room / np.maximum(asked, 1e-20), 1e-12, 1e12)
        prices -= softness * np.log(weight)
    return np.rint(np.clip(prices, -20 * span, 20 * span)).astype(np.int32)


def _placed(cost: Int32, prices: Int32, places: IntArray, bits: int) -> Lanes:
    """Every row at one of its cheapest columns, spread so that few columns are overfull."""
    lanes, rows, columns = cost.shape
    dear = cost + prices[:, None, :]
    take = dear.argmin(axis=2)
    open_to = dear == np.take_along_axis(dear, take[:, :, None], axis=2)
    _spread(open_to.reshape(lanes * rows, columns), places, take.reshape(-1))
    cells = take + (np.arange(lanes) * columns)[:, None]
    counts = np.bincount(cells.ravel(), minlength=lanes * columns).reshape(lanes, columns)
    start = (prices.max(axis=1, keepdims=True) - prices) << bits
    moves = np.empty((columns, lanes, columns), dtype=np.int32)
    changed = np.ones((lanes, columns), dtype=bool)
    numbered = cost << bits
    numbered |= np.arange(rows, dtype=np.int32)[:, None]
    return Lanes(numbered, take, counts - places, start, moves, changed)


def _spread(open_to: Mask, places: IntArray, take: IntArray) -> None:
    """Rows without a place ask by turns, each another of its columns; who has fewest is preferred."""
    lanes, columns = places.shape
    rows = np.arange(len(take))
    lane = rows // (len(take) // lanes)
    room = places.copy()
    luck = (np.arange(97)[:, None] * 37 + np.arange(columns) * 11) % 61 + 1
    shades: Shades = luck.astype(np.uint8)
    for _ in range(TURNS):
        free = open_to[rows] & (room > 0)[lane[rows]]
        column = (shades[rows % 97] * free).argmax(axis=1)
        choice = np.count_nonzero(free, axis=1)
        asking = np.flatnonzero(choice)
        if not len(asking):
            return
        cell = (lane[rows] * columns + column)[asking]
        asking = asking[np.argsort(cell * (columns + 1) + choice[asking], kind="stable")]
        cell = (lane[rows] * columns + column)[asking]
        served = _turns(cell) < room.ravel()[cell]
        take[rows[asking[served]]] = column[asking[served]]
        np.subtract.at(room.reshape(-1), cell[served], 1)
        rows = np.sort(rows[asking[~served]])


def _turns(ordered: IntArray) -> IntArray:
    """The number of each among its equals."""
    turns: IntArray = np.arange(len(ordered)) - np.searchsorted(ordered, ordered)
    return turns


def _measure(lanes: Lanes, bits: int) -> None:
    """For changed columns: the row that leaves at the least extra cost for each other column."""
    count, _, columns = lanes.cost.shape
    lane, row = np.nonzero(np.take_along_axis(lanes.changed, lanes.take, axis=1))
    column = lanes.take[lane, row]
    order = np.argsort(column * count + lane, kind="stable")
    lane, row, column = lane[order], row[order], column[order]
    extra = lanes.cost[lane, row]
    extra -= (extra[np.arange(len(row)), column] >> bits << bits)[:, None]
    lanes.moves[lanes.changed.T] = NEVER
    flat = lanes.moves.reshape(columns * count, columns)
    cell = column * count + lane
    turns = _turns(cell)
    for turn in range(int(turns.max(initial=-1)) + 1):
        now = np.flatnonzero(turns == turn)
        more = extra[now]
        flat[cell[now]] = np.minimum(flat[cell[now]], more) if turn else more


def _paths(lanes: Lanes, bits: int) -> tuple[Int32, Int32]:
    """(how far each column is from the overfull ones, the row that comes to it or -1).

    Only columns that came nearer can bring others nearer.
    """
    mask = np.int32((1 << bits) - 1)
    nearer = lanes.excess > 0
    far = np.where(nearer, lanes.start, np.int32(NEVER))
    comes = np.full(far.shape, -1, dtype=np.int32)
    while True:
        lane, column = np.nonzero(nearer)
        if len(lane) * FEW > far.size:
            reached = (far.T[:, :, None] + lanes.moves).min(axis=0)
        else:
            reached = _beyond(lanes, far, lane, column)
        length = reached & ~mask
        nearer = length < far
        if not nearer.any():
            return far - lanes.start, comes
        comes = np.where(nearer, reached & mask, comes)
        far = np.where(nearer, length, far)


def _beyond(lanes: Lanes, far: Int32, lane: IntArray, column: IntArray) -> Int32:
    """How near these columns bring the others of their lanes."""
    turn = _turns(lane)
    steps = np.full((int(turn.max()) + 1, *far.shape), NEVER, dtype=np.int32)
    steps[turn, lane] = lanes.moves[column, lane] + far[lane, column][:, None]
    reached: Int32 = steps.min(axis=0)
    return reached


def _turn(lanes: Lanes, far: Int32, comes: Int32) -> None:
    """Each overfull column sends one row along its tree to the nearest column with a place."""
    left = np.take_along_axis(lanes.take, np.maximum(comes, 0), axis=1)
    left = np.where(comes >= 0, left, np.arange(far.shape[1]))
    root = left
    while not np.array_equal(root, further := np.take_along_axis(root, root, axis=1)):
        root = further
    lane, column = np.nonzero(lanes.excess < 0)
    origin = root[lane, column]
    order = np.lexsort((column, far[lane, column], origin, lane))
    lane, column, origin = lane[order], column[order], origin[order]
    first = _turns(lane * far.shape[1] + origin) == 0
    lane, column, origin = lane[first], column[first], origin[first]
    lanes.excess[lane, column] += 1
    lanes.excess[lane, origin] -= 1
    lanes.changed[...] = False
    lanes.changed[lane, column] = True
    while len(lane):
        row, before = comes[lane, column], left[lane, column]
        lanes.take[lane, row] = column
        lanes.changed[lane, before] = True
        on = before != origin
        lane, column, origin = lane[on], before[on], origin[on]
