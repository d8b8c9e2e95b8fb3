"""Writing a form: section by section beside the evidence, then sent off."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sightline.conversations.actions.feedback import note_readings
from sightline.foundation.access.decisions import Allowed, require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.core.keys import key_in
from sightline.foundation.drafts.queries import drafts_of
from sightline.foundation.ui.acting import ActForm
from sightline.foundation.ui.words import day as in_words
from sightline.people.actions.files import note_reading
from sightline.people.viewer import Viewer, ViewerRequest
from sightline.people.views.acting import answer, carried_out, draft_key
from sightline.reviews import policies
from sightline.reviews.actions import forms as actions
from sightline.reviews.forms.acts import ReasonForm
from sightline.reviews.forms.answers import SectionForm, SubmissionForm
from sightline.reviews.models import CycleStage, Form
from sightline.reviews.queries.cycles import last_day_of
from sightline.reviews.queries.evidence import evidence_for
from sightline.reviews.queries.forms import Sheet, asked_in, score_of, sheet_of
from sightline.reviews.queries.reviews import reopenings_of
from sightline.reviews.views.finding import act, form_of, went

Role = Form.Role


@require_GET
def form(request: ViewerRequest, form_id: int) -> HttpResponse:
    """A form: to be gone on with where something is missing, or to be read when it was sent."""
    found = form_of(request, form_id)
    sheet = sheet_of(found)
    may_write = policies.may_write(request.viewer, found)
    if may_write and sheet.sections:
        first = next((one for one in sheet.sections if one.done < one.of), None)
        if first:
            return redirect("reviews:section", found.pk, first.number)
        return redirect("reviews:submission", found.pk)
    if found.rater_id != request.viewer.employee.pk:
        about = found.review.employee
        note_reading(by=request.viewer, employee=about, part=_("reviews"), may=Allowed())
    context = {
        **_head(request, sheet),
        "why_not": _("Nothing is asked in this form.") if may_write else may_write.reason,
        "reopen_words": _("Take back") if found.role == Role.PEER else _("Reopen"),
        "may_reopen": policies.may_reopen(request.viewer, found),
    }
    return render(request, "reviews/form.html", context)


def section(request: ViewerRequest, form_id: int, number: int) -> HttpResponse:
    """One section of a form. Going on, or to another section, keeps what is written."""
    found = form_of(request, form_id)
    require(policies.may_write(request.viewer, found))
    sheet = sheet_of(found)
    asked = found_or_404(next((one for one in sheet.sections if one.number == number), None))
    stood = fingerprint(
        found.state,
        *((one.value, one.is_unseen, one.comment) for one in asked.items),
        *(one.text for one in asked.questions),
    )
    bound = SectionForm(request.POST or None, section=asked, sheet=sheet, stands=stood)

    def keep() -> None:
        actions.save_form(by=request.viewer, form=found, said=bound.said())

    if carried_out(request, bound, keep):
        return redirect(_next_place(request, sheet, number))
    context = {
        **_head(request, sheet, number),
        "section": asked,
        "following": _following(sheet, number),
    }
    return answer(request, "reviews/section.html", bound, context)


@require_GET
def evidence(request: ViewerRequest, form_id: int, number: int) -> HttpResponse:
    """What a section can rest on: a page, or the part beside the writing."""
    found = form_of(request, form_id)
    require(policies.may_write(request.viewer, found))
    asked = asked_in(found.review)
    sections = asked.of_role(found.role)
    section = found_or_404(next((one for one in sections if one.number == number), None))
    topics = frozenset(one.item.title for one in section.items)
    seen = evidence_for(request.viewer, found, topics, asked.points)
    note_readings(by=request.viewer, feedback=seen.feedback)
    is_part = bool(request.headers.get("HX-Request"))
    name = "reviews/evidence.html#panel" if is_part else "reviews/evidence.html"
    context = {"evidence": seen, "review": found.review, "form": found, "number": number}
    return render(request, name, context)


def submission(request: ViewerRequest, form_id: int) -> HttpResponse:
    """The whole form once more, the rating as a whole, and sending it off."""
    found = form_of(request, form_id)
    require(policies.may_write(request.viewer, found))
    sheet = sheet_of(found)
    bound = SubmissionForm(request.POST or None, sheet=sheet, asks_overall=found.role != Role.PEER)

    def submit() -> None:
        actions.submit_form(by=request.viewer, form=found, said=bound.said())

    if carried_out(request, bound, submit):
        return went(
            request, _("Sent. %s") % _what_follows(found, is_sent=True), reverse("reviews:mine")
        )
    context = {
        **_head(request, sheet, len(sheet.sections) + 1),
        "score": score_of(sheet) if found.role == Role.MANAGER else None,
        "unkept": _unkept(request, sheet),
        "follows": _what_follows(found, is_sent=False),
    }
    return answer(request, "reviews/submission.html", bound, context)


def reopening(request: ViewerRequest, form_id: int) -> HttpResponse:
    """Give a submitted form back to its writer."""
    found = form_of(request, form_id)
    require(policies.may_reopen(request.viewer, found))
    if found.role == Role.PEER:
        return _taking_back(request, found)
    bound = ReasonForm(request.POST or None)
    return act(
        request,
        bound,
        lambda: actions.reopen_form(
            by=request.viewer, form=found, reason=bound.cleaned_data["reason"]
        ),
        done=_("The form is open again."),
        back=reverse("reviews:review", args=[found.review_id]),
        context={
            "title": _("Reopen the form"),
            "submit": _("Reopen"),
            "subject": found.review.employee.name,
            "note": _("What was written stays in it. The writer changes it and sends it again."),
        },
    )


def _taking_back(request: ViewerRequest, found: Form) -> HttpResponse:
    """A peer takes back his own answers, and need not say why."""
    return act(
        request,
        ActForm(request.POST if request.method == "POST" else None),
        lambda: actions.reopen_form(by=request.viewer, form=found),
        done=_("The form is open again."),
        back=reverse("reviews:form", args=[found.pk]),
        context={
            "title": _("Take back your answers"),
            "submit": _("Take back"),
            "subject": found.review.employee.name,
            "note": _("What you wrote stays in it. Send it again before the answers are gathered."),
        },
    )


def _head(request: ViewerRequest, sheet: Sheet, number: int = 0) -> dict[str, Any]:
    """What every page of a form shows: about whom, as whom, why it came back, and its parts."""
    form = sheet.form
    return {
        "sheet": sheet,
        "review": form.review,
        "role_words": role_words(request.viewer, form),
        "readers": readers(request.viewer, form),
        "reopenings": reopenings_of(form),
        "tabs": _tabs(sheet, number),
    }


def _tabs(sheet: Sheet, number: int) -> list[dict[str, Any]]:
    key = sheet.form.pk
    tabs: list[dict[str, Any]] = [
        {
            "label": f"{one.number} {one.section.title}",
            "url": reverse("reviews:section", args=[key, one.number]),
            "count": f"{one.done}/{one.of}",
            "current": one.number == number,
            "go": str(one.number),
        }
        for one in sheet.sections
    ]
    last = len(sheet.sections) + 1
    return [
        *tabs,
        {
            "label": f"{last} " + _("Send off"),
            "url": reverse("reviews:submission", args=[key]),
            "current": number == last,
            "go": "submission",
        },
    ]


def role_words(viewer: Viewer, form: Form) -> str:
    """As whom a form is written, to its writer and to others."""
    if form.rater_id != viewer.employee.pk:
        return _("self review") if form.role == Role.SELF else _("the manager’s form")
    words = {
        Role.SELF: _("your self review"),
        Role.MANAGER: _("your view as manager"),
        Role.PEER: _("your view as a colleague"),
    }
    return words[Role(form.role)]


def readers(viewer: Viewer, form: Form) -> str:
    """Who reads a form, in words."""
    name = form.review.employee.name
    if form.role == Role.PEER:
        words = _(
            "Nobody reads your form. What at least %(count)d colleagues said together is read by "
            "the manager, HR of the unit and calibrators, and by %(name)s once the review is "
            "shared: half points, and words in no order, without names."
        )
        return words % {"name": name, "count": form.review.cycle.peers_from}
    if form.role == Role.SELF and form.rater_id == viewer.employee.pk:
        return _("Read by your manager, HR of the unit and calibrators once you send it.")
    if form.role == Role.SELF:
        return _("Read by the manager, HR of the unit and calibrators.")
    day = last_day_of(form.review.cycle, CycleStage.Kind.SHARE)
    words = _(
        "HR of the unit and calibrators read this once it is sent; %(name)s reads it after "
        "calibration, by %(day)s."
    )
    if day is None:
        words = _(
            "HR of the unit and calibrators read this once it is sent; %(name)s reads it after "
            "calibration, when it is shared."
        )
    return words % {"name": name, "day": in_words(day, "near") if day else ""}


def _what_follows(form: Form, *, is_sent: bool) -> str:
    if form.role == Role.PEER:
        return _("It is put together with what others say.")
    if form.role == Role.SELF and is_sent:
        return _("Your manager can read it now.")
    if form.role == Role.SELF:
        return _("Your manager can read it from then on.")
    return _("Your proposal is compared with others in the calibration.")


def _following(sheet: Sheet, number: int) -> str:
    """What comes after a section, in a word."""
    after = next((one for one in sheet.sections if one.number == number + 1), None)
    return after.section.title if after else _("Send off")


def _next_place(request: ViewerRequest, sheet: Sheet, number: int) -> str:
    """Where one goes after a section: to the tab that was pressed, or to the next one."""
    wanted = request.POST.get("go", "")
    key, numbers = sheet.form.pk, {one.number for one in sheet.sections}
    if key_in(wanted) in numbers:
        return reverse("reviews:section", args=[key, key_in(wanted)])
    if wanted != "submission" and number + 1 in numbers:
        return reverse("reviews:section", args=[key, number + 1])
    return reverse("reviews:submission", args=[key])


def _unkept(request: ViewerRequest, sheet: Sheet) -> list[dict[str, str]]:
    """Sections in which something was typed and not kept yet."""
    here = draft_key(request).rsplit(":", 1)[0]
    keys = {draft.key for draft in drafts_of(request.user)}
    return [
        {
            "label": one.section.title,
            "url": reverse("reviews:section", args=[sheet.form.pk, one.number]),
        }
        for one in sheet.sections
        if f"{here}:{one.number}" in keys
    ]
