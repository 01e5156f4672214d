import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path

from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.shared.middleware import HEADERS, own_referrer

pytestmark = pytest.mark.django_db

ERRORS = {
    "domain": DomainError("no_consent", "Нет согласия <Маши>.", link="/consents/"),
    "taken": DomainError("number_taken", "Номер занят."),
    "refused": PermissionRefused("Подписывает только руководитель."),
    "big": RequestDataTooBig("big"),
    "odd": SuspiciousOperation("odd"),
    "busy": OperationalError("database is locked"),
    "bug": RuntimeError("secret detail"),
}


def fail(request, key):
    raise ERRORS[key]


fail.login_required = False
handler400 = "nastavnik.shared.views.bad_request"
handler403 = "nastavnik.shared.views.permission_denied"
handler404 = "nastavnik.shared.views.not_found"
handler500 = "nastavnik.shared.views.server_error"
urlpatterns = [path("fail/<str:key>/", fail), path("", include("nastavnik.shared.urls"))]


@pytest.fixture
def browser():
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    ("key", "status", "words"),
    [
        ("domain", 422, "Нет согласия &lt;Маши&gt;."),
        ("taken", 409, "Номер занят."),
        ("refused", 403, "Подписывает только руководитель."),
        ("big", 413, "Слишком большой файл"),
        ("odd", 400, "Запрос не получился"),
        ("busy", 503, "Система сейчас занята"),
        ("bug", 500, "У нас что-то сломалось"),
    ],
)
def test_failure_becomes_a_russian_page_with_headers(browser, key, status, words):
    response = browser.get(f"/fail/{key}/")
    page = response.content.decode()

    assert response.status_code == status
    assert words in page
    assert "secret detail" not in page
    assert [name for name in HEADERS if name not in response.headers] == []


def test_refusal_leads_to_where_it_is_mended(browser):
    assert (
        '<a class="button button--primary" href="/consents/">Перейти и исправить</a>'
        in browser.get("/fail/domain/").content.decode()
    )


def test_refusal_of_htmx_is_a_note_into_messages(browser):
    response = browser.get("/fail/taken/", headers={"HX-Request": "true"})

    assert response.status_code == 409
    assert response["HX-Retarget"] == "#messages"
    assert response.content.decode().strip().startswith('<div class="note note--bad" role="alert">')


def test_missing_page_is_russian_and_has_headers(browser):
    response = browser.get("/nowhere/")

    assert response.status_code == 404
    assert "Такой страницы нет" in response.content.decode()
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("http://testserver/o/five/pairs/?page=2", "/o/five/pairs/?page=2"),
        ("http://testserver.example.org/x", "/"),
        ("https://example.org/", "/"),
        ("", "/"),
    ],
)
def test_own_referrer_never_leads_away(referrer, back):
    assert own_referrer(RequestFactory().get("/", headers={"referer": referrer})) == back
