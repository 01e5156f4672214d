"""One word of a phrase: its possible readings in the nominative and its forms."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pymorphy3.analyzer import Parse

from nastavnik.documents.engine.grammar.cases import Case
from nastavnik.documents.engine.grammar.words import analyzer

TAGS = {
    Case.NOMINATIVE: "nomn",
    Case.GENITIVE: "gent",
    Case.DATIVE: "datv",
    Case.ACCUSATIVE: "accs",
    Case.INSTRUMENTAL: "ablt",
    Case.PREPOSITIONAL: "loct",
}
ADJECTIVES = frozenset({"ADJF", "PRTF"})
PERSONS_UNKNOWN_TO_DICTIONARY = frozenset(
    {"тьютор", "коуч", "эдвайзер", "модератор", "фасилитатор"}
)
UNDECLINED_FIRST_PARTS = frozenset(
    [
        "бизнес",
        "вице",
        "экс",
        "интернет",
        "веб",
        "медиа",
        "пресс",
        "арт",
        "генерал",
        "премьер",
        "онлайн",
        "тайм",
        "кибер",
        "it",
    ]
)


@dataclass(frozen=True)
class WordReading:
    """A reading of a word in the nominative; `parses` holds one entry per declined part."""

    parses: tuple[Parse | None, ...]
    part_of_speech: str
    gender: str | None
    number: str | None
    animate: bool
    lemma: str

    @property
    def is_noun(self) -> bool:
        return self.part_of_speech == "NOUN"

    @property
    def is_adjective(self) -> bool:
        return self.part_of_speech in ADJECTIVES

    @property
    def is_adverb(self) -> bool:
        return self.part_of_speech == "ADVB"

    def agrees_with(self, adjective: "WordReading") -> bool:
        """Tell whether this word may stand after the adjective in one group."""
        if self.number != adjective.number:
            return False
        either = self.gender in {"ms-f", "GNdr"}
        return self.number == "plur" or self.gender == adjective.gender or either


def is_abbreviation(token: str, *, shouting: bool = False) -> bool:
    """Tell "МБОУ", "ООО", "СОШ"; in a text of capitals only, words of the dictionary are words."""
    letters = token.strip('().«»"')
    if not (len(letters) > 1 and letters.isupper() and letters.isalpha()):
        return False
    return not (shouting and len(letters) > 3 and _nominatives(letters.lower()))


@lru_cache(maxsize=20_000)
def readings(token: str) -> tuple[WordReading, ...]:
    """Read the token as a nominative noun or adjective or as an adverb; empty if it is neither."""
    if not re.fullmatch(r"[A-Za-zА-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*", token):
        return ()
    whole = tuple(_reading((parse,), token) for parse in _nominatives(token))
    if "-" not in token:
        return whole
    return _compound(token) or whole


def _nominatives(word: str) -> list[Parse]:
    return [parse for parse in analyzer().parse(word) if _is_nominative(parse)]


def _is_nominative(parse: Parse) -> bool:
    tag = parse.tag
    if tag.POS == "ADVB":
        return bool(parse.is_known)
    if tag.case != "nomn" or "Abbr" in tag:
        return False
    return tag.POS in ADJECTIVES or (
        tag.POS == "NOUN" and bool(parse.is_known or _is_guessed_person(parse))
    )


def _is_guessed_person(parse: Parse) -> bool:
    return parse.normal_form in PERSONS_UNKNOWN_TO_DICTIONARY and parse.tag.animacy == "anim"


def _reading(parses: tuple[Parse | None, ...], token: str) -> WordReading:
    last = parses[-1]
    assert last is not None
    first = next(parse for parse in parses if parse is not None)
    lemma = "-".join(
        piece.lower() if parse is None else parse.normal_form
        for piece, parse in zip(token.split("-"), parses, strict=False)
    )
    lead = last if last.tag.POS in ADJECTIVES else first
    return WordReading(
        parses=parses,
        part_of_speech=str(last.tag.POS),
        gender=lead.tag.gender,
        number=lead.tag.number,
        animate=lead.tag.animacy == "anim",
        lemma=lemma if len(parses) > 1 else first.normal_form,
    )


def _compound(token: str) -> tuple[WordReading, ...]:
    """Read "учитель-логопед", "школа-интернат": every part is a nominative noun."""
    pieces = token.split("-")
    chosen: list[Parse | None] = []
    for index, piece in enumerate(pieces):
        if index < len(pieces) - 1 and piece.lower() in UNDECLINED_FIRST_PARTS:
            chosen.append(None)
            continue
        nouns = [parse for parse in _nominatives(piece) if parse.tag.POS == "NOUN"]
        if not nouns:
            return ()
        chosen.append(min(nouns, key=lambda parse: parse.tag.number != "sing"))
    return (_reading(tuple(chosen), token),)


def word_in_case(
    token: str, reading: WordReading, case: Case, *, head: WordReading, animate: bool
) -> str:
    """Write the token in the case; capitals and the writer's habit with "ё" are kept."""
    if case is Case.NOMINATIVE:
        return token
    if len(reading.parses) == 1:
        return _piece_in_case(token, reading.parses[0], case, head=head, animate=animate)
    return "-".join(
        _piece_in_case(piece, parse, case, head=head, animate=animate)
        for piece, parse in zip(token.split("-"), reading.parses, strict=True)
    )


def _piece_in_case(
    piece: str, parse: Parse | None, case: Case, *, head: WordReading, animate: bool
) -> str:
    if parse is None:
        return piece
    wanted = {TAGS[case]}
    if parse.tag.POS in ADJECTIVES:
        number = str(parse.tag.number)
        wanted.add(number)
        if number == "sing":
            wanted.add(str(parse.tag.gender))
        if case is Case.ACCUSATIVE and (number == "plur" or parse.tag.gender == "masc"):
            wanted.add("anim" if animate else "inan")
    else:
        wanted.add(str(parse.tag.number))
    inflected = parse.inflect(wanted)
    return piece if inflected is None else _written_like(piece, parse.word, inflected.word)


def _written_like(original: str, nominative: str, form: str) -> str:
    if "ё" in nominative and "ё" not in original.lower():
        form = form.replace("ё", "е")
    if original.isupper() and len(original) > 1:
        return form.upper()
    return form.capitalize() if original[:1].isupper() else form
