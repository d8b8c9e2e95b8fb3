"""The cast: people of a small company, each there for a reason, whom everybody here knows by name.

Tests, screenshots and the guide speak of them; the demo company is theirs, with more people in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sightline.people.actions.employments import Details
from sightline.people.actions.histories import (
    AlsoUnder,
    Away,
    History,
    Holds,
    InPost,
    Paid,
    Stay,
)
from sightline.people.models import Role
from sightline.site.demo.book import DOMAIN
from sightline.site.demo.calendar import Calendar
from sightline.site.demo.names import places

UNITS = ("LARK", "TECH", "PLAT", "DATA", "CUST", "CARE", "PEOPLE")
FOUNDER = "ruth"


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast: a key, what there is to see in this person's place, and the history."""

    key: str
    what: str
    history: History
    has_account: bool = True
    from_outside: bool = False


def the_cast(today: date) -> dict[str, Member]:
    """The cast by key, as seen from a day; managers come before those who report to them."""
    calendar = Calendar(today)
    members = [*_leaders(calendar), *_platform(calendar), *_others(calendar)]
    numbers = {member.key: member.history.number for member in members}
    return {member.key: _by_number(member, numbers) for member in members}


def _person(key: str, number: int, name: str, place: str, **more: str) -> Details:
    return Details(
        number=str(number),
        name=name,
        email=f"{key}@{DOMAIN}",
        location=place,
        time_zone=places()[place].zone,
        **{"known_as": name.split()[0]} | more,
    )


def _member(
    key: str,
    what: str,
    details: Details,
    posts: Iterable[InPost],
    pays: Iterable[tuple[date, int]],
    roles: Iterable[Holds] = (),
) -> Member:
    return Member(
        key=key,
        what=what,
        history=History(
            details=details,
            stays=(Stay(tuple(posts)),),
            pays=tuple(Paid(on, Decimal(amount)) for on, amount in pays),
            roles=tuple(roles),
        ),
    )


def _leaders(calendar: Calendar) -> list[Member]:
    return [*_heads(calendar), *_leads_of_teams(calendar)]


def _heads(calendar: Calendar) -> list[Member]:
    """Those who lead the company and its divisions."""
    month = calendar.month
    return [
        _member(
            "nkechi",
            "Chief executive: sees the whole company",
            _person("nkechi", 10002, "Nkechi Obi", "Lisbon"),
            [InPost(month(-120), "LARK-CHIEF", "")],
            [(month(-36), 205_000), (month(-10), 218_000)],
            [
                Holds(Role.EXECUTIVE, month(-120)),
                Holds(Role.UNIT_LEAD, month(-120), "LARK"),
            ],
        ),
        _member(
            "leo",
            "Head of Technology: leads a division and its leads",
            _person("leo", 10040, "Leo Brandt", "Remote, Berlin"),
            [InPost(month(-76), "TECH-HEAD", "nkechi")],
            [(month(-34), 148_000), (month(-10), 154_000)],
            [Holds(Role.UNIT_LEAD, month(-76), "TECH")],
        ),
        _member(
            "nora",
            "Head of Customer Operations",
            _person("nora", 10097, "Nora Lind", "Leeds"),
            [InPost(month(-50), "CUST-HEAD", "nkechi")],
            [(month(-50), 118_000), (month(-10), 132_000)],
            [Holds(Role.UNIT_LEAD, month(-50), "CUST")],
        ),
        _member(
            "ingrid",
            "Head of People: HR administrator",
            _person("ingrid", 10023, "Ingrid Berg", "Lisbon"),
            [InPost(month(-119), "PEOPLE-HEAD", "nkechi")],
            [(month(-36), 82_000), (month(-10), 86_500)],
            [
                Holds(Role.HR_ADMINISTRATOR, month(-119)),
                Holds(Role.UNIT_LEAD, month(-119), "PEOPLE"),
            ],
        ),
    ]


