"""What the gallery shows: made-up people and figures, with the long, the empty and the wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest

from sightline.foundation.access.decisions import Denied
from sightline.foundation.ui.advice.telling import Advice
from sightline.foundation.ui.forms import Day, PickerField, Scale
from sightline.foundation.ui.theme import THEMES, chosen_theme

LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Papadimitropoulou Maria del Carmen"
PEOPLE = [
    ("Mei Chen", "last 1:1 9 days ago", "Change proposed", "info"),
    ("João Costa", "1:1 today", "On track", "good"),
    ("Tomás Silva", "last 1:1 26 days ago", "Behind", "bad"),
    ("陈美", "praised by 3 people", "Ahead", "good"),
    ("محمد علي", "no check-in for 3 weeks", "Quiet", "warn"),
    (LONG_NAME, "a very long line about this person that has to wrap somewhere", "Not started", ""),
]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name", max_length=200, help_text="As the person writes it.")
    starts_on = forms.DateField(label="Starts on", widget=Day)
    unit = forms.ChoiceField(
        label="Unit", choices=[("", "Choose"), ("1", "Platform"), ("2", "Sales Europe")]
    )
    manager = PickerField(label="Manager", required=False)
    email = forms.EmailField(label="E-mail")
    why = forms.CharField(label="Why it matters", max_length=200, widget=forms.Textarea)
    visibility = forms.ChoiceField(
        label="Who may see it",
        widget=forms.RadioSelect,
        choices=[("line", "You and your reporting line"), ("all", "Everyone who works here")],
    )
    ownership = forms.ChoiceField(
        label="Ownership",
        help_text="Sees a problem through to its end, also when it began elsewhere.",
        widget=Scale(
            anchors={
                "1": "Waits to be told",
                "3": "Finishes what he begins",
                "5": "Others learn it from him",
            }
        ),
        choices=[
            ("1", "Falls short"),
            ("2", "Partly meets"),
            ("3", "Meets"),
            ("4", "Exceeds"),
            ("5", "Role model"),
        ],
    )
    agreed = forms.BooleanField(label="Both of us have read it", required=False)
    file = forms.FileField(label="File", required=False, help_text="CSV or XLSX, up to 50 MB.")


class FilterForm(forms.Form):
    """What narrows a list."""

    q = forms.CharField(label="Name", required=False)
    unit = forms.ChoiceField(
        label="Unit", required=False, choices=[("", "All"), ("1", "Platform"), ("2", "Sales")]
    )


def filled_form() -> SampleForm:
    """As it is when somebody comes back to it."""
    return SampleForm(
        initial={
            "name": "Priya Nair",
            "starts_on": date(2026, 11, 2),
            "unit": "1",
            "why": "Customers leave when the checkout fails.",
            "ownership": "4",
            "visibility": "line",
        }
    )


def wrong_form() -> SampleForm:
    """As it comes back when it was refused, with what was typed."""
    form = SampleForm(
        {
            "name": LONG_NAME * 4,
            "starts_on": "2027-02-29",
            "manager_text": "Anna",
            "email": "nobody",
            "why": "x" * 230,
            "ownership": "9",
        },
        prefix=None,
        auto_id="wrong_%s",
    )
    form.add_error(None, "The weights add to 90%, they must add to 100%.")
    return form


def entry(label: str, icon: str, *, current: bool = False, count: int = 0) -> dict[str, Any]:
    """A place of the navigation."""
    return {"label": label, "icon": icon, "url": "#", "is_current": current, "count": count}


def sample_shell(request: HttpRequest) -> dict[str, Any]:
    """The frame as a manager sees it; ?theme= and ?dir= choose how."""
    home = entry("Home", "house")
    people = entry("People", "users-round", current=True)
    chart = entry("Organisation chart", "network")
    notices = entry("Notices", "bell", count=3)
    theme = request.GET.get("theme", chosen_theme(request))
    return {
        "theme": theme if theme in {"light", "dark"} else "",
        "direction": "rtl" if request.GET.get("dir") == "rtl" else "ltr",
        "themes": THEMES,
        "theme_url": "/theme/",
        "here": "/gallery/",
        "home_url": "/",
        "search_url": "/search/",
        "sign_out_url": "/accounts/logout/",
        "sections": [
            {"title": "You", "entries": [home, entry("My page", "user-round"), notices]},
            {"title": "Team", "entries": [entry("My team", "users", count=8)]},
            {
                "title": "Organisation",
                "entries": [people, chart, entry("Units", "building-2")],
            },
        ],
        "places": [home, people, {**chart, "label": "Chart"}, notices],
        "me": {
            "name": "Ana Ribeiro",
            "line": "ana@example.org",
            "links": [entry("My page", "user-round"), entry("Settings", "settings")],
        },
    }


def samples() -> dict[str, Any]:
    """Everything that the gallery's templates take."""
    at = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)
    return {**people_and_forms(at), **lists(), **threads(at), **pictures(), **ways()}


def people_and_forms(at: datetime) -> dict[str, Any]:
    """What stands alone: people, forms, an instant and its day."""
    return {
        "advice": [
            Advice("target", "Say where the number is to come to."),
            Advice("vague:Improve", "“Improve” says little: say how much, or what will be seen."),
        ],
        "people": [
            {"name": name, "line": line, "word": word, "kind": kind}
            for name, line, word, kind in PEOPLE
        ],
        "denied": Denied("Only the person’s manager can do that."),
        "form": filled_form(),
        "wrong": wrong_form(),
        "filter": FilterForm(auto_id="filter_%s"),
        "at": at,
        "day": at.date(),
    }


