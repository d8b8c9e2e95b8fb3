"""What pages say of targets shared out and of judgements, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sightline.foundation.ui import words
from sightline.people.models import Unit
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective
from sightline.strategy.queries.former_shares import Seed, Source
from sightline.strategy.queries.measures import MeasureSeen
from sightline.strategy.queries.versions import change_of, owner_names
from sightline.strategy.rules.coverage import Check, Finding
from sightline.strategy.rules.decomposition import Sheet, Way
from sightline.strategy.rules.differences import Part, differences
from sightline.strategy.rules.pairwise import ACCEPTED_RATIO, Weighed
from sightline.strategy.rules.proportions import Fault
from sightline.strategy.rules.versions import Compared, Fate

LARGEST = Decimal(10) ** 15
"""Beyond that a number tells nothing more."""

FINEST = Decimal("0.0001")
ONE_TENTH = 0.1

MADE: dict[Way, str | Promise] = {
    Way.ADDITIVE: gettext_lazy("The parts add up to %(made)s."),
    Way.MEAN: gettext_lazy("The weighted mean of the parts is %(made)s."),
    Way.PRODUCT: gettext_lazy("The parts multiply to %(made)s."),
    Way.MINIMUM: gettext_lazy("The least of the parts is %(made)s."),
    Way.MAXIMUM: gettext_lazy("The largest of the parts is %(made)s."),
}
FAULTS: dict[Fault, str | Promise] = {
    Fault.NEGATIVE: gettext_lazy(
        "Proportions need a target and totals of 0 or more. Write the parts yourself."
    ),
    Fault.TOTALS_DIFFER: gettext_lazy(
        "The totals that you gave do not make the target. Mend them, or empty one that may follow."
    ),
    Fault.ROW_OF_ZEROS: gettext_lazy(
        "%(unit)s has a total, but had nothing in any of the quarters. Write its parts yourself."
    ),
    Fault.COLUMN_OF_ZEROS: gettext_lazy(
        "Quarter %(quarter)s has a total, but no unit had anything in it. Write the parts yourself."
    ),
    Fault.ZEROS_IN_THE_WAY: gettext_lazy(
        "Some units had nothing in some quarters, and the others do not hold the totals of theirs. "
        "Mend the totals, or write the parts yourself."
    ),
    Fault.TOO_FAR_APART: gettext_lazy(
        "The proportions lie too far apart to be brought to these totals. "
        "Mend the totals, or write the parts yourself."
    ),
}

MET: dict[Check, str | Promise] = {
    Check.TAKEN_ON: gettext_lazy("Every objective was taken on by a unit."),
    Check.MEASURED: gettext_lazy("Every objective has a measure."),
    Check.OWNED: gettext_lazy("Every objective has exactly one owner."),
    Check.MEASURE_OWNED: gettext_lazy("Every measure has exactly one owner."),
    Check.UNIT_SERVES: gettext_lazy(
        "Every unit serves an objective, itself or with a unit above or below it."
    ),
    Check.WITHIN_WHOLE: gettext_lazy(
        "No unit offers more than its whole effort; the rest is kept for standing responsibilities."
    ),
}
NOTHING_ASKED: dict[Check, str | Promise] = {
    Check.TAKEN_ON: gettext_lazy("There is no objective yet."),
    Check.MEASURED: gettext_lazy("There is no objective yet that could be measured."),
    Check.OWNED: gettext_lazy("There is no objective yet that could be owned."),
    Check.MEASURE_OWNED: gettext_lazy("There is no measure yet."),
    Check.UNIT_SERVES: gettext_lazy("There is no unit yet."),
    Check.WITHIN_WHOLE: gettext_lazy("No unit has offered any effort yet."),
}


def amount(value: Decimal, unit: str = "") -> str:
    """A value in the unit of its measure: "1.2%", "44"."""
    return words.in_unit(_number(value), unit)


def difference(value: Decimal, unit: str) -> str:
    """How far two values lie apart; two percentages so many points."""
    if unit.strip() == "%":
        return ngettext("%s point", "%s points", 1 if value == 1 else 2) % _number(value)
    return amount(value, unit)


def _number(value: Decimal) -> str:
    """As fine as values are kept, without needless zeros; what is vast is not written out."""
    if abs(value) >= LARGEST:
        large = words.number(LARGEST)
        return _("more than %s") % large if value > 0 else _("less than −%s") % large
    exponent = value.quantize(FINEST).normalize().as_tuple().exponent
    return words.number(value, max(0, -exponent) if isinstance(exponent, int) else 0)


def closure_sentences(sheet: Sheet, unit: str) -> list[str]:
    """Whether the parts make the target, and what is missing or too much."""
    return [*_closing(sheet, unit), *_unfinished(sheet)]


def _closing(sheet: Sheet, unit: str) -> list[str]:
    found = sheet.closure
    if found.way == Way.NONE:
        return [_("The parts contribute to the target; they need not make it.")]
    if found.comes_to is None or found.gap is None:
        return [_("There is no part yet that counts.")]
    made = str(MADE[found.way]) % {"made": amount(found.comes_to, unit)}
    if found.closes:
        return [made, _("That is the target.")]
    said = {"gap": difference(abs(found.gap), unit), "target": amount(found.whole, unit)}
    if found.gap < 0:
        return [made, _("That is %(gap)s below the target of %(target)s.") % said]
    return [made, _("That is %(gap)s above the target of %(target)s.") % said]


def _unfinished(sheet: Sheet) -> list[str]:
    if not sheet.unfinished:
        return []
    words_for = ngettext(
        "%s unit is not written for all four quarters and does not count yet.",
        "%s units are not written for all four quarters and do not count yet.",
        sheet.unfinished,
    )
    return [words_for % words.number(sheet.unfinished)]


def seed_sentences(seed: Seed) -> list[str]:
    """What the proportions were taken from."""
    if seed.source == Source.NOTHING or seed.due_on is None:
        said = [_("Nothing is known of a year before, so all proportions are equal.")]
    else:
        day = words.day(seed.due_on)
        if seed.source == Source.ACTUALS:
            said = [_("Filled in by what came of the parts due on %s.") % day]
        else:
            said = [_("Filled in by the parts of the target due on %s.") % day]
    if seed.averaged:
        words_for = ngettext(
            "%s unit had no part then; it got the mean of the others.",
            "%s units had no part then; they got the mean of the others.",
            seed.averaged,
        )
        said.append(words_for % words.number(seed.averaged))
    return said


def check_sentence(finding: Finding) -> str:
    """Whether a coverage check of the X-matrix is met, or how many fail it."""
    if not finding.asked:
        return str(NOTHING_ASKED[finding.check])
    if finding.is_met:
        return str(MET[finding.check])
    count = len(finding.failing)
    words_for: dict[Check, str] = {
        Check.TAKEN_ON: ngettext(
            "%s objective was taken on by no unit.",
            "%s objectives were taken on by no unit.",
            count,
        ),
        Check.MEASURED: ngettext(
            "%s objective has no measure.", "%s objectives have no measure.", count
        ),
        Check.OWNED: ngettext(
            "%s objective has no owner who works here.",
            "%s objectives have no owner who works here.",
            count,
        ),
        Check.MEASURE_OWNED: ngettext(
            "%s measure has no owner: that of its objective does not work here.",
            "%s measures have no owner: those of their objectives do not work here.",
            count,
        ),
        Check.UNIT_SERVES: ngettext(
            "%s unit serves no objective, nor does a unit above or below it.",
            "%s units serve no objective, nor does a unit above or below them.",
            count,
        ),
        Check.WITHIN_WHOLE: ngettext(
            "%s unit offers more than its whole effort.",
            "%s units offer more than their whole effort.",
            count,
        ),
    }
    return words_for[finding.check] % words.number(count)


def failing_name(thing: Objective | MeasureSeen | Unit) -> str:
    """What fails a check, by its name."""
    if isinstance(thing, MeasureSeen):
        return thing.measure.name
    return f"{thing.code} {thing.title}" if isinstance(thing, Objective) else thing.name


JUDGEMENTS: dict[int, str | Promise] = {
    9: gettext_lazy("%s outweighs the other altogether"),
    8: gettext_lazy("%s matters vastly more"),
    7: gettext_lazy("%s matters very much more"),
    6: gettext_lazy("%s matters a good deal more"),
    5: gettext_lazy("%s matters clearly more"),
    4: gettext_lazy("%s matters quite a bit more"),
    3: gettext_lazy("%s matters somewhat more"),
    2: gettext_lazy("%s matters a trace more"),
}
ALIKE = gettext_lazy("Both matter alike")


def judgement_choices(one: str, other: str) -> list[tuple[int, str]]:
    """The words for how much one matters more than another, from the one end to the other."""
    more = [(step, f"{str(said) % one} ({step})") for step, said in JUDGEMENTS.items()]
    less = [(-step, f"{str(said) % other} ({step})") for step, said in JUDGEMENTS.items()]
    return [*more, (1, f"{ALIKE} (1)"), *reversed(less)]


def times(ratio: float, one: str, other: str) -> str:
    """How many times as much the one counts as the other, told from the larger one."""
    if ratio < 1:
        ratio, one, other = 1 / ratio, other, one
    if ratio < 1 + ONE_TENTH / 2:
        return _("“%(one)s” and “%(other)s” count alike") % {"one": one, "other": other}
    whole = abs(ratio - round(ratio)) < ONE_TENTH / 2
    said = {"one": one, "other": other, "times": words.number(ratio, 0 if whole else 1)}
    return _("“%(one)s” counts %(times)s times as much as “%(other)s”") % said


def consistency(weighed: Weighed) -> str:
    """How well judgements of pairs go together."""
    said = {"ratio": words.number(weighed.ratio, 2), "most": words.number(ACCEPTED_RATIO, 2)}
    if weighed.is_consistent:
        fine = _("The judgements go together: consistency ratio %(ratio)s, at most %(most)s.")
        return fine % said
    worse = _("The judgements contradict each other: consistency ratio %(ratio)s, above %(most)s.")
    return worse % said


FATES: dict[Fate, tuple[str | Promise, str]] = {
    Fate.SAME: (gettext_lazy("Stays as it is"), "plain"),
    Fate.CHANGED: (gettext_lazy("Changes"), "warn"),
    Fate.ADDED: (gettext_lazy("Comes"), "good"),
    Fate.REMOVED: (gettext_lazy("Goes"), "bad"),
}
FIELDS: dict[str, str | Promise] = {
    "title": gettext_lazy("Objective"),
    "description": gettext_lazy("What it means"),
    "measures": gettext_lazy("Measures and targets"),
    "perspective": gettext_lazy("Perspective"),
    "theme": gettext_lazy("Theme"),
    "owner": gettext_lazy("Owner"),
    "share_percent": gettext_lazy("Share of effort"),
}
WORD_BY_WORD = frozenset({"title", "description", "measures"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of an objective that says something else than before, in runs of words."""

    label: str
    runs: list[tuple[str, str]]


