"""`sightline demo`: a believable company to look around in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sightline.site.commands.base import Command, say
from sightline.site.environment import database_identity, stop


def add_arguments(parser: ArgumentParser) -> None:
    """How large, and which of the possible companies."""
    parser.add_argument(
        "--size", type=int, default=200, metavar="PEOPLE", help="how many people (default: 200)"
    )
    parser.add_argument(
        "--seed", type=int, default=1, help="the same seed gives the same company (default: 1)"
    )


def run(options: Namespace) -> int | None:
    """Make the company, unless somebody is here already."""
    if not database_is_empty():
        stop("people are in this database already; a demo company is made only in an empty one.")
    if not 20 <= options.size <= 100_000:
        stop("a demo company has from 20 to 100000 people.")
    make_company(size=options.size, seed=options.seed)
    from sightline.site.demo.build import sign_in_lines

    for line in sign_in_lines():
        say(line)
    return None


def database_is_empty() -> bool:
    """Whether nobody can sign in and nobody works here."""
    from sightline.site.queries import nobody_is_here

    return nobody_is_here()


def make_company(*, size: int, seed: int) -> None:
    """Build the company, and mark this database: only a demo offers to sign in as anybody."""
    from django.conf import settings

    from sightline.site.demo.build import build

    say(f"Making a demo company of {size} people")
    build(size=size, seed=seed)
    settings.DEMO_MARK.write_text(database_identity(settings.DATABASES["default"]))


def forget_company() -> None:
    """This database is not, or no longer, a demo."""
    from django.conf import settings

    settings.DEMO_MARK.unlink(missing_ok=True)


def who_can_sign_in(url: str) -> list[str]:
    """What to tell whoever has just started the server at this address."""
    from django.conf import settings

    if settings.DEMO:
        from sightline.site.demo.build import sign_in_lines

        return sign_in_lines()
    return how_to_begin(url) if database_is_empty() else []


def how_to_begin(url: str) -> list[str]:
    """A fresh token for the first account, and where to show it. It is printed here, once."""
    from django.urls import reverse
    from django.utils import timezone

    from sightline.foundation.identity.actions import make_founding_token
    from sightline.foundation.ledger.events import House

    token, expires_at = make_founding_token(by=House())
    until = timezone.localtime(expires_at)
    return [
        "",
        f"Nobody can sign in yet. Open {url}{reverse('founding')} and show this token there:",
        "",
        f"    {token}",
        "",
        f"It makes the first account, once, until {until:%Y-%m-%d %H:%M} ({until.tzname()}).",
        "Starting the server again makes another. Without a browser: sightline found NAME EMAIL",
    ]


COMMAND = Command(
    name="demo",
    summary="make a demo company in an empty database",
    description=(
        "Makes a company with units, positions, responsibilities, people and their past. The same\n"
        "size and seed give the same company. Only in an empty database; there, and only there,\n"
        "the sign-in page offers to sign in as any of the cast."
    ),
    run=run,
    add_arguments=add_arguments,
)
