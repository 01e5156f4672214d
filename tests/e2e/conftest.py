"""A real Chromium. Every page opened by `open_page` must stay on its host and keep to the CSP."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import sync_playwright

# Playwright keeps an event loop in this thread, in which Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ASK_AXE = """axe.run({resultTypes: ["violations"]})
  .then(found => found.violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.html])))"""


def pytest_collection_modifyitems(items):
    for item in items:
        if "/e2e/" in str(item.path):
            item.add_marker("e2e")


@pytest.fixture(scope="session")
def browser():
    path = os.environ.get("NASTAVNIK_CHROMIUM", shutil.which("chromium") or "")
    if not path:
        pytest.fail("No Chromium: this test cannot run. Set NASTAVNIK_CHROMIUM.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser):
    """`open_page(width=1280, javascript=True)`: a page of a fresh visitor, judged when the test ends."""
    contexts, complaints = [], []

    def judge_request(request):
        host = urlsplit(request.url).hostname
        if request.url.startswith("http") and host not in {"localhost", "127.0.0.1"}:
            complaints.append(f"request to another host: {request.url}")

    def judge_console(message):
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    def open_one(*, width=1280, height=900, javascript=True):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="ru-RU",
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", judge_request)
        page.on("console", judge_console)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def axe():
    """`axe(page)`: what the accessibility rules find, as `rule: element` lines.

    A test of many pages gives AXE_SCRIPT to its browser's context once; it is half a megabyte.
    """

    def find(page):
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        found = page.evaluate(ASK_AXE)
        return [f"{rule}: {html[:120]}" for rule, html in found]

    return find
