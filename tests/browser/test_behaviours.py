"""Each behaviour of ui/js by its hooks, on a page that holds nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from playwright.sync_api import Page, expect

JS = Path(settings.BASE_DIR, "foundation/ui/static/ui/js")
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'"

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Try</title>
%(head)s<meta name="sign-in" content="/sign-in/"><meta name="csrf-token" content="token">
<meta name="htmx-config" content='{"includeIndicatorStyles": false, "allowEval": false}'>
<script src="%(htmx)s" defer></script><script src="%(app)s" type="module"></script>
</head><body>%(body)s%(words)s</body></html>"""


@pytest.fixture
def page_with(page_as):
    """Opens a page of this markup under the strict policy; other addresses answer as told."""

    def make(body: str, *, head: str = "", **answers) -> Page:
        page = page_as(None)
        text = PAGE % {
            "head": head,
            "body": body,
            "htmx": static("django_htmx/htmx-2.min.js"),
            "app": static("ui/js/app.js"),
            "words": render_to_string("ui/words.html"),
        }
        headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html"}
        page.route("**/try/", lambda route: route.fulfill(body=text, headers=headers))
        for address, answer in answers.items():
            page.route(re.compile(rf"/{address}/(\?.*)?$"), answering(answer))
        page.goto("/try/")
        return page

    return make


def answering(answer):
    """A route's handler: the one given, or one that answers with what was given."""
    return answer if callable(answer) else lambda route: route.fulfill(**answer)


def html(body: str, status: int = 200) -> dict:
    return {"body": body, "status": status, "content_type": "text/html"}


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent.trim()")


def test_every_sentence_of_the_scripts_stands_among_the_words():
    words = set(re.findall(r'value="([a-z-]+)"', render_to_string("ui/words.html")))
    scripts = "\n".join(path.read_text() for path in JS.glob("*.js"))
    asked = set(re.findall(r'\bsay\(\s*"([a-z-]+)"', scripts))
    assert asked <= words
    assert {word for word in words if f'"{word}"' not in scripts} == set()


def test_a_dialog_opens_closes_by_escape_and_gives_the_focus_back(page_with):
    page = page_with(
        '<button data-opens="d">Open</button>'
        '<dialog id="d"><button data-closes>No</button></dialog>'
    )
    page.get_by_role("button", name="Open").press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert focused(page) == "Open"


def test_a_grave_act_is_done_only_after_yes(page_with):
    posted = []

    def act(route):
        posted.append(route.request.post_data)
        route.fulfill(**html("done"))

    page = page_with(
        '<form method="post" action="/act/"><button name="which" value="7" '
        'data-confirm="End it?" data-confirm-label="End">Go</button></form>',
        act=act,
    )
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("dialog")).to_contain_text("End it?")
    page.get_by_role("button", name="Cancel").click()
    assert posted == []
    page.get_by_role("button", name="Go").click()
    page.get_by_role("button", name="End", exact=True).click()
    expect(page.locator("body")).to_have_text("done")
    assert posted == ["which=7"]


@pytest.mark.parametrize(
    ("marked", "name", "kind"),
    [
        ("", "Hand over", "button--primary"),
        ('data-confirm-label="Yes"', "Yes", "button--primary"),
        ("data-confirm-danger", "Hand over", "button--danger"),
        ('class="button button--danger"', "Hand over", "button--danger"),
    ],
)
def test_an_answer_says_what_the_button_says_and_is_red_where_it_is(page_with, marked, name, kind):
    page = page_with(
        f'<form method="post" action="/"><button data-confirm="Now?" {marked}>Hand over</button>'
        "</form>"
    )
    page.get_by_role("button", name="Hand over").click()
    answer = page.get_by_role("dialog").get_by_role("button", name=name, exact=True)
    expect(answer).to_have_class(f"button {kind}")


def test_a_double_click_sends_a_form_once(page_with):
    sent = []

    def act(route):
        sent.append(route.request.method)
        route.fulfill(status=204)  # the page stays, so that its button can be looked at

    page = page_with('<form method="post" action="/act/"><button>Send</button></form>', act=act)
    page.get_by_role("button", name="Send").dblclick()
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    page.wait_for_timeout(200)
    assert sent == ["POST"]


