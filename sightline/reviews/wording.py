"""What waits in reviews, and what peers said together, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.ui.words import number
from sightline.reviews.queries.waiting import Waiting
from sightline.reviews.rules import peers


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that waits, as ui/todo.html takes it."""

    title: str
    text: str
    href: str
    act: str
    icon: str = ""
    person: str = ""
    word: str = ""
    kind: str = ""
    due_on: date = date.max


def todo(one: Waiting, today: date) -> Todo:
    """A thing that waits, in words, with the way to it."""
    title, text, act = _words(one)
    is_about_another = one.act not in {"write_self", "nominate", "acknowledge", "calibrate"}
    return Todo(
        title=title,
        text=text,
        href=_way(one),
        act=act,
        icon="" if is_about_another else "file-text",
        person=one.about if is_about_another else "",
        word=_until(one.due_on, today),
        kind=_kind(one.due_on, today),
        due_on=one.due_on or date.max,
    )


def _words(one: Waiting) -> tuple[str, str, str]:
    name, cycle = one.about, one.cycle
    go_on = _("Continue") if one.begun else _("Write")
    told = {
        "write_self": (_("Write your self review"), cycle, go_on),
        "write_manager": (_("Write the review of %s") % name, cycle, go_on),
        "write_peer": (_("Say what it is like to work with %s") % name, cycle, go_on),
        "nominate": (_("Choose colleagues to be asked about you"), cycle, _("Choose")),
        "confirm_peers": (_("Confirm who is asked about %s") % name, cycle, _("Look")),
        "calibrate": (_("Compare the proposed ratings"), cycle, _("Open")),
        "share": (_("Share the review with %s") % name, cycle, _("Share")),
        "acknowledge": (_("Read your review"), cycle, _("Read")),
        "decide_appeal": (_("Decide the appeal of %s") % name, cycle, _("Decide")),
    }
    return told[one.act]


def _way(one: Waiting) -> str:
    names = {
        "nominate": "reviews:peers",
        "confirm_peers": "reviews:peers",
        "calibrate": "reviews:calibration",
        "share": "reviews:sharing",
        "acknowledge": "reviews:review",
        "decide_appeal": "reviews:appeal_decision",
    }
    return reverse(names.get(one.act, "reviews:form"), args=[one.key])


def _until(day: date | None, today: date) -> str:
    if day is None:
        return ""
    left = (day - today).days
    if left < 0:
        return _("Late")
    if left == 0:
        return _("Today")
    return _("Tomorrow") if left == 1 else _("In %d days") % left


def _kind(day: date | None, today: date) -> str:
    if day is None:
        return ""
    left = (day - today).days
    if left < 0:
        return "bad"
    return "warn" if left <= 2 else "info"


def peer_words(told: peers.Told) -> str:
    """What is told of the ratings of peers: "3.5", "4.5 or more", "1.5 or less"."""
    open_ends = {peers.HIGH: _("%s or more"), peers.LOW: _("%s or less")}
    return open_ends.get(told.end, "%s") % number(told.half_points / 2)
