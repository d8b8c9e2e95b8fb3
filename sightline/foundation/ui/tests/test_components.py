"""What the tags and the shared templates write."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.template.loader import render_to_string

from sightline.foundation.access.decisions import Allowed, Denied


def written(template, **context):
    return Template(template).render(Context(context))


def test_an_icon_is_hidden_from_screen_readers():
    html = written('{% icon "users" %}')
    assert html.startswith("<svg")
    assert 'aria-hidden="true"' in html
    assert "style=" not in html


def test_an_avatar_beside_a_name_is_silent_and_alone_speaks():
    person = SimpleNamespace(name="Ana <b>Ribeiro</b>")
    assert 'aria-hidden="true"' in written("{% avatar person %}", person=person)
    html = written("{% avatar person alone=True %}", person=person)
    assert 'aria-label="Ana &lt;b&gt;Ribeiro&lt;/b&gt;"' in html


def test_a_panel_holds_what_is_inside_and_escapes_its_title():
    html = written(
        '{% panel title=title meta="4" %}<p>{{ inside }}</p>{% endpanel %}',
        title="<Needs you>",
        inside="<i>",
    )
    assert "&lt;Needs you&gt;" in html
    assert "<p>&lt;i&gt;</p>" in html


def test_a_bar_says_what_it_shows():
    html = written("{% bar 71 plan=62 kind='good' %}")
    assert 'aria-label="71% done, plan 62%"' in html
    assert 'width="71%"' in html


def test_a_bar_without_a_plan_has_no_tick():
    html = render_to_string("ui/meter.html", {"label": "Goals", "value": 40})
    assert "bar__plan" not in html
    assert 'aria-label="Goals: 40% done"' in html


def test_a_picture_is_written_with_full_stops_in_every_language():
    from django.utils import translation

    with translation.override("de"):
        assert 'width="33.33%"' in written("{% bar value %}", value=100 / 3)


def test_a_refused_act_stays_visible_and_says_why():
    html = render_to_string(
        "ui/button.html", {"label": "End", "href": "/end/", "may": Denied("Only HR can.")}
    )
    assert 'aria-disabled="true"' in html
    assert "Only HR can." in html
    assert "/end/" not in html


def test_a_tab_alone_is_not_shown():
    tabs = [{"label": one, "url": f"/{one}/", "current": one == "now"} for one in ("now", "then")]
    assert "aria-current" in render_to_string("ui/tabs.html", {"tabs": tabs})
    for few in (tabs[:1], []):
        assert "nav" not in render_to_string("ui/tabs.html", {"tabs": few})


def test_an_allowed_act_is_a_link():
    html = render_to_string("ui/button.html", {"label": "End", "href": "/end/", "may": Allowed()})
    assert 'href="/end/"' in html


def test_what_was_done_can_be_undone_from_the_message():
    message = Message(messages.SUCCESS, "Goal dropped.", extra_tags="undo:/goals/4/undo/")
    html = render_to_string("ui/messages.html", {"messages": [message], "csrf_token": "t"})
    assert 'action="/goals/4/undo/"' in html
    assert "toast--good" in html


@pytest.mark.parametrize(
    ("level", "tone"),
    [
        (messages.INFO, ""),
        (messages.SUCCESS, "good"),
        (messages.WARNING, "warn"),
        (messages.ERROR, "bad"),
    ],
)
def test_a_message_has_the_look_of_its_level(level, tone):
    html = render_to_string("ui/messages.html", {"messages": [Message(level, "Said")]})
    assert f"toast--{tone}" in html
    assert "<form" not in html


@pytest.mark.parametrize(
    ("asked", "next_sort", "state"),
    [
        ("", "sort=name", "none"),
        ("name", "sort=-name", "ascending"),
        ("-name", "sort=name", "descending"),
    ],
)
def test_the_head_of_a_column_turns_the_order_and_starts_the_list_again(
    rf, asked, next_sort, state
):
    request = rf.get("/", {"sort": asked, "unit": "3", "after": "x"})
    html = written('{% sort_head "name" "Name" %}', request=request)
    assert f'aria-sort="{state}"' in html
    assert next_sort in html
    assert "unit=3" in html
    assert "after" not in html


def test_a_link_to_this_very_page_is_marked(rf):
    template = '<a href="/people/" {% current_if "/people/" %}>'
    assert 'aria-current="page"' in written(template, request=rf.get("/people/"))
    assert "aria-current" not in written(template, request=rf.get("/chart/"))


def test_long_work_asks_again_until_it_is_done():
    running = {"label": "Import", "state": "running", "done": 3, "total": 9, "url": "/jobs/1/"}
    assert 'data-polls="/jobs/1/"' in render_to_string("ui/progress.html", running)
    assert "data-polls" not in render_to_string("ui/progress.html", running | {"state": "done"})


def test_a_tree_marks_what_opens_and_where_one_is():
    nodes = [
        {
            "label": "A",
            "href": "#a",
            "open": True,
            "children": [
                {"label": "B", "href": "#b", "here": True},
                {"label": "C", "href": "#c", "source": "/c/"},
            ],
        }
    ]
    html = render_to_string("ui/tree.html", {"nodes": nodes, "label": "Units"})
    assert html.count('role="treeitem"') == 3
    assert html.count('aria-expanded="true"') == 1
    assert 'data-src="/c/"' in html
    assert html.count('aria-current="page"') == 1


def test_the_last_page_of_a_list_offers_no_more():
    assert "hx-get" not in render_to_string("ui/more.html", {"url": "", "rows": "people"})


def test_a_moment_that_is_a_day_has_no_hour():
    html = written("{% moment day %}", day=date(2026, 11, 22))
    assert html == '<time datetime="2026-11-22">22 November 2026</time>'
