"""The one registry of roles and actions (PRODUCT.md § 3); `docs/permissions.md` is made from it.

An action is a dotted name; a role is a set of actions over a node of the tree. What a role may do
in its own organisation and what it may do on its territory are two different sets: a coordinator
reads no institution rows.
"""

from django.db import models


class Role(models.TextChoices):
    REGION = "region", "Региональный центр"
    COORDINATOR = "coordinator", "Муниципальный координатор"
    CENTRE = "centre", "Методист наставнического центра"
    CONTROLLER = "controller", "Контроль"
    HEAD = "head", "Руководитель"
    CURATOR = "curator", "Куратор"
    RESPONSIBLE = "responsible", "Ответственный"
    SYSADMIN = "sysadmin", "Системный администратор учреждения"
    COUNCIL = "council", "Член методического объединения"
    THIRD_PARTY = "third_party", "Классный руководитель, психолог, социальный педагог"
    MENTOR = "mentor", "Наставник"
    MENTEE = "mentee", "Наставляемый"
    PARENT = "parent", "Родитель"
    PARTNER = "partner", "Партнёр"


TERRITORY_ROLES = frozenset({Role.REGION, Role.COORDINATOR, Role.CENTRE, Role.CONTROLLER})

# Roles whose pages exist; the others are granted (they stand in orders) but open no room yet.
ACTIONS: dict[str, str] = {
    "today.view": "Открыть «Сегодня» учреждения",
    "launch.view": "Видеть «Запуск программы»",
    "organisation.view": "Видеть карточку учреждения",
    "organisation.edit": "Править карточку учреждения и контингент",
    "team.view": "Видеть команду и роли учреждения",
    "team.invite": "Приглашать сотрудников и закрывать доступ",
    "team.acting": "Назначать исполняющего обязанности руководителя",
    "library.view": "Читать библиотеку",
    "library.edit": "Править справочники своего уровня",
    "library.add_own": "Вести собственные акты и материалы учреждения",
    "roadmaps.view": "Видеть дорожную карту",
    "roadmaps.edit": "Составлять и вести дорожную карту учреждения",
    "roadmaps.comment": "Комментировать пункты дорожной карты",
    "roadmaps.approve": "Утверждать дорожную карту приказом",
    "roadmaps.agree": "Согласовывать дорожные карты учреждений",
    "roadmaps.municipal": "Вести дорожную карту территории",
    "people.view": "Видеть реестры и карточки людей",
    "mentors.view": "Видеть список наставников",
    "people.edit": "Править реестры и карточки людей",
    "people.import": "Загружать реестры из файлов",
    "people.export": "Выгружать реестры",
    "consents.view": "Видеть согласия",
    "consents.edit": "Отмечать согласия",
    "consents.print": "Печатать бланки согласий",
    "certificates.view": "Видеть справки",
    "certificates.edit": "Отмечать справки",
    "selection.view": "Видеть отбор наставников",
    "selection.edit": "Вести отбор наставников",
    "programme.view": "Видеть программу наставничества",
    "programme.edit": "Составлять программу наставничества",
    "surveys.view": "Видеть, кто ответил на опрос",
    "surveys.edit": "Проводить опросы",
    "surveys.choices": "Видеть, кто кого выбрал, и вносить бумажные анкеты",
    "matching.view": "Видеть подбор",
    "matching.edit": "Подбирать пары",
    "loans.view": "Видеть поиск наставников в других учреждениях муниципалитета",
    "loans.edit": "Просить наставников у других учреждений и отвечать на их запросы",
    "loans.oversee": "Видеть, сколько наставников территории открыто для других учреждений",
    "supports.own": "Видеть тех, кого сопровождаешь, пока у них нет наставника",
    "pairs.view": "Видеть пары и группы",
    "pairs.edit": "Составлять пары и группы",
    "events.view": "Видеть групповые встречи",
    "events.edit": "Готовить и проводить групповые встречи",
    "slips.view": "Видеть, кто хочет участвовать",
    "slips.edit": "Готовить объявления с QR-кодом и вести записи желающих",
    "councils.view": "Видеть советы и группы, их планы и протоколы",
    "councils.mine": "Видеть советы и группы, в которые входишь",
    "councils.edit": "Вести советы и группы: состав, план, заседания",
    "councils.oversee": "Видеть, у каких учреждений есть приказ о рабочей группе",
    "informing.view": "Видеть, кому и где рассказали о программе",
    "informing.edit": "Вести информирование: встречи, протоколы, письма, публикации",
    "documents.view": "Видеть документы учреждения",
    "documents.edit": "Готовить документы",
    "documents.sign": "Подписывать документы",
    "documents.template": "Заменять шаблоны документов",
    "audit.view": "Читать журнал действий",
    "territory.view": "Видеть территорию и её учреждения",
    "territory.edit": "Добавлять территории и учреждения",
    "territory.invite": "Назначать роли на территории и руководителей учреждений",
}

