"""What people of the demo company say to each other, ask each other, and note for themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sightline.conversations import rules
from sightline.conversations.actions.feedback import Words, give_feedback, note_readings
from sightline.conversations.actions.notes import keep_note
from sightline.conversations.actions.past import PastFeedback, bring_in_feedback
from sightline.conversations.actions.requests import ask_for_feedback, decline
from sightline.conversations.models import Feedback, FeedbackRequest, Meeting, Series
from sightline.people.models import Assignment, Competency, Employee
from sightline.people.viewer import Viewer, viewer_as
from sightline.site.demo.book import toml
from sightline.site.demo.calendar import Calendar
from sightline.site.demo.talks import at

UNREAD_DAYS = 10
"""What the cast was told more lately than this is still to be read."""
SETTLED_IN = timedelta(days=25)
"""Nobody says anything about somebody whom he has not known for that long."""
LONGEST_AGO = timedelta(days=500)
CODE = re.compile(r"^(?:(?P<house>H\d+)-)?(?P<post>[A-Z]+-[A-Z]+)(?:-\d+)?$")

Post = tuple[str, str]
"""A house ("" for the first one) and the code of a kind of post or of a unit in it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What everything said leans on: the days, and the competencies by code."""

    calendar: Calendar
    competencies: Mapping[str, Competency]


def setting_of(calendar: Calendar) -> Setting:
    """The setting of today's company."""
    return Setting(calendar, {one.code: one for one in Competency.objects.all()})


@dataclass(slots=True)
class Seated:
    """Who holds which posts today, by house."""

    by_post: dict[Post, list[Assignment]] = field(default_factory=dict)
    by_unit: dict[Post, list[Assignment]] = field(default_factory=dict)
    by_manager: dict[int, list[Assignment]] = field(default_factory=dict)
    by_person: dict[int, Assignment] = field(default_factory=dict)

    def add(self, row: Assignment) -> None:
        """Note a post that is held."""
        self.by_person[row.employee_id] = row
        self.by_manager.setdefault(row.manager_id or 0, []).append(row)
        if found := CODE.match(row.position.code):
            house, post = found["house"] or "", found["post"]
            self.by_post.setdefault((house, post), []).append(row)
            self.by_unit.setdefault((house, post.split("-")[0]), []).append(row)

    def speakers(
        self, subject: Assignment, house: str, piece: Mapping[str, str]
    ) -> list[Assignment]:
        """Who could say a piece about somebody."""
        told_by = piece["from"]
        if told_by == "manager":
            manager = self.by_person.get(subject.manager_id or 0)
            return [manager] if manager else []
        if told_by == "report":
            return self.by_manager.get(subject.employee_id, [])
        unit = piece["to"].split("-")[0] if told_by == "peer" else told_by
        found = self.by_unit.get((house, unit), [])
        if told_by == "peer":
            found = [one for one in found if one.employee_id != subject.manager_id]
        return [one for one in found if one.employee_id != subject.employee_id]


def say_in_the_crowd(by: Viewer, seed: int, calendar: Calendar) -> int:
    """Let each piece be said once in each house, to somebody in the post that it is about."""
    seated = Seated()
    rows = Assignment.objects.on(calendar.today).select_related("employee", "position")
    for row in rows.order_by("employee"):
        seated.add(row)
    pieces = toml("feedback_crowd")["said"]
    return bring_in_feedback(by=by, given=_crowd(seated, pieces, seed, setting_of(calendar)))


def _crowd(
    seated: Seated, pieces: Sequence[Mapping[str, str]], seed: int, setting: Setting
) -> Iterator[PastFeedback]:
    for house in sorted({house for house, _post in seated.by_post}):
        dice = Random(f"{seed}/feedback/{house}")  # noqa: S311 - a play of chance
        for piece in pieces:
            holders = seated.by_post.get((house, piece["to"]), [])
            subject = dice.choice(holders) if holders else None
            speakers = seated.speakers(subject, house, piece) if subject else []
            if subject and speakers:
                said = _said(subject, dice.choice(speakers), piece, dice, setting)
                yield from [said] if said else []


