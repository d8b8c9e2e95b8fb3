"""A picture as a row of the table: of which page, as whom, on what screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.urls import reverse

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 760}, "has_touch": True}
DARK: dict[str, Any] = {"color_scheme": "dark"}


def nothing() -> list[int]:
    """Pages whose address names nothing."""
    return []


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture.

    `of` finds, or makes, what stands in the address; `asked` is its query. `press` names what is
    pressed before the picture is taken, by selectors, one after the other.
    """

    name: str
    who: str
    page: str
    of: Callable[[], list[int]] = nothing
    asked: str = ""
    press: tuple[str, ...] = ()
    screen: Mapping[str, Any] = field(default_factory=lambda: DESK)

    @property
    def file(self) -> Path:
        """Where the picture stands."""
        return PICTURES / f"{self.name}.png"

    def address(self) -> str:
        """The address of the page, in the company that the database holds."""
        query = f"?{self.asked}" if self.asked else ""
        return reverse(self.page, args=self.of()) + query
