"""The components in a real browser: readable by all, at any width, in any direction, on paper."""

from __future__ import annotations

import pytest

from tests.browser.reading import findings

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def gallery(page_as):
    """Opens the gallery in a context with these options."""

    def opened(query="", **options):
        page = page_as(None, **options)
        page.goto(f"/gallery/{query}")
        page.evaluate("document.fonts.ready")
        return page

    return opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("options", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing(gallery, scheme, options):
    assert findings(gallery(color_scheme=scheme, **options)) == []


def test_axe_finds_nothing_from_right_to_left(gallery):
    assert findings(gallery("?dir=rtl", **DESK)) == []


def test_axe_finds_nothing_in_an_open_dialog(gallery):
    page = gallery(**DESK)
    page.click("[data-opens=sample]")
    assert page.locator("dialog#sample").is_visible()
    assert findings(page) == []


@pytest.mark.parametrize("query", ["", "?dir=rtl"])
def test_no_page_is_wider_than_its_window(gallery, query):
    page = gallery(query, **DESK)
    for width in (320, 390, 600, 768, 900, 901, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_text_in_pictures_is_never_below_12_pixels(gallery):
    page = gallery(**PHONE)
    sizes = page.eval_on_selector_all(
        "svg text, figure :not(svg, svg *)",
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))",
    )
    assert sizes
    assert min(sizes) >= 12


def test_on_a_phone_the_side_opens_from_the_bar_and_closes_by_escape(gallery):
    page = gallery(**PHONE)
    assert not page.locator(".side").is_visible()
    page.click(".bottombar button")
    assert page.locator(".side").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".side").is_visible()


def test_on_a_desk_the_side_stands_and_the_bar_does_not(gallery):
    page = gallery(**DESK)
    assert page.locator(".side").is_visible()
    assert not page.locator(".bottombar").is_visible()


def test_everything_pressed_by_a_thumb_is_large_enough(gallery):
    page = gallery(**PHONE)
    heights = page.eval_on_selector_all(
        ".bottombar__place, .button:not(.button--small):not([aria-hidden])",
        "all => all.filter(one => one.checkVisibility()).map(one => one.offsetHeight)",
    )
    assert min(heights) >= 44


def test_the_keyboard_skips_to_the_content(gallery):
    page = gallery(**DESK)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize(("choice", "paper"), [("light", "dark"), ("dark", "light")])
def test_the_chosen_theme_wins_over_the_systems(gallery, choice, paper):
    page = gallery(f"?theme={choice}", color_scheme=paper, **DESK)
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == choice


def test_on_paper_there_is_no_chrome_and_all_is_black_on_white(gallery):
    page = gallery(color_scheme="dark", **DESK)
    page.emulate_media(media="print")
    for chrome in (".side", ".bottombar", ".head__actions", ".toasts", ".tabs", ".filter"):
        assert not page.locator(chrome).first.is_visible(), chrome
    look = page.evaluate(
        "(s => [s.color, s.backgroundColor])(getComputedStyle(document.documentElement))"
    )
    assert look == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_the_font_is_the_one_that_was_cut(gallery):
    page = gallery(**DESK)
    assert page.evaluate("document.fonts.check('16px \"Inter Variable\"')")
    assert page.evaluate("[...document.fonts].map(font => font.status)") == ["loaded"]
