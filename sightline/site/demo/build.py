"""Makes the company: the cast act by act, everybody else in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from sightline.foundation.core.dates import today as day_in
from sightline.foundation.identity.actions import NewAccount, create_accounts
from sightline.foundation.identity.demo import DemoPerson
from sightline.foundation.ledger.events import House
from sightline.people.actions.employments import connect_account
from sightline.site.demo import enact
from sightline.site.demo.book import COMPANY, read_book
from sightline.site.demo.calendar import Calendar
from sightline.site.demo.cast import FOUNDER, UNITS, Member, the_cast
from sightline.site.demo.conversations import converse
from sightline.site.demo.decisions import decide
from sightline.site.demo.development import develop_cast, develop_crowd
from sightline.site.demo.goals import tell_goals
from sightline.site.demo.grow import grow
from sightline.site.demo.reviews import review_everybody
from sightline.site.demo.strategy import write_strategy

PASSWORD = "larkfield-demo"  # noqa: S105 - of people who do not exist, in a demo that says so


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What was made: how many people, and who can sign in."""

    people: int
    can_sign_in: Sequence[DemoPerson]


@transaction.atomic
def build(size: int = 200, seed: int = 1, today: date | None = None) -> DemoReport:
    """Make the demo company of so many people, as of today; the same seed, the same company."""
    day = today or day_in()
    company = _people_of_the_cast(day)
    members, calendar = the_cast(day), Calendar(day)
    added = grow(company.hand(), members.values(), size, seed, calendar)
    write_strategy(calendar)
    tell_goals(company.hand(), calendar)
    cast = {key: company.people[one.history.number] for key, one in members.items()}
    converse(company.hand(), cast, seed, calendar)
    develop_crowd(company.hand(), company.people.values(), calendar, seed)
    review_everybody(company.hand(), cast, seed, calendar)
    decide(cast, calendar)
    return DemoReport(people=len(company.people) + added, can_sign_in=people_who_can_sign_in())


@transaction.atomic
def build_cast(today: date | None = None) -> enact.Company:
    """Make the small company of the cast, in an empty database, by ordinary actions only."""
    day = today or day_in()
    company = _people_of_the_cast(day)
    write_strategy(Calendar(day), small=True)
    return company


def _people_of_the_cast(day: date) -> enact.Company:
    cast, calendar, book = the_cast(day), Calendar(day), read_book()
    company = enact.found(cast[FOUNDER].history, on=calendar.founding)
    enact.set_up(company, book)
    enact.open_units(company, book, UNITS)
    enact.live(company, [one.history for one in cast.values() if not one.from_outside])
    for member in cast.values():
        if member.from_outside:
            enact.admit(company, member.history)
    _give_accounts(company, cast.values())
    enact.hand_over(company, on=calendar.month(-117))
    by_key = {key: company.people[one.history.number] for key, one in cast.items()}
    develop_cast(company.hand(), by_key, calendar)
    return company


def _give_accounts(company: enact.Company, members: Iterable[Member]) -> None:
    with_account = [member for member in members if member.has_account]
    wanted = [_account_of(member) for member in with_account]
    for member, account in zip(with_account, create_accounts(by=House(), new=wanted), strict=True):
        number = member.history.number
        connect_account(by=company.hand(number), employee=company.people[number], account=account)


def _account_of(member: Member) -> NewAccount:
    details = member.history.details
    return NewAccount(
        email=details.email,
        name=details.name,
        password=PASSWORD,
        confirmed=True,
        time_zone=details.time_zone,
    )


def people_who_can_sign_in() -> list[DemoPerson]:
    """The cast, but for those who have left or have no account. Offered by demo mode only."""
    day = day_in()
    return [
        DemoPerson(member.history.details.email, member.history.details.name, member.what)
        for member in the_cast(day).values()
        if member.has_account and not _has_left(member, day)
    ]


def _has_left(member: Member, day: date) -> bool:
    stays = member.history.stays
    return bool(stays) and stays[-1].until_on <= day


def sign_in_lines() -> list[str]:
    """What `sightline demo` and `sightline serve` print."""
    people = people_who_can_sign_in()
    width = max(len(person.email) for person in people)
    return [
        f"{COMPANY} is a demo company. Sign in as any of these with the password {PASSWORD}:",
        *(f"  {person.email:{width}}  {person.what}" for person in people),
    ]
