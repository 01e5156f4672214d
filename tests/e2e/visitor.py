"""A person at the browser: presses what is written on the page and counts the presses."""

from collections.abc import Collection
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import Locator, Page

from nastavnik.accounts.sessions import SessionStore
from nastavnik.tenancy.models import Territory


def sign_in(page: Page, live_server, user) -> None:
    """Open the browser's context to the person, past the page of signing in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}
    page.context.add_cookies([{**cookie, "url": live_server.url}])


class Visitor:
    """One signed-in person; `place` is the address of the institution or the territory, with a slash."""

    def __init__(self, page: Page, live_server, user, node):
        self.page = page
        self.host = live_server.url
        room = "t" if isinstance(node, Territory) else "o"
        self.place = f"{live_server.url}/{room}/{node.slug}/"
        self.presses = 0
        sign_in(page, live_server, user)

    def open(self, path: str) -> None:
        self.page.goto(self.place + path)

    def step(self, title: str) -> None:
        """From the task list to one of its steps."""
        self.open("start/")
        self.follow(title)

    def follow(self, name: str, *, within: Locator | None = None) -> None:
        place = within or self.page.locator("main")
        self._press(place.get_by_role("link", name=name).first)

    def press(self, name: str) -> None:
        self._press(self.page.locator("main").get_by_role("button", name=name).first)

    def fill(self, label: str, text: str, *, group: str = "") -> None:
        self.presses += 1
        place = self.page.get_by_role("group", name=group) if group else self.page
        place.get_by_label(label).first.fill(text)

    def choose(self, label: str, option: str) -> None:
        self.presses += 1
        self.page.get_by_label(label).first.select_option(label=option)

    def tick(self, label: str) -> None:
        self.presses += 1
        self.page.get_by_label(label).first.check()

    def tick_rows(self, *, but: Collection[str]) -> None:
        """All rows of the table save those of these people; one press where scripts run."""
        whole = self.page.get_by_label("Выбрать все на странице")
        if whole.is_visible():
            self.presses += 1 + len(but)
            whole.check()
        for row in self.page.locator("tbody").get_by_role("row").all():
            box = row.get_by_role("checkbox")
            box.set_checked(not any(name in row.inner_text() for name in but))

    def attach(self, label: str, file: Path) -> None:
        self.presses += 1
        self.page.get_by_label(label, exact=True).set_input_files(file)

    def download(self, link: str, path: Path) -> None:
        self.presses += 1
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=link).click()
        coming.value.save_as(path)

    def text(self) -> str:
        """What the page says, with plain spaces."""
        return self.page.locator("main").inner_text().replace("\u00a0", " ")

    def _press(self, target: Locator) -> None:
        """Follow a link or send a form, and wait for the page that answers."""
        self.presses += 1
        target.click()
        self.page.wait_for_load_state()
