"""What a proposal is held against. Plain values in, outcomes with their numbers out.

docs/rules/decisions.md explains each with a table that runs as a test. A check never decides: it
says what it found, and a person answers for the decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sightline.decisions.rules.kinds import CHANGES_PAY, CHANGES_POST, GIVES_AWARD, Needs

PASSES, WARNS, BLOCKS = "passes", "warns", "blocks"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: its code, what follows, which of its answers, and the numbers."""

    code: str
    outcome: str
    finding: str
    numbers: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PayRange:
    """What a job pays for a year of full time."""

    low: Decimal
    high: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Case:
    """All that the checks look at."""

    kind: str
    on: date
    evidence_count: int
    in_post_since: date | None
    rating: Decimal | None = None
    rating_of: str = ""
    money: Money | None = None
    pay_now: Money | None = None
    pay_range: PayRange | None = None
    post_held_by: str | None = ""
    """Who holds the new post on that day; "" when nobody does, None while no post is named."""
    proposer_is_person: bool = False
    proposer_is_below: bool = False
    approvers: int = 1
    """How many could approve besides the proposer."""


def findings(case: Case, needs: Needs) -> list[Finding]:
    """All checks of a case, in the order in which a reader asks."""
    return list(_checks(case, needs))


def _checks(case: Case, needs: Needs) -> Iterator[Finding]:
    yield evidence(case.evidence_count, needs.evidence_least)
    yield rating(case.rating, case.rating_of, needs.rating_least)
    yield time_in_post(case.in_post_since, case.on, needs.months_in_post_least)
    if case.kind in CHANGES_POST:
        yield post(case.post_held_by)
    if case.kind in CHANGES_PAY:
        yield pay(case.money, case.pay_now, case.pay_range, needs.leeway_percent)
    if case.kind in GIVES_AWARD:
        yield award(case.money, case.pay_now, needs.award_most_percent)
    yield proposer(is_person=case.proposer_is_person, is_below=case.proposer_is_below)
    yield second_person(case.approvers)


def is_blocked(found: list[Finding]) -> bool:
    """Whether something stands in the way of the proposal."""
    return any(one.outcome == BLOCKS for one in found)


def evidence(count: int, least: int) -> Finding:
    """Records of evidence, and how many there must be."""
    numbers = {"count": count, "least": least}
    outcome = PASSES if count >= least else BLOCKS
    return Finding("evidence", outcome, "enough" if outcome == PASSES else "few", numbers)


def rating(last: Decimal | None, of: str, least: Decimal) -> Finding:
    """The last final rating. That none is known warns, for not everybody has been reviewed."""
    numbers = {"rating": None if last is None else str(last), "of": of, "least": str(least)}
    if last is None:
        return Finding("rating", WARNS, "unknown", numbers)
    if last >= least:
        return Finding("rating", PASSES, "reached", numbers)
    return Finding("rating", WARNS, "below", numbers)


def time_in_post(since: date | None, on: date, least: int) -> Finding:
    """Whole months in the present post on the day of the change."""
    if since is None:
        return Finding("time_in_post", BLOCKS, "no_post", {"least": least})
    months = whole_months(since, on)
    numbers = {"months": months, "least": least, "since": since.isoformat()}
    if months >= least:
        return Finding("time_in_post", PASSES, "long", numbers)
    return Finding("time_in_post", WARNS, "short", numbers)


def post(held_by: str | None) -> Finding:
    """Whether the new post is named, and free on the day of the change."""
    if held_by is None:
        return Finding("post", BLOCKS, "none_named")
    if held_by:
        return Finding("post", BLOCKS, "held", {"by": held_by})
    return Finding("post", PASSES, "free")


def pay(
    new: Money | None, now: Money | None, around: PayRange | None, leeway_percent: int
) -> Finding:
    """The pay from that day on, new or as it was, inside the range of the new post's job.

    Outside by at most the leeway (percent of the nearer end) warns; further outside blocks. The
    number shown beside is the compa-ratio: pay over the middle of the range.
    """
    held = new or now
    if held is None:
        return Finding("pay", WARNS, "no_pay")
    numbers: dict[str, Any] = {"pay": str(held.amount), "currency": held.currency}
    if around is None:
        return Finding("pay", WARNS, "no_range", numbers)
    numbers |= {"low": str(around.low), "high": str(around.high), "leeway_percent": leeway_percent}
    if held.currency != around.currency:
        return Finding("pay", BLOCKS, "other_currency", numbers | {"range": around.currency})
    numbers["compa"] = str(compa_ratio(held.amount, around))
    beyond = beyond_percent(held.amount, around)
    if beyond == 0:
        return Finding("pay", PASSES, "inside", numbers)
    side = "below" if held.amount < around.low else "above"
    outcome = WARNS if beyond <= leeway_percent else BLOCKS
    return Finding("pay", outcome, side, numbers | {"beyond_percent": str(rounded(beyond, 1))})


def award(given: Money | None, pay_now: Money | None, most_percent: int) -> Finding:
    """An amount paid once, as a share of a year's pay; over the policy's most it warns.

    Over twice the most it blocks, and so does an amount in another currency than the pay.
    """
    if given is None:
        return Finding("award", BLOCKS, "nothing")
    numbers: dict[str, Any] = {"amount": str(given.amount), "currency": given.currency}
    numbers["most_percent"] = most_percent
    if pay_now is None or pay_now.amount == 0:
        return Finding("award", WARNS, "no_pay", numbers)
    if given.currency != pay_now.currency:
        return Finding("award", BLOCKS, "other_currency", numbers | {"pays": pay_now.currency})
    share = given.amount * 100 / pay_now.amount
    numbers["share_percent"] = str(rounded(share, 1))
    if share <= most_percent:
        return Finding("award", PASSES, "inside", numbers)
    return Finding("award", WARNS if share <= 2 * most_percent else BLOCKS, "above", numbers)


def proposer(*, is_person: bool, is_below: bool) -> Finding:
    """Nobody decides about himself, nor about whom he reports to."""
    if is_person:
        return Finding("proposer", BLOCKS, "himself")
    if is_below:
        return Finding("proposer", BLOCKS, "below")
    return Finding("proposer", PASSES, "other")


def second_person(approvers: int) -> Finding:
    """Somebody with authority besides the proposer can approve."""
    numbers = {"count": approvers}
    if approvers:
        return Finding("second_person", PASSES, "there", numbers)
    return Finding("second_person", BLOCKS, "nobody", numbers)


def whole_months(since: date, on: date) -> int:
    """Months that are complete between two days; none when the first lies later."""
    months = (on.year - since.year) * 12 + on.month - since.month
    return max(0, months - (on.day < since.day))


def compa_ratio(amount: Decimal, around: PayRange) -> Decimal:
    """Pay over the middle of the range, to two places; 1 is the middle."""
    middle = (around.low + around.high) / 2
    return rounded(amount / middle, 2) if middle else Decimal(0)


def beyond_percent(amount: Decimal, around: PayRange) -> Decimal:
    """How far an amount lies outside a range, in percent of the nearer end; 0 inside."""
    if around.low <= amount <= around.high:
        return Decimal(0)
    end = around.low if amount < around.low else around.high
    return abs(amount - end) * 100 / end if end else Decimal(100)


def rounded(value: Decimal, places: int) -> Decimal:
    """Half away from zero, to so many places."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
