"""Who writes, and how: only actions, for somebody, after asking, in one piece, and on record."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.laws.law import Offence, Source, called, decorators, functions, imported, law

ACTIONS = ["sightline/**/actions.py", "sightline/**/actions/**/*.py"]
WRITES = {
    "save",
    "delete",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
RAW = {"execute", "executemany"}


def writes(node: ast.AST) -> Iterator[ast.Call]:
    """The calls within a node that write to the database."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            name = call.func.attr
            is_update = name == "update" and any(word.arg for word in call.keywords)
            if name in WRITES or is_update or (name in RAW and is_change(call)):
                yield call


def is_change(call: ast.Call) -> bool:
    """Whether a statement given as it is written changes rows (one given by name may)."""
    said = " ".join(
        str(part.value) if isinstance(part, ast.Constant) else getattr(part, "id", "")
        for argument in call.args[:1]
        for part in ast.walk(argument)
    )
    return any(verb in said.upper() for verb in ("INSERT", "UPDATE ", "DELETE "))


def calls(node: ast.AST) -> set[str]:
    """The names of all that is called within a node."""
    return {called(one) for one in ast.walk(node) if isinstance(one, ast.Call)}


def reached(source: Source, start: ast.FunctionDef) -> list[ast.FunctionDef]:
    """The function with all functions and methods of its file that it calls, however far."""
    known = {node.name: node for node in source.nodes(ast.FunctionDef)}
    found, ways = [start], [start]
    while ways:
        for name in calls(ways.pop()):
            node = known.get(name)
            if node and node not in found:
                found.append(node)
                ways.append(node)
    return found


def passes_on(node: ast.AST) -> bool:
    """Whether the one who acts is handed on, to an action that does the work."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            named = any(word.arg == "by" for word in call.keywords)
            if named and called(call) not in {"record", "record_all"}:
                return True
    return False


def parameters(node: ast.FunctionDef) -> list[str]:
    """The names of a function's parameters, in order."""
    given = node.args
    return [one.arg for one in [*given.posonlyargs, *given.args, *given.kwonlyargs]]


def acts(source: Source) -> list[ast.FunctionDef]:
    """The actions of a file: what can be called from outside and is done by somebody."""
    return [
        node
        for node in functions(source)
        if not node.name.startswith("_") and "by" in parameters(node)
    ]


@law(
    over=["sightline/**/*.py"],
    broken=[
        ("sightline/people/queries.py", "Employee.objects.filter(pk=1).update(name='X')"),
        ("sightline/people/views.py", "employee.save()"),
        ("sightline/people/jobs.py", "Leave.objects.filter(pk=1).delete()"),
        ("sightline/people/forms.py", "Employee.objects.bulk_create(rows)"),
        ("sightline/people/queries.py", "cursor.execute('UPDATE people_employee SET name = 1')"),
    ],
    kept=[
        ("sightline/people/actions.py", "employee.save()"),
        ("sightline/people/actions/moves.py", "Assignment.objects.create(position=post)"),
        ("sightline/people/views.py", "context.update(extra)"),
        ("sightline/people/queries.py", "cursor.execute('SELECT 1')"),
    ],
    excused={
        "sightline/people/exchange/plan*.py": "notes what is to be written; an action writes it",
        "sightline/foundation/jobs/*.py": "stands below identity: there is nobody to act for",
        "sightline/foundation/ledger/record.py": "writes the record of an action",
        "sightline/foundation/ledger/sealing.py": "makes the key for the record of an action",
        "sightline/foundation/ledger/sequence.py": "puts records under a head, for nobody",
        "sightline/foundation/ledger/models.py": "refuses what the database refuses as well",
        "sightline/people/models/employees.py:save": "keeps the search key beside the name",
        "sightline/foundation/identity/models.py": "the manager that Django's own commands call",
        "sightline/foundation/identity/adapters.py:save": "allauth hands the account over to save",
        "sightline/foundation/identity/listeners.py": "a row of allauth follows the account",
        "sightline/foundation/identity/middleware.py": "notes that a session is in use",
        "sightline/foundation/identity/jobs.py": "throws away what has expired",
    },
)
def only_actions_write(source: Source) -> Iterator[Offence]:
    """Rows are made, changed and deleted in actions only."""
    parts = source.path.removesuffix(".py").split("/")
    if "actions" not in parts:
        yield from (source.offence(call, called(call)) for call in writes(source.tree))


A_STEP_OF_LEAVING = "a step of end_employment, which asked and is the transaction"
GOOD_ACTION = """
@transaction.atomic
def rename(*, by: Viewer, employee: Employee, name: str) -> None:
    require(policies.may_change_employee(by, employee))
    employee.name = name
    employee.save()
    record(EmployeeRenamed(employee.pk, name), by=by)
"""


