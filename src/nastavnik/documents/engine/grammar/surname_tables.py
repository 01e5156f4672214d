"""Surnames that the suffix rules cannot settle, as plain tables.

Each entry is a fact of the language: a surname equal to a common noun loses the same vowel as the
noun does; a stressed ending is written with "о" or "ё". A family may hold to another habit, so a
person's own correction always comes first.
"""

HARD = ("а", "у", "а", "ом", "е")
HARD_UNSTRESSED = ("а", "у", "а", "ем", "е")
SOFT = ("я", "ю", "я", "ем", "е")
SOFT_STRESSED = ("я", "ю", "я", "ём", "е")
ADJECTIVE_HUSHING = ("ого", "ому", "ого", "им", "ом")
FEMININE_HARD = ("ы", "е", "у", "ой", "е")
FEMININE_VELAR = ("и", "е", "у", "ой", "е")
FEMININE_IYA = ("и", "и", "ю", "ей", "и")
FEMININE_HUSHING = ("и", "е", "у", "ей", "е")

Endings = tuple[str, str, str, str, str]


def _stems(endings: Endings, words: str) -> dict[str, tuple[str, Endings]]:
    pairs = (word.split("=") for word in words.split())
    return {word: (stem, endings) for word, stem in pairs}


MALE_NOUNS: dict[str, tuple[str, Endings]] = (
    _stems(
        SOFT_STRESSED,
        "соловей=соловь воробей=воробь муравей=муравь ручей=ручь репей=репь пень=пн день=дн "
        "огонь=огн конь=кон журавель=журавл кремень=кремн кисель=кисел король=корол "
        "ломоть=ломт снегирь=снегир богатырь=богатыр пузырь=пузыр кистень=кистен",
    )
    | _stems(
        SOFT,
        "улей=уль камень=камн корень=корн коготь=когт ноготь=ногт лапоть=лапт дёготь=дёгт "
        "прибой=прибо зверобой=зверобо козодой=козодо разбой=разбо водопой=водопо покой=поко",
    )
    | _stems(
        HARD,
        "лев=льв орёл=орл орел=орл козёл=козл козел=козл осёл=осл осел=осл дятел=дятл "
        "щегол=щегл хохол=хохл посол=посл котёл=котл бобёр=бобр бобер=бобр костёр=костр "
        "шатёр=шатр ветер=ветр пёс=пс песок=песк волчок=волчк сверчок=сверчк бычок=бычк "
        "станок=станк дубок=дубк цветок=цветк листок=листк молоток=молотк ходок=ходк "
        "сурок=сурк жаворонок=жаворонк починок=починк эрлих=эрлих фрейлих=фрейлих",
    )
    | _stems(HARD_UNSTRESSED, "заяц=зайц месяц=месяц мышь=мыш")
    | {"топчий": ("топчи", ("я", "ю", "я", "ем", "и")), "кий": ("ки", ("я", "ю", "я", "ем", "и"))}
    | {"гений": ("гени", ("я", "ю", "я", "ем", "и"))}
)
"""Male surname -> its stem in the oblique cases and the endings."""

STRESSED_SOFT = frozenset(
    [
        "коваль",
        "скрипаль",
        "москаль",
        "кобзарь",
        "пономарь",
        "золотарь",
        "звонарь",
        "косарь",
        "царь",
        "бочкарь",
        "дегтярь",
        "шинкарь",
        "сухарь",
        "секретарь",
        "фонарь",
        "дикарь",
        "глухарь",
        "бунтарь",
        "грабарь",
        "рыбарь",
        "дудырь",
    ]
)
"""Male surnames on a soft sign with a stressed ending: instrumental in -ём."""

STRESSED_HUSHING = frozenset(
    [
        "кузьмич",
        "ильич",
        "лукич",
        "фомич",
        "москвич",
        "кирпич",
        "кулиш",
        "малыш",
        "крепыш",
        "латыш",
        "барыш",
        "голыш",
        "камыш",
        "ёрш",
        "шиш",
        "грош",
        "ковш",
        "чертёж",
        "крепёж",
    ]
)
"""Male surnames on a hushing consonant with a stressed ending: instrumental in -ом."""

UNSTRESSED_HUSHING = frozenset({"ковач", "жорж"})
STRESSED_EC = frozenset(
    {"молодец", "холодец", "удалец", "огурец", "продавец", "образец", "жеребец", "сорванец"}
)
UNSTRESSED_EC = frozenset({"немец", "палец", "перец", "танец", "ранец", "глянец", "заец"})
STABLE_EC = frozenset({"хейфец", "гейфец"})
"""Surnames in -ец that keep the vowel although one consonant stands before it."""

FOREIGN_IN = frozenset({"чаплин", "дарвин", "франклин", "гершвин", "кронин", "гриффин", "колин"})
"""Foreign surnames that only look Russian: instrumental in -ом."""

INDECLINABLE = frozenset({"золя", "дюма", "тома", "дега", "люка", "ферма", "петипа", "гамарра"})
FIRST_PART_INDECLINABLE = frozenset(
    [
        "бонч",
        "тер",
        "мелик",
        "абдул",
        "гасан",
        "корвин",
        "книппер",
        "грум",
        "квитка",
        "нур",
        "шолом",
        "ван",
        "фон",
        "де",
        "да",
        "ди",
        "дель",
        "дю",
        "дос",
        "дер",
        "ла",
        "ле",
        "аль",
        "эль",
        "ибн",
    ]
)
"""Parts of a double surname that stay as they are when another part follows."""

FEMALE_NOUNS = frozenset({"щербина", "сова", "голова", "корова", "дуброва", "подкова", "дева"})
"""Surnames that look like women's forms in -ова and -ина but are nouns."""

STRESSED_SHA = frozenset(
    ["лапша", "левша", "душа", "каланча", "парча", "свеча", "саранча", "ханжа", "межа", "праща"]
)
