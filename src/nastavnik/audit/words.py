"""Russian words for what the journal stores as codes: actions, states, kinds of objects."""

from collections.abc import Mapping
from functools import cache

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from nastavnik.accounts.permissions import Role

OTHER = "Изменение"
ACTIONS: dict[str, str] = {
    "accounts.grant": "Дана роль",
    "accounts.invite": "Выдано приглашение",
    "accounts.revoke": "Роль снята",
    "certificates.expired": "Срок справки истёк",
    "certificates.not_required": "Отмечено: справка не нужна",
    "certificates.presented": "Справка предъявлена",
    "certificates.rejected": "Справка отклонена",
    "certificates.required": "Справка требуется",
    "certificates.valid": "Справка принята",
    "consents.child_signed": "Согласие подписал и сам ребёнок",
    "consents.expired": "Срок согласия истёк",
    "consents.in_force": "Согласие получено, действует",
    "consents.issued": "Выдан бланк согласия",
    "consents.printed": "Напечатаны бланки согласий",
    "consents.received": "Согласие получено, ждёт подписи ребёнка",
    "consents.refused": "Отказ от согласия",
    "consents.replaced": "Согласие заменено новым",
    "consents.withdrawn": "Согласие отозвано",
    "councils.add": "Заведён совет или группа",
    "councils.approve": "Утверждён состав совета или группы",
    "councils.cancel_sitting": "Заседание отменено",
    "councils.close": "Совет или группа завершили работу",
    "councils.compose": "Составлен приказ о составе",
    "councils.edit": "Изменены сведения о совете или группе",
    "councils.fall_back": "Приказ о составе отменён",
    "councils.hold": "Записано, как прошло заседание",
    "councils.plan": "Заседание внесено в план",
    "councils.plan_edit": "Изменено заседание в плане",
    "councils.protocol": "Составлен протокол заседания",
    "councils.unhold": "Заседание снова только в плане",
    "documents.amend": "Документ изменён",
    "documents.cancel": "Документ отменён",
    "documents.drop": "Проект документа удалён",
    "documents.edit": "Проект документа исправлен",
    "documents.export": "Выгружен журнал документов",
    "documents.next_number": "Изменён следующий номер журнала",
    "documents.prepare": "Составлен проект документа",
    "documents.return": "Проект документа возвращён",
    "documents.scan": "Приложен скан документа",
    "documents.send": "Документ отправлен на подпись",
    "documents.sign": "Документ подписан",
    "documents.template_retire": "Шаблон больше не используется",
    "documents.template_upload": "Загружен шаблон",
    "documents.template_use": "Шаблон введён в действие",
    "events.announce": "Встреча объявлена",
    "events.arrived": "Участник отметился на встрече",
    "events.attendance": "Отмечены пришедшие на встречу",
    "events.cancel": "Встреча отменена",
    "events.edit": "Изменены дата или место встречи",
    "events.end": "Встреча завершена",
    "events.people": "Изменён список участников встречи",
    "events.plan": "Запланирована групповая встреча",
    "events.reopen": "Встреча открыта снова",
    "events.rotation": "Составлено расписание разговоров",
    "events.start": "Встреча началась",
    "events.survey": "После встречи открыт опрос предпочтений",
    "events.unwaive": "Групповая встреча всё-таки будет",
    "events.waive": "Решено обойтись без групповой встречи",
    "library.repeal": "Акт отмечен как утративший силу",
    "library.restore": "Запись справочника возвращена",
    "library.retire": "Запись справочника убрана",
    "library.save": "Запись справочника изменена",
    "loans.agreed": "Согласован наставник для другого учреждения",
    "loans.asked": "Спросили наставника у другого учреждения",
    "loans.came": "Пришёл запрос о наставнике",
    "loans.declined": "Запрос о наставнике отклонён",
    "loans.ended": "Помощь наставника другого учреждения завершена",
    "loans.entered": "Наставник другого учреждения внесён в базу",
    "loans.introduced": "Имя наставляемого открыто другому учреждению",
    "loans.name_closed": "Имя наставляемого закрыто от другого учреждения",
    "loans.link": "Сделана личная ссылка наставнику, о котором просят",
    "loans.said_yes": "Наставник согласился помочь другому учреждению",
    "loans.withdrawn": "Запрос о наставнике отозван",
    "matching.hold": "Пара закреплена куратором",
    "matching.change": "Изменено предложение пары",
    "matching.find_closed": "Находка для ожидающего принята к сведению",
    "matching.search": "Еженедельный поиск для ожидающих",
    "matching.queue": "Подбор поставлен в очередь",
    "matching.repeat": "Подбор повторён с теми же данными",
    "matching.restart": "Прерванный подбор запущен снова",
    "matching.rule_drop": "Правило подбора убрано",
    "matching.run": "Составлены предложения пар",
    "matching.stop": "Подбор остановлен",
    "matching.take": "На разбор взят другой подбор",
    "matching.undo": "Решение по подбору отменено",
    "organisation.add": "Учреждение добавлено",
    "organisation.cases": "Падежи названий проверены",
    "organisation.contingent": "Внесён контингент",
    "organisation.edit": "Сведения об учреждении изменены",
    "organisation.settings": "Настройки изменены",
    "pairs.add": "В группу добавлен участник",
    "pairs.take_back": "Отменено принятие участников в группу",
    "pairs.addendum": "Указано дополнительное соглашение",
    "pairs.answer": "Ответ участника",
    "pairs.convert": "Группа преобразована в пару",
    "pairs.import": "Пара загружена из файла",
    "pairs.import_undone": "Загрузка пары отменена",
    "pairs.leave": "Участник вышел из группы",
    "pairs.newcomer": "В группу приглашён участник",
    "pairs.newcomer_withdrawn": "Приглашение в группу снято",
    "pairs.change_undone": "Прежний состав восстановлен",
    "pairs.replace": "Предложен другой наставник",
    "pairs.lock": "Пара закреплена куратором",
    "pairs.make": "Пара составлена",
    "pairs.move": "Состояние пары изменено",
    "pairs.unlock": "Пара больше не закреплена",
    "people.competence_added": "Добавлена компетенция",
    "people.competence_confirmed": "Тема компетенции проверена",
    "people.competence_removed": "Компетенция убрана",
    "people.import_applied": "Файл загружен в реестр",
    "people.import_changed": "Обновлён из файла",
    "people.import_dropped": "Файл не стали загружать",
    "people.import_started": "Файл прочитан для проверки",
    "people.import_undone": "Загрузка файла отменена",
    "people.exported_unpaired": "Выгружен список «Без пары»",
    "people.imported": "Загружен из файла",
    "people.mentee_added": "Включён в базу наставляемых",
    "people.mentee_moved": "Состояние наставляемого изменено",
    "people.menteeprofile_edited": "Изменены сведения наставляемого",
    "people.mentor_added": "Включён в базу наставников",
    "people.mentor_moved": "Состояние наставника изменено",
    "people.mentorprofile_edited": "Изменены сведения наставника",
    "people.merged": "Объединены две записи",
    "people.move_mentee": "Состояние наставляемого изменено",
    "people.move_mentor": "Состояние наставника изменено",
    "people.name_cases_confirmed": "Падежи имени проверены",
    "people.person_added": "Запись создана",
    "people.person_archived": "Отправлен в архив",
    "people.person_edited": "Сведения изменены",
    "people.rechecked": "Сведения проверены",
    "people.representative_added": "Добавлен законный представитель",
    "people.representative_edited": "Изменены сведения о представителе",
    "people.representative_removed": "Представитель убран",
    "people.request_added": "Добавлен запрос",
    "people.request_confirmed": "Вид запроса проверен",
    "people.support_assigned": "Назначен специалист сопровождения",
    "people.support_ended": "Сопровождение завершено",
    "people.request_removed": "Запрос убран",
    "programme.move": "Состояние программы изменено",
    "programme.save": "Паспорт программы сохранён",
    "programme.results": "Внесены итоги программы",
    "roadmaps.agree": "Дорожная карта согласована",
    "roadmaps.approve": "Дорожная карта утверждена приказом",
    "roadmaps.calendar_link": "Выдан адрес личного календаря сроков",
    "roadmaps.calendar_revoked": "Адрес личного календаря сроков отозван",
    "roadmaps.close": "Дорожная карта закрыта",
    "roadmaps.comment": "Комментарий к пункту дорожной карты",
    "roadmaps.comment_done": "Замечание к пункту учтено",
    "roadmaps.control_note": "Выгружена контрольная справка о дорожных картах",
    "roadmaps.create": "Составлена дорожная карта",
    "roadmaps.disapprove": "Приказ об утверждении дорожной карты отменён",
    "roadmaps.drop": "Черновик дорожной карты убран",
    "roadmaps.edit": "Изменены сведения о дорожной карте",
    "roadmaps.event_date": "Внесена дата, от которой считаются сроки",
    "roadmaps.import": "Дорожная карта загружена из файла",
    "roadmaps.import_dropped": "Файл дорожной карты удалён без загрузки",
    "roadmaps.import_started": "Файл дорожной карты прочитан",
    "roadmaps.import_undone": "Загрузка дорожной карты отменена",
    "roadmaps.item_add": "Добавлен пункт дорожной карты",
    "roadmaps.item_applicable": "Пункт дорожной карты снова нужен",
    "roadmaps.item_by_hand": "Пункт отмечен выполненным вручную",
    "roadmaps.item_closed": "Пункт закрылся сам: подтверждение найдено",
    "roadmaps.item_edit": "Изменён пункт дорожной карты",
    "roadmaps.item_link": "К пункту дорожной карты приложена ссылка",
    "roadmaps.item_move": "Пункт дорожной карты переставлен",
    "roadmaps.item_not_applicable": "Предложено не применять пункт дорожной карты",
    "roadmaps.item_not_applicable_agreed": "Согласовано: пункт дорожной карты не применим",
    "roadmaps.item_remove": "Пункт дорожной карты убран",
    "roadmaps.item_reopen": "Пункт дорожной карты открыт снова",
    "roadmaps.item_reopened": "Пункт открылся сам: подтверждения больше нет",
    "roadmaps.return": "Дорожная карта возвращена с замечаниями",
    "roadmaps.send": "Дорожная карта отправлена на согласование",
    "roadmaps.target_add": "Добавлена цель дорожной карты",
    "roadmaps.target_edit": "Изменена цель дорожной карты",
    "roadmaps.target_remove": "Цель дорожной карты убрана",
    "roadmaps.upper": "Обязательные пункты обновлены по карте выше",
    "roadmaps.version": "Составлена новая версия дорожной карты",
    "selection.applied": "Принято заявление кандидата",
    "selection.decided": "Принято решение о кандидате",
    "selection.interviewed": "Внесено собеседование",
    "slips.blank": "Выданы бланки согласия по записи «Хочу участвовать»",
    "slips.came": "Пришла запись «Хочу участвовать»",
    "slips.erased": "Стёрты записи «Хочу участвовать», срок которых прошёл",
    "slips.mended": "Запись «Хочу участвовать» исправлена отправителем",
    "slips.move": "Принято решение по записи «Хочу участвовать»",
    "slips.removed": "Удалена запись «Хочу участвовать»",
    "slips.sheet": "Подготовлено объявление с QR-кодом",
    "slips.sheet_closed": "Объявление с QR-кодом закрыто",
    "slips.sheet_renewed": "Сменён адрес объявления с QR-кодом",
    "surveys.answer": "Ответ на опрос получен",
    "surveys.change": "Ответ на опрос изменён",
    "surveys.close": "Опрос закрыт",
    "surveys.erase": "Ответ на опрос удалён: согласие отозвано",
    "surveys.grid": "Внесены бумажные анкеты",
    "surveys.invite": "На опрос приглашены ещё люди",
    "surveys.open": "Опрос открыт",
    "surveys.reopen": "Опрос открыт снова",
    "surveys.reopen_one": "Опрос открыт одному человеку",
    "surveys.uninvite": "Из опроса убраны те, кого не было на встрече",
    "team.acting": "Назначен исполняющий обязанности",
    "territory.add": "Территория добавлена",
}
# Whole families whose last part is a kind of register.
FAMILIES: dict[str, str] = {"people.exported_": "Реестр выгружен в Excel"}
_STATE_FIELDS = ("state", "decision", "kind", "role")


def action_words(action: str) -> str:
    """«Пара составлена» for `pairs.make`; a plain word for an action nobody described."""
    found = ACTIONS.get(action)
    if found is None:
        found = next((w for start, w in FAMILIES.items() if action.startswith(start)), OTHER)
    return found


def state_words(object_type: str, value: str) -> str:
    """The label of a state code; what is already said in words (a version, a date) stays."""
    return _labels(object_type).get(value, "" if _is_code(value) else value)


@cache
def _labels(object_type: str) -> Mapping[str, str]:
    """Codes and labels of the object's own state; roles are known for every object."""
    labels = {str(role.value): str(role.label) for role in Role}
    try:
        model = apps.get_model(object_type)
    except (LookupError, ValueError):
        return labels
    for name in reversed(_STATE_FIELDS):
        try:
            choices = model._meta.get_field(name).choices or ()
        except FieldDoesNotExist:
            continue
        labels |= {str(code): str(label) for code, label in choices}
    return labels


def _is_code(value: str) -> bool:
    return value.isascii() and any(letter.isalpha() for letter in value)