@law(
    over=ACTIONS,
    broken=[
        ("sightline/people/actions.py", "def rename(employee, *, by, name): ..."),
        ("sightline/people/actions.py", "def rename(by, employee, name): ..."),
        ("sightline/people/actions.py", "def rename(*, employee, by, name): ..."),
    ],
    kept=[
        ("sightline/people/actions.py", GOOD_ACTION),
        ("sightline/people/actions.py", "def _rename(by, employee, name): ..."),
    ],
)
def actions_are_keyword_only_and_say_first_who_acts(source: Source) -> Iterator[Offence]:
    """An action is called by words only, and the first of them is `by`."""
    for node in acts(source):
        is_keyword_only = not node.args.args and not node.args.posonlyargs
        if not is_keyword_only or parameters(node)[0] != "by":
            yield source.offence(node, node.name)


@law(
    over=ACTIONS,
    broken=[
        (
            "sightline/people/actions.py",
            "def forget_all(*, day):\n    Leave.objects.all().delete()",
        ),
    ],
    kept=[
        ("sightline/people/actions.py", GOOD_ACTION),
        ("sightline/people/actions.py", "def _keep(row):\n    row.save()"),
        ("sightline/people/actions.py", "def told(row):\n    return str(row)"),
    ],
    excused={
        "sightline/people/actions/founding.py:found_organisation": "there is nobody yet to act",
        "sightline/site/actions/invitations.py:give_to_job": "a step of ask_to_invite",
        "sightline/people/actions/assignments.py:put_in_post": "a step that moves and hires share",
        "sightline/people/actions/dated.py:*": "steps that changes from a day on share",
        "sightline/reviews/actions/opening.py:write_reviews": "a step of each way to make reviews",
        "sightline/goals/actions/figures.py:redraw": "what follows from acts on goals below",
        "sightline/goals/actions/following.py:follow_objectives": "follows the strategy",
        "sightline/goals/actions/forecasts.py:learn_from_what_ended": "done by the calendar",
        "sightline/decisions/actions/holding.py:touch": "a step of every act on a decision",
        "sightline/decisions/actions/proposing.py:keep_checks": "a step of all who hold it up",
        "sightline/foundation/drafts/actions.py:take": "a step of save_draft",
        "sightline/foundation/drafts/actions.py:exchange": "a step of save_draft",
        "sightline/foundation/drafts/actions.py:forget_old_drafts": "done by the calendar",
        "sightline/foundation/exchange/actions.py:*": "steps that an app's import is made of",
        "sightline/foundation/notices/actions.py:*": "the house writes notices and letters",
        "sightline/foundation/jobs/actions.py:*": "stands below identity: nobody to act for",
    },
)
def nobody_writes_in_nobody_s_name(source: Source) -> Iterator[Offence]:
    """What writes and can be called from outside says who acts."""
    for node in functions(source):
        if not node.name.startswith("_") and "by" not in parameters(node) and any(writes(node)):
            yield source.offence(node, node.name)


@law(
    over=ACTIONS,
    broken=[
        (
            "sightline/people/actions.py",
            "def rename(*, by, row):\n    row.save()\n    record(Renamed(row.pk), by=by)",
        ),
    ],
    kept=[
        ("sightline/people/actions.py", GOOD_ACTION),
        (
            "sightline/people/actions.py",
            "def rename(*, by, row):\n    with transaction.atomic():\n        row.save()",
        ),
        ("sightline/people/actions.py", "def rename(*, by, row):\n    change(by=by, row=row)"),
    ],
    excused={"sightline/people/actions/assignments.py:take_over_reports": A_STEP_OF_LEAVING},
)
def actions_are_one_transaction(source: Source) -> Iterator[Offence]:
    """What an action changes and what it records are kept together or not at all."""
    for node in acts(source):
        bodies = reached(source, node)
        steps = sum(len(list(writes(body))) for body in bodies)
        steps += len([name for body in bodies for name in calls(body) if name.startswith("record")])
        is_atomic = any("atomic" in " ".join(decorators(body)) for body in bodies)
        is_atomic = is_atomic or any("atomic" in calls(body) for body in bodies)
        if steps > 1 and not is_atomic:
            yield source.offence(node, node.name)


@law(
    over=ACTIONS,
    broken=[("sightline/people/actions.py", "def rename(*, by, row):\n    row.save()")],
    kept=[
        ("sightline/people/actions.py", GOOD_ACTION),
        ("sightline/people/actions.py", "def rename(*, by, row):\n    change(by=by, row=row)"),
        (
            "sightline/people/actions.py",
            "def rename(*, by, row):\n    _keep()\n\n\ndef _keep():\n    record(Kept(), by=1)",
        ),
    ],
    excused={
        "sightline/foundation/drafts/actions.py:*": "what was typed and not sent was not said",
        "sightline/conversations/actions/notes.py:keep_note": "noted for oneself, so not said",
        "sightline/foundation/notices/actions.py:*": "a notice repeats what the ledger holds",
        "sightline/foundation/identity/actions.py:change_settings": "a matter of taste",
    },
)
def actions_leave_an_event(source: Source) -> Iterator[Offence]:
    """No record, no change."""
    for node in acts(source):
        bodies = reached(source, node)
        recorded = any(calls(body) & {"record", "record_all"} for body in bodies)
        if not recorded and not any(map(passes_on, bodies)):
            yield source.offence(node, node.name)