def _said(
    subject: Assignment,
    author: Assignment,
    piece: Mapping[str, str],
    dice: Random,
    setting: Setting,
) -> PastFeedback | None:
    known = max(subject.from_on, author.from_on) + SETTLED_IN
    earliest = max(known, setting.calendar.today - LONGEST_AGO)
    days = (setting.calendar.days(-3) - earliest).days
    if days < 0:
        return None
    given_at = at(_weekday(earliest + timedelta(days=dice.randint(0, days))), dice)
    read_at = given_at + timedelta(days=dice.randint(0, 4), hours=2)
    is_read = dice.random() < 0.94 and read_at.date() < setting.calendar.today
    readers = piece["readers"]
    if readers == rules.MANAGER and subject.manager_id in (None, author.employee_id):
        readers = rules.SUBJECT
    return PastFeedback(
        author=author.employee,
        subject=subject.employee,
        words=_words(piece),
        kind=piece["kind"],
        readers=readers,
        given_at=given_at,
        competency=setting.competencies[piece["shows"]],
        manager_id=subject.manager_id,
        unit_id=subject.position.unit_id,
        read_at=read_at if is_read else None,
    )


def say_in_the_cast(by: Viewer, cast: Mapping[str, Employee], calendar: Calendar) -> None:
    """Let the cast say, ask and note what the book has for them, each in his own name."""
    setting = setting_of(calendar)
    viewers = {key: viewer_as(one) for key, one in cast.items()}
    said = toml("feedback")["said"]
    for piece in sorted(said, key=lambda one: -one["days"]):
        author, subject = viewers[piece["from"]], viewers[piece["to"]]
        if author and author.is_employed and subject and subject.is_employed:
            _say(author, subject, piece, setting)
        else:
            bring_in_feedback(by=by, given=[_of_a_leaver(cast, piece, setting)])
    talks = toml("talks")
    for row in talks["asked"]:
        _ask(viewers, cast, row, setting)
    for row in talks["note"]:
        _note(viewers, cast, row)


def _say(
    author: Viewer, subject: Viewer, piece: Mapping[str, Any], setting: Setting, **more: Any
) -> Feedback:
    given_at = _ago(piece["days"], setting)
    feedback = give_feedback(
        by=author,
        subject=subject.employee,
        words=_words(piece),
        kind=piece["kind"],
        readers=piece["readers"],
        competency=setting.competencies[piece["shows"]],
        at=given_at,
        **more,
    )
    if piece["days"] > UNREAD_DAYS:
        note_readings(by=subject, feedback=[feedback], at=given_at + timedelta(hours=5))
    return feedback


def _of_a_leaver(
    cast: Mapping[str, Employee], piece: Mapping[str, Any], setting: Setting
) -> PastFeedback:
    given_at = _ago(piece["days"], setting)
    subject = cast[piece["to"]]
    posts = Assignment.objects.on(given_at.date()).select_related("position")
    post = posts.get(employee=subject)
    return PastFeedback(
        author=cast[piece["from"]],
        subject=subject,
        words=_words(piece),
        kind=piece["kind"],
        readers=piece["readers"],
        given_at=given_at,
        competency=setting.competencies[piece["shows"]],
        manager_id=post.manager_id,
        unit_id=post.position.unit_id,
        read_at=given_at + timedelta(hours=5),
    )


def _ask(
    viewers: Mapping[str, Viewer | None],
    cast: Mapping[str, Employee],
    row: Mapping[str, Any],
    setting: Setting,
) -> None:
    asker, asked, about = viewers[row["by"]], viewers[row["of"]], viewers[row["about"]]
    if not (asker and asked and about and asker.is_employed and asked.is_employed):
        return
    request: FeedbackRequest = ask_for_feedback(
        by=asker,
        asked=cast[row["of"]],
        about=cast[row["about"]],
        question=row["question"],
        at=_ago(row["days"], setting),
    )
    if reason := row.get("declined"):
        decline(by=asked, request=request, reason=reason, at=_ago(row["days"] - 1, setting))
    if answer := row.get("answer"):
        _say(asked, about, answer, setting, answers=request)


def _note(
    viewers: Mapping[str, Viewer | None], cast: Mapping[str, Employee], row: Mapping[str, Any]
) -> None:
    """A private note on the last talk that was held, written by its writer and nobody else."""
    author = viewers[row["by"]]
    one, other = sorted((cast[row["by"]].pk, cast[row["with"]].pk))
    series = Series.objects.filter(one=one, other=other).last()
    meeting = Meeting.objects.filter(series=series, stage=Meeting.Stage.HELD).first()
    if author and meeting:
        keep_note(by=author, meeting=meeting, text=row["text"])


def _words(piece: Mapping[str, Any]) -> Words:
    return Words(piece["situation"], piece["behaviour"], piece["impact"])


def _ago(days: int, setting: Setting) -> datetime:
    return at(_weekday(setting.calendar.days(-days)), None)


def _weekday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
