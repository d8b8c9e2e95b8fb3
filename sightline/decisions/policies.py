"""Who sees decisions, proposes, checks, replies, approves.

A decision is read by its proposer, the managers above the person, the people partners of the unit
and HR administrators, and by the person as soon as it is passed to him. Nobody decides about
himself or about those above him. Executives and auditors have no part in it by their role.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from sightline.decisions import models
from sightline.decisions.models import Opening, Passing, Policy, Proposal, Reply
from sightline.decisions.rules import kinds, stages
from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.people import policies as people
from sightline.people.models import (
    Employee,
    Employment,
    Position,
    ReportingLine,
    Role,
    RoleGrant,
    UnitLine,
)
from sightline.people.viewer import Viewer

DIRECTLY = 1


def decisions_visible_to(viewer: Viewer) -> Q:
    """Decisions that exist for the viewer.

    One's own drafts; what one proposed; what was passed to oneself; and all that was ever sent
    about people whose file is open to the viewer, oneself excepted.
    """
    me = viewer.employee
    passed = Passing.objects.filter(proposal__decision=OuterRef("pk"))
    sent = Proposal.objects.filter(decision=OuterRef("pk"), sent_at__isnull=False)
    files = Employee.objects.filter(people.file_open_to(viewer)).exclude(pk=me.pk)
    about_me = Q(employee=me) & Exists(passed)
    about_mine = Q(employee__in=files) & Exists(sent)
    return (Q(proposer=me) & ~Q(employee=me)) | about_me | about_mine


def proposals_visible_to(viewer: Viewer) -> Q:
    """Versions that exist for the viewer: all for the proposer, those passed on for the person,
    those sent for everybody else who sees the decision."""
    me = viewer.employee
    seen = models.Decision.objects.filter(decisions_visible_to(viewer))
    passed = Exists(Passing.objects.filter(proposal=OuterRef("pk")))
    mine = Q(decision__proposer=me)
    about_me = Q(decision__employee=me) & passed
    others = ~Q(decision__employee=me) & Q(sent_at__isnull=False)
    return Q(decision__in=seen) & (mine | about_me | others)


def awards_visible_to(viewer: Viewer) -> Q:
    """Awards are pay: read by those who read the person's pay."""
    return Q(employee__in=Employee.objects.filter(people.pay_visible_to(viewer)))


def may_read_decisions(viewer: Viewer) -> Decision:
    """Have a page of decisions: who works here. An auditor from outside reads the ledger only."""
    if viewer.is_employed or viewer.is_hr_administrator or viewer.units_partnered:
        return Allowed()
    return Denied(_("Decisions are for those who work here."))


def may_count_outcomes(viewer: Viewer) -> Decision:
    """Know how many decisions of each kind came to which end, without whom they are about."""
    if viewer.reads_everything:
        return Allowed()
    return Denied(_("Executives and HR administrators read the counts."))


def may_propose(viewer: Viewer, employee: Employee) -> Decision:
    """Propose a decision about somebody: the managers above, and HR of the unit."""
    return _may_propose(viewer, employee, _ties(viewer, employee))


def _may_propose(viewer: Viewer, employee: Employee, ties: Ties) -> Decision:
    if (refused := _nobody_decides_so(viewer, employee, ties)) is not None:
        return refused
    if not ties.works:
        return Denied(_("%s does not work here today.") % employee.name)
    if ties.is_above or ties.in_hands:
        return Allowed()
    return Denied(_("The managers above and HR of the unit propose decisions."))


def _nobody_decides_so(viewer: Viewer, employee: Employee, ties: Ties) -> Denied | None:
    if employee.pk == viewer.employee.pk:
        return Denied(_("Nobody decides about themselves."))
    if ties.is_below:
        return Denied(_("Nobody decides about those to whom they report."))
    return None


@dataclass(frozen=True, slots=True)
class Ties:
    """How the viewer stands to a person today, found out in one read."""

    in_hands: bool
    is_above: bool
    is_higher: bool
    """Above the direct manager."""
    is_below: bool
    works: bool
    reads_pay: bool
    approvers: str
    """Who approves the kind of decision that was asked about."""


def _ties(viewer: Viewer, employee: Employee, kind: str = "") -> Ties:
    one, day = Employee.objects.filter(pk=OuterRef("pk")), viewer.today
    above = ReportingLine.objects.on(day).filter(manager=viewer.employee, employee=OuterRef("pk"))
    below = ReportingLine.objects.on(day).filter(manager=OuterRef("pk"), employee=viewer.employee)
    in_force = Policy.objects.on(day).filter(kind=kind)
    facts: dict[str, Any] = {
        "in_hands": Exists(one.filter(people.in_hands_of(viewer))),
        "is_above": Exists(above),
        "is_higher": Exists(above.filter(depth__gt=DIRECTLY)),
        "is_below": Exists(below),
        "works": Exists(Employment.objects.on(day).filter(employee=OuterRef("pk"))),
        "reads_pay": Exists(one.filter(people.pay_visible_to(viewer))),
        "approvers": Coalesce(
            Subquery(in_force.values("approvers")[:1]), Value(Policy.Approvers.EITHER.value)
        ),
    }
    return Ties(**Employee.objects.filter(pk=employee.pk).annotate(**facts).values(*facts).get())