@law(
    over=ACTIONS,
    broken=[
        (
            "sightline/people/actions.py",
            "def rename(*, by, row):\n    row.save()\n    record(Renamed(), by=by)",
        ),
    ],
    kept=[("sightline/people/actions.py", GOOD_ACTION)],
    excused={
        "sightline/people/actions/assignments.py:take_over_reports": A_STEP_OF_LEAVING,
        "sightline/decisions/actions/carrying_out.py:note_hindrance": "the house notes it",
        "sightline/goals/actions/help.py:let_help_lapse": "a step of close_goal, which asked",
        "sightline/goals/actions/help.py:let_help_of_leavers_lapse": "done by the calendar",
        "sightline/site/actions/founding.py:*": "there is nobody yet; a token is shown",
        "sightline/people/actions/imports.py:carry_out": "the plan asked for each of its rows",
        "sightline/people/actions/imports.py:take_back": "asked in exchange/work.py, of the import",
        "sightline/reviews/actions/opening.py:make_reviews": "the house does what open_cycle asked",
        "sightline/reviews/actions/peers.py:gather_peers*": "done by the calendar of the cycle",
        "sightline/reviews/actions/levels.py:show_levels_of": "asks; without leave does nothing",
        "sightline/foundation/identity/actions.py:*": "knows no roles; site/actions asks before",
        "sightline/foundation/ledger/actions.py:shred": "knows no roles; its caller asks before",
        "sightline/foundation/exchange/actions.py:bring_file": "knows no roles; people asks before",
        "sightline/foundation/drafts/actions.py:*": "everybody writes his own drafts",
        "sightline/foundation/notices/actions.py:*": "everybody reads his own notices",
    },
)
def actions_ask_the_policy(source: Source) -> Iterator[Offence]:
    """An action asks whether the one who acts may; it does not count on the page that called."""
    for node in acts(source):
        if not any("require" in calls(body) for body in reached(source, node)):
            yield source.offence(node, node.name)


@law(
    over=["sightline/**/*.py"],
    broken=[
        ("sightline/people/actions.py", "Employee.objects.select_for_update().get(pk=1)"),
        ("sightline/people/actions.py", "rows.select_for_update(of=('self',)).get(pk=1)"),
        ("sightline/people/actions.py", "rows.select_for_update(no_key=False).get(pk=1)"),
    ],
    kept=[
        ("sightline/people/actions.py", "rows.select_for_update(no_key=True).get(pk=1)"),
    ],
    excused={
        "sightline/foundation/ledger/actions.py": "deletes the row, so nobody may refer to it",
    },
)
def a_row_is_held_without_its_key(source: Source) -> Iterator[Offence]:
    """Whoever writes a row that refers to a held one does not wait, so no two wait in a ring."""
    for call in source.nodes(ast.Call):
        if called(call) == "select_for_update":
            words = {word.arg: ast.unparse(word.value) for word in call.keywords}
            if words.get("no_key") != "True":
                yield source.offence(call, "select_for_update")


OUTSIDE = (
    "django.http",
    "django.shortcuts",
    "django.contrib.messages",
    "django.core.mail",
    "django.template",
    "requests",
    "urllib",
    "smtplib",
)


@law(
    over=ACTIONS,
    broken=[
        ("sightline/people/actions.py", "from django.http import HttpRequest"),
        ("sightline/people/actions.py", "from django.core.mail import send_mail"),
        ("sightline/people/actions.py", "import requests"),
    ],
    kept=[("sightline/people/actions.py", "from django.db import transaction")],
)
def actions_know_no_pages_mail_or_network(source: Source) -> Iterator[Offence]:
    """An action can be called by a page, an import, a job or a test alike."""
    yield from (
        source.offence(node, name)
        for node, name in imported(source)
        if name.startswith(tuple(f"{one}." for one in OUTSIDE)) or name in OUTSIDE
    )


@law(
    over=ACTIONS,
    broken=[("sightline/people/actions.py", "jobs.tell.enqueue(employee.pk)")],
    kept=[("sightline/people/listeners.py", "record(Told(), by=by)")],
)
def actions_enqueue_nothing(source: Source) -> Iterator[Offence]:
    """An action records an event; a listener enqueues what follows from it."""
    for call in source.nodes(ast.Call):
        if called(call) == "enqueue":
            yield source.offence(call, "enqueue")
