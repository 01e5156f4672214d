import io
import re

import pytest
from docx import Document
from docx.shared import Mm, Pt

from nastavnik.documents.engine.docx import build_blank, compile_template, to_html
from nastavnik.documents.engine.docx.blank import BlankError
from nastavnik.documents.engine.docx.catalogue import blank, kinds
from tests.documents.engine.docx_samples import texts

pytestmark = pytest.mark.unit

EXPECTED = {
    "candidate_application": "Директору МБОУ «СОШ № 5»\nЗотову Игорю Павловичу\nот Кравца Романа Сергеевича,\nместо работы или учёбы, должность: инженер АО «Лесмаш»,\nтелефон или почта: ____________________",
    "consent_employee_mentor": "Срок: с 15 октября 2025 г. по 29 мая 2026 г.",
    "consent_participation_child": "Наставник закрепляется приказом руководителя после того, как обе стороны сказали «да». Участие добровольное и бесплатное, отказаться можно в любое время без объяснения причин.",
    "consent_pd_adult": "Согласие действует до 31 августа 2026 г.",
    "consent_pd_child": "В соответствии со статьёй 9 Федерального закона от 27 июля 2006 г. № 152-ФЗ «О персональных данных» даю согласие МБОУ «СОШ № 5» на обработку персональных данных Гаврилова Константина Ильича и моих контактных данных на следующих условиях.",
    "consent_personal_file": "Кто получает доступ: куратор; члены комиссии по отбору наставников.",
    "consent_publication": "Где размещаются данные: раздел «Наставничество» сайта school5.example; доска почёта школы.",
    "consent_third_party": "Кто может сообщить сведения: классный руководитель; педагог-психолог; социальный педагог.",
    "consent_transfer_partner": "Кому передаются данные: акционерное общество «Лесмаш», адрес: г. Лесореченск, ул. Заводская, д. 1, основание сотрудничества: соглашение от 1 сентября 2025 г. № 7.",
    "consent_withdrawal": "об отзыве согласия",
    "council_plan": "городского совета кураторов\nна 2025/26 учебный год",
    "council_protocol": "Присутствовали (3 из 4): Лещёва Ольга Викторовна, Белова Нина Андреевна, Кравец Роман Сергеевич.",
    "order_council": "Создать городской совет кураторов и утвердить состав:",
    "order_creative_group": "Создать творческую группу по наставничеству и утвердить состав:",
    "folder_inventory": "Документов в описи: 2.",
    "informing_booklet": "НАСТАВНИЧЕСТВО",
    "informing_class_sheet": "nastavnik.example/join/kd7m2n9pqt/",
    "informing_letter": "АО «Лесмаш»\nДиректору Кравцу Роману Сергеевичу\nг. Лесореченск, ул. Заводская, д. 1",
    "informing_protocol": "Заседания педагогического совета",
    "interview_protocol": "Кандидат: Кравец Роман Сергеевич, инженер АО «Лесмаш».",
    "meeting_attendance": "Групповая встреча наставников и наставляемых",
    "meeting_invitation": "Константин, приглашаем тебя на встречу!",
    "meeting_protocol": "Приглашено: 2. Присутствовали: наставляемых 1, наставников 1. Список приведён в конце протокола.",
    "notice_participant": "Гаврилову Константину Ильичу,\n8В класс",
    "letter_partners": "Кого мы ищем",
    "order_cancel": "Об отмене приказа от 15 октября 2025 г. № 48 «О закреплении наставнических пар»",
    "order_curator": "Лещёву Ольгу Викторовну, заместителя директора по воспитательной работе, – куратором целевой модели наставничества с 1 октября 2025 г.;",
    "order_introduction": "Внедрить с 15 октября 2025 г. целевую модель наставничества в МБОУ «СОШ № 5».",
    "order_pairs": "за наставником Беловой Ниной Андреевной (учитель физики) – Гаврилова Константина Ильича (8В класс);",
    "order_pairs_additional": "за наставником Кравцом Романом Сергеевичем (инженер АО «Лесмаш») – Жданову Киру Олеговну (7Б класс), Борисову Алину Денисовну (7А класс).",
    "order_pairs_change": "преобразовать в пару группу наставника Беловой Нины Андреевны (учитель физики), в которой остался один наставляемый – Гаврилов Константин Ильич (8В класс).",
    "order_pairs_end": "Прекратить с 31 марта 2026 г. работу наставнических пар и групп, закреплённых приказом от 15 октября 2025 г. № 48:",
    "order_pairs_replace": "вместо Кравца Романа Сергеевича (инженер АО «Лесмаш») закрепить за наставником Беловой Ниной Андреевной (учитель физики) – Жданову Киру Олеговну (7Б класс), Борисову Алину Денисовну (7А класс). Причина замены: заявление прежнего наставника.",
    "order_programme": "Утвердить программу наставничества «Шаг навстречу» (приложение) и ввести её в действие с 15 октября 2025 г.",
    "order_register": "О закреплении наставнических пар и групп на 2025/26 учебный год",
    "order_roadmap": "Утвердить дорожную карту внедрения целевой модели наставничества на 2025/26 учебный год (приложение).",
    "order_working_group": "провести опрос желающих участвовать;",
    "preference_analysis": "Взаимные выборы положены в основу подбора пар.",
    "preference_form": "Отдай анкету куратору прямо в руки до 15 октября 2025 г. Ответить можно и с телефона: наведи камеру на квадрат внизу.",
    "programme_passport": "УТВЕРЖДЕНО\nприказом МБОУ «СОШ № 5»\nот 3 октября 2025 г. № 41",
    "roadmap": "УТВЕРЖДЕНО\nприказом МБОУ «СОШ № 5»\nот 25 сентября 2025 г. № 41, пункт 1",
    "roadmap_agreement": "Возвращено, замечаний: 2",
    "roadmap_control": "о выполнении дорожной карты внедрения целевой модели наставничества на 2025/26 учебный год\nпо состоянию на 1 декабря 2025 г.",
    "roadmap_letter": "Просим рассмотреть карту и сообщить решение до 20 сентября 2025 г. Замечания по пунктам просим указать в листе замечаний.",
    "roadmap_remarks": "Срок позже муниципального. Белова Н.А., 15.09.2025",
    "selection_protocol": "Кравца Романа Сергеевича (инженер АО «Лесмаш»). Представлены документы: заявление; портфолио; справка об отсутствии судимости.",
    "voluntary_list": "Борисова Алина Денисовна, 7А класс",
}  # fmt: skip


