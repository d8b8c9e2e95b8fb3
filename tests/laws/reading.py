"""Who reads what: pages ask queries, rules ask nobody, models know their own row."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.laws.law import Offence, Source, called, functions, imported, law

VIEWS = [
    "sightline/**/views.py",
    "sightline/**/views/*.py",
    "sightline/**/api.py",
    "sightline/**/api/*.py",
]
RULES = ["sightline/**/rules.py", "sightline/**/rules/*.py"]
MODELS = ["sightline/**/models.py", "sightline/**/models/*.py"]
PLAIN = ("sightline.foundation.core.spans", "sightline.foundation.core.groups")
MANAGERS = {"objects", "_default_manager", "_base_manager"}


@law(
    over=VIEWS,
    broken=[
        ("sightline/people/views.py", "rows = Employee.objects.filter(name=name)"),
        ("sightline/people/views.py", "one = get_object_or_404(Employee, pk=1)"),
        ("sightline/people/views.py", "from django.db.models import Q"),
    ],
    kept=[
        ("sightline/people/views.py", "rows = queries.employees_seen_by(viewer)"),
        ("sightline/people/views.py", "get_object_or_404(employees_seen_by(viewer), pk=1)"),
    ],
)
def views_know_no_orm(source: Source) -> Iterator[Offence]:
    """A view asks queries, which know what the viewer may see; never the database."""
    for node in source.nodes(ast.Attribute):
        if node.attr in MANAGERS:
            yield source.offence(node, ast.unparse(node))
    for call in source.nodes(ast.Call):
        names = [arg.id for arg in call.args[:1] if isinstance(arg, ast.Name)]
        if called(call) in {"get_object_or_404", "get_list_or_404"}:
            yield from (source.offence(call, name) for name in names if name[:1].isupper())
    for node, name in imported(source):
        if name.startswith("django.db."):
            yield source.offence(node, name)


@law(
    over=RULES,
    broken=[
        ("sightline/people/rules.py", "from django.utils import timezone"),
        ("sightline/people/rules/lines.py", "from sightline.people.models import Employee"),
        ("sightline/people/rules.py", "late = due < date.today()"),
        ("sightline/people/rules.py", "from time import time"),
        ("sightline/people/rules.py", "import random"),
    ],
    kept=[
        ("sightline/people/rules.py", "from datetime import date"),
        ("sightline/people/rules.py", "from sightline.foundation.core.spans import Span"),
        ("sightline/people/rules/posts.py", "from sightline.people.rules.lines import Edge"),
    ],
)
def rules_are_arithmetic(source: Source) -> Iterator[Offence]:
    """Rules take plain values and give plain values: no framework, no database, no clock."""
    for node, name in imported(source):
        parts = name.split(".")
        is_ours = parts[0] == "sightline"
        is_plain = "rules" in parts or name.startswith(PLAIN)
        if parts[0] in {"django", "random", "time", "os"} or (is_ours and not is_plain):
            yield source.offence(node, name)
    for call in source.nodes(ast.Call):
        if ast.unparse(call.func) in {"date.today", "datetime.now", "datetime.today"}:
            yield source.offence(call, ast.unparse(call.func))


@law(
    over=MODELS,
    broken=[
        ("sightline/people/models.py", "def lead(self):\n    return RoleGrant.objects.first()"),
    ],
    kept=[
        ("sightline/people/models.py", "class Unit(models.Model):\n    objects = Manager()"),
        ("sightline/people/models.py", "def on(self, day):\n    return self.filter(day=day)"),
    ],
    excused={
        "sightline/foundation/identity/models.py:EmailAddress.objects": (
            "Django's own commands make accounts through the manager, and allauth needs its row"
        ),
    },
)
def models_ask_no_other_table(source: Source) -> Iterator[Offence]:
    """A model holds facts and constraints; questions stand in queries."""
    for node in source.nodes(ast.Attribute):
        if node.attr in MANAGERS:
            yield source.offence(node, ast.unparse(node))


@law(
    over=["sightline/**/forms.py", "sightline/**/forms/*.py"],
    broken=[
        ("sightline/people/forms.py", "class EmployeeForm(forms.ModelForm): ..."),
        ("sightline/people/forms.py", "class EmployeeForm(Form):\n    def save(self): ..."),
    ],
    kept=[("sightline/people/forms.py", "class EmployeeForm(forms.Form): ...")],
    excused={
        "sightline/foundation/identity/forms.py:PasswordResetForm.save": (
            "allauth calls it, and it sends a letter; nothing is stored"
        ),
    },
)
def forms_save_nothing(source: Source) -> Iterator[Offence]:
    """A form turns input into clean values; an action takes them."""
    for node in source.nodes(ast.ClassDef):
        if any("ModelForm" in ast.unparse(base) for base in node.bases):
            yield source.offence(node, node.name)
        for part in node.body:
            if isinstance(part, ast.FunctionDef) and part.name == "save":
                yield source.offence(part, f"{node.name}.save")


@law(
    over=VIEWS,
    broken=[("sightline/people/views.py", "class Directory(ListView): ...")],
    kept=[("sightline/people/views.py", "def directory(request): ...")],
)
def views_are_functions(source: Source) -> Iterator[Offence]:
    """A view is a function that can be read from top to bottom."""
    for node in source.nodes(ast.ClassDef):
        if any(ast.unparse(base).endswith(("View", "Mixin")) for base in node.bases):
            yield source.offence(node, node.name)


@law(
    over=["sightline/**/policies.py", "sightline/**/policies/*.py"],
    broken=[
        ("sightline/people/policies.py", "def may_move(employee: Employee) -> Decision: ..."),
        ("sightline/people/policies.py", "def may_move(viewer, employee) -> bool: ..."),
        ("sightline/people/policies.py", "def units_visible_to(viewer: Viewer) -> QuerySet: ..."),
    ],
    kept=[
        ("sightline/people/policies.py", "def may_move(viewer: Viewer) -> Decision: ..."),
        ("sightline/people/policies.py", "def units_visible_to(viewer: Viewer) -> Q: ..."),
    ],
)
def policies_take_the_viewer_and_give_reasons(source: Source) -> Iterator[Offence]:
    """`may_…(viewer, thing)` is a decision with its reason; `…_visible_to(viewer)` a condition."""
    wanted = {"may_": "Decision", "_visible_to": "Q"}
    for node in functions(source):
        for part, answer in wanted.items():
            if node.name.startswith(part) or node.name.endswith(part):
                first = node.args.args[0].arg if node.args.args else ""
                gives = ast.unparse(node.returns) if node.returns else ""
                if first != "viewer" or gives != answer:
                    yield source.offence(node, node.name)
