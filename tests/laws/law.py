"""A law: what it reads, how it finds offences, and examples of both kinds to try it on.

    @law(over=["sightline/**/views*"], broken=[...], kept=[...])
    def views_know_no_orm(source):
        "Views ask queries; they do not ask the database."
        for node in source.nodes(ast.Attribute):
            if node.attr == "objects":
                yield source.offence(node, "objects")

An excuse names a file, or a thing in a file, and gives its reason. One that excuses nothing any
more is itself an offence, so that the list can only grow shorter unnoticed, never longer.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parents[2]
NOT_CODE_OF_THE_PRODUCT = re.compile(r"/tests/|/migrations/")

Node = TypeVar("Node", bound=ast.AST)


@dataclass(frozen=True, slots=True)
class Offence:
    """Where a law is broken, and by what."""

    path: str
    line: int
    what: str

    @property
    def excused_as(self) -> str:
        """How an excuse names it."""
        return f"{self.path}:{self.what}"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the house, or an example that stands for one."""

    path: str
    text: str

    @property
    def app(self) -> str:
        """The app it belongs to, such as "people" or "foundation.ui"."""
        parts = self.path.split("/")[1:]
        return ".".join(parts[: 2 if parts[0] == "foundation" else 1])

    @property
    def tree(self) -> ast.Module:
        """The file as a tree of Python."""
        return parsed(self.text)

    def nodes(self, *kinds: type[Node]) -> Iterator[Node]:
        """All nodes of these kinds."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def offence(self, at: ast.AST | int, what: str) -> Offence:
        """An offence at a node, or at a position in the text."""
        line = at_line(self.text, at) if isinstance(at, int) else getattr(at, "lineno", 1)
        return Offence(self.path, line, what)

    def matches(self, pattern: str, what: str = "", flags: int = 0) -> Iterator[Offence]:
        """An offence for every place where a pattern stands."""
        for found in re.finditer(pattern, self.text, flags):
            yield self.offence(found.start(), what or " ".join(found.group().split()))


Look = Callable[[Source], Iterable[Offence]]


@dataclass(frozen=True, slots=True)
class Law:
    """A law with everything that is needed to try it."""

    look: Look
    over: tuple[str, ...]
    broken: tuple[Source, ...]
    kept: tuple[Source, ...]
    excused: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The law in words."""
        return self.look.__name__

    def offences(self) -> list[Offence]:
        """Every offence in the house, excused or not."""
        return [one for path in files(self.over) for one in self.look(read(path))]

    def unexcused(self) -> list[str]:
        """The offences that nothing excuses."""
        return [str(one) for one in self.offences() if not self._excuses(one)]

    def idle_excuses(self) -> list[str]:
        """Excuses for what is no offence any more."""
        used = {excuse for one in self.offences() for excuse in self._excuses(one)}
        return sorted(set(self.excused) - used)

    def _excuses(self, offence: Offence) -> list[str]:
        names = (offence.path, offence.excused_as)
        return [excuse for excuse in self.excused if any(fnmatch(name, excuse) for name in names)]


LAWS: list[Law] = []
Example = tuple[str, str]


def law(
    *,
    over: Iterable[str],
    broken: Iterable[Example],
    kept: Iterable[Example],
    excused: dict[str, str] | None = None,
) -> Callable[[Look], Look]:
    """Make a law of a function that finds offences in a file."""

    def enact(look: Look) -> Look:
        examples = ([Source(*one) for one in broken], [Source(*one) for one in kept])
        LAWS.append(Law(look, tuple(over), *map(tuple, examples), excused or {}))
        return look

    return enact


@cache
def files(patterns: tuple[str, ...]) -> list[str]:
    """The product's own files of these patterns, without tests and migrations."""
    found = {
        path.relative_to(ROOT).as_posix()
        for pattern in patterns
        for path in ROOT.glob(pattern)
        if path.is_file()
    }
    return sorted(path for path in found if not NOT_CODE_OF_THE_PRODUCT.search(path))


@cache
def read(path: str) -> Source:
    """A file of the house."""
    return Source(path, (ROOT / path).read_text(encoding="utf-8"))


@cache
def parsed(text: str) -> ast.Module:
    """A file's tree; many laws look at the same file."""
    return ast.parse(text)


def at_line(text: str, position: int) -> int:
    """The line on which a position of a text stands."""
    return text.count("\n", 0, position) + 1


def called(node: ast.Call) -> str:
    """The last name of what is called: "create" of `Employee.objects.create(...)`."""
    target = node.func
    return target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")


def functions(source: Source) -> list[ast.FunctionDef]:
    """The functions that stand in a file by themselves."""
    return [node for node in source.tree.body if isinstance(node, ast.FunctionDef)]


def decorators(node: ast.FunctionDef) -> list[str]:
    """The decorators of a function, as they are written."""
    return [ast.unparse(one) for one in node.decorator_list]


def imported(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """What a file imports, by full name."""
    for node in source.nodes(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from ((node, name.name) for name in node.names)
        else:
            yield from ((node, f"{node.module}.{name.name}") for name in node.names)