PICKER = """<div data-picker data-src="/pick/"><label for="m">Manager</label>
<input type="text" id="m" name="manager_text"><input type="hidden" name="manager"></div>"""
FOUND = {
    "results": [
        {"value": "1", "label": "Ana <b>Ribeiro</b>", "hint": "Head"},
        {"value": "2", "label": "Anton", "hint": ""},
    ],
    "more": False,
}


def test_a_person_is_picked_by_keyboard_and_a_change_by_hand_undoes_it(page_with):
    page = page_with(PICKER, pick={"body": json.dumps(FOUND), "content_type": "application/json"})
    field = page.get_by_role("combobox", name="Manager")
    hidden = page.locator("[name=manager]")
    field.press_sequentially("An")
    expect(page.get_by_role("option")).to_have_count(2)
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text("Anton")
    field.press("ArrowUp")
    field.press("Enter")
    expect(field).to_have_value("Ana <b>Ribeiro</b>")
    expect(hidden).to_have_value("1")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press("x")
    expect(hidden).to_have_value("")
    expect(page.get_by_role("option")).to_have_count(2)
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press("Escape")
    expect(field).to_have_value("")


def test_a_select_becomes_a_picker_of_its_own_options(page_with):
    page = page_with(
        '<label for="s">Unit</label><select id="s" name="unit" data-picker-select>'
        '<option value=""></option><option value="1">Sales</option><option value="2">Legal</option>'
        "</select>"
    )
    page.get_by_role("combobox", name="Unit").press_sequentially("leg")
    page.get_by_role("option", name="Legal").click()
    expect(page.locator("[name=unit]")).to_have_value("2")


SEARCH = """<input aria-label="Other"><dialog id="search" data-search>
<form action="/search/" role="search"><input type="search" name="q" data-src="/search/"
aria-label="Search"><div data-search-results></div></form></dialog>"""


def test_search_opens_by_slash_but_not_while_typing_and_is_followed_by_keyboard(page_with):
    results = '<h2>People</h2><a role="option" href="/found/">Ana</a>'
    page = page_with(SEARCH, search=html(results), found=html("Ana's page"))
    page.get_by_label("Other").press("/")
    expect(page.get_by_label("Other")).to_have_value("/")
    page.get_by_label("Other").blur()
    page.keyboard.press("/")
    search = page.get_by_role("combobox", name="Search")
    expect(search).to_be_focused()
    search.press_sequentially("ana")
    expect(page.get_by_role("option", name="Ana")).to_be_visible()
    search.press("ArrowDown")
    search.press("Enter")
    expect(page.locator("body")).to_have_text("Ana's page")


