"""What the desk puts on the menu and registers with `documents`."""

from nastavnik.desk.services import team
from nastavnik.documents.effects import DocumentEffects, register
from nastavnik.roadmaps.evidence import Work, register_document_work
from nastavnik.shared import navigation
from nastavnik.shared.navigation import Room

ROOMS = (
    Room("today", "Сегодня", "desk:today", action="today.view", order=1),
    Room("today", "Запуск программы", "desk:launch", action="launch.view", order=2),
    Room(
        "today",
        "Сегодня",
        "desk:territory_today",
        action="today.view",
        order=1,
        scope="territory",
    ),
    Room(
        "more",
        "Учреждение",
        "desk:organisation",
        action="organisation.view",
        order=1,
        icon="home",
        text="Названия, руководитель, падежи, контингент",
    ),
    Room(
        "more",
        "Команда",
        "desk:team",
        action="team.view",
        order=2,
        icon="people",
        text="Рабочая группа, куратор, роли и приглашения",
    ),
    Room(
        "more",
        "Журнал действий",
        "desk:audit",
        action="audit.view",
        order=90,
        icon="book",
        text="Кто, когда и что изменил",
    ),
    Room(
        "territory",
        "Учреждения",
        "desk:institutions",
        action="territory.view",
        order=1,
        scope="territory",
    ),
)


def register_all() -> None:
    for room in ROOMS:
        navigation.register(room)
    register_document_work(
        team.ORDER_WORKING_GROUP, Work("Выбрать рабочую группу", "desk:working_group")
    )
    register_document_work(
        team.ORDER_CURATOR, Work("Назначить куратора и ответственного", "desk:appointments")
    )
    register(
        team.ORDER_CURATOR,
        DocumentEffects(
            checks=team.check_curator_order,
            on_sign=team.grant_roles,
            on_cancel=team.end_roles,
        ),
    )