def rendered(kind: str, **changes: object) -> bytes:
    item = blank(kind)
    return compile_template(item.template()).render({**item.example(), **changes})


def test_kinds_are_the_expected_ones():
    assert kinds() == tuple(sorted(EXPECTED))


@pytest.mark.parametrize("kind", sorted(EXPECTED))
def test_blank_renders_from_its_example(kind):
    docx = rendered(kind)

    lines = texts(docx)
    assert EXPECTED[kind] in lines
    assert [line for line in lines if re.search(r"[{}]|\.\.|\s[,.;]|None|«»", line)] == []
    assert lines == texts(rendered(kind))
    assert to_html(docx).count('class="paper__qr"') == 1


@pytest.mark.parametrize("kind", sorted(EXPECTED))
def test_blank_names_no_law_by_itself(kind):
    item = blank(kind)

    assert re.findall(r"ФЗ|Р-145|№ \d|стать\w+|кодекс", item.source) == []
    assert bool(item.acts) == any(field.name == "acts" for field in item.fields)


def test_consent_of_an_adult_has_no_representative():
    lines = texts(rendered("consent_publication", is_child=False, child_signs=False))

    assert [line for line in lines if "Гаврилова" in line or "ознакомлен" in line] == []


def test_consent_of_a_child_under_fourteen_has_one_signature():
    def signatures(**changes):
        return sum("20____ г." in line for line in texts(rendered("consent_pd_child", **changes)))

    assert [signatures(child_signs=True), signatures(child_signs=False)] == [2, 1]


def test_blank_page_and_text_follow_the_standard():
    document = Document(io.BytesIO(blank("order_pairs").template()))
    section, body = document.sections[0], document.styles["Body Text"].paragraph_format

    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(side.mm) for side in margins] == [20, 10, 20, 20]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert abs(body.first_line_indent - Mm(12.5)) < Mm(0.1)
    assert document.styles["Текст таблицы"].font.size == Pt(12)
    assert section.different_first_page_header_footer is True
    assert document.core_properties.title == "Приказ о закреплении наставнических пар и групп"


def test_blank_has_real_headings_and_repeated_table_heads():
    document = Document(io.BytesIO(rendered("order_pairs")))

    headings = [line.text for line in document.paragraphs if line.style.name.startswith("Heading")]
    assert headings == [
        "О закреплении наставнических пар и групп на 2025/26 учебный год",
        "С приказом ознакомлены",
        "Перечень наставнических пар и групп",
    ]
    assert ["w:tblHeader" in table.rows[0]._tr.xml for table in document.tables] == [True, True]


def test_build_blank_same_source_gives_same_bytes():
    assert build_blank("@title А\nтекст") == build_blank("@title А\nтекст")


def test_sections_span_the_columns_of_a_sheet_on_its_side():
    document = Document(io.BytesIO(rendered("roadmap")))
    stamps, lines = document.tables
    spanned = [row.cells[0].text for row in lines.rows if len(row._tr.tc_lst) == 1]

    assert spanned[:-1] == ["Подготовка условий", "Формирование пар и групп"]
    assert "\t" in spanned[-1]  # the signature, held to the last lines
    assert document.sections[0].page_width > document.sections[0].page_height
    assert ["w:tblHeader" in table.rows[0]._tr.xml for table in (stamps, lines)] == [False, True]
    assert to_html(rendered("roadmap")).count('<table class="paper__bare">') == 1


def test_a_roadmap_accepted_by_a_council_carries_its_stamp():
    agreement = {
        "body": "Педагогический совет",
        "is_accepted": True,
        "protocol_date": "1 сентября 2026 г.",
        "protocol_number": "2",
    }
    stamps = {
        "ПРИНЯТО": texts(rendered("roadmap", agreement=agreement)),
        "": texts(rendered("roadmap", agreement={"body": ""})),
    }

    assert "ПРИНЯТО\nПедагогический совет\nпротокол от 1 сентября 2026 г. № 2" in stamps["ПРИНЯТО"]
    assert [line for line in stamps[""] if "ГЛАСОВАНО" in line or "ПРИНЯТО" in line] == []


@pytest.mark.parametrize(
    "source",
    [
        "@unknown x",
        "@table 50 50\n| a | b |",
        "@table 50 50\n| a |\n@end",
        "@table 100\ntext\n@end",
    ],
)
def test_build_blank_mistake_in_markup_is_an_error(source):
    with pytest.raises(BlankError):
        build_blank(source)