def test_search_opens_by_control_k_everywhere(page_with):
    page = page_with(SEARCH)
    page.get_by_label("Other").press("Control+k")
    expect(page.get_by_role("combobox", name="Search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_filters_send_themselves_once_after_the_last_key(page_with):
    asked = []

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(**html("some people"))

    page = page_with(
        '<form data-filters method="get" action="/people/">'
        '<input name="q" aria-label="Name"></form>',
        people=answer,
    )
    page.get_by_label("Name").press_sequentially("ana", delay=20)
    expect(page.locator("body")).to_have_text("some people")
    assert [url.split("?")[1] for url in asked] == ["q=ana"]


ROWS = """<table><tbody data-rows>
<tr><td><a data-row href="/one/">One</a></td><td>first</td></tr>
<tr><td><a data-row href="/two/">Two</a></td><td>second</td></tr>
<tr><td><a data-row href="/three/">Three</a></td><td>third</td></tr></tbody></table>"""


def test_rows_are_walked_by_keys_and_opened_by_a_click_anywhere(page_with):
    page = page_with(ROWS, two=html("the second"))
    page.get_by_role("link", name="One").focus()
    seen = [page.keyboard.press(key) or focused(page) for key in ("ArrowDown", "End", "Home")]
    assert seen == ["Two", "Three", "One"]
    page.get_by_text("second").click()
    expect(page.locator("body")).to_have_text("the second")


def test_a_menu_closes_by_escape_and_by_a_click_outside(page_with):
    page = page_with(
        "<details data-menu><summary>Menu</summary><a href='#a'>A</a><a href='#b'>B</a></details>"
        "<p>Outside</p>"
    )
    page.get_by_text("Menu").press("ArrowDown")
    assert focused(page) == "A"
    page.keyboard.press("ArrowDown")
    assert focused(page) == "B"
    page.keyboard.press("Escape")
    assert focused(page) == "Menu"
    page.get_by_text("Menu").click()
    page.get_by_text("Outside").click()
    expect(page.locator("details")).not_to_have_attribute("open", "")


def test_a_toast_goes_by_itself_unless_it_holds_an_action_or_the_pointer(page_with):
    page = page_with(
        '<div data-toasts><p data-toast data-toast-seconds="0.4">Goes</p>'
        '<p data-toast data-toast-seconds="0.4">Hovered</p>'
        '<div data-toast data-toast-seconds="0.4">Stays <form method="post"><button>Undo</button>'
        "</form></div></div>"
    )
    page.get_by_text("Hovered").hover()
    expect(page.get_by_text("Goes")).to_have_count(0)
    page.wait_for_timeout(300)
    expect(page.get_by_text("Hovered")).to_have_count(1)
    page.get_by_text("Stays").get_by_role("button", name="Close").click()
    expect(page.get_by_text("Stays")).to_have_count(0)


TREE = """<ul role="tree" data-tree aria-label="Units">
<li role="none"><a role="treeitem" href="#1" aria-expanded="true">Company</a><ul role="group">
<li role="none"><a role="treeitem" href="#2" aria-expanded="false"
data-src="/branch/">Sales</a></li>
<li role="none"><a role="treeitem" href="#3">Finance</a></li>
<li role="none"><a role="treeitem" href="#4" aria-expanded="false">Legal</a><ul role="group">
<li role="none"><a role="treeitem" href="#5">Patents</a></li></ul></li></ul></li></ul>"""


def test_a_tree_is_walked_opened_and_searched_by_keyboard(page_with):
    branch = '<li role="none"><a role="treeitem" href="#6">Sales North</a></li>'
    page = page_with(TREE, branch=html(branch))
    page.keyboard.press("Tab")

    def after(key: str) -> str:
        page.keyboard.press(key)
        return focused(page)

    assert focused(page) == "Company"
    assert [after("ArrowRight"), after("ArrowDown"), after("f")] == ["Sales", "Finance", "Finance"]
    assert [after("End"), after("Home"), after("l")] == ["Legal", "Company", "Legal"]
    after("*")
    expect(page.get_by_text("Sales North")).to_be_visible()
    expect(page.get_by_text("Patents")).to_be_visible()
    assert [after("ArrowRight"), after("ArrowLeft"), after("ArrowLeft")] == [
        "Patents",
        "Legal",
        "Legal",
    ]
    expect(page.get_by_text("Patents")).to_be_hidden()
    assert after("ArrowLeft") == "Company"
    expect(page.locator('[role=treeitem][tabindex="0"]')).to_have_text("Company")


def test_progress_is_asked_for_until_it_is_done(page_with):
    answers = [
        '<p data-polls="/progress/" data-polls-every="0.1">50%</p>',
        "<p>Finished</p>",
    ]
    page = page_with(
        '<p data-polls="/progress/" data-polls-every="0.1">0%</p>',
        progress=lambda route: route.fulfill(**html(answers.pop(0))),
    )
    expect(page.get_by_text("Finished").first).to_be_visible()
    page.wait_for_timeout(300)
    assert answers == []
    expect(page.get_by_role("status")).to_have_text("Finished")


def test_progress_goes_on_when_the_server_was_away(page_with):
    answers = [html("", 503), html("<p>Finished</p>")]
    page = page_with(
        '<p data-polls="/progress/" data-polls-every="0.1">0%</p>',
        progress=lambda route: route.fulfill(**answers.pop(0)),
    )
    expect(page.get_by_text("Finished").first).to_be_visible()


def test_the_theme_changes_at_once_and_is_kept_in_a_cookie(page_with):
    page = page_with(
        '<form data-theme-switch method="post"><button name="theme" value="dark">Dark</button>'
        '<button name="theme" value="system">System</button></form>'
    )
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    assert {c["name"]: c["value"] for c in page.context.cookies()} == {"theme": "dark"}
    page.get_by_role("button", name="System").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "system")


def test_a_counter_speaks_when_room_is_short(page_with):
    page = page_with('<textarea aria-label="Text" data-counts data-limit="10"></textarea>')
    page.get_by_label("Text").fill("1234")
    expect(page.locator("output")).to_be_hidden()
    page.get_by_label("Text").fill("123456789")
    expect(page.locator("output")).to_have_text("Characters left: 1")
    page.get_by_label("Text").fill("123456789012")
    expect(page.locator("output")).to_have_text("Characters too many: 2")


def test_a_text_is_copied(page_with):
    page = page_with('<code id="c">abc</code><button data-copies="c">Copy</button>')
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "abc"


def test_leaving_with_unsent_changes_is_asked_about(page_with):
    page = page_with('<form data-guard method="post"><input aria-label="Text"></form>')
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("Text").fill("changed")
    page.reload()
    assert asked == ["beforeunload"]


PART = '<button hx-get="/part/" hx-target="#out">Get</button><div id="out">before</div>'


def test_a_failed_request_is_said_and_can_be_tried_again(page_with):
    answers = [html("", 500), html("<p>after</p>")]
    page = page_with(PART, part=lambda route: route.fulfill(**answers.pop(0)))
    page.get_by_role("button", name="Get").click()
    expect(page.get_by_role("alert")).to_contain_text("The server made a mistake")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#out")).to_have_text("after")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_lost_network_is_said(page_with):
    page = page_with(PART, part=lambda route: route.abort())
    page.get_by_role("button", name="Get").click()
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")


def test_a_refused_form_is_swapped_in(page_with):
    page = page_with(
        '<form hx-post="/act/"><button>Send</button></form>',
        act=html("<p>The weights add to 90%.</p>", 422),
    )
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("The weights add to 90%.")).to_be_visible()


