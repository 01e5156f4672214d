"""The living page of components: no sideways scrolling, no finding of axe."""

import pytest


@pytest.mark.parametrize("width", [1280, 360])
def test_the_kit_is_accessible_and_fits(live_server, settings, open_page, axe, width):
    settings.DEMO = True
    page = open_page(width=width)

    answer = page.goto(f"{live_server.url}/kit/")

    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert (answer.status, axe(page), max(overflow, 0)) == (200, [], 0)
