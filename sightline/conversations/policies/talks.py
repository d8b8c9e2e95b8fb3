"""Who reads what two people say to each other, and who knows only that they talk."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from sightline.conversations.models import Action, Meeting, Series
from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.people import policies as people
from sightline.people.models import Employee, Employment
from sightline.people.viewer import Viewer


def series_visible_to(viewer: Viewer) -> Q:
    """Series whose words (agenda, what was promised, meetings) the viewer reads: his own."""
    return Q(one=viewer.employee) | Q(other=viewer.employee)


def rhythms_visible_to(viewer: Viewer) -> Q:
    """Series of which the viewer knows that and when people talk, never what.

    Those of people whose file is open: the managers above, the people partners, HR administrators.
    """
    open_files = Employee.objects.filter(people.file_open_to(viewer)).values("pk")
    return series_visible_to(viewer) | Q(one__in=open_files) | Q(other__in=open_files)


def notes_visible_to(viewer: Viewer) -> Q:
    """Private notes that the viewer reads: those of his own hand, whatever his role."""
    return Q(author=viewer.employee)


def may_talk(viewer: Viewer) -> Decision:
    """Have talks and give feedback at all."""
    if viewer.is_employed:
        return Allowed()
    return Denied(_("Talks and feedback are between people who work here."))


def may_watch_rhythms(viewer: Viewer) -> Decision:
    """Open the page that tells who talks with whom, and how long ago."""
    if viewer.has_reports or viewer.is_hr_administrator or viewer.units_partnered:
        return Allowed()
    return Denied(_("Managers and HR watch over the rhythm of talks."))


def may_count_rhythms(viewer: Viewer) -> Decision:
    """Read, unit by unit and without names, how the rhythm of talks is kept."""
    if viewer.reads_everything:
        return Allowed()
    return Denied(_("Executives and HR administrators count how talks are kept."))


def may_open_series(viewer: Viewer, partner: Employee) -> Decision:
    """Begin regular talks with somebody."""
    if partner.pk == viewer.employee.pk:
        return Denied(_("A talk takes two."))
    return _both_work_here(viewer, partner)


def may_carry_on(viewer: Viewer, series: Series) -> Decision:
    """Add to a series: plan, hold, raise points, promise, change its rhythm, end it."""
    if not is_of_the_two(viewer, series):
        return Denied(_("Only the two who talk do this."))
    if series.until_on <= viewer.today:
        return Denied(_("This series has ended. Begin a new one to go on."))
    return _both_work_here(viewer, series.partner_of(viewer.employee))


def may_complete(viewer: Viewer, action: Action) -> Decision:
    """Say that something promised is done; also when the series has ended meanwhile."""
    if is_of_the_two(viewer, action.series):
        return Allowed()
    return Denied(_("Only the two who talk do this."))


def may_keep_note(viewer: Viewer, meeting: Meeting) -> Decision:
    """Write private notes on a meeting: each of the two, for himself."""
    if is_of_the_two(viewer, meeting.series):
        return Allowed()
    return Denied(_("Only the two who talk do this."))


def may_bring_in_past(viewer: Viewer) -> Decision:
    """Bring in, in bulk, talks and feedback that were kept elsewhere. Reading them is not in it."""
    if viewer.is_hr_administrator:
        return Allowed()
    return Denied(_("HR administrators bring in what was kept elsewhere."))


def is_of_the_two(viewer: Viewer, series: Series) -> bool:
    """Whether the viewer is one of those who talk."""
    return viewer.employee.pk in (series.one_id, series.other_id)


def _both_work_here(viewer: Viewer, partner: Employee) -> Decision:
    if not viewer.is_employed:
        return may_talk(viewer)
    if Employment.objects.on(viewer.today).filter(employee=partner).exists():
        return Allowed()
    return Denied(_("%s does not work here today.") % partner.name)
