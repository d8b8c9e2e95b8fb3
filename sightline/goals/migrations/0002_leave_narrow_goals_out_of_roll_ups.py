"""Works out anew what rests on goals that not everyone may see: they count in no figure above."""

from decimal import Decimal

from django.db import migrations

from sightline.goals.rules.roll_up import Part, roll_up
from sightline.goals.rules.status import plan_percent


def redraw(apps, schema_editor):
    Goal = apps.get_model("goals", "Goal")
    Contribution = apps.get_model("goals", "Contribution")
    narrow = Contribution.objects.filter(parent__isnull=False, goal__visibility__in=["unit", "line"])
    waiting = set(narrow.values_list("parent", flat=True))
    while waiting:
        goal = Goal.objects.get(pk=waiting.pop())
        before = goal.done_percent
        _take(goal, Contribution.objects.filter(parent=goal))
        goal.save()
        if goal.kind == "children" and goal.done_percent != before:
            above = Contribution.objects.filter(goal=goal, parent__isnull=False)
            waiting.update(above.values_list("parent", flat=True))


def _take(goal, links):
    counted = links.filter(goal__agreed_number__isnull=False, goal__visibility="everyone")
    counted = counted.exclude(goal__closing__outcome="dropped")
    parts = counted.values_list("share_percent", "goal__weight_percent", "goal__done_percent")
    rolled = roll_up(Part(*part) for part in parts)
    goal.rolled_percent = _cents(rolled.done_percent)
    goal.rolled_coverage_percent = _cents(rolled.coverage_percent)
    if goal.kind == "children":
        goal.done_percent, goal.measured_on, goal.plan_percent = goal.rolled_percent, None, None
        days = counted.filter(goal__measured_on__isnull=False)
        last = max(days.values_list("goal__measured_on", flat=True), default=None)
        if goal.done_percent is not None and last is not None:
            goal.measured_on = last
            goal.plan_percent = _cents(plan_percent(goal.from_on, goal.due_on, goal.measured_on))


def _cents(value):
    return None if value is None else value.quantize(Decimal("0.01"))


class Migration(migrations.Migration):
    dependencies = [("goals", "0001_keep_goals")]

    operations = [migrations.RunPython(redraw, migrations.RunPython.noop)]