def _ties_to(viewer: Viewer, decision: models.Decision) -> Ties:
    return _ties(viewer, decision.employee, decision.kind)


@dataclass(frozen=True, slots=True)
class Rights:
    """What the viewer may do about a decision, with the reason where he may not."""

    write: Decision
    pass_on: Decision
    check: Decision
    reply: Decision
    approve: Decision
    send_back: Decision
    withdraw: Decision
    reads_amounts: bool


def rights_on(viewer: Viewer, decision: models.Decision) -> Rights:
    """All that the viewer may do about a decision, for its page.

    One read; one more for the person, and up to three more for a people partner where the post
    changes.
    """
    ties = _ties_to(viewer, decision)
    pass_on = _may_pass_on(viewer, decision, ties)
    approve = _may_approve(viewer, decision, ties)
    return Rights(
        write=_may_write(viewer, decision, ties),
        pass_on=pass_on,
        check=_may_check(viewer, decision, pass_on),
        reply=_may_reply(viewer, decision),
        approve=approve,
        send_back=_may_send_back(decision, pass_on, approve),
        withdraw=_may_withdraw(viewer, decision, pass_on),
        reads_amounts=ties.reads_pay,
    )


def proposable_by(viewer: Viewer) -> Q:
    """People about whom the viewer may propose, as a condition on Employee."""
    below = ReportingLine.objects.on(viewer.today).filter(
        manager=viewer.employee, employee=OuterRef("pk")
    )
    mine = Q(Exists(below)) | people.in_hands_of(viewer)
    works = Exists(Employment.objects.on(viewer.today).filter(employee=OuterRef("pk")))
    above = ReportingLine.objects.on(viewer.today).filter(employee=viewer.employee)
    return mine & works & ~Q(pk__in=above.values("manager"))


def may_propose_somewhere(viewer: Viewer) -> Decision:
    """Open the form for a proposal; for whom is seen when somebody is chosen."""
    if viewer.has_reports or viewer.is_hr_administrator or viewer.units_partnered:
        return Allowed()
    return Denied(_("Managers and HR propose decisions."))


def may_write(viewer: Viewer, decision: models.Decision) -> Decision:
    """Write the draft, pick evidence, propose it: its proposer, while it is his to write."""
    return _may_write(viewer, decision, _ties_to(viewer, decision))


def _may_write(viewer: Viewer, decision: models.Decision, ties: Ties) -> Decision:
    if decision.proposer_id != viewer.employee.pk:
        return Denied(_("Only who proposes this writes it."))
    if decision.stage not in stages.WRITABLE:
        return Denied(_("This was sent; it is written anew when it comes back."))
    return _may_propose(viewer, decision.employee, ties)


def may_check(viewer: Viewer, decision: models.Decision) -> Decision:
    """Confirm the checks, and carry out: HR of the unit that may also fill the new post."""
    return _may_check(viewer, decision, may_pass_on(viewer, decision))


def _may_check(viewer: Viewer, decision: models.Decision, pass_on: Decision) -> Decision:
    """The change is made in the name of who confirmed the checks, so he must be able to make it."""
    if not pass_on or decision.kind not in kinds.CHANGES_POST or viewer.is_hr_administrator:
        return pass_on
    sent = Proposal.objects.filter(decision=decision, sent_at__isnull=False)
    newest = sent.select_related("position__unit").order_by("-number").first()
    position = position_on_its_day(newest) if newest else None
    return people.may_hire_into(viewer, position.unit) if position else pass_on


def position_on_its_day(proposal: Proposal) -> Position | None:
    """The post as it stands on the day of the change: its row may have moved on since."""
    if proposal.position is None:
        return None
    rows = Position.objects.on(proposal.on).filter(code=proposal.position.code)
    return rows.select_related("unit").first() or proposal.position


def may_pass_on(viewer: Viewer, decision: models.Decision) -> Decision:
    """Pass a checked proposal to the person: HR of the unit."""
    return _may_pass_on(viewer, decision, _ties_to(viewer, decision))


def _may_pass_on(viewer: Viewer, decision: models.Decision, ties: Ties) -> Decision:
    if (refused := _nobody_decides_so(viewer, decision.employee, ties)) is not None:
        return refused
    if ties.in_hands:
        return Allowed()
    return Denied(_("HR administrators and the people partners of the unit check proposals."))


