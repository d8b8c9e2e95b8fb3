"""Takes the pictures: a demo installation of its own, a browser, people signed in by one click."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.shots.png import with_palette

if TYPE_CHECKING:
    from tests.shots.shot import Shot

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ALWAYS: dict[str, Any] = {"locale": "en-GB", "reduced_motion": "reduce"}
SETTLES_MILLISECONDS = 800
"""How long a part of a page that was opened may take to come and stand."""

LARGEST_BYTES = 120_000


@contextmanager
def demo_server() -> Iterator[str]:
    """The address of a demo company that runs; this process reads and writes its database too."""
    from tests.commands.installation import Installation

    folder = Path(tempfile.mkdtemp(prefix="sightline-shots-"))
    installation = Installation(folder)
    os.environ.update(installation.environment())
    try:
        with installation.server("--prepare", "--demo") as server:
            begin()
            yield f"http://127.0.0.1:{server.port}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def begin() -> None:
    """Make Django ready, with the settings of the installation."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "sightline.site.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps an event loop in this thread
    django.setup()


def take_all(names: list[str]) -> None:
    """Take the pictures of these names, or all of the table."""
    with demo_server() as url, ExitStack() as stack:
        from tests.shots.table import SHOTS

        playwright = stack.enter_context(sync_playwright())
        path = os.environ.get("SIGHTLINE_CHROMIUM") or shutil.which("chromium") or "chromium"
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for shot in SHOTS:
            if not names or shot.name in names:
                take(browser, url, shot)
        browser.close()


def take(browser: Browser, url: str, shot: Shot) -> None:
    """Take one picture and keep it, small."""
    context = browser.new_context(base_url=url, **ALWAYS, **shot.screen)
    page = context.new_page()
    sign_in(page, shot.who)
    page.goto(shot.address())
    wait_until_done(page)
    for selector in shot.press:
        page.locator(selector).first.click()
        page.wait_for_timeout(SETTLES_MILLISECONDS)
    page.mouse.move(0, 0)
    picture = with_palette(page.screenshot())
    context.close()
    shot.file.parent.mkdir(parents=True, exist_ok=True)
    shot.file.write_bytes(picture)
    large = "  larger than it may be" if len(picture) > LARGEST_BYTES else ""
    sys.stdout.write(f"{shot.name:12} {len(picture) / 1000:6.1f} kB{large}\n")


def sign_in(page: Page, key: str) -> None:
    """Take the place of one of the cast, by the button that demo mode offers."""
    from tests.shots.places import member

    page.goto("/account/sign-in/")
    page.locator(f'button[value="{member(key).email}"]').click()
    page.wait_for_url(re.compile(r"^http://[^/]+/$"))


def wait_until_done(page: Page) -> None:
    """Until fonts have come, and work that the page waits for is done."""
    page.wait_for_load_state("networkidle")
    while page.locator("[data-polls]").count():
        page.wait_for_timeout(300)
        page.reload()
    page.evaluate("document.fonts.ready")
