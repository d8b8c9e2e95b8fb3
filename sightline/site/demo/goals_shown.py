"""A few goals of the cast in states worth looking at, by ordinary acts of those whom they concern.

Mei has proposed a change and Ana is to answer; what Platform promised was changed, so that what
serves it must be confirmed; a status is disagreed with; some goals are drafts yet; and on one Kofi
and Ana cannot agree, so that Leo was asked to mediate.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from sightline.goals.actions import catchball, check_ins, mediating
from sightline.goals.actions import goals as drafts
from sightline.goals.actions.help import answer_help, ask_for_help
from sightline.goals.models import Goal, Period
from sightline.goals.rules.texts import GoalText, text_of
from sightline.people.models import Employee
from sightline.people.viewer import Viewer, viewer_as

SLIPPED = (
    "The payments move slipped, and a third of the errors go away with it. "
    "I would rather promise what I can keep."
)
REGIONS = "One drill a quarter with Support in the room says more than a share of traffic on paper."
A_MORNING = "A morning of yours beside me: two queries wait for the import, and I cannot see why."
WITH_LOGS = "Gladly. Keep the logs of a bad hour until then."
PARTNERS = (
    (2, "Two hours is what partners are told elsewhere."),
    (12, "At night nobody is there to read; twelve hours I can keep alone."),
    (4, "Four, and the night waits for the morning."),
    (8, "With one of us on leave until spring, eight is honest."),
)
DIFFER = (
    "We agree on what partners need, and not on what one person can promise without a stand-in."
)
BETWEEN = (
    "Four hours by day with Support as a stand-in, and no promise at night until the post beside "
    "Kofi is filled. I will ask Support; please try it for the rest of this period."
)
STEPS = (
    "Behind by the number, not by the work: the tests are written, and the last three switch on "
    "together when the queue has moved."
)


def show() -> None:
    """Let the cast do what is worth looking at, where the cast is there."""
    names = {"mei": "Chen Mei", "ana": "Ana Ribeiro", "leo": "Leo Brandt", "kofi": "Kofi Owusu"}
    found = {key: Employee.objects.filter(name=name).first() for key, name in names.items()}
    people = {key: viewer_as(one) for key, one in found.items() if one is not None}
    cast = {key: viewer for key, viewer in people.items() if viewer is not None}
    if set(cast) != set(names):
        return
    _propose_less(cast["mei"])
    _change_what_platform_promised(cast["ana"], cast["leo"])
    _disagree(cast["mei"])
    _draft(cast["kofi"], cast["ana"])
    _ask_for_help(cast["mei"])
    _disagree_on_answers(cast["kofi"], cast["ana"], cast["leo"])


def _running(**whose: object) -> list[Goal]:
    rows = Goal.objects.filter(stage=Goal.Stage.AGREED, **whose)
    return list(rows.select_related("period", "employee", "unit").order_by("-done_percent", "pk"))


def _propose_less(mei: Viewer) -> None:
    """Mei asks for an easier target of a goal that is agreed."""
    for goal in _running(employee=mei.employee, title__startswith="Cut checkout errors"):
        start, target = goal.start_value or Decimal(0), goal.target_value or Decimal(1)
        eased = (target - (target - start) / 4).quantize(Decimal("0.1"))  # 0.4 becomes 0.6
        text = replace(text_of(goal), target_value=eased)
        catchball.revise(by=mei, goal=goal, text=text, reason=SLIPPED)


def _change_what_platform_promised(ana: Viewer, leo: Viewer) -> None:
    """Both agree that Platform's goal is measured otherwise; what serves it is to be confirmed."""
    for goal in _running(unit__code="PLAT", title__startswith="Checkout served"):
        measured = "Drills in which either region carried all traffic alone"
        text = replace(text_of(goal), measured_by=measured)
        revision = catchball.revise(by=ana, goal=goal, text=text, reason=REGIONS)
        goal.refresh_from_db()
        catchball.accept(by=leo, goal=goal, number=revision.number)


def _disagree(mei: Viewer) -> None:
    """Mei holds that the status of her slowest goal does not tell it right."""
    for goal in _running(employee=mei.employee, measured_on__isnull=False)[-1:]:
        check_ins.disagree(by=mei, goal=goal, words=STEPS)


def _ask_for_help(mei: Viewer) -> None:
    """Mei asks Tomás for a morning, and he promises it."""
    tomas = Employee.objects.filter(name="Tomás Silva").first()
    viewer = viewer_as(tomas) if tomas else None
    goal = next(iter(_running(employee=mei.employee)), None)
    if viewer is not None and goal is not None:
        asked = ask_for_help(by=mei, goal=goal, asked=viewer.employee, words=A_MORNING)
        promise = {"answer": "promised", "words": WITH_LOGS}
        day = viewer.today + timedelta(days=6)
        answer_help(by=viewer, request=asked, promised_for=day, **promise)


def _draft(kofi: Viewer, ana: Viewer) -> None:
    """Kofi begins a goal and shows it to nobody yet; Ana proposes one to him."""
    period = Period.objects.filter(stage=Period.Stage.OPEN).order_by("-from_on").first()
    if period is None or period.kind == Period.Kind.YEAR:
        return
    first, last = period.from_on, period.until_on - timedelta(days=1)
    idea = GoalText(
        title="Three partners that check their own files before they send them",
        why="We find at night what they could find at noon.",
        measured_by="Partners that run our check",
        value_unit="partners",
        start_value=Decimal(0),
        target_value=Decimal(3),
        weight_percent=30,
        from_on=first,
        due_on=last,
    )
    drafts.draft_goal(by=kofi, period=period, text=idea, employee=kofi.employee)
    asked = GoalText(
        title="A list of vendors that somebody answers",
        measured_by="Vendors reached at the first try",
        value_unit="%",
        start_value=Decimal(48),
        target_value=Decimal(85),
        weight_percent=20,
        from_on=first,
        due_on=last,
    )
    goal = drafts.draft_goal(by=ana, period=period, text=asked, employee=kofi.employee)
    reason = "Last winter two layout changes came by rumour. I would like this one to be yours."
    catchball.propose_draft(by=ana, goal=goal, reason=reason)


def _disagree_on_answers(kofi: Viewer, ana: Viewer, leo: Viewer) -> None:
    """Kofi and Ana pass a goal back four times; Kofi asks Leo to mediate, and Leo recommends."""
    period = Period.objects.filter(stage=Period.Stage.OPEN).order_by("-from_on").first()
    if period is None or period.kind == Period.Kind.YEAR:
        return
    text = GoalText(
        title="Partners whose questions are answered in hours",
        measured_by="Hours to a first answer, at the median",
        value_unit="hours",
        start_value=Decimal(30),
        target_value=Decimal(16),
        weight_percent=10,
        from_on=period.from_on,
        due_on=period.until_on - timedelta(days=1),
    )
    goal = drafts.draft_goal(by=kofi, period=period, text=text, employee=kofi.employee)
    catchball.propose_draft(by=kofi, goal=goal)
    for place, (hours, reason) in enumerate(PARTNERS):
        goal.refresh_from_db()
        said = replace(text, target_value=Decimal(hours))
        catchball.revise(by=(ana, kofi)[place % 2], goal=goal, text=said, reason=reason)
    mediating.ask_to_mediate(by=kofi, goal=goal, words=DIFFER)
    goal.refresh_from_db()
    mediating.recommend(by=leo, goal=goal, words=BETWEEN)