def may_reply(viewer: Viewer, decision: models.Decision) -> Decision:
    """Reply to a proposal that was passed on: the person, and nobody else."""
    return _may_reply(viewer, decision)


def _may_reply(viewer: Viewer, decision: models.Decision) -> Decision:
    if decision.employee_id != viewer.employee.pk:
        return Denied(_("Only the person whom it is about replies."))
    if decision.stage != stages.REPLY:
        return Denied(_("A reply is given while the proposal is with you."))
    if Reply.objects.filter(proposal__decision=decision, proposal__verdict__isnull=True).exists():
        return Denied(_("You have replied; what was said stands."))
    return Allowed()


def may_approve(viewer: Viewer, decision: models.Decision) -> Decision:
    """Approve, reject or send back: a second person with authority by the policy in force."""
    return _may_approve(viewer, decision, _ties_to(viewer, decision))


def _may_approve(viewer: Viewer, decision: models.Decision, ties: Ties) -> Decision:
    if (refused := _nobody_decides_so(viewer, decision.employee, ties)) is not None:
        return refused
    if decision.proposer_id == viewer.employee.pk:
        return Denied(_("Who proposes does not approve: a second person does."))
    allowed = {
        Policy.Approvers.LINE.value: ties.is_higher,
        Policy.Approvers.HR.value: ties.in_hands,
        Policy.Approvers.EITHER.value: ties.is_higher or ties.in_hands,
    }
    if allowed[ties.approvers]:
        return Allowed()
    return Denied(_("The policy gives this to: %s.") % Policy.Approvers(ties.approvers).label)


def may_send_back(viewer: Viewer, decision: models.Decision) -> Decision:
    """Want it written anew: HR before the person has it, the second person before the verdict."""
    ties = _ties_to(viewer, decision)
    by_hr, approve = _may_pass_on(viewer, decision, ties), _may_approve(viewer, decision, ties)
    return _may_send_back(decision, by_hr, approve)


def _may_send_back(decision: models.Decision, by_hr: Decision, approve: Decision) -> Decision:
    of_stage = {
        stages.PROPOSED: [by_hr],
        stages.CHECKED: [by_hr, approve],
        stages.REPLY: [approve],
    }.get(decision.stage)
    if of_stage is None:
        return Denied(_("What was sent is sent back before its verdict, not after."))
    return next((one for one in of_stage if one), of_stage[-1])


def may_open_evidence(viewer: Viewer, decision: models.Decision) -> Decision:
    """Open the evidence: whoever sees a version of the decision."""
    if models.Decision.objects.filter(decisions_visible_to(viewer), pk=decision.pk).exists():
        return Allowed()
    return Denied(_("The evidence is read by those who read the decision."))


def may_take_seal(viewer: Viewer, decision: models.Decision) -> Decision:
    """Take along what a version is sealed by, the amount among it: whoever reads the pay."""
    if people.may_read_pay(viewer, decision.employee):
        return Allowed()
    return Denied(_("The seal holds the amount; it is taken by those who read pay."))


def may_withdraw(viewer: Viewer, decision: models.Decision) -> Decision:
    """Take a decision back before it is carried out: who proposed it, or HR of the unit.

    What was sent back is HR's too: who wrote it may have left. A draft is its writer's alone.
    """
    return _may_withdraw(viewer, decision, may_pass_on(viewer, decision))


def _may_withdraw(viewer: Viewer, decision: models.Decision, by_hr: Decision) -> Decision:
    if decision.proposer_id == viewer.employee.pk and decision.employee_id != viewer.employee.pk:
        return Allowed()
    if decision.stage == stages.DRAFT:
        return Denied(_("A draft is withdrawn by who writes it."))
    return by_hr


def may_set_policies(viewer: Viewer) -> Decision:
    """Put policies in force: HR administrators."""
    if viewer.is_hr_administrator:
        return Allowed()
    return Denied(_("HR administrators put policies in force."))


def may_read_policies(viewer: Viewer) -> Decision:
    """Read what decisions need: everybody who works here, for nobody is judged by secret rules."""
    return may_read_decisions(viewer)


def has_opened(viewer: Viewer, proposal: Proposal) -> bool:
    """Whether the viewer has opened the evidence of this version."""
    return Opening.objects.filter(proposal=proposal, by=viewer.employee).exists()


def is_below(one: Employee, other: Employee, day: date) -> bool:
    """Whether one reports to the other on a day, directly or through others."""
    lines = ReportingLine.objects.on(day)
    return lines.filter(employee=one, manager=other).exists()


def approvers_of(kind: str, day: date) -> str:
    """Who approves a kind of decision on a day."""
    policy = Policy.objects.on(day).filter(kind=kind).first()
    return policy.approvers if policy else Policy.Approvers.EITHER


