"""The register of mentees as a curator opens it, against the fastest list that one would write by hand.

The product goes through the whole stack: session, grants, scope, menu. The floor is a bare view: no
middleware, nobody signed in, the same columns of the same rows by one `values_list`, a keyset and a
plain template.
"""

import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urlencode

from bench import people
from bench.frame import Result, compare

PAGES = 5
PAGE_SIZE = 50
FILTERS = {"name": "ива", "class_name": "7А"}
SLUGS = (people.BIG, people.SMALL, people.TINY)
BARS = {"web": 1.5, "web-filters": 2, "web-last": 1.3}
FLOOR_PAGE = """<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Наставляемые</title>
</head><body><h1>Наставляемые</h1><p>Всего {{ total }}</p>
<table><tr><th>Имя</th><th>Класс</th><th>Запрос</th><th>Согласия</th><th>Состояние</th><th>Наставник</th>
</tr>{% for pk, surname, given, patronymic, class_name, text, both, state, m1, m2, m3 in rows %}
<tr><th><a href="/people/{{ pk }}/">{{ surname }} {{ given }} {{ patronymic }}</a></th>
<td>{{ class_name }}</td><td>{{ text }}</td><td>{% if both %}есть{% else %}нет{% endif %}</td>
<td><span class="tag">{{ state }}</span></td><td>{{ m1|default:"пока нет" }} {{ m2|default:"" }} {{ m3|default:"" }}</td>
</tr>{% endfor %}</table><a href="?after={{ last }}">Дальше</a></body></html>"""


def run() -> list[Result]:
    with people.empty_base():
        people.build()
        return measure()


def measure() -> list[Result]:
    from django.core.wsgi import get_wsgi_application
    from django.db import connection

    ask = browser(get_wsgi_application())
    queries = {slug: count_queries(lambda slug=slug: ask(address_of(slug))) for slug in SLUGS}
    if queries[people.SMALL] != queries[people.TINY]:
        raise RuntimeError(f"queries grow with the rows: {queries}")
    facts = {"persons": people.PERSONS, "database": connection.vendor}
    found = []
    for slug, suffix in ((people.SMALL, ""), (people.BIG, "-10000")):
        pages, address = floor_list(slug), address_of(slug)
        filtered = f"{address}?{urlencode(FILTERS)}"
        last = f"{address}{last_page(ask(address))}"
        found += [
            against("web" + suffix, pages, lambda to=address: ask(to)),
            against(
                "web-filters" + suffix, lambda by=pages: by(**FILTERS), lambda to=filtered: ask(to)
            ),
            against("web-last" + suffix, lambda to=address: ask(to), lambda to=last: ask(to)),
        ]
    for result in found:
        result.more.update(
            facts, queries=queries[people.SMALL], bar=BARS[result.name.split("-1")[0]]
        )
    return found


def against(name: str, floor: Callable[[], object], product: Callable[[], object]) -> Result:
    return compare(name, floor=many(floor), product=many(product), n=PAGES)


def many(work: Callable[[], object]) -> Callable[[], object]:
    return lambda: [work() for _ in range(PAGES)]


def address_of(slug: str) -> str:
    return f"/o/{slug}/mentees/"


def browser(application: Any) -> Callable[[str], str]:
    """A signed-in curator of the three organisations."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from nastavnik.accounts.models import RoleGrant, User
    from nastavnik.accounts.sessions import SessionStore
    from nastavnik.tenancy.models import Organisation

    user = User.objects.create_user("curator", surname="Лещёва", given="Ольга")
    for slug in SLUGS:
        place = Organisation.objects.get(slug=slug)
        RoleGrant.objects.create(
            user=user, role="curator", organisation=place, starts_on=people.DAY
        )
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "nastavnik.accounts.backend.PasswordBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
    sent: list[str] = []

    def ask(address: str) -> str:
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_COOKIE": cookie,
            "wsgi.input": io.BytesIO(),
            "wsgi.url_scheme": "http",
        }
        sent.clear()
        answer = application(environ, lambda status, _headers: sent.append(status))
        body = b"".join(answer).decode()
        answer.close()
        if not sent[0].startswith("200"):
            raise RuntimeError(f"{sent[0]}: {address}")
        return body

    return ask


def last_page(html: str) -> str:
    found = re.search(r'href="(\?[^"]+)">В конец', html)
    if found is None:
        raise RuntimeError("the list has no last page")
    return unescape(found[1])


def count_queries(work: Callable[[], object]) -> int:
    from django.db import connection

    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 -- Django's signature
        if "set_config" not in sql:
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        work()
    return len(seen)


def floor_list(slug: str) -> Callable[..., str]:
    from django.db.models import Exists, OuterRef
    from django.template import Context, Template

    from nastavnik.people.models import Consent, MenteeProfile
    from nastavnik.tenancy.models import Organisation
    from nastavnik.tenancy.scope import scopes_disabled

    organisation = Organisation.objects.get(slug=slug)
    template = Template(FLOOR_PAGE)
    mentor = "places__pair__mentor__person__"
    columns = ("person_id", "person__surname", "person__given", "person__patronymic")
    columns += ("person__class_name", "requests__text", "both", "state")
    columns += (f"{mentor}surname", f"{mentor}given", f"{mentor}patronymic")

    def consent(kind: str) -> Exists:
        return Exists(
            Consent.objects.filter(person_id=OuterRef("person_id"), kind=kind, state="in_force")
        )

    def page(name: str = "", class_name: str = "", after: str = "") -> str:
        with scopes_disabled(reason="the floor has no rights"):
            rows = MenteeProfile.objects.filter(person__organisation=organisation)
            if class_name:
                rows = rows.filter(person__class_name=class_name)
            if name:
                rows = rows.filter(person__search_key__contains=name)
            total = rows.count()
            rows = rows.filter(person__search_key__gt=after)
            rows = rows.order_by("person__search_key", "person_id")
            both = consent("participation_child") & consent("pd_child")
            found = rows.annotate(both=both).values_list(*columns)[:PAGE_SIZE]
            records = list(found)
        context = {"rows": records, "total": total, "last": records[-1][0]}
        return template.render(Context(context))

    return page
