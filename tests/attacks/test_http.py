"""Attacks on the outside: methods, headers, bodies, hosts, the way back after signing out."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PRIVATE = ["/", "/people/", "/people/pick/?q=a", "/me/data/file/", "/operations/", "/nowhere/"]
OPEN = ["/account/sign-in/", "/static/ui/js/tree.js", "/static/none.js", "/nowhere/", "/drafts/x/"]


@pytest.mark.parametrize("path", [*PRIVATE, *OPEN])
def test_every_answer_carries_the_headers_that_protect_it(company, client, path):
    signed_in = company.client("tomas")
    for answer in (client.get(path), signed_in.get(path), client.get(path, HTTP_HOST="evil.test")):
        assert HEADERS.items() <= dict(answer.headers).items()
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize("path", PRIVATE)
def test_a_browser_keeps_nothing_of_what_was_private(company, path):
    assert "no-store" in company.client("tomas").get(path)["Cache-Control"]


def test_a_refused_form_is_not_kept_either(company):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(company.account("ingrid"))
    answer = strict.post(f"/people/{company.tomas.pk}/move/", {})
    assert answer.status_code == 403
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("method", ["delete", "patch", "trace", "options"])
@pytest.mark.parametrize("path", ["/", "/people/", "/people/new/", "/me/settings/", "/units/"])
def test_ways_of_asking_that_no_page_knows_are_refused(company, method, path):
    assert getattr(company.client("ingrid"), method)(path).status_code == 405


def test_a_wrong_host_is_told_nothing(company):
    answer = company.client("tomas").get("/", HTTP_HOST="evil.test")
    assert answer.status_code == 400
    assert "Tom" not in answer.content.decode()
    assert "evil.test" not in answer.content.decode()


@pytest.mark.parametrize(
    "where",
    ["//evil.test", "https://evil.test", "https:evil.test", "/\\evil.test", "javascript:alert(1)"],
)
def test_no_address_leads_out_of_the_house(company, client, where):
    signed_in = company.client("tomas")
    answers = [
        signed_in.post("/theme/", {"theme": "dark", "next": where}),
        signed_in.get("/account/sign-in/", {"next": where}),
        signed_in.post("/drafts/x/discard/", HTTP_REFERER=where),
        signed_in.post("/account/sign-out/", {"next": where}),
    ]
    for answer in answers:
        assert "evil" not in answer.get("Location", ""), answer.request["PATH_INFO"]
        assert "javascript" not in answer.get("Location", "")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"x=" + b"y" * (10 << 20), "application/x-www-form-urlencoded"),
        (b"&".join(b"f%d=1" % n for n in range(6000)), "application/x-www-form-urlencoded"),
        (b"\xff\xfe%zz&&==;", "application/x-www-form-urlencoded"),
        (b"a=1", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"not in parts", "multipart/form-data; boundary=x"),
        (b"not in parts", "multipart/form-data"),
        (b"{}", "application/json"),
    ],
    ids=["10 MB", "6,000 fields", "no letters", "other charset", "no parts", "no boundary", "json"],
)
@pytest.mark.parametrize("path", ["/me/settings/", "/people/new/", "/imports/"])
def test_a_body_that_makes_no_sense_is_refused_on_a_page(company, body, content_type, path):
    client = company.client("ingrid")
    client.raise_request_exception = False
    answer = client.generic("POST", path, body, content_type=content_type)
    assert answer.status_code in {200, 400, 422}
    assert "<h1" in answer.content.decode()


def test_signing_in_gives_a_new_session_that_scripts_cannot_read(company, client):
    account = company.account("tomas")
    account.set_password("a long enough word")
    account.save()
    planted = client.session
    planted["left"] = "behind"
    planted.save()
    client.cookies["sessionid"] = planted.session_key
    typed = {"login": account.email, "password": "a long enough word"}
    answer = client.post("/account/sign-in/", typed)
    assert answer.status_code == 302
    cookie = answer.cookies["sessionid"]
    assert cookie.value != planted.session_key
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
