"""The import of a roadmap by the keyboard alone, by a dropped file, and on a phone."""

from base64 import b64encode

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from nastavnik.accounts.permissions import Role
from nastavnik.roadmaps.models import Roadmap
from nastavnik.tenancy.scope import scope
from tests.e2e.test_roadmap_job import roadmap_file
from tests.e2e.visitor import Visitor
from tests.neighbours import grant, make_neighbours, make_user

DROP = """([name, base64]) => {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const dropped = new DataTransfer();
  dropped.items.add(new File([bytes], name));
  const form = document.querySelector("form[data-upload]");
  const over = new DragEvent("dragover", {dataTransfer: dropped, bubbles: true, cancelable: true});
  form.dispatchEvent(over);
  const marked = form.classList.contains("is-over");
  form.dispatchEvent(new DragEvent("drop", {dataTransfer: dropped, bubbles: true, cancelable: true}));
  return marked && over.defaultPrevented;
}"""
SUBMIT_IN_VAIN = """() => {
  const form = document.querySelector("form[data-upload]");
  form.addEventListener("submit", (event) => event.preventDefault(), {once: true});
  form.requestSubmit();
}"""
LINES = 8
#: Keys of the whole way at a desk: to the file, to its reading, through two doubts, to the draft.
MOST_KEYS = 90


@pytest.mark.django_db(transaction=True)
def test_by_the_keyboard_alone(live_server, open_page, tmp_path):
    page = open_page()
    # From the first on: asked for only at the key press, the browser may not know of it in time.
    page.on("filechooser", lambda _chooser: None)
    curator, school = _curator(live_server, page)
    keys = Keys(page)

    curator.open("roadmap/import/")
    keys.tab_to("input[type=file]")
    with page.expect_file_chooser() as chooser:
        keys.press("Enter")
    chooser.value.set_files(roadmap_file(tmp_path, timezone.localdate()))
    keys.tab_to("form[data-upload] button")
    keys.press("Enter")
    page.wait_for_url("**/import/*/")
    keys.tab_to(".chips [href='#doubts']")
    keys.press("Enter")
    for left in (1, 0):
        keys.tab_to("#doubts ~ * button")
        keys.press("Enter")
        expect(page.locator("#doubts")).to_have_text(f"Сомнения: {left}" if left else "Сомнения")
    curator.open(page.url.removeprefix(curator.place).partition("#")[0])
    keys.tab_to("[value=apply]")
    keys.press("Enter")
    page.wait_for_url("**/done/")

    with scope({school.pk}):
        assert Roadmap.objects.get().items.count() == LINES
    assert keys.count <= MOST_KEYS


@pytest.mark.django_db(transaction=True)
def test_a_file_dropped_on_a_phone_tells_that_it_is_read_and_fits(
    live_server, open_page, tmp_path, axe
):
    page = open_page(width=360, height=740)
    curator, _ = _curator(live_server, page)
    file = roadmap_file(tmp_path, timezone.localdate())
    curator.open("roadmap/import/")

    assert page.evaluate(DROP, [file.name, b64encode(file.read_bytes()).decode()])
    page.evaluate(SUBMIT_IN_VAIN)
    expect(page.get_by_role("status")).to_contain_text(f"Читаем файл «{file.name}»")
    expect(page.get_by_role("button", name="Прочитать")).to_be_disabled()
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    curator.press("Прочитать")
    page.wait_for_url("**/import/*/")

    tops = [page.locator(name).bounding_box()["y"] for name in ("#doubts", "#found", "#source")]
    assert tops == sorted(tops)
    assert (axe(page), page.evaluate("document.documentElement.scrollWidth - innerWidth")) == (
        [],
        0,
    )


class Keys:
    """A keyboard that counts."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def press(self, key: str) -> None:
        self.count += 1
        self.page.keyboard.press(key)

    def tab_to(self, selector: str) -> None:
        for _ in range(80):
            self.press("Tab")
            if self.page.evaluate("(what) => document.activeElement.matches(what)", selector):
                return
        raise AssertionError(f"no way to {selector} by Tab")


def _curator(live_server, page):
    school = make_neighbours().own
    user = make_user("curator")
    grant(user, Role.CURATOR, school)
    return Visitor(page, live_server, user, school), school
