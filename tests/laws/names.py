"""What things are called."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.laws.law import Offence, Source, law

PYTHON = ["sightline/**/*.py"]
HERE = "sightline/people/actions.py"
EMPTY = re.compile(r"(?:Manager|Helper|Util|Utils|Service|Data|Info)$")
EMPTY_FILES = re.compile(r"(?:^|_)(?:utils?|helpers?|managers?|services?|misc|common)$")
OF_A_FRAMEWORK = {
    "process_view",
    "process_exception",
    "process_request",
    "process_response",
    "handle_no_permission",
    "handle",
}


@law(
    over=PYTHON,
    broken=[
        (HERE, "class EmployeeManager: ..."),
        (HERE, "class DateUtils: ..."),
        (HERE, "class MailService: ..."),
        (HERE, "class UnitInfo: ..."),
    ],
    kept=[
        (HERE, "class ManagerForm(Form): ..."),
        (HERE, "class AccountManager(BaseUserManager): ..."),
    ],
)
def no_class_is_called_by_an_empty_word(source: Source) -> Iterator[Offence]:
    """A thing without a name is a thing not yet understood."""
    for node in source.nodes(ast.ClassDef):
        is_django_s = any("Manager" in ast.unparse(base) for base in node.bases)
        if EMPTY.search(node.name) and not is_django_s:
            yield source.offence(node, node.name)


@law(
    over=PYTHON,
    broken=[(HERE, "def process_import(): ..."), (HERE, "def handle_upload(): ...")],
    kept=[(HERE, "def carry_out(): ..."), (HERE, "def process_view(): ...")],
)
def no_function_handles_or_processes(source: Source) -> Iterator[Offence]:
    """A function is called by what it does. What a framework calls keeps the framework's name."""
    for node in source.nodes(ast.FunctionDef, ast.AsyncFunctionDef):
        if node.name.startswith(("process_", "handle_")) and node.name not in OF_A_FRAMEWORK:
            yield source.offence(node, node.name)


@law(
    over=PYTHON,
    broken=[("sightline/people/utils.py", ""), ("sightline/people/date_helpers.py", "")],
    kept=[("sightline/people/rules.py", "")],
)
def no_file_is_a_drawer(source: Source) -> Iterator[Offence]:
    """There is no place for what has no place."""
    name = source.path.rsplit("/", 1)[-1].removesuffix(".py")
    if EMPTY_FILES.search(name):
        yield source.offence(0, name)


@law(
    over=PYTHON,
    broken=[
        (HERE, "def move(employee): return employee"),
        (HERE, "class Move:\n    pass"),
    ],
    kept=[
        (HERE, 'def move(employee):\n    """Bring a person into another position."""'),
        (HERE, "def _move(employee): ..."),
        (HERE, 'class Move:\n    """A move."""\n    def undo(self): ...'),
        (HERE, "class MoveForm(Form):\n    class Meta: ..."),
    ],
)
def what_is_public_says_what_it_is(source: Source) -> Iterator[Offence]:
    """A public function or class opens with a sentence; what a framework calls may go without."""
    if source.path.endswith(("/apps.py", "/events.py")):
        return
    for node in source.tree.body:
        is_ours = isinstance(node, ast.FunctionDef) or (
            isinstance(node, ast.ClassDef) and not node.bases
        )
        if is_ours and not node.name.startswith("_") and not ast.get_docstring(node):
            yield source.offence(node, node.name)


@law(
    over=["sightline/**/*.py", "sightline/**/*.html", "sightline/**/*.js", "sightline/**/*.css"],
    broken=[(HERE, "go()  # TODO: check the day"), (HERE, "# FIXME\ngo()")],
    kept=[(HERE, "todo = needs_of(viewer)")],
)
def nothing_is_left_for_later(source: Source) -> Iterator[Offence]:
    """What is to be done stands in the tracker, not in the code."""
    yield from source.matches(r"\b(?:TODO|FIXME|XXX|HACK)\b")
