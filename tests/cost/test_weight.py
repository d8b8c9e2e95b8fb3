"""How heavy pages are on the wire, as the server of a real installation sends them."""

from __future__ import annotations

import http.client
import re
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from sightline.site.demo.book import DOMAIN
from sightline.site.demo.build import PASSWORD
from tests.commands.installation import Installation

pytestmark = pytest.mark.processes
FIRST_KILOBYTES = 250
NEXT_KILOBYTES = 60
PAGES = ["/", "/me/", "/people/"]
IMPORTED = re.compile(r"""(?:import|from)\s*\(?["'](\.{1,2}/[^"']+)["']|url\(["']?([^"')]+)""")
LINKED = re.compile(r"""(?:src|href)="(/static/[^"]+)\"""")


@dataclass
class Visitor:
    """A browser as far as bytes go: it keeps cookies, and files that may be kept."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, sent: dict[str, str] | None = None) -> tuple[bytes, str, str]:
        """What comes over the wire, its text, and where it leads."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Accept-Encoding": "gzip, br", "Cookie": kept}
        body = urllib.parse.urlencode(sent) if sent else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST" if sent else "GET", path, body, headers)
        answer = connection.getresponse()
        wire = answer.read()
        for said in answer.headers.get_all("Set-Cookie", []):
            name, value = said.split(";")[0].split("=", 1)
            self.cookies[name] = value
        connection.close()
        return wire, answer.headers.get("Content-Encoding", ""), answer.headers.get("Location", "")

    def page(self, path: str) -> tuple[int, str]:
        """The bytes of a page, and its text; redirects are followed."""
        wire, _encoding, leads_to = self.ask(path)
        return self.page(leads_to) if leads_to else (len(wire), self.text(path))

    def text(self, path: str) -> str:
        """A file or page as text, asked for uncompressed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request("GET", path, headers={"Cookie": kept})
        body = connection.getresponse().read()
        connection.close()
        return body.decode("utf-8", errors="replace")

    def files(self, html: str) -> Iterator[tuple[str, int]]:
        """Every file that a page needs, with its bytes on the wire."""
        known, waiting = set(), LINKED.findall(html)
        while waiting:
            path = waiting.pop()
            if path not in known and not path.startswith(("data:", "#")):
                known.add(path)
                yield path, len(self.ask(path)[0])
                if path.endswith((".js", ".css")):
                    named = IMPORTED.findall(self.text(path))
                    waiting += [urllib.parse.urljoin(path, a or b) for a, b in named]


@pytest.fixture(scope="module")
def weights(tmp_path_factory) -> dict[str, tuple[int, int]]:
    """Bytes of each page by itself, and with all files that a first visit fetches."""
    installation = Installation(tmp_path_factory.mktemp("weighed"))
    installation.done("migrate")
    installation.done("demo", "--size", "200")
    found = {}
    with installation.server("--prepare") as server:
        visitor = Visitor(server.port)
        sign_in(visitor)
        for page in PAGES:
            alone, html = visitor.page(page)
            found[page] = (alone + sum(size for _path, size in visitor.files(html)), alone)
    return found


def sign_in(visitor: Visitor) -> None:
    """Come in as a manager of the demo company."""
    visitor.ask("/account/sign-in/")
    visitor.ask(
        "/account/sign-in/",
        {
            "csrfmiddlewaretoken": visitor.cookies["csrftoken"],
            "login": f"ana@{DOMAIN}",
            "password": PASSWORD,
        },
    )
    assert "sessionid" in visitor.cookies


@pytest.mark.parametrize("page", PAGES)
def test_a_first_visit_fetches_little(weights, page):
    assert weights[page][0] < FIRST_KILOBYTES * 1024


@pytest.mark.parametrize("page", PAGES)
def test_the_next_page_fetches_less(weights, page):
    assert weights[page][1] < NEXT_KILOBYTES * 1024


def test_what_is_weighed_is_all_that_a_page_names():
    html = '<link href="/static/a.css"><script src="/static/b.js"></script><a href="/people/">'
    assert LINKED.findall(html) == ["/static/a.css", "/static/b.js"]
    assert [a or b for a, b in IMPORTED.findall('import "./c.js"; url("../d.woff2")')] == [
        "./c.js",
        "../d.woff2",
    ]
