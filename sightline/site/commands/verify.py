"""`sightline verify`: prove that the ledger is whole."""

from __future__ import annotations

from argparse import Namespace

from sightline.site.commands.base import Command, say


def run(options: Namespace) -> int | None:
    """Check every record against the signed log; 1 and the first broken record when one is."""
    from sightline.foundation.ledger.verify import verify

    report = verify()
    if not report.ok:
        say(f"The ledger is broken. {report.broken}")
        return 1
    say(
        f"The ledger is whole: {report.records} records under {report.heads} signed heads, "
        f"{report.waiting} more not under a head yet, {report.erased} erased."
    )
    return 0


COMMAND = Command(
    name="verify",
    summary="prove that the ledger is whole, or name the first broken record",
    description=(
        "Computes the ledger's Merkle log anew from every record and compares it with each signed\n"
        "head. Exit status 1, and the first broken record by number, when they differ."
    ),
    run=run,
)