def _leads_of_teams(calendar: Calendar) -> list[Member]:
    month = calendar.month
    return [
        _member(
            "ana",
            "Head of Platform: manager of a team of engineers",
            _person("ana", 10071, "Ana Ribeiro", "Lisbon"),
            [
                InPost(month(-58), "PLAT-STAFF", "leo"),
                InPost(month(-18), "PLAT-HEAD", "leo", reason="First lead of Platform as a team"),
            ],
            [(month(-34), 84_000), (month(-18), 94_000), (month(-10), 97_500)],
            [Holds(Role.UNIT_LEAD, month(-18), "PLAT")],
        ),
        _member(
            "amara",
            "Support lead: manager in another division",
            _person("amara", 10101, "Amara Njoroge", "Nairobi"),
            [
                InPost(month(-49), "CARE-NIGHT", "nora"),
                InPost(month(-28), "CARE-LEAD", "nora", reason="Led the night shift for a year"),
            ],
            [(month(-28), 47_000), (month(-10), 50_500)],
            [Holds(Role.UNIT_LEAD, month(-28), "CARE")],
        ),
    ]


def _platform(calendar: Calendar) -> list[Member]:
    """Ana's team. Until she led it, all of them reported to Leo."""
    return [*_platform_engineers(calendar), *_platform_comings_and_goings(calendar)]


def _platform_engineers(calendar: Calendar) -> list[Member]:
    month, days = calendar.month, calendar.days
    tomas = _member(
        "tomas",
        "Engineer III: an employee without any other role",
        _person("tomas", 10166, "Tomás Silva", "Lisbon"),
        [
            InPost(month(-44), "PLAT-FEED", "leo"),
            InPost(month(-18), "PLAT-FEED", "ana"),
            InPost(month(-14), "PLAT-IMPORT", "ana", reason="Promoted: runs the imports alone"),
        ],
        [(month(-44), 49_000), (month(-14), 58_500), (month(-10), 61_000)],
    )
    mei = _member(
        "mei",
        "Staff engineer: part-time, answers to a second manager as well",
        _person("mei", 10312, "Chen Mei", "Singapore", known_as="Mei", family_name="Chen"),
        [
            InPost(month(-17), "PLAT-STAFF", "ana"),
            InPost(month(-8), "PLAT-STAFF", "ana", 60, reason="Cares for her father"),
        ],
        [(month(-17), 90_000), (month(-10), 92_500)],
    )
    joao = _member(
        "joao",
        "Engineer III: on leave",
        _person("joao", 10228, "João Costa", "Lisbon"),
        [InPost(month(-30), "PLAT-RELY", "leo"), InPost(month(-18), "PLAT-RELY", "ana")],
        [(month(-30), 60_000), (month(-10), 66_000)],
    )
    dotted = AlsoUnder("nora", "reviews of incidents that shops noticed", month(-6))
    leave = Away("Parental leave", days(-40), days(45))
    return [
        tomas,
        replace(mei, history=replace(mei.history, also_under=(dotted,))),
        replace(joao, history=replace(joao.history, leaves=(leave,))),
        _member(
            "cida",
            "Delivery coordinator: has a very long name",
            _person(
                "cida",
                10287,
                "Maria Aparecida da Conceição dos Santos Figueiredo de Albuquerque e Vasconcelos",
                "Lisbon",
                known_as="Cida",
                family_name="Albuquerque e Vasconcelos",
            ),
            [InPost(month(-22), "PLAT-COORD", "leo"), InPost(month(-18), "PLAT-COORD", "ana")],
            [(month(-22), 70_000), (month(-10), 73_000)],
        ),
    ]


def _platform_comings_and_goings(calendar: Calendar) -> list[Member]:
    month, days = calendar.month, calendar.days
    rui = _member(
        "rui",
        "Product manager who left two months ago; cannot sign in any more",
        _person("rui", 10443, "Rui Alves", "Lisbon"),
        [InPost(month(-26), "PLAT-PM", "leo"), InPost(month(-18), "PLAT-PM", "ana")],
        [(month(-26), 71_000), (month(-10), 74_000)],
    )
    kofi = _member(
        "kofi",
        "Engineer II: left once and came back",
        _person("kofi", 10199, "Kofi Owusu", "Remote, Berlin"),
        [InPost(month(-5), "PLAT-FEED", "ana", reason="Knows the imports; was missed")],
        [(month(-5), 54_000)],
    )
    first_stay = Stay(
        (InPost(month(-40), "PLAT-TOOLS", "leo"),), month(-20), "Founded a company of his own"
    )
    rui_left = Stay(rui.history.stays[0].posts, days(-61), "Took a post at another company")
    return [
        replace(rui, history=replace(rui.history, stays=(rui_left,))),
        replace(kofi, history=replace(kofi.history, stays=(first_stay, *kofi.history.stays))),
        _member(
            "sara",
            "Engineer I: moves to another team next month",
            _person("sara", 10498, "Sara Dahl", "Lisbon"),
            [
                InPost(month(-9), "PLAT-TOOLS", "ana"),
                InPost(month(1, 15), "DATA-ANALYST", "leo", reason="Asked to work with numbers"),
            ],
            [(month(-9), 37_500)],
        ),
        _member(
            "priya",
            "Engineer II who starts in twelve days",
            _person("priya", 10531, "Priya Nair", "Lisbon"),
            [InPost(days(12), "PLAT-MOVE", "ana")],
            [(days(12), 51_000)],
        ),
    ]