def field_changes(one: Compared, names: Mapping[int, str]) -> list[FieldChange]:
    """What an objective says otherwise: texts word by word, of the rest the whole value.

    `names` are those of the owners who exist for whoever reads.
    """
    if one.old is None or one.new is None:
        return []
    before, after = one.old.wording, one.new.wording
    return [
        FieldChange(
            str(FIELDS[name]),
            _runs(name, *(_told(getattr(side, name), names) for side in (before, after))),
        )
        for name in one.changed
    ]


def _told(value: str | int | Decimal, names: Mapping[int, str]) -> str | Decimal:
    """A value as it is told; of a person the name."""
    if isinstance(value, int):
        return names.get(value, _("nobody who works here today"))
    return value


def objective_changes(viewer: Viewer, old: Objective, new: Objective) -> list[FieldChange]:
    """What an objective of a former strategy says otherwise in the one in force."""
    change = change_of(old, new)
    return field_changes(change, owner_names(viewer, [change]))


def _runs(name: str, before: str | Decimal, after: str | Decimal) -> list[tuple[str, str]]:
    if name in WORD_BY_WORD:
        return [(str(part), text) for part, text in differences(str(before), str(after))]
    old, new = (
        words.percent(one)
        if isinstance(one, Decimal) and one == int(one)
        else words.percent(one, 2)
        if isinstance(one, Decimal)
        else one
        for one in (before, after)
    )
    runs = [(str(Part.GONE), old), (str(Part.NEW), new)]
    return [run for run in runs if run[1]]
