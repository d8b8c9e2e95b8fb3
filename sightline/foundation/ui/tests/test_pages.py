"""The gallery, the choice of theme, and the frame of a page."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from sightline.foundation.ui import made


def test_the_gallery_is_open_here_and_has_no_inline_style_or_script(client):
    html = client.get("/gallery/").content.decode()
    assert " style=" not in html
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"\son[a-z]+=", html)


def test_the_gallery_is_closed_in_an_installation(client, settings):
    settings.TESTING = settings.DEMO = settings.DEBUG = False
    assert client.get("/gallery/").status_code == 404


def test_no_id_stands_twice(client):
    ids = re.findall(r'\sid="([^"]+)"', client.get("/gallery/").content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_what_every_first_page_loads_is_light():
    loaded = [finders.find(path) for path in (made.STYLE_SHEET, "django_htmx/htmx-2.min.js")]
    packed = sum(len(gzip.compress(Path(path).read_bytes())) for path in loaded)
    assert packed + made.made(made.FONT).stat().st_size < 80_000


def test_a_theme_is_remembered_and_forgotten(client):
    response = client.post("/theme/", {"theme": "dark", "next": "/gallery/?a=1"})
    assert response.url == "/gallery/?a=1"
    assert 'data-theme="dark"' in client.get("/gallery/").content.decode()
    client.post("/theme/", {"theme": ""})
    assert 'data-theme="system"' in client.get("/gallery/").content.decode()


@pytest.mark.parametrize("theme", ["blue", "<script>", "dark\n"])
def test_a_theme_that_is_none_is_not_kept(client, theme):
    response = client.post("/theme/", {"theme": theme})
    assert response.status_code == 302
    assert not client.cookies["theme"].value


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
)
def test_the_choice_of_theme_leads_nowhere_else(client, back):
    assert client.post("/theme/", {"theme": "dark", "next": back}).url == "/"


def test_a_theme_is_not_chosen_by_a_link(client):
    assert client.get("/theme/").status_code == 405


@pytest.mark.parametrize("page", ["400", "403_csrf", "404", "500"])
def test_a_page_of_refusal_stands_without_a_request(page):
    html = render_to_string(f"{page}.html")
    assert "shell--bare" in html
    assert html.count("<h1>") == 1


@pytest.mark.parametrize("page", ["403", "422"])
def test_a_refusal_says_why(page):
    html = render_to_string(f"{page}.html", {"reasons": ["Only <HR> can do that."]})
    assert "Only &lt;HR&gt; can do that." in html
