"""`sightline found`: the first person of an organisation, who can then let the others in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sightline.site.commands.base import Command, say
from sightline.site.environment import stop


def add_arguments(parser: ArgumentParser) -> None:
    """Who it is."""
    parser.add_argument("name", help='the person\'s name, such as "Ana Ribeiro"')
    parser.add_argument("email", help="the address to sign in with")
    parser.add_argument(
        "--number", default="1", help="the person's number in the house (default: 1)"
    )


def run(options: Namespace) -> int | None:
    """Make the person and the account, and show the link to set a password."""
    from sightline.foundation.core.errors import Refused
    from sightline.foundation.identity import mails
    from sightline.foundation.ledger.events import House
    from sightline.site.actions.founding import Founder, found

    founder = Founder(name=options.name, email=options.email, number=options.number)
    try:
        account = found(by=House(), founder=founder)
    except Refused as refusal:
        stop(" ".join(sentence for _field, sentence in refusal.reasons))
    say(str(mails.invitation(account).body))
    return None


COMMAND = Command(
    name="found",
    summary="make the first person, who can then let the others in",
    description=(
        "Makes the first person of an organisation in an empty database, with the roles of system\n"
        "administrator and HR administrator, and shows the link with which that person sets a\n"
        "password. Everybody else comes by the pages, by import or by single sign-on."
    ),
    run=run,
    add_arguments=add_arguments,
)
