"""The sentences that people read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.laws.law import Offence, Source, called, law

PYTHON = ["sightline/**/*.py"]
TEMPLATES = ["sightline/**/templates/**/*.html", "sightline/**/templates/**/*.txt"]
HERE = "sightline/people/actions.py"
PAGE = "sightline/people/templates/people/unit.html"
TRANSLATES = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
}
LOUD = re.compile(r"!|[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]")


def translations(source: Source) -> Iterator[ast.Call]:
    """The calls that translate."""
    return (call for call in source.nodes(ast.Call) if called(call) in TRANSLATES)


@law(
    over=PYTHON,
    broken=[(HERE, 'said = _("Saved!")'), (HERE, 'said = gettext_lazy("Done 🎉")')],
    kept=[(HERE, 'said = _("Saved.")'), (HERE, "wrong = a != b")],
)
def nobody_shouts(source: Source) -> Iterator[Offence]:
    """No exclamation marks and no emoji in sentences for people."""
    for call in translations(source):
        for text in (one.value for one in call.args if isinstance(one, ast.Constant)):
            if isinstance(text, str) and LOUD.search(text):
                yield source.offence(call, text)


@law(
    over=TEMPLATES,
    broken=[
        (PAGE, '{% translate "Saved!" %}'),
        (PAGE, "{% blocktranslate %}Well done 🎉{% endblocktranslate %}"),
    ],
    kept=[(PAGE, '<!doctype html>{% translate "Saved." %}')],
)
def no_page_shouts(source: Source) -> Iterator[Offence]:
    """No exclamation marks and no emoji on pages."""
    said = r'{% translate "[^"]*"|{% blocktranslate[^%]*%}.*?{% endblocktranslate %}'
    for found in re.finditer(said, source.text, re.DOTALL):
        if LOUD.search(found[0]):
            yield source.offence(found.start(), found[0])


@law(
    over=PYTHON,
    broken=[
        (HERE, '_(f"{name} is in.")'),
        (HERE, '_("%s is in." % name)'),
        (HERE, '_("{} is in.".format(name))'),
        (HERE, '_("It is " + state)'),
    ],
    kept=[(HERE, '_("%s is in.") % name'), (HERE, 'ngettext("%d job", "%d jobs", n) % n')],
)
def translators_see_whole_sentences(source: Source) -> Iterator[Offence]:
    """What is translated is a plain text; values are put in afterwards."""
    built = ast.JoinedStr | ast.BinOp | ast.Call
    for call in translations(source):
        if any(isinstance(one, built) for one in call.args[: 2 if "n" in called(call)[:1] else 1]):
            yield source.offence(call, ast.unparse(call))


@law(
    over=PYTHON,
    broken=[(HERE, '_("%s moved to %s") % (name, unit)')],
    kept=[(HERE, '_("%(name)s moved to %(unit)s")'), (HERE, '_("%s is in, 100%% of it")')],
)
def translators_can_change_the_order(source: Source) -> Iterator[Offence]:
    """Two values in a sentence have names, for other languages put them the other way round."""
    for call in translations(source):
        for text in (one.value for one in call.args if isinstance(one, ast.Constant)):
            if isinstance(text, str) and len(re.findall(r"%[sd]", text.replace("%%", ""))) > 1:
                yield source.offence(call, text)


@law(
    over=PYTHON,
    broken=[
        (HERE, 'raise Refused("The code is taken.")'),
        (HERE, 'return Denied("Only HR does this.")'),
        (HERE, 'messages.success(request, "Saved.")'),
        (HERE, 'raise Refused(f"{code} is taken.")'),
    ],
    kept=[
        (HERE, 'raise Refused(_("The code %s is taken.") % code, field="code")'),
        (HERE, "return Denied(reason)"),
        (HERE, 'messages.success(request, _("Saved."))'),
    ],
    excused={"sightline/foundation/ui/samples.py": "made-up people in the gallery"},
)
def refusals_and_messages_are_translated(source: Source) -> Iterator[Offence]:
    """What a person is told goes through gettext."""
    place = {"Refused": 0, "Denied": 0, "success": 1, "error": 1, "info": 1, "warning": 1}
    for call in source.nodes(ast.Call):
        name = called(call)
        if name not in place or len(call.args) <= place[name]:
            continue
        if place[name] and not ast.unparse(call.func).startswith("messages."):
            continue
        if isinstance(call.args[place[name]], ast.Constant | ast.JoinedStr):
            yield source.offence(call, ast.unparse(call))
