"""What the database cannot refuse by itself when many people come at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import Span
from sightline.people.actions.histories import History
from sightline.people.models import Assignment, Employee, Employment, Position, Role, RoleGrant
from sightline.people.rules.posts import fullest_day_percent


def refuse_doubles(histories: Sequence[History]) -> None:
    """Two people with one number or one e-mail, among these or with those who are here."""
    for field in ("number", "email"):
        values = [value for one in histories if (value := getattr(one.details, field))]
        known = Employee.objects.filter(**{f"{field}__in": values})
        taken = known.values_list(field, flat=True).first()
        if taken or len(set(values)) != len(values):
            double = taken or next(value for value in values if values.count(value) > 1)
            raise Refused(_("%s belongs to two people.") % double, field=field)


def refuse_disorder(history: History) -> None:
    """Spans that overlap or lie outside the employment."""
    name = history.details.name
    for earlier, later in pairwise(history.stays):
        _refuse_unless(earlier.until_on <= later.posts[0].on, name)
    for stay in history.stays:
        days = [post.on for post in stay.posts]
        _refuse_unless(days == sorted(set(days)) and days[-1] < stay.until_on, name)
    for away, following in pairwise(sorted(history.leaves, key=lambda away: away.from_on)):
        _refuse_unless(away.until_on <= following.from_on, name)
    spans = [stay.span for stay in history.stays]
    for day in (
        *(paid.on for paid in history.pays),
        *(away.from_on for away in history.leaves),
        *(line.on for line in history.also_under),
    ):
        _refuse_unless(any(day in span for span in spans), name)


def _refuse_unless(right: bool, name: str) -> None:
    if not right:
        raise Refused(_("The dates of %s contradict each other.") % name, field="on")


def refuse_posts_not_there(rows: Iterable[Assignment]) -> None:
    """Somebody in a position before it opens."""
    for row in rows:
        if row.from_on not in row.position.span:
            words = _("The position %(title)s does not stand on %(day)s.")
            told = {"title": row.position.title, "day": row.from_on}
            raise Refused(words % told, field="position")


def refuse_full_posts(rows: Sequence[Assignment]) -> None:
    """Two full-time people in one position on one day, those who are here already among them."""
    held: dict[int, list[tuple[Span, int]]] = {}
    positions: dict[int, Position] = {row.position_id: row.position for row in rows}
    existing = Assignment.objects.filter(position__in=positions)
    for position, *days, share in existing.values_list(
        "position", "from_on", "until_on", "share_percent"
    ):
        held.setdefault(position, []).append((Span(*days), share))
    for row in rows:
        held.setdefault(row.position_id, []).append((row.span, row.share_percent))
    for pk, shares in held.items():
        if len(shares) > 1 and fullest_day_percent(shares, _around(shares)) > 100:
            words = _("More than one full time would meet in %s.")
            raise Refused(words % positions[pk].title, field="position")


def _around(shares: Sequence[tuple[Span, int]]) -> Span:
    return Span(min(span.start for span, _share in shares), max(s.end for s, _share in shares))


def refuse_absent_managers(
    rows: Iterable[Assignment], arriving: Mapping[int, Sequence[Span]]
) -> None:
    """A manager who does not work here when the assignment begins."""
    rows = [row for row in rows if row.manager_id is not None]
    here = {pk: list(spans) for pk, spans in arriving.items()}
    known = {row.manager_id for row in rows} - set(here)
    for employee, *days in Employment.objects.filter(employee__in=known).values_list(
        "employee", "from_on", "until_on"
    ):
        here.setdefault(employee, []).append(Span(*days))
    for row in rows:
        if not any(row.from_on in span for span in here.get(row.manager_id or 0, ())):
            words = _("%(name)s does not work here on %(day)s.")
            told = {"name": row.manager, "day": row.from_on}
            raise Refused(words % told, field="manager")


def refuse_doubled_leads(rows: Sequence[RoleGrant]) -> None:
    """Two leads of one unit on one day."""
    leads = [row for row in rows if row.role == Role.UNIT_LEAD]
    spans: dict[int | None, list[Span]] = {}
    for row in [
        *RoleGrant.objects.filter(role=Role.UNIT_LEAD, unit__in={row.unit_id for row in leads}),
        *leads,
    ]:
        spans.setdefault(row.unit_id, []).append(row.span)
    for row in leads:
        if any(one & two for one, two in pairwise(sorted(spans[row.unit_id]))):
            raise Refused(_("%s would have two leads.") % row.unit, field="unit")
