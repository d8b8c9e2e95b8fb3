"""The server: how it starts, whom it believes, how it stops."""

from __future__ import annotations

import http.client
import json
import resource
import signal
import socket
import textwrap
import time

import pytest

from tests.postgres import free_port

COUNT_ACCOUNTS = """
from sightline.foundation.identity.models import Account
print(Account.objects.count())
"""
MAKE_ACCOUNT = """
from sightline.foundation.identity.models import Account
Account.objects.create_user("ana@example.org", "correct horse battery")
"""


def ask(port, path, **headers):
    """An answer with its headers, and its body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_it_prepares_and_starts_in_one_command(empty):
    with empty.server("--prepare") as server:
        status, _ = server.get("/")
        assert status < 500
        assert "Nobody can sign in yet" in server.output.read_text()
        assert server.stop() == 0


def work_of_children() -> float:
    """Seconds that the processors worked for programs which have ended, however busy they were."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_the_second_start_is_quick_and_keeps_the_data(prepared):
    prepared.within(MAKE_ACCOUNT)
    before = work_of_children()
    with prepared.server("--prepare") as server:
        assert "Collecting" not in server.output.read_text()
    assert work_of_children() - before < 5
    assert prepared.within(COUNT_ACCOUNTS) == "1"


def test_styles_are_sent_compressed_and_kept_by_the_browser(prepared):
    with prepared.server() as server:
        manifest = json.loads((prepared.folder / "static" / "staticfiles.json").read_text())
        style = next(path for path in manifest["paths"].values() if path.endswith(".css"))
        answer, _ = ask(server.port, f"/static/{style}", **{"Accept-Encoding": "br"})
        assert answer.getheader("Content-Encoding") == "br"
        assert "immutable" in answer.getheader("Cache-Control")


def test_a_mark_of_a_demo_that_is_gone_opens_nothing(prepared):
    """Whoever throws the demo's database away and starts for real must not be in demo mode."""
    prepared.within(
        "from django.conf import settings\n"
        "from sightline.site.environment import database_identity\n"
        "settings.DEMO_MARK.write_text(database_identity(settings.DATABASES['default']))"
    )
    assert prepared.within("from django.conf import settings; print(settings.DEMO)") == "True"
    with prepared.server():
        assert prepared.within("from django.conf import settings; print(settings.DEMO)") == "False"


SHOWS_WHO_ASKS = """
    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [f"{environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']}".encode()]
"""
IS_SLOW = """
    def application(environ, start_response):
        start_response("200 OK", [("Content-Length", "4000000")])
        print("in hand", flush=True)
        time.sleep(2)
        return [b"x" * 4_000_000]
"""
SERVES_IT = """
    serve.serve(application, serve.listen("127.0.0.1", "{port}"), threads=1)
    print("ended well")
"""


@pytest.fixture
def serving(prepared):
    """Our server with another application in it, on SQLite."""
    processes = []

    def begin(application):
        port = free_port()
        lines = textwrap.dedent(application) + textwrap.dedent(SERVES_IT.format(port=port))
        process = prepared.begin_within(
            "import time\nfrom sightline.site.commands import serve\n" + lines
        )
        processes.append(process)
        wait_for(port)
        return process, port

    yield begin
    for process in processes:
        process.kill()
        process.communicate()


def wait_for(port):
    """Until somebody listens there."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not start")


def asked(port):
    """A connection on which a page was asked for."""
    asker = socket.create_connection(("127.0.0.1", port), timeout=20)
    asker.sendall(b"GET / HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
    return asker


def answer_to(asker):
    """What came back, without its head."""
    with asker, asker.makefile("rb") as answer:
        return answer.read().partition(b"\r\n\r\n")[2]


def test_what_was_asked_before_the_stop_is_answered(serving):
    """Two requests, one thread: one is in hand and one waits when the server is told to stop."""
    process, port = serving(IS_SLOW)
    askers = [asked(port) for _ in range(2)]
    assert any("in hand" in line for line in process.stdout)
    time.sleep(0.7)
    process.send_signal(signal.SIGTERM)
    assert [len(answer_to(asker)) for asker in askers] == [4_000_000] * 2
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "ended well" in said
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_nobody_is_believed_about_who_he_is(serving):
    _, port = serving(SHOWS_WHO_ASKS)
    claim = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    assert ask(port, "/", **claim)[1] == b"127.0.0.1 http"


def test_the_proxy_is_believed(prepared, serving):
    prepared.settings |= {"SIGHTLINE_URL": "https://people.example.org"}
    _, port = serving(SHOWS_WHO_ASKS)
    claim = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    assert ask(port, "/", **claim)[1] == b"203.0.113.9 https"
