"""What keeps somebody from reading a page: what axe finds, and what does not fit."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def findings(page: Page, **options: list[str]) -> list[str]:
    """What axe finds wrong, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    return page.evaluate(RUN_AXE, {"resultTypes": ["violations"], **options})


RUN_AXE = """async (options) => {
    const { violations } = await axe.run(options);
    const told = (rule, node) => `${rule.id}: ${node.html.slice(0, 160)}`;
    return violations.flatMap((rule) => rule.nodes.map((node) => told(rule, node)));
}"""


def in_the_dark(page: Page) -> list[str]:
    """What cannot be read in dark colours; nothing else of a page changes with them."""
    page.emulate_media(color_scheme="dark")
    found = [f"dark: {finding}" for finding in findings(page, runOnly=["color-contrast"])]
    page.emulate_media(color_scheme="light")
    return found


def wider_than_window(page: Page) -> str:
    """What stands out of the window, "" when nothing does."""
    return page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= room) return "";
            const all = [...document.body.querySelectorAll("*")];
            const out = all.filter((one) => one.getBoundingClientRect().right > room + 1);
            return out.slice(0, 3).map((one) => one.outerHTML.slice(0, 99)).join(" ") || "it is";
        }"""
    )


def out_of_reach(page: Page) -> list[str]:
    """The menus that open out of the window, one line each."""
    return page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            const menus = document.querySelectorAll("details[data-menu]:not([open])");
            return [...menus].filter((menu) => menu.checkVisibility()).flatMap((menu) => {
                menu.open = true;
                const { left, right } = menu.querySelector(".menu").getBoundingClientRect();
                menu.open = false;
                const word = menu.querySelector("summary").textContent.trim();
                return left < 0 || right > room + 1 ? [`${word}: ${left} to ${right}`] : [];
            });
        }"""
    )
