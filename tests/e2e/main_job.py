"""The main job as a curator and a head do it, step by step of «Запуск программы»."""

from pathlib import Path

from tests.e2e.registers import Registers
from tests.e2e.visitor import Visitor

SAMPLE_TITLES = {
    "staff": "Список сотрудников",
    "mentees": "Реестр наставляемых",
    "mentors": "Реестр наставников",
}


def check_institution(curator: Visitor) -> None:
    curator.step("Учреждение")
    curator.follow("Проверить падежи")
    curator.press("Всё верно, сохранить")


def load_registers(curator: Visitor, registers: Registers, folder: Path) -> None:
    """Staff, mentees, mentors; files that are not given are the samples on offer."""
    for kind in SAMPLE_TITLES:
        file = registers.files.get(kind) or _sample(curator, kind, folder)
        _read_file(curator, kind, file)
        if kind == "mentees":
            for cell, text in registers.corrections.items():
                curator.fill(cell, text)
            for suggestion in registers.accepts:
                curator.press(suggestion)
        curator.press(registers.load if kind == "mentees" else "Загрузить")
        curator.page.get_by_role("heading", name="Файл загружен").wait_for()


def _sample(curator: Visitor, kind: str, folder: Path) -> Path:
    curator.step("Импорт реестров")
    path = folder / f"{kind}.xlsx"
    curator.download(f"{SAMPLE_TITLES[kind]}, образец", path)
    return path


def _read_file(curator: Visitor, kind: str, file: Path) -> None:
    curator.step("Импорт реестров")
    curator.tick(SAMPLE_TITLES[kind])
    curator.attach("Файл", file)
    curator.press("Прочитать файл")
    curator.press("Проверить строки")


def order_team(curator: Visitor) -> None:
    """Two orders: on the working group; on the curator and the responsible officer."""
    chair = "Рябинина Софья Ильинична, заместитель директора"
    officer = "Уварова Инга Карловна, секретарь"
    curator.step("Команда")
    curator.follow("Приказ о рабочей группе")
    curator.choose("Руководитель группы", chair)
    curator.tick("Архипова Лидия Сергеевна")
    curator.tick("Жарова Наталья Борисовна")
    curator.press("Составить приказ")
    curator.press("Отправить на подпись")
    curator.step("Команда")
    curator.follow("Приказ о кураторе и ответственном")
    curator.choose("Куратор", chair)
    curator.choose("Ответственный за сведения", officer)
    curator.press("Составить приказ")
    curator.press("Отправить на подпись")


def receive_consents(curator: Visitor, *, but: tuple[str, ...]) -> None:
    """The originals lie in the file for everybody but these."""
    curator.step("Согласия")
    curator.tick_rows(but=but)
    curator.press("Оригиналы в деле")
    curator.fill("Место в деле", "папка 04")
    curator.tick("За несовершеннолетних подписали")
    curator.tick("Дети с 14 лет")
    curator.press("Отметить полученными")


def enter_certificates(curator: Visitor, people: tuple[str, ...]) -> None:
    for name in people:
        curator.open("certificates/")
        curator.follow(f"Внести справки: {name}")
        for title in ("Справка об отсутствии судимости", "Медицинская справка"):
            curator.fill("Дата выдачи", "10.09.2026", group=title)
            curator.fill("Номер", "17", group=title)
        curator.press("Записать справки")


def order_programme(curator: Visitor) -> None:
    """The passport proposes its own rows; the curator approves of them."""
    curator.step("Программа")
    curator.follow("Составить программу")
    curator.press("Сохранить паспорт")
    curator.press("Составить приказ")
    curator.press("Отправить на подпись")


def match_pairs(curator: Visitor, *, from_fit: int) -> None:
    curator.step("Подбор")
    curator.press("Предложить пары")
    curator.fill("Принять все от", str(from_fit))
    curator.press("Принять все от порога")


def mark_answers(curator: Visitor) -> None:
    """Everybody signed the printed sheet."""
    curator.step("Добровольность")
    curator.tick("Подтверждаю: участники этих пар")
    curator.press("Отметить «да» у всех")


def order_pairs(curator: Visitor) -> str:
    """Draft the order on the ready pairs and send it; tell who was held back and why."""
    curator.step("Приказ")
    held = curator.page.get_by_role("region", name="Не включен").inner_text()
    curator.press("Составить приказ")
    curator.press("Отправить на подпись")
    return held.replace("\u00a0", " ")


def sign_everything(head: Visitor) -> list[str]:
    """The head signs paper after paper; what came of each."""
    outcomes = []
    head.open("docs/inbox/")
    waiting = head.page.get_by_role("navigation", name="Документы на подпись").get_by_role("link")
    for _ in range(waiting.count()):
        head.press("Подписать документ")
        head.page.get_by_text("Документ действует").wait_for()
        outcomes.append(head.text())
        head.open("docs/inbox/")
    return outcomes
