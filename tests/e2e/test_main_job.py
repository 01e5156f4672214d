"""From two old registers to a signed order in one sitting: a curator at a desk, a head on a phone."""

import re

import docx
import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.pairs.models import Pair, PairState
from nastavnik.tenancy.scope import scope
from tests.e2e import main_job
from tests.e2e.registers import any_case, registers, short
from tests.e2e.visitor import Visitor
from tests.neighbours import grant, make_neighbours, make_user

REGISTERS = registers()
# Where schools' own registers lie beside the repository, they are walked with scripts off.
RUNS = [(name, name == "samples") for name in REGISTERS]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "javascript"), RUNS)
def test_main_job(live_server, open_page, tmp_path, name, javascript):
    files = REGISTERS[name]
    school = make_neighbours().own
    curator = Visitor(open_page(javascript=javascript), live_server, _curator(school), school)
    head = Visitor(open_page(width=360, javascript=javascript), live_server, _head(school), school)

    main_job.check_institution(curator)
    main_job.load_registers(curator, files, tmp_path)
    main_job.order_team(curator)
    main_job.receive_consents(curator, but=files.without_consent)
    main_job.enter_certificates(curator, files.with_certificate)
    main_job.order_programme(curator)
    main_job.match_pairs(curator, from_fit=30)
    main_job.mark_answers(curator)
    held = main_job.order_pairs(curator)
    outcomes = main_job.sign_everything(head)
    order = _downloaded_order(curator, tmp_path / "order.docx")

    with scope({school.pk}):
        active = Pair.objects.filter(state=PairState.ACTIVE).count()
    assert active >= 10
    assert re.search(rf"Активирован[ао] {active}\sпар", outcomes[-1])
    assert [name for name in files.held if short(name) not in held] == []
    assert [name for name in files.held if re.search(any_case(name), order)] == []
    assert [
        f for f in files.fixed if f"за наставником {f[0]}" not in order or f[1] not in order
    ] == []


def _downloaded_order(curator, path):
    """The text of the order on pairs as Word shows it."""
    curator.open("docs/")
    curator.follow("Приказ о закреплении")
    curator.download("Скачать DOCX", path)
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    return text.replace("\u00a0", " ")


def _curator(school):
    user = make_user("curator")
    grant(user, Role.CURATOR, school)
    return user


def _head(school):
    user = make_user("head", surname="Зотов", given="Игорь", patronymic="Павлович")
    grant(user, Role.HEAD, school)
    return user