def lists() -> dict[str, Any]:
    """What waits, and the figures above it."""
    return {
        "todo": [
            {
                "title": "Write Tomás Silva’s mid-year review",
                "text": "Draft saved · 4 of 7 answered · evidence for 6 months is beside the form",
                "icon": "file-text",
                "word": "Due Thu",
                "kind": "warn",
                "act": "Continue",
                "href": "#review",
            },
            {
                "title": "Mei Chen proposed a change to “Cut checkout errors”",
                "text": "Target 0.4% → 0.6%, because the payments move slipped to Q1",
                "person": "Mei Chen",
                "word": "2 days",
                "kind": "info",
                "act": "Answer",
                "href": "#goal",
            },
            {
                "title": "1:1 with João Costa, today 15:00",
                "text": "3 agenda points · 1 action open since 6 Nov",
                "icon": "message-square",
                "word": "Today",
                "kind": "info",
                "act": "Open",
                "href": "#talk",
            },
        ],
        "figures": [
            {
                "label": "Unity of goals",
                "value": "78%",
                "note": "of effort lies where the strategy wants it · +6 since Q3",
                "href": "#unity",
            },
            {"label": "Effort with a line of sight", "value": "91%", "note": "64 people without"},
            {"label": "Positions covered", "value": "9 / 9", "note": "units, 203 of 211 positions"},
            {"label": "Wrong", "value": "7", "kind": "bad", "note": "must be mended first"},
        ],
    }


def threads(at: datetime) -> dict[str, Any]:
    """What hangs together: causes, stages, evidence, a history."""
    return {
        "thread": [
            {"note": "Strategy 2027", "label": "Win on customer experience", "href": "#a"},
            {"note": "Product · Rui Alves", "label": "Payments people trust", "href": "#b"},
            {"note": "Platform · Ana Ribeiro", "label": "Checkout served from two regions"},
            {"note": "Mei Chen", "label": "Cut checkout errors"},
        ],
        "stages": [
            {"label": "Self review", "note": "2 – 13 Nov · 96%"},
            {"label": "Peers, reports", "note": "9 – 20 Nov · 81%"},
            {"label": "Managers", "note": "16 – 27 Nov · 42%"},
            {"label": "Calibration", "note": "30 Nov – 4 Dec"},
            {"label": "Shared", "note": "14 Dec"},
        ],
        "evidence": [
            {
                "key": "F",
                "text": "He stayed on the incident after his shift and handed over in writing.",
                "quote": True,
                "source": "Mei Chen",
                "at": at.date(),
            },
            {
                "key": "G",
                "title": "Nightly import below 20 minutes",
                "href": "#g",
                "text": "Agreed 3 Jul, changed once (2 Sep, both agreed), closed 30 Sep",
            },
            {"icon": "check", "kind": "good", "text": "Goals agreed by both sides, 3 of 3"},
            {"key": "!", "kind": "warn", "text": "Right of reply offered to the person"},
        ],
        "history": [
            {
                "at": at.date(),
                "title": "Moved to Platform as Engineer III",
                "text": "From Payments, on her own wish",
                "by": "Ana Ribeiro",
                "now": True,
            },
            {"at": date(2024, 3, 1), "title": "Engineer II, Payments", "href": "#p"},
            {"when": "March 2023", "title": "Joined"},
        ],
    }


def pictures() -> dict[str, Any]:
    """What is drawn, with the facts beside it."""
    return {
        "facts": [
            {"term": "Position", "text": "Senior Engineer", "href": "#position"},
            {"term": "From", "text": "1 January 2027"},
            {"term": "Salary", "text": "€ 61,000 → € 67,500", "note": "compa 0.96"},
            {"term": "Dotted line", "text": ""},
        ],
        "levels": [
            {"name": "Ownership", "shown": 3.3, "low": 3.0, "high": 3.6, "needed": 3},
            {"name": "Craft", "shown": 3.9, "low": 3.65, "high": 4.15, "needed": 4},
            {"name": "Teaching", "shown": 2.1, "low": 1.6, "high": 2.6, "needed": 3},
        ],
        "rated": [
            ("Falls short", 3),
            ("Partly meets", 18),
            ("Meets", 64),
            ("Exceeds", 31),
            ("Role model", 9),
        ],
        "expected": [4.0, 20.0, 70.0, 25.0, 6.0],
        "one_value": [0.7],
        "consequences": [
            "He can no longer sign in from 1 December.",
            "His 4 reports need a manager: they are listed on your home page.",
        ],
        "course": [1.2, 1.18, 1.1, 0.95, None, 0.88, 0.8, 0.7],
    }


def ways() -> dict[str, Any]:
    """The ways through a page and through the organisation."""
    return {
        "tabs": [
            {"label": "Now", "url": "#now", "current": True},
            {"label": "Goals", "url": "#goals", "count": "3/3"},
            {"label": "Reviews", "url": "#reviews"},
            {"label": "History", "url": "#history"},
        ],
        "crumbs": [{"label": "Company", "url": "#"}, {"label": "Product", "url": "#"}],
        "tree": [
            {
                "label": "Sightline Company",
                "note": "712 people",
                "href": "#u1",
                "open": True,
                "children": [
                    {
                        "label": "Product",
                        "note": "96",
                        "href": "#u2",
                        "open": True,
                        "children": [
                            {"label": "Platform", "note": "131", "href": "#u3", "here": True},
                            {"label": "Payments", "note": "12", "href": "#u4"},
                        ],
                    },
                    {"label": "Sales Europe", "note": "142", "href": "#u5", "source": "#"},
                ],
            }
        ],
    }