_HEAD = frozenset(
    {
        "today.view",
        "launch.view",
        "organisation.view",
        "organisation.edit",
        "team.view",
        "team.invite",
        "team.acting",
        "library.view",
        "library.add_own",
        "roadmaps.view",
        "roadmaps.comment",
        "roadmaps.approve",
        "people.view",
        "mentors.view",
        "people.export",
        "consents.view",
        "certificates.view",
        "selection.view",
        "programme.view",
        "surveys.view",
        "matching.view",
        "loans.view",
        "pairs.view",
        "events.view",
        "slips.view",
        "councils.view",
        "councils.mine",
        "informing.view",
        "documents.view",
        "documents.edit",
        "documents.sign",
        "documents.template",
        "audit.view",
    }
)
_CURATOR = frozenset(
    {
        "today.view",
        "launch.view",
        "organisation.view",
        "organisation.edit",
        "team.view",
        "team.invite",
        "library.view",
        "library.add_own",
        "roadmaps.view",
        "roadmaps.edit",
        "roadmaps.comment",
        "people.view",
        "mentors.view",
        "people.edit",
        "people.import",
        "people.export",
        "consents.view",
        "consents.edit",
        "consents.print",
        "certificates.view",
        "certificates.edit",
        "selection.view",
        "selection.edit",
        "programme.view",
        "programme.edit",
        "surveys.view",
        "surveys.edit",
        "surveys.choices",
        "matching.view",
        "matching.edit",
        "loans.view",
        "loans.edit",
        "pairs.view",
        "pairs.edit",
        "events.view",
        "events.edit",
        "slips.view",
        "slips.edit",
        "councils.view",
        "councils.mine",
        "councils.edit",
        "informing.view",
        "informing.edit",
        "documents.view",
        "documents.edit",
        "documents.template",
        "audit.view",
    }
)
_TERRITORY = frozenset(
    {
        "today.view",
        "territory.view",
        "library.view",
        "roadmaps.view",
        "councils.view",
        "councils.oversee",
    }
)
_AGREES = frozenset({"roadmaps.agree", "roadmaps.comment", "roadmaps.municipal", "councils.edit"})

ROLE_ACTIONS: dict[Role, frozenset[str]] = {
    Role.REGION: _TERRITORY
    | {"loans.oversee", "territory.edit", "territory.invite", "library.edit", "documents.template"},
    Role.COORDINATOR: _TERRITORY
    | _AGREES
    | {"loans.oversee", "territory.edit", "territory.invite", "library.edit", "documents.template"},
    Role.CENTRE: _TERRITORY | _AGREES | {"loans.oversee", "library.edit", "documents.template"},
    Role.CONTROLLER: _TERRITORY,
    Role.HEAD: _HEAD,
    Role.CURATOR: _CURATOR,
    Role.RESPONSIBLE: frozenset(
        {
            "today.view",
            "launch.view",
            "organisation.view",
            "team.view",
            "library.view",
            "roadmaps.view",
            "roadmaps.edit",
            "roadmaps.comment",
            "mentors.view",
            "programme.view",
            "surveys.view",
            "supports.own",
            "events.view",
            "councils.view",
            "councils.mine",
            "informing.view",
            "documents.view",
        }
    ),
    Role.SYSADMIN: frozenset(
        {
            "today.view",
            "organisation.view",
            "team.view",
            "team.invite",
            "library.view",
            "people.import",
            "consents.print",
            "councils.mine",
            "supports.own",
        }
    ),
    Role.COUNCIL: frozenset(
        {
            "today.view",
            "library.view",
            "roadmaps.view",
            "roadmaps.comment",
            "mentors.view",
            "programme.view",
            "councils.view",
            "councils.mine",
            "supports.own",
            "documents.view",
        }
    ),
    Role.THIRD_PARTY: frozenset({"today.view", "library.view", "councils.mine", "supports.own"}),
    Role.MENTOR: frozenset({"today.view", "councils.mine"}),
    Role.MENTEE: frozenset({"today.view"}),
    Role.PARENT: frozenset({"today.view"}),
    Role.PARTNER: frozenset({"today.view"}),
}


def known_action(action: str) -> str:
    """`action` itself, or KeyError: a misspelt permission must not silently refuse or allow."""
    if action not in ACTIONS:
        raise KeyError(f"unknown action {action!r}")
    return action


def actions_of(roles: frozenset[Role]) -> frozenset[str]:
    return frozenset().union(*(ROLE_ACTIONS[role] for role in roles))


for _actions in ROLE_ACTIONS.values():
    for _action in _actions:
        known_action(_action)
