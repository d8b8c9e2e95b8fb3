"""How the product says no."""

from __future__ import annotations

from collections.abc import Iterable


class Refused(Exception):  # noqa: N818 - it is a refusal in the words of the domain, not a fault
    """A rule of the domain says no. The sentence says what is wrong and what to do next.

    `field` names the input beside which the sentence is shown; "" when it belongs to none.
    Shown with status 422, with what was typed kept.
    """

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.reasons: list[tuple[str, str]] = [(field, sentence)]

    @classmethod
    def all(cls, reasons: Iterable[tuple[str, str]]) -> Refused:
        """One refusal with several reasons, each (field, sentence)."""
        reasons = list(reasons)
        refusal = cls(reasons[0][1], field=reasons[0][0])
        refusal.reasons = reasons
        return refusal
