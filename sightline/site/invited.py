"""Who was invited, who has come in, whose link has run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.dates import now
from sightline.people.models import Employee
from sightline.people.policies import in_hands_of
from sightline.people.queries.people import here_or_coming
from sightline.people.viewer import Viewer
from sightline.site.actions.invitations import MOST_AT_ONCE
from sightline.site.models import InvitationRound


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody is on the way in: its key, its word and look, and who is so."""

    key: str
    word: str | Promise
    kind: str
    may_be_invited: bool = False


NEW = Standing("new", _("Not invited"), "plain", may_be_invited=True)
NO_ADDRESS = Standing("no-address", _("No e-mail address"), "warn")
INVITED = Standing("invited", _("Invited"), "info", may_be_invited=True)
RAN_OUT = Standing("ran-out", _("Link has run out"), "warn", may_be_invited=True)
IN = Standing("in", _("Has signed in"), "good")
CLOSED = Standing("closed", _("Account closed"), "bad")

STANDINGS = [NEW, INVITED, RAN_OUT, IN, NO_ADDRESS, CLOSED]


def folder_of_letters() -> str:
    """Where letters lie as files, when mail is not sent; "" when it is."""
    kept = settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")
    return str(getattr(settings, "EMAIL_FILE_PATH", "")) if kept else ""


def link_works_since() -> datetime:
    """Links that were sent before this moment work no longer."""
    return now() - timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def is_so(standing: Standing) -> Q:
    """The people who stand so; each person stands one way only."""
    none, outside = Q(account=None), Q(account__last_login=None, account__is_active=True)
    fresh = Q(account__invited_at__gt=link_works_since())
    return {
        "new": (none & ~Q(email="")) | (outside & Q(account__invited_at=None)),
        "no-address": none & Q(email=""),
        "invited": outside & fresh,
        "ran-out": outside & Q(account__invited_at__lte=link_works_since()),
        "in": Q(account__is_active=True, account__last_login__isnull=False),
        "closed": Q(account__is_active=False),
    }[standing.key]


def standing_of(person: Employee) -> Standing:
    """How far this person is, as `is_so` has it."""
    account = person.account
    if account is None:
        return NEW if person.email else NO_ADDRESS
    if not account.is_active:
        return CLOSED
    if account.last_login:
        return IN
    if account.invited_at is None:
        return NEW
    return INVITED if account.invited_at > link_works_since() else RAN_OUT


def people_to_invite(viewer: Viewer) -> QuerySet[Employee]:
    """Those whose file the viewer keeps, and who work here or will."""
    people = Employee.objects.filter(in_hands_of(viewer)).filter(here_or_coming(viewer.today))
    return people.select_related("account").order_by("sort_key", "pk")


def counts(viewer: Viewer) -> dict[str, int]:
    """How many stand each way, by key."""
    wanted = {one.key: Count("pk", filter=is_so(one)) for one in STANDINGS}
    found = (
        people_to_invite(viewer)
        .order_by()
        .aggregate(**{key.replace("-", "_"): count for key, count in wanted.items()})
    )
    return {key: found[key.replace("-", "_")] for key in wanted}


def not_yet_invited(viewer: Viewer) -> list[Employee]:
    """The next who can be invited for the first time, as many as go at once."""
    return list(people_to_invite(viewer).filter(is_so(NEW))[:MOST_AT_ONCE])


def round_seen_by(viewer: Viewer, round_id: int) -> InvitationRound | None:
    """A round that the viewer asked for; HR administrators know all."""
    rounds = InvitationRound.objects.filter(pk=round_id)
    if not viewer.is_hr_administrator:
        rounds = rounds.filter(by=viewer.employee)
    return rounds.first()


def left_out_of(done: InvitationRound) -> list[tuple[Employee, str]]:
    """Whom nothing was sent to, and why."""
    people = Employee.objects.in_bulk([pk for pk, _reason in done.left_out])
    return [(people[pk], reason) for pk, reason in done.left_out if pk in people]
