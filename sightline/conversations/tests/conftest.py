"""Two who talk, something said, and short ways to get there."""

from __future__ import annotations

import pytest

from sightline.conversations.actions import agenda, feedback, meetings, requests, series
from sightline.conversations.actions.feedback import Words
from sightline.conversations.models import Feedback
from sightline.conversations.policies import feedback_visible_to
from sightline.foundation.core.spans import Span
from sightline.goals.models import Goal
from sightline.goals.tests.making import a_period, agreed
from sightline.people.viewer import viewer_as

WORDS = Words("On Tuesday night", "You held the file back", "No shop sold at a wrong price")


class Talks:
    """Acts of the cast in few words. By default Ana talks with Tomás."""

    def __init__(self, company) -> None:
        self.company = company
        self.today = company.today

    def begun(self, by="ana", partner="tomas", *, days_ago=60, cadence=14, purpose="One-to-one"):
        return series.open_series(
            by=self.company.viewer(by),
            partner=self.company.people[partner],
            purpose=purpose,
            cadence_days=cadence,
            on=self.company.calendar.days(-days_ago),
        )

    def planned(self, row, *, days_ago=0, by="ana"):
        day = self.company.calendar.days(-days_ago)
        return meetings.plan_meeting(by=self.company.viewer(by), series=row, meets_on=day)

    def held(self, row, *, days_ago=0, by="ana"):
        meeting = self.planned(row, days_ago=days_ago, by=by)
        meetings.hold_meeting(by=self.company.viewer(by), meeting=meeting)
        return meeting

    def point(self, row, text="The vendor contact", by="ana", at=None):
        return agenda.raise_point(by=self.company.viewer(by), series=row, text=text, at=at)

    def promised(self, row, text="Ask Finance", *, who="ana", by="ana", due=None, at=None):
        return agenda.promise(
            by=self.company.viewer(by),
            series=row,
            who=self.company.people[who],
            text=text,
            due_on=self.company.calendar.days(due) if due is not None else None,
            at=at,
        )

    def said(self, by="ana", to="tomas", *, kind="praise", readers="subject", words=WORDS, **more):
        return feedback.give_feedback(
            by=self.company.viewer(by),
            subject=self.company.people[to],
            words=words,
            kind=kind,
            readers=readers,
            **more,
        )

    def asked(self, by="tomas", of="mei", about=None, question="What could be plainer?"):
        people = self.company.people
        return requests.ask_for_feedback(
            by=self.company.viewer(by),
            asked=people[of],
            about=people[about or by],
            question=question,
        )

    def readers_of(self, said: Feedback) -> set[str]:
        """Who of the cast reads a piece, by the policy."""
        found = set()
        for key, person in self.company.people.items():
            viewer = viewer_as(person)
            rows = Feedback.objects.filter(feedback_visible_to(viewer)) if viewer else []
            if viewer and rows.filter(pk=said.pk).exists():
                found.add(key)
        return found


@pytest.fixture
def private_goal(company) -> Goal:
    """A goal of which only Tomás and Ana know, who agreed on it."""
    tomas, ana = company.viewer("tomas"), company.viewer("ana")
    told = {"title": "Imports that arrive", "visibility": "private"}
    return agreed(tomas, ana, a_period(company), **told)


@pytest.fixture
def year(company) -> Span:
    """The days up to today."""
    return Span(company.calendar.days(-365), company.calendar.days(1))


@pytest.fixture
def talks(company) -> Talks:
    return Talks(company)


@pytest.fixture
def ana(company):
    return company.client("ana")


@pytest.fixture
def tomas(company):
    return company.client("tomas")
