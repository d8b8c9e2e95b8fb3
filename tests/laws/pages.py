"""Templates: what they lean on, what may stand in them, how shared parts are taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tests.laws.law import Offence, Source, files, law, read

TEMPLATES = ["sightline/**/templates/**/*.html"]
COMPONENTS = ["sightline/foundation/ui/templates/ui/*.html"]
GALLERY = ["forms", "lists", "pictures", "states", "tables", "threads"]

STAIRCASE = [
    "foundation.core",
    "foundation.jobs",
    "foundation.ledger",
    "foundation.identity",
    "foundation.access",
    "foundation.ui",
    "foundation.drafts",
    "foundation.exchange",
    "foundation.notices",
    "people",
    "strategy",
    "goals",
    "development",
    "conversations",
    "reviews",
    "decisions",
    "insight",
    "site",
]


@cache
def owners() -> dict[str, str]:
    """Which app holds a template, or a library of template tags."""
    templates = {path.split("/templates/", 1)[1]: path for path in files(tuple(TEMPLATES))}
    libraries = {
        path.rsplit("/", 1)[1].removesuffix(".py"): path
        for path in files(("sightline/**/templatetags/*.py",))
        if not path.endswith("__init__.py")
    }
    return {name: Source(path, "").app for name, path in (templates | libraries).items()}


@law(
    over=TEMPLATES,
    broken=[
        ("sightline/people/templates/people/unit.html", '{% include "site/account_state.html" %}'),
        ("sightline/foundation/ui/templates/ui/tag.html", '{% extends "people/unit.html" %}'),
        ("sightline/foundation/ui/templates/ui/tag.html", "{% load people %}"),
    ],
    kept=[
        ("sightline/site/templates/site/home.html", '{% include "people/unit.html" %}'),
        ("sightline/people/templates/people/unit.html", '{% extends "ui/page.html" %}'),
        ("sightline/people/templates/people/unit.html", "{% load humanize people %}"),
    ],
    excused={
        "sightline/foundation/identity/templates/*:ui/*": (
            "the door wears the design system too; no code of identity knows of it"
        ),
    },
)
def templates_lean_downhill(source: Source) -> Iterator[Offence]:
    """A template extends, includes and loads what stands below its app, never above."""
    here = STAIRCASE.index(source.app)
    for found in re.finditer(r'{% (?:extends|include) "([^"#]+)|{% load ([\w ]+?) %}', source.text):
        for name in [found[1]] if found[1] else found[2].split():
            owner = owners().get(name)
            if owner and STAIRCASE.index(owner) > here:
                yield source.offence(found.start(), name)


INLINE = {
    "a script": r"<script(?![^>]*\bsrc=)[^>]*>",
    "a style": r"<style\b",
    "a style of one element": r"<[^>]*\sstyle\s*=",
    "a handler": r"<[^>]*\son[a-z]+\s*=",
    "an address that is a script": r"javascript:",
}


@law(
    over=[*TEMPLATES, "sightline/**/templatetags/*.py", "sightline/foundation/ui/pictures.py"],
    broken=[
        ("sightline/people/templates/people/unit.html", "<script>go()</script>"),
        ("sightline/people/templates/people/unit.html", "<style>p { color: red }</style>"),
        ("sightline/people/templates/people/unit.html", '<p style="--value: 72">'),
        ("sightline/people/templates/people/unit.html", '<a href="/" onclick="go()">'),
        ("sightline/people/templates/people/unit.html", '<a href="javascript:go()">'),
    ],
    kept=[
        ("sightline/people/templates/people/unit.html", '<script src="/a.js" defer></script>'),
        ("sightline/people/templates/people/unit.html", '<p data-style="on" class="style">'),
        ("sightline/people/templates/people/unit.html", '<a href="?on={{ day }}">'),
    ],
)
def nothing_is_inline(source: Source) -> Iterator[Offence]:
    """No script, style or handler stands in a page: the security policy would not run it."""
    for what, pattern in INLINE.items():
        yield from source.matches(pattern, what)


@law(
    over=TEMPLATES,
    broken=[
        ("sightline/people/templates/people/unit.html", '{% extends "people/base.html" %}'),
        ("sightline/foundation/ui/templates/ui/page.html", '{% extends "ui/skeleton.html" %}'),
    ],
    kept=[
        ("sightline/people/templates/people/unit.html", '{% extends "ui/page.html" %}'),
        ("sightline/foundation/ui/templates/ui/page.html", "<!doctype html>"),
    ],
)
def there_is_one_base(source: Source) -> Iterator[Offence]:
    """Pages extend ui/page.html, and it extends nothing: depth two."""
    for found in re.finditer(r"{% extends ([^%]+?) %}", source.text):
        if found[1] != '"ui/page.html"' or source.path.endswith("/ui/page.html"):
            yield source.offence(found.start(), found[1])


@law(
    over=COMPONENTS,
    broken=[("sightline/foundation/ui/templates/ui/tag.html", "<span>{{ label }}</span>")],
    kept=[("sightline/foundation/ui/templates/ui/tag.html", "{# Takes: label. #}<span></span>")],
    excused={"sightline/foundation/ui/templates/ui/gallery.html": "a page, not a component"},
)
def components_say_what_they_take(source: Source) -> Iterator[Offence]:
    """A shared component opens with a comment that names what it takes."""
    if not re.match(r"\s*({#|{% comment)", source.text):
        yield source.offence(0, source.path.rsplit("/", 1)[1])


@law(
    over=TEMPLATES,
    broken=[
        ("sightline/people/templates/people/unit.html", '{% include "ui/tag.html" %}'),
        ("sightline/people/templates/people/unit.html", '{% include "ui/tag.html" with a=b %}'),
    ],
    kept=[
        ("sightline/people/templates/people/unit.html", '{% include "ui/tag.html" only %}'),
        (
            "sightline/people/templates/people/unit.html",
            '{% include "ui/tag.html" with a=b only %}',
        ),
        ("sightline/people/templates/people/unit.html", '{% include "people/lead.html" %}'),
    ],
    excused={
        "sightline/foundation/ui/templates/ui/gallery.html:*": "parts of one page, cut by size",
        "sightline/foundation/ui/templates/ui/page.html:*": "parts of one page, cut by size",
    },
)
def components_take_only_what_they_are_given(source: Source) -> Iterator[Offence]:
    """A shared component is included with `only`: it depends on nothing that stands around."""
    for found in re.finditer(r'{% include "(ui/[^"]+)"([^%]*)%}', source.text):
        if not found[2].rstrip().endswith("only"):
            yield source.offence(found.start(), found[1])


@cache
def shown() -> frozenset[str]:
    """The templates that the gallery shows, by themselves or as parts of others."""
    found: set[str] = set()
    ways = ["ui/gallery.html", *(f"ui/gallery/{part}.html" for part in GALLERY)]
    while ways:
        name = ways.pop()
        path = f"sightline/foundation/ui/templates/{name}"
        if name not in found and path in files(("sightline/foundation/ui/templates/**/*.html",)):
            found.add(name)
            ways += taken(read(path).text)
    return frozenset(found)


def taken(text: str) -> list[str]:
    """The templates that a template takes: included, extended, or through a tag of their name."""
    by_name = re.findall(r'{% (?:include|extends) "([^"#]+)', text)
    tags = re.findall(r"{% (\w+)", text)
    return by_name + [tagged().get(tag, f"ui/{tag}.html") for tag in tags]


@cache
def tagged() -> dict[str, str]:
    """The template of each tag that is called otherwise than its template."""
    tags = read("sightline/foundation/ui/templatetags/ui.py").text
    return {tag: name for name, tag in re.findall(r'"(ui/\w+.html)"[^\n]*\ndef (\w+)', tags)}


@law(
    over=COMPONENTS,
    broken=[("sightline/foundation/ui/templates/ui/hidden_treasure.html", "{# Takes nothing. #}")],
    kept=[("sightline/foundation/ui/templates/ui/tag.html", "{# Takes: label. #}")],
)
def components_stand_in_the_gallery(source: Source) -> Iterator[Offence]:
    """A component that nobody can look at is a component that nobody looks after."""
    name = source.path.split("/templates/")[1]
    if name not in shown():
        yield source.offence(0, name)


@law(
    over=TEMPLATES,
    broken=[("sightline/people/templates/people/unit.html", "href={{ narrowed|yesno:url }}")],
    kept=[
        ("sightline/people/templates/people/unit.html", """{{ open|yesno:"open,shut" }}"""),
        ("sightline/people/templates/people/unit.html", "href={{ url|when:narrowed }}"),
    ],
)
def yesno_chooses_between_words(source: Source) -> Iterator[Offence]:
    """`yesno` given one thing returns the value itself: an address would read "True"."""
    for line, text in enumerate(source.text.splitlines(), start=1):
        if re.search(r"""\|yesno:(?!["'][^"']*,)""", text):
            yield Offence(source.path, line, "yesno")
