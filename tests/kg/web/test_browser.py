"""Every page in a real browser, wide and narrow, in both languages: no sideways scrolling, no error, and the niceties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.kg.web.bulletin import HARBOUR, HOSTILE
from tests.kg.web.test_pages import PAGES

pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def opened(
    browser: Browser,
    address: str,
    *,
    width: int,
    locale: str = "zh-CN",
    scheme: Literal["light", "dark"] = "light",
) -> tuple[Page, list[str]]:
    """A page of a width, and the list that takes all its errors."""
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 800}, locale=locale, color_scheme=scheme
    )
    page, errors = context.new_page(), list[str]()
    page.on(
        "console",
        lambda message: errors.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(f"dialog: {dialog.message}"))
    return page, errors


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_scrolls_sideways_or_reports_errors(
    browser: Browser, address: str, width: int, locale: str
) -> None:
    page, errors = opened(browser, address, width=width, locale=locale)
    for path in PAGES:
        page.goto(path)
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, path
        assert errors == [], path
    page.context.close()


def test_a_fact_leads_to_its_words_and_both_light_up(browser: Browser, address: str) -> None:
    page, errors = opened(browser, address, width=1280)
    page.goto(f"/article/{HARBOUR}")
    fact = page.locator("#measures .fact").first
    fact.hover()
    assert "".join(page.locator("mark.lit").all_inner_texts()) == fact.locator(".to-text").inner_text()
    fact.locator(".to-text").click()
    page.wait_for_selector("mark.aimed")
    assert "".join(page.locator("mark.aimed").all_inner_texts()) == fact.locator(".to-text").inner_text()
    assert errors == []
    page.context.close()


def test_a_link_to_a_fact_shows_its_words(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, width=1280)
    page.goto(f"/article/{HARBOUR}")
    anchor = page.locator("#targets .fact").first.get_attribute("id")
    page.goto(f"/article/{HARBOUR}#{anchor}")
    page.wait_for_selector("mark.aimed")
    assert "120" in "".join(page.locator("mark.aimed").all_inner_texts())
    page.context.close()


def test_markup_in_a_bulletin_runs_nothing(browser: Browser, address: str) -> None:
    page, errors = opened(browser, address, width=1280)
    for path in (f"/article/{HOSTILE}", "/articles", "/region/320500", "/actors"):
        page.goto(path)
        assert page.locator("main img, main script").count() == 0
    assert errors == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    page, _ = opened(browser, address, width=1280, scheme=scheme)
    page.goto(f"/article/{HARBOUR}")
    for selector in ("body", "mark.depth1", "mark.depth2", ".fact", ".chips a", ".why"):
        ratio = page.evaluate(_CONTRAST, selector)
        assert ratio >= 4.5, (selector, ratio)
    page.context.close()


_CONTRAST = """(selector) => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (rgb) => rgb.slice(0, 3).map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const element = document.querySelector(selector);
  const style = getComputedStyle(element);
  const [a, b] = [light(parse(style.color)), light(parse(style.backgroundColor))].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_table_that_goes_on_beyond_the_edge_shows_a_shadow_there(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    page, _ = opened(browser, address, width=390, scheme=scheme)
    page.goto("/queries/cq12?by=2030-12-31&since=2020-01-01&region=江苏省")
    scroll = page.locator(".scroll").first
    assert scroll.evaluate("one => one.scrollWidth > one.clientWidth")
    scroll.evaluate(
        "one => one.querySelectorAll('*').forEach(part => part.style.color = part.style.borderColor = 'transparent')"
    )  # only shadows are left to tell the two ends apart
    right_of_the_start = scroll.screenshot()
    scroll.evaluate("one => { one.scrollLeft = one.scrollWidth }")
    assert (
        scroll.evaluate("one => getComputedStyle(one).backgroundAttachment")
        == "local, local, scroll, scroll, scroll"
    )
    assert scroll.screenshot() != right_of_the_start
