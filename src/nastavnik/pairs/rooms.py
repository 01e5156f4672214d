"""Places of the section «Пары» in the menu."""

from nastavnik.pairs.hooks import has_supported
from nastavnik.shared.navigation import Room, register


def register_rooms() -> None:
    rooms = (
        ("Пары", "pairs:list", "pairs.view", "Все пары и группы учреждения"),
        ("Подбор", "pairs:match", "matching.view", "Предложения с объяснением баллов"),
        ("Без пары", "pairs:unpaired", "matching.view", "Кто ждёт наставника и сколько дней"),
        (
            "У соседей",
            "pairs:neighbours",
            "loans.view",
            "Наставники других учреждений муниципалитета: спросить и ответить",
        ),
        ("Нехватка", "pairs:gap", "matching.view", "Каких наставников не хватает и что поможет"),
        ("Добровольность", "pairs:answers", "pairs.view", "Ответы обеих сторон: «да» или «нет»"),
        ("Приказ", "pairs:order", "pairs.view", "Готовые пары и что мешает остальным"),
        ("Программа", "pairs:programmes", "programme.view", "Паспорт программы наставничества"),
    )
    for order, (title, url_name, action, text) in enumerate(rooms, start=1):
        up = "" if url_name == "pairs:list" else "desk:launch"
        register(Room("pairs", title, url_name, action=action, order=order * 10, text=text, up=up))
    register(
        Room(
            "pairs",
            "Без пары — сопровождение",
            "pairs:supported",
            action="supports.own",
            order=35,
            text="Кто ждёт наставника и кого вы поддерживаете",
            shown=has_supported,
        )
    )
    register(
        Room(
            "pairs",
            "Открытые наставники",
            "pairs:open-mentors",
            action="loans.oversee",
            order=20,
            scope="territory",
            text="Сколько наставников готовы помочь другим учреждениям и чем",
        )
    )
    register(
        Room(
            "pairs",
            "Запросы наставников",
            "pairs:loan-board",
            action="loans.oversee",
            order=25,
            scope="territory",
            text="Какое учреждение просит наставника у другого и где ждут ответа",
        )
    )
