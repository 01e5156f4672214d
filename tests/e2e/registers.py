"""The registers that the main job starts from: the samples on offer and, where they lie beside the
repository, two registers as schools keep them (every person in both is fictional)."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Registers:
    """What is in the files, whom we leave without papers, and what the order must say."""

    files: dict[str, Path]
    corrections: dict[str, str]
    accepts: tuple[str, ...]
    load: str
    without_consent: tuple[str, str]
    without_certificate: str
    with_certificate: tuple[str, ...]
    fixed: tuple[tuple[str, str], ...]

    @property
    def held(self) -> tuple[str, ...]:
        """Who must be named beside the order and stand nowhere in it."""
        return (*self.without_consent, self.without_certificate)


SAMPLES = Registers(
    files={},
    corrections={"Строка 15, Год или дата рождения": "2012"},
    accepts=("Принять 5Б",),
    load="Загрузить 26 из 27, одну оставить на доработку",
    without_consent=("Аксёнов Тимофей Ильич", "Ветрова Алиса Романовна"),
    without_certificate="Зимин Константин Лаврович",
    with_certificate=("Виноградов Лев Аркадьевич", "Лобанов Артур Вениаминович"),
    fixed=(
        ("Голубкиной Анфисой Ивановной", "Ершову Милану Олеговну"),
        ("Архиповой Лидией Сергеевной", "Лыкова Святослава Юрьевича"),
        ("Булатовым Фёдором Максимовичем", "Барышеву Таисию Денисовну"),
    ),
)


def _shared() -> Path | None:
    """The folder beside the repository, or named by NASTAVNIK_SHARED."""
    named = os.environ.get("NASTAVNIK_SHARED")
    beside = [folder / "shared" for folder in Path(__file__).resolve().parents]
    places = [Path(named)] if named else beside
    return next((place for place in places if (place / "realdata").is_dir()), None)


def registers() -> dict[str, Registers]:
    """By name; the second only where its files are."""
    shared = _shared()
    if shared is None:
        return {"samples": SAMPLES}
    kept = Registers(
        files={
            "mentees": shared / "realdata" / "registry-mentees-school.xlsx",
            "mentors": shared / "realdata" / "registry-mentors-school.xlsx",
        },
        corrections={"Строка 13, Год или дата рождения": "2011"},
        accepts=("Принять 5Б",),
        load="Загрузить 24 из 25, одну оставить на доработку",
        without_consent=("Панина Софья Павловна", "Лапин Тимур Павлович"),
        without_certificate="Калинин Егор Борисович",
        with_certificate=("Исаев Данил Ильич", "Исаева Алина Андреевна", "Рябова Нина Андреевна"),
        fixed=(
            ("Абрамовым Глебом Сергеевичем", "Мельника Артёма Борисовича"),
            ("Тарасенко Любовью Викторовной", "Орлову Нину Борисовну"),
            ("Гущиным Виктором Андреевичем", "Цветкову Дарью Андреевну"),
        ),
    )
    return {"samples": SAMPLES, "registers": kept}


def short(name: str) -> str:
    """«Панина Софья Павловна» → «Панина С. П.»."""
    surname, *others = name.split()
    return " ".join([surname, *(f"{part[0]}." for part in others)])


def any_case(name: str) -> str:
    """A pattern of surname and given name in whatever case."""
    surname, given, *_ = name.split()
    return rf"{surname[:-1]}\w* {given[:-1]}\w*"
