import pytest

from nastavnik.documents.engine.docx import Level, check_template
from nastavnik.documents.engine.docx.catalogue import blank, kinds
from tests.documents.engine.docx_samples import from_text

pytestmark = pytest.mark.unit

ALLOWED = {"head.name.genitive", "head.name.dative", "pairs", "pairs.number", "qr"}


def remarks(*paragraphs: str, required=()) -> list[tuple[str, str]]:
    found = check_template(from_text(*paragraphs, "{{ qr }}"), ALLOWED, required)
    return [(problem.code, problem.message) for problem in found]


def test_check_known_fields_pass():
    assert remarks("{% for p in pairs %}{{ p.number }} {{ loop.index }}{% endfor %}") == []


def test_check_unknown_field_offers_the_nearest():
    assert remarks("{{ head.name.genetive }}") == [
        (
            "unknown-field",
            "Неизвестное поле «head.name.genetive». Возможно, имелось в виду «head.name.genitive».",
        )
    ]


def test_check_field_of_a_row_is_named_by_its_list():
    assert remarks("{% for p in pairs %}{{ p.nomber }}{% endfor %}") == [
        (
            "unknown-field",
            "Неизвестное поле «pairs.nomber». Возможно, имелось в виду «pairs.number».",
        )
    ]


def test_check_group_of_fields_must_be_made_precise():
    assert remarks("{{ head.name }}") == [
        ("vague-field", "Поле «head.name» надо уточнить, например «head.name.dative».")
    ]


def test_check_missing_required_field():
    assert remarks("{{ head.name.dative }}", required=["pairs", "head"]) == [
        ("missing-field", "В шаблоне нет обязательного поля «pairs».")
    ]


def test_check_template_without_place_for_qr_warns():
    found = check_template(from_text("текст"), ALLOWED, [])

    assert [(problem.level, problem.code) for problem in found] == [(Level.WARNING, "no-qr")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ }}", "В шаблоне есть пустое поле: «{{ }}» без имени."),
        ("Имя {{ head", "Поле начато, но не закрыто: «{{ head»."),
        ("{{ head name }}", "Ошибка в поле «head name»."),
        ("{% endif %}", "Лишнее или непарное поле «{% endif %}»."),
        ("{% goto 1 %}", "Команда «goto» в шаблоне не поддерживается: «{% goto 1 %}»."),
        ("{%tr for p in pairs %}", "Поле «{%tr for p in pairs %}» должно стоять в таблице."),
        ("{{ head|shout }}", "Обработка «|shout» не поддерживается."),
    ],
)
def test_check_syntax_error_names_the_field(text, message):
    assert [said for _, said in remarks(text)] == [message]


@pytest.mark.parametrize("kind", kinds())
def test_check_our_own_blank_is_clean(kind):
    item = blank(kind)

    assert check_template(item.template(), item.allowed, item.required) == []
