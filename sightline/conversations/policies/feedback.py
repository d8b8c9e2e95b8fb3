"""Who reads feedback, gives it, and asks for it."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from sightline.conversations.models import Feedback, FeedbackRequest
from sightline.conversations.policies.talks import may_talk
from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.people import policies as people
from sightline.people.models import Assignment, Employee, Employment
from sightline.people.viewer import Viewer


def feedback_visible_to(viewer: Viewer) -> Q:
    """Feedback that the viewer reads: its author, its subject at once, and the readers it names.

    Nobody else, whatever the role: a manager or HR reads what names them, and praise for all. Of
    what is said before others, only what is between people who exist for the viewer.
    """
    me = viewer.employee
    mine = Q(author=me) | Q(subject=me) | Q(readers=Feedback.Readers.MANAGER, manager=me)
    if not viewer.is_employed:
        return mine
    units = Assignment.objects.on(viewer.today).filter(employee=me).values("position__unit")
    before_others = Q(readers=Feedback.Readers.UNIT, unit__in=units)
    before_others |= Q(readers=Feedback.Readers.EVERYONE)
    seen = Employee.objects.filter(people.employees_visible_to(viewer)).values("pk")
    return mine | (before_others & Q(author__in=seen, subject__in=seen))


def may_read(viewer: Viewer, *feedback: Feedback) -> Decision:
    """Read feedback; of several pieces, each of them."""
    keys = {one.pk for one in feedback}
    if Feedback.objects.filter(feedback_visible_to(viewer), pk__in=keys).count() == len(keys):
        return Allowed()
    return Denied(_("Feedback is read by the two whom it concerns and the readers it names."))


def requests_visible_to(viewer: Viewer) -> Q:
    """Requests that exist for the viewer: who asks, who is asked, whom it is about."""
    me = viewer.employee
    return Q(asker=me) | Q(asked=me) | Q(about=me)


def may_give(viewer: Viewer, subject: Employee) -> Decision:
    """Give somebody feedback."""
    if subject.pk == viewer.employee.pk:
        return Denied(
            _("Feedback is for others. What you think of your own work belongs in notes.")
        )
    if not viewer.is_employed:
        return may_talk(viewer)
    if Employment.objects.on(viewer.today).filter(employee=subject).exists():
        return Allowed()
    return Denied(_("%s does not work here today.") % subject.name)


def may_revise(viewer: Viewer, feedback: Feedback) -> Decision:
    """Put feedback in other words; what was said before stays to be read."""
    if feedback.author_id == viewer.employee.pk:
        return Allowed()
    return Denied(_("Only who gave this feedback writes it anew."))


def may_see_readings(viewer: Viewer, feedback: Feedback) -> Decision:
    """Know who saw which version: the two whom it concerns."""
    if viewer.employee.pk in (feedback.author_id, feedback.subject_id):
        return Allowed()
    return Denied(_("Who read this is known to its author and to whom it is about."))


def may_ask_about(viewer: Viewer, about: Employee) -> Decision:
    """Ask others about somebody: about oneself, or about those whose manager one is.

    Further up, nobody could be let read the answer: readers are named as the manager, not above.
    """
    if not viewer.is_employed:
        return may_talk(viewer)
    if about.pk == viewer.employee.pk:
        return Allowed()
    posts = Assignment.objects.on(viewer.today).filter(employee=about)
    if posts.filter(manager=viewer.employee).exists():
        return Allowed()
    return Denied(_("One asks about oneself, or about those whose manager one is."))


def may_answer(viewer: Viewer, request: FeedbackRequest) -> Decision:
    """Answer or decline a request."""
    if request.asked_id == viewer.employee.pk:
        return Allowed()
    return Denied(_("Only who was asked answers this."))


def may_read_reason(viewer: Viewer, request: FeedbackRequest) -> Decision:
    """Read why a request was declined: who asked, and who declined. Never whom it is about."""
    if viewer.employee.pk in (request.asker_id, request.asked_id):
        return Allowed()
    return Denied(_("Why this was declined is between the one who asked and the one asked."))