def test_a_page_of_sign_in_is_never_swapped_into_another_page(page_with):
    page = page_with(PART, part={"status": 401, "body": ""})
    page.get_by_role("button", name="Get").click()
    expect(page.get_by_role("dialog")).to_contain_text("You have been signed out")
    expect(page.locator("#out")).to_have_text("before")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_form_sent_by_htmx_forgets_its_copy_and_begins_a_new_text(page_with):
    saved = []

    def draft(route):
        sent = route.request.post_data_json
        saved.append((sent["version"], sent["fields"]["text"][0]))
        is_stale = sent["version"] < 2 and sent["fields"]["text"][0] == "Second"
        held = {"version": 2 if is_stale else sent["version"] + 1, "saved_at": "2026-11-23T10:00Z"}
        route.fulfill(status=409 if is_stale else 200, json={**held, "fields": {}})

    page = page_with(
        '<form hx-post="/act/" hx-target="#out" '
        'data-autosave="k" data-autosave-url="/draft/"><textarea name="text" aria-label="Text">'
        '</textarea><button>Send</button></form><p id="out"></p>',
        head='<meta name="account" content="7">',
        act=html("sent"),
        draft=draft,
    )
    page.get_by_label("Text").fill("First")
    expect(page.locator("[data-autosave-state]")).to_contain_text("Saved")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#out")).to_have_text("sent")
    assert page.evaluate("Object.keys(localStorage)") == []
    page.get_by_label("Text").fill("Second")
    expect(page.locator("[data-autosave-state]")).to_contain_text("Saved")
    assert saved == [(0, "First"), (1, "Second"), (2, "Second")]
    expect(page.get_by_role("dialog")).to_have_count(0)
