"""How checks read: what was found, with the numbers that were used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sightline.foundation.ui import words

Numbers = Mapping[str, Any]

NAMES = {
    "evidence": gettext_lazy("Evidence"),
    "rating": gettext_lazy("Last final rating"),
    "time_in_post": gettext_lazy("Time in the post"),
    "post": gettext_lazy("The new post"),
    "pay": gettext_lazy("Pay and range"),
    "award": gettext_lazy("Size of the award"),
    "proposer": gettext_lazy("Who proposes"),
    "second_person": gettext_lazy("A second person"),
}
"""What each check is called, by its code."""

AMOUNTS = frozenset({"pay", "award"})
"""Checks whose sentences hold amounts, for those who may read pay."""


def sentence_of_finding(code: str, finding: str, numbers: Numbers) -> str:
    """What a check found, in a sentence."""
    return SENTENCES[code, finding](numbers)


def sentence_without_amounts(code: str, outcome: str) -> str:
    """What somebody reads of a check about pay who may not read the person's pay."""
    if outcome == "passes":
        return _("The amount keeps within what the policy allows.")
    return _("The amount does not keep within what the policy allows.")


def _evidence(n: Numbers) -> str:
    said = ngettext("%(count)d record", "%(count)d records", n["count"])
    told = said % {"count": n["count"]}
    return _("%(records)s of evidence; the policy asks for %(least)d.") % {
        "records": told,
        "least": n["least"],
    }


def _rating_below(n: Numbers) -> str:
    told = _("The last final rating is %(rating)s (%(of)s); the policy asks for %(least)s.")
    return told % n


def _rating_reached(n: Numbers) -> str:
    told = _("The last final rating is %(rating)s (%(of)s), at least %(least)s.")
    return told % n


def _months(n: Numbers) -> str:
    said = ngettext("%(months)d month", "%(months)d months", n["months"]) % {"months": n["months"]}
    told = _("%(months)s in the post on that day; the policy asks for %(least)d.")
    return told % {"months": said, "least": n["least"]}


def _range(n: Numbers) -> dict[str, str]:
    return {
        "pay": _money(n["pay"]),
        "low": _money(n["low"]),
        "high": _money(n["high"]),
        "currency": n["currency"],
        "compa": n["compa"],
        "beyond": n.get("beyond_percent", ""),
    }


def _pay_inside(n: Numbers) -> str:
    told = _("%(pay)s is inside the range of %(low)s – %(high)s %(currency)s; compa %(compa)s.")
    return told % _range(n)


def _pay_below(n: Numbers) -> str:
    told = _("%(pay)s is %(beyond)s%% below the range of %(low)s – %(high)s %(currency)s.")
    return told % _range(n)


def _pay_above(n: Numbers) -> str:
    told = _("%(pay)s is %(beyond)s%% above the range of %(low)s – %(high)s %(currency)s.")
    return told % _range(n)


def _other_currency(n: Numbers) -> str:
    told = _("The amount is in %(one)s, the range in %(other)s.")
    return told % {"one": n["currency"], "other": n["range"]}


def _award_inside(n: Numbers) -> str:
    return _("%(share)s%% of a year’s pay; the policy allows %(most)d%%.") % {
        "share": n["share_percent"],
        "most": n["most_percent"],
    }


def _award_other_currency(n: Numbers) -> str:
    told = _("The amount is in %(one)s, the pay in %(other)s.")
    return told % {"one": n["currency"], "other": n["pays"]}


def _second(n: Numbers) -> str:
    count = n["count"]
    told = ngettext(
        "%(count)d person besides the proposer has the authority to approve.",
        "%(count)d people besides the proposer have the authority to approve.",
        count,
    )
    return told % {"count": count}


def _money(amount: str) -> str:
    value = Decimal(amount)
    return words.number(value, 0 if value == value.to_integral_value() else 2)


SENTENCES: dict[tuple[str, str], Callable[[Numbers], str]] = {
    ("evidence", "enough"): _evidence,
    ("evidence", "few"): _evidence,
    ("rating", "unknown"): lambda n: _("No final rating is known."),
    ("rating", "reached"): _rating_reached,
    ("rating", "below"): _rating_below,
    ("time_in_post", "long"): _months,
    ("time_in_post", "short"): _months,
    ("time_in_post", "no_post"): lambda n: _("The person holds no post on that day."),
    ("post", "free"): lambda n: _("The new post is free on that day."),
    ("post", "none_named"): lambda n: _("No post is named yet."),
    ("post", "held"): lambda n: _("The new post is held on that day by %s.") % n["by"],
    ("pay", "inside"): _pay_inside,
    ("pay", "below"): _pay_below,
    ("pay", "above"): _pay_above,
    ("pay", "no_pay"): lambda n: _("No pay is on record and none is proposed."),
    ("pay", "no_range"): lambda n: _("The job of the post has no pay range."),
    ("pay", "other_currency"): _other_currency,
    ("award", "inside"): _award_inside,
    ("award", "above"): _award_inside,
    ("award", "nothing"): lambda n: _("No amount is proposed."),
    ("award", "no_pay"): lambda n: _("No pay is on record to compare with."),
    ("award", "other_currency"): _award_other_currency,
    ("proposer", "other"): lambda n: _("Proposed by somebody else, and not from below."),
    ("proposer", "himself"): lambda n: _("Nobody decides about themselves."),
    ("proposer", "below"): lambda n: _("Nobody decides about those to whom they report."),
    ("second_person", "there"): _second,
    ("second_person", "nobody"): lambda n: _(
        "Nobody besides the proposer has the authority to approve; HR names somebody by policy."
    ),
}
