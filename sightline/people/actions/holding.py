"""One change of the organisation at a time, each made on what stands when its turn comes."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from sightline.foundation.core.errors import Refused

_ORGANISATION = 7_460_118
"""Names the lock among PostgreSQL's; any number that nothing else in the database uses."""


def hold_organisation(*rows: models.Model | None) -> None:
    """Let nobody else change the organisation until this transaction ends; read these rows anew.

    What one change looks at (a free post, a code, the lines above) another would alter at the same
    moment. Called by every action, after the policy. On SQLite a transaction that writes has the
    whole database to itself; on PostgreSQL a lock is taken, which no reader waits for.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ORGANISATION])
    for row in rows:
        if row is not None:
            _read_anew(row)


def _read_anew(row: models.Model) -> None:
    try:
        row.refresh_from_db()
    except ObjectDoesNotExist as gone:
        raise Refused(_("This is no longer there: somebody has just taken it away.")) from gone


@transaction.atomic
def while_it_stands(*, stood: str, look: Callable[[], str], act: Callable[[], object]) -> None:
    """Act with the organisation held, when a thing still stands as it did when it was looked at.

    Of two people who send the same form at the same moment one is told, and nothing is lost.
    """
    hold_organisation()
    if look() != stood:
        raise Refused(
            _("This was changed while your page was open. Look at it again, then send it anew.")
        )
    act()
