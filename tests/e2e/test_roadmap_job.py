"""From a Word file to a roadmap in force whose lines close as the school does its work."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from nastavnik.accounts.permissions import Role
from nastavnik.roadmaps.models import Roadmap, RoadmapState
from nastavnik.tenancy.scope import scope
from tests.e2e import main_job
from tests.e2e.visitor import Visitor
from tests.neighbours import grant, make_neighbours, make_user
from tests.people_making import give_consents, make_mentee, make_mentor, make_teacher
from tests.roadmaps.engine.tables.builders import word

HEADERS = ["№ п/п", "Наименование мероприятия", "Исполнитель / Сроки", "Вид документа"]
#: What a line is closed with, by its number, when the school has done its work.
CLOSED = {
    "1.1": "закрыто приказом № 1 от",
    "1.2": "закрыто приказом № 2 от",
    "1.3": "закрыто приказом № 3 от",
    "2.1": "в реестре 2 наставляемых",
    "2.2": "в реестре 1 наставник",
    "2.3": "закрыто протоколом № 1 от",
}


@pytest.mark.django_db(transaction=True)
def test_from_a_word_file_to_lines_that_close(live_server, open_page, tmp_path):
    school, today = make_neighbours().own, timezone.localdate()
    curator = Visitor(open_page(), live_server, _user("curator", Role.CURATOR, school), school)
    head = Visitor(open_page(width=360), live_server, _user("head", Role.HEAD, school), school)
    coordinator = Visitor(
        open_page(),
        live_server,
        _user("coordinator", Role.COORDINATOR, school.territory),
        school.territory,
    )
    _staff(school)

    _drop_file(curator, roadmap_file(tmp_path, today))
    _answer_doubts(curator)
    curator.press("Загрузить 8 строк")
    curator.follow("Открыть карту")
    board = curator.page.url
    curator.follow("Отправить на согласование")
    curator.press("Отправить на согласование")
    _agree(coordinator, school)
    curator.page.goto(board)
    curator.press("Составить приказ об утверждении")
    curator.press("Отправить на подпись")
    outcomes = main_job.sign_everything(head)
    assert "дорожная карта" in outcomes[0].lower()
    with scope({school.pk}):
        assert Roadmap.objects.get().state == RoadmapState.IN_FORCE
    assert _proofs(curator, board) == {"1.1": CLOSED["1.1"]}

    main_job.order_team(curator)
    main_job.sign_everything(head)
    _fill_registers(school, today)
    _hold_meeting(curator)
    main_job.sign_everything(head)
    assert _proofs(curator, board) == CLOSED

    _cancel(curator, head, board, "1.2")
    assert _proofs(curator, board) == {n: words for n, words in CLOSED.items() if n != "1.2"}


def roadmap_file(folder, today: date):
    """A plan as schools write it: stamps above, a row cut by a page, performer and date together."""
    first = today.year if today.month > 8 else today.year - 1
    in_year = f"на {first}/{first + 1} учебный год"
    group = ["1.2", "Создать рабочую группу", f"Директор / до 30 ноября {first} г.", "Приказ о"]
    rows = [
        ["1", "Подготовка условий", "", ""],
        ["1.1", "Утвердить дорожную карту", "Директор / ноябрь", "Приказ о дорожной карте"],
        group,
    ]
    more = [
        ["", "по внедрению наставничества", "", "рабочей группе"],
        ["1.3", "Назначить кураторов", "Дирeктор / до 1 декабря", "Приказ о назначении куратора"],
        ["2", "Работа с участниками", "", ""],
        ["2.1", "Сформировать базу наставляемых", "Кураторы / декабрь", "База наставляемых"],
        ["2.2", "Сформировать базу наставников", "Кураторы / декабрь", "База наставников"],
        ["2.3", "Встреча участников", "Кураторы / в начале года", "Протокол групповой встречи"],
    ]
    numbers = [str(number) for number in range(1, 5)]
    above = [
        "УТВЕРЖДАЮ",
        "Директор ______ И.П. Зотов",
        "Дорожная карта",
        f"наставничества {in_year}",
    ]
    path = folder / "Дорожная карта.docx"
    path.write_bytes(word(*above, [HEADERS, numbers, *rows], "", [HEADERS, numbers, *more]))
    return path


def _drop_file(curator: Visitor, file) -> None:
    curator.open("roadmap/")
    curator.follow("Загрузить карту из Word")
    curator.attach("Файл", file)
    curator.press("Прочитать")


def _answer_doubts(curator: Visitor) -> None:
    """All three panes say the same lines; the letter is replaced, the deadline said clearer."""
    source, found, doubts = (
        curator.page.get_by_role("region", name=name, exact=False)
        for name in ("Источник", "Распознано", "Сомнения")
    )
    expect(source).to_contain_text("по внедрению наставничества")
    expect(found).to_contain_text("Создать рабочую группу по внедрению наставничества")
    expect(doubts).to_contain_text("Дирeктор")
    expect(doubts).to_contain_text("календарного или учебного года")
    curator.press("Заменить на «Директор»")
    row = doubts.locator(".pane__row", has_text="календарного или учебного года")
    curator.follow("Изменить", within=row)
    curator.fill("Срок", "до 25 декабря")
    curator.press("Сохранить строку")
    expect(doubts).to_contain_text("Сомнений нет")


def _agree(coordinator: Visitor, school) -> None:
    coordinator.open("roadmaps/")
    coordinator.follow(school.short_name)
    coordinator.press("Согласовать")
    coordinator.page.get_by_text("Согласовано: ").wait_for()


def _fill_registers(school, today: date) -> None:
    with scope({school.pk}):
        people = [make_mentee(school, name).person for name in ("Иванова", "Петрова")]
        people.append(make_mentor(school, "Белова").person)
        for person in people:
            give_consents(person, today - timedelta(days=1))


def _hold_meeting(curator: Visitor) -> None:
    curator.open("events/new/")
    curator.fill("Дата", f"{timezone.localdate():%d.%m.%Y}")
    curator.fill("Начало", "15:00")
    curator.fill("Место", "Актовый зал")
    curator.press("Записать встречу")
    home = curator.page.url
    curator.press("Объявить встречу")
    curator.press("Начать встречу")
    curator.follow("Отметка пришедших")
    curator.page.locator("input[name=present]").evaluate_all("all => all.forEach(b => b.click())")
    curator.press("Сохранить отметки")
    curator.page.goto(home)
    curator.follow("Завершение и протокол")
    curator.press("Завершить и составить протокол")
    curator.open("docs/")
    curator.follow("Протокол")
    curator.press("Отправить на подпись")


def _cancel(curator: Visitor, head: Visitor, board: str, number: str) -> None:
    """By an order, as papers are cancelled; from the line of the board to its paper."""
    curator.page.goto(board)
    row = curator.page.get_by_role("row").filter(has_text=CLOSED[number])
    curator.follow("закрыто приказом", within=row)
    curator.follow("Отменить приказом")
    curator.fill("Почему", "ошибка в составе")
    curator.page.get_by_role("button", name="Составить приказ об отмене").click()
    curator.press("Отправить на подпись")
    main_job.sign_everything(head)


def _proofs(curator: Visitor, board: str) -> dict[str, str]:
    """Numbers of the lines that the board shows as done, with the words that closed them."""
    curator.page.goto(board)
    found = {}
    for row in curator.page.locator("tbody tr", has=curator.page.get_by_text("Выполнен")).all():
        number, _state, proof = (
            row.locator(f"[data-label='{name}']").inner_text().replace("\u00a0", " ")
            for name in ("№", "Состояние", "Подтверждение")
        )
        found[number] = next((w for w in CLOSED.values() if proof.startswith(w)), proof)
    return found


def _staff(school) -> None:
    with scope({school.pk}):
        for name, post in (
            ("Рябинина Софья Ильинична", "заместитель директора"),
            ("Уварова Инга Карловна", "секретарь"),
            ("Архипова Лидия Сергеевна", "учитель"),
            ("Жарова Наталья Борисовна", "учитель"),
        ):
            surname, given, patronymic = name.split()
            make_teacher(school, surname, given=given, patronymic=patronymic, post=post)


def _user(login: str, role: Role, place):
    user = make_user(login)
    grant(user, role, place)
    return user
