"""Style sheets: by layer, by token, flat, and for both directions of writing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.laws.law import Offence, Source, law

STYLES = ["sightline/**/static/**/*.css"]
HERE = "sightline/people/static/people/css/chart.css"
PHYSICAL = (
    r"(?<![-\w])(?:(?:margin|padding|border)-(?:left|right|top|bottom)(?:-\w+)*"
    r"|left|right|top|bottom|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?:scroll-)?(?:margin|padding)-(?:left|right|top|bottom))\s*:"
)
SIDED = r"(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
COLOUR = r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|oklab|lab|lch)a?\("


def bare(source: Source) -> Source:
    """The sheet without its comments, every line where it was."""
    text = re.sub(r"/\*.*?\*/", lambda one: "\n" * one[0].count("\n"), source.text, flags=re.DOTALL)
    return Source(source.path, text)


@law(
    over=STYLES,
    broken=[(HERE, ".box { color: red !important }")],
    kept=[(HERE, "/* never !important */ .box { color: var(--ink) }")],
)
def nothing_is_important(source: Source) -> Iterator[Offence]:
    """Layers decide what wins."""
    yield from bare(source).matches(r"!\s*important")


@law(
    over=STYLES,
    broken=[(HERE, "#chart .box { color: red }"), (HERE, ".a, #b:hover { color: red }")],
    kept=[(HERE, ".box { color: #ff0000 }"), (HERE, ".box { fill: url(#a) }")],
)
def no_selector_is_an_id(source: Source) -> Iterator[Offence]:
    """Specificity stays flat."""
    sheet = bare(source)
    for found in re.finditer(r"(?:^|[{};])([^{};]*)(?={)", sheet.text):
        if named := re.search(r"#[a-zA-Z][\w-]*", found[1]):
            yield sheet.offence(found.start(1), named[0])


@law(
    over=STYLES,
    broken=[
        (HERE, ".box { margin-left: 1rem }"),
        (HERE, ".box { left: 0 }"),
        (HERE, ".box { border-right: 1px solid }"),
        (HERE, ".box { text-align: right }"),
        (HERE, ".box { border-top-left-radius: 2px }"),
    ],
    kept=[
        (HERE, ".box { margin-inline-start: 1rem; inset-inline: 0; text-align: end }"),
        (HERE, ".box--left { padding-block: 1rem }"),
    ],
)
def nothing_has_a_left_or_a_right(source: Source) -> Iterator[Offence]:
    """Half of the world reads the other way: logical properties only."""
    yield from bare(source).matches(f"{PHYSICAL}|{SIDED}")


@law(
    over=STYLES,
    broken=[(HERE, ".box { color: #1b1b1b }"), (HERE, ".box { color: rgb(0 0 0 / 20%) }")],
    kept=[
        (HERE, ".box { color: var(--ink) }"),
        (HERE, "@media print { :root { --ink: #000 } }"),
        ("sightline/foundation/ui/static/ui/css/tokens/scale.css", ":root { --grey-9: #111 }"),
    ],
    excused={
        "sightline/foundation/ui/static/ui/css/utilities/print.css": "paper has no dark theme",
        "sightline/foundation/ui/static/ui/css/components/scale.css:#000": "in print only",
        "sightline/foundation/ui/static/ui/css/*:oklch(": "the shade behind a dialog, on any theme",
    },
)
def colours_are_tokens(source: Source) -> Iterator[Offence]:
    """Colours have names, given in one place, one for light and one for dark."""
    if "/tokens/" not in source.path:
        sheet = bare(source)
        text = re.sub(r"--[\w-]+:[^;}]*", "", sheet.text)
        yield from Source(sheet.path, text).matches(rf"(?<=[:\s,(])(?:{COLOUR})")


@law(
    over=STYLES,
    broken=[
        ("sightline/people/static/people/css/chart.css", ".panel { margin: 0 }\n@layer base {}"),
    ],
    kept=[("sightline/people/static/people/css/chart.css", ".chart { margin: 0 }")],
)
def the_folder_is_the_layer(source: Source) -> Iterator[Offence]:
    """A sheet names no layer: the folder that it lies in does."""
    yield from bare(source).matches(r"@layer[^;{]*[;{]")