def waiting_for_verdict_of(viewer: Viewer) -> Q:
    """Decisions on which the viewer may give the verdict, as a condition for lists.

    As a manager above the manager, or as HR of the unit, by what the policy of the kind says.
    """
    allowed: Q = people.NOBODY
    in_force = Policy.objects.on(viewer.today).filter(kind=OuterRef("kind"))
    if viewer.has_reports:
        hr_alone = Exists(in_force.filter(approvers=Policy.Approvers.HR))
        allowed |= Q(Exists(_higher_line(viewer, OuterRef("employee")))) & Q(~hr_alone)
    if people.keeps_files(viewer):
        line_alone = Exists(in_force.filter(approvers=Policy.Approvers.LINE))
        allowed |= _in_hands_and_not_above(viewer) & Q(~line_alone)
    return allowed & Q(stage=stages.REPLY) & ~Q(proposer=viewer.employee)


def waiting_for_checks_of(viewer: Viewer) -> Q:
    """Decisions that the viewer, as HR of the unit, is to check or to pass on."""
    if not people.keeps_files(viewer):
        return people.NOBODY
    mine = Q(stage__in=[stages.PROPOSED, stages.CHECKED]) & _in_hands_and_not_above(viewer)
    if viewer.is_hr_administrator:
        return mine
    return mine & ~(Q(stage=stages.PROPOSED) & _fills_a_post_elsewhere(viewer))


def _fills_a_post_elsewhere(viewer: Viewer) -> Q:
    """Decisions that give a post outside the units of a people partner, on the day of the change:
    of many, what `may_check` asks of one."""
    sent = Proposal.objects.filter(sent_at__isnull=False)
    newer = sent.filter(decision=OuterRef("decision"), number__gt=OuterRef("number"))
    on_its_day = Position.objects.filter(
        code=OuterRef("position__code"), from_on__lte=OuterRef("on"), until_on__gt=OuterRef("on")
    )
    newest = sent.filter(~Exists(newer), decision=OuterRef("pk"), position__isnull=False)
    that_day = Subquery(on_its_day.values("unit_id")[:1])
    unit = Coalesce(that_day, "position__unit_id", output_field=BigIntegerField())
    mine = UnitLine.objects.on(viewer.today).filter(above__in=viewer.units_partnered)
    elsewhere = newest.annotate(unit=unit).exclude(unit__in=mine.values("unit"))
    return Q(kind__in=kinds.CHANGES_POST) & Q(Exists(elsewhere))


def _in_hands_and_not_above(viewer: Viewer) -> Q:
    """Decisions about people whose file the viewer keeps, those above him excepted."""
    above = ReportingLine.objects.on(viewer.today).filter(employee=viewer.employee)
    return about(people.in_hands_of(viewer)) & ~Q(employee__in=above.values("manager"))


def about(whom: Q) -> Q:
    """Decisions about such people, asked one by one: few decisions wait, and people are many."""
    return Q(Exists(Employee.objects.filter(whom, pk=OuterRef("employee"))))


def _higher_line(viewer: Viewer, whose: OuterRef) -> QuerySet[ReportingLine]:
    """Lines on which the viewer stands above the manager of a person."""
    lines = ReportingLine.objects.on(viewer.today).filter(manager=viewer.employee)
    return lines.filter(employee=whose, depth__gt=DIRECTLY)


def who_could_approve(decision: models.Decision, day: date) -> QuerySet[Employee]:
    """Everybody with authority over this decision by the policy of a day, the proposer left out."""
    lines = ReportingLine.objects.on(day).filter(employee=decision.employee_id)
    higher = Q(pk__in=lines.filter(depth__gt=DIRECTLY).values("manager"))
    hr = Q(pk__in=hr_of(decision, day))
    allowed = {
        Policy.Approvers.LINE.value: higher,
        Policy.Approvers.HR.value: hr,
        Policy.Approvers.EITHER.value: higher | hr,
    }[approvers_of(decision.kind, day)]
    below = ReportingLine.objects.on(day).filter(manager=decision.employee_id)
    return (
        Employee.objects.filter(allowed)
        .exclude(pk__in=[decision.employee_id, decision.proposer_id])
        .exclude(pk__in=below.values("employee"))
    )


def hr_of(decision: models.Decision, day: date) -> QuerySet[RoleGrant, Any]:
    """HR administrators, and the people partners of the unit of the person's post, on a day."""
    held = decision.employee.assignments.on(day).values("position__unit")
    units = UnitLine.objects.on(day).filter(unit__in=held).values("above")
    partners = Q(role=Role.PEOPLE_PARTNER, unit__in=units)
    grants = RoleGrant.objects.on(day)
    return grants.filter(partners | Q(role=Role.HR_ADMINISTRATOR)).values("employee")