def _others(calendar: Calendar) -> list[Member]:
    return [*_house(calendar), *_elsewhere(calendar), _auditor()]


def _house(calendar: Calendar) -> list[Member]:
    month = calendar.month
    fatima = _member(
        "fatima",
        "People partner of Technology",
        _person("fatima", 10244, "Fatima Zahra El Idrissi", "Lisbon", family_name="El Idrissi"),
        [InPost(month(-37), "PEOPLE-PTECH", "ingrid")],
        [(month(-36), 57_000), (month(-10), 60_000)],
        [Holds(Role.PEOPLE_PARTNER, month(-37), "TECH")],
    )
    halima = _member(
        "halima",
        "Office coordinator without an account",
        replace(_person("halima", 10359, "Halima Wanjiru", "Nairobi"), email=""),
        [InPost(month(-24), "PEOPLE-OFFICE", "ingrid")],
        [(month(-24), 24_500), (month(-10), 26_000)],
    )
    away = Away("Maternity leave", month(-20), month(-15))
    return [
        _member(
            "ruth",
            "System administrator: configures, reads no files",
            _person("ruth", 10001, "Ruth Adler", "Leeds"),
            [InPost(month(-118), "TECH-SYS", "nkechi"), InPost(month(-76), "TECH-SYS", "leo")],
            [(month(-36), 59_000), (month(-10), 62_500)],
        ),
        replace(fatima, history=replace(fatima.history, leaves=(away,))),
        replace(halima, has_account=False),
    ]


def _elsewhere(calendar: Calendar) -> list[Member]:
    month = calendar.month
    return [
        _member(
            "yusuf",
            "Support specialist: a stranger to Technology",
            _person("yusuf", 10390, "Yusuf Demir", "Leeds"),
            [InPost(month(-16), "CARE-DAY", "amara")],
            [(month(-16), 29_000), (month(-4), 30_500)],
        ),
        _member(
            "layla",
            "Support specialist whose name is written from right to left",
            _person("layla", 10271, "ليلى حداد", "Nairobi", known_as="ليلى", family_name="حداد"),
            [InPost(month(-27), "CARE-NIGHT", "amara")],
            [(month(-27), 28_500), (month(-10), 31_000)],
        ),
        _member(
            "wei",
            "Senior data analyst in a team without a lead",
            _person("wei", 10218, "陈伟", "Singapore", known_as="伟", family_name="陈"),
            [InPost(month(-33), "DATA-SENIOR", "leo")],
            [(month(-33), 66_000), (month(-10), 71_500)],
        ),
    ]


def _auditor() -> Member:
    details = Details(
        number="90001",
        name="Samuel Okafor",
        known_as="Samuel",
        email="samuel.okafor@audit.example",
    )
    history = History(details, roles=(Holds(Role.AUDITOR, date(2020, 1, 1)),))
    return Member(
        "samuel", "Auditor from outside: reads the ledger only", history, from_outside=True
    )


def _by_number(member: Member, numbers: dict[str, str]) -> Member:
    """The member with managers named by number, as histories name them."""
    history = member.history
    stays = tuple(
        replace(
            stay,
            posts=tuple(
                replace(post, manager=numbers.get(post.manager, "")) for post in stay.posts
            ),
        )
        for stay in history.stays
    )
    also_under = tuple(replace(line, manager=numbers[line.manager]) for line in history.also_under)
    return replace(member, history=replace(history, stays=stays, also_under=also_under))
