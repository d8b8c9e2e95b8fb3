"""The design system's tags and filters; every template has them without loading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm
from django.template.context import Context
from django.template.defaultfilters import stringfilter
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sightline.foundation.ui import faces, icons, pictures, say, words
from sightline.foundation.ui.advice.telling import advised, typed_in

register = template.Library()


@register.simple_tag
def icon(name: str, shape: str = "") -> SafeString:
    """{% icon "users" %}: an icon of the lucide set, hidden from screen readers."""
    return icons.icon(name, shape)


@register.simple_tag
def avatar(person: Any, size: str = "m", alone: bool = False) -> SafeString:
    """{% avatar person %}: initials on the person's colour.

    Takes anything with a `name`, or the name. Size s, m, l or xl. Hidden from screen readers
    unless it stands `alone`, without the name beside it.
    """
    name = str(getattr(person, "name", person) or "")
    shown = name or _("nobody")
    spoken = format_html('role="img" aria-label="{}" title="{}"', shown, shown)
    return format_html(
        '<span class="avatar avatar--{}" data-hue="{}" {}>{}</span>',
        size,
        faces.hue(name),
        spoken if alone else mark_safe('aria-hidden="true"'),
        faces.initials(name),
    )


@register.simple_block_tag
def keep(content: str) -> SafeString:
    """{% keep as title %}…{% endkeep %}: what is inside, for use more than once."""
    return mark_safe(content.strip())  # noqa: S308 - the template wrote it and escaped it


@register.simple_block_tag
def panel(content: str, title: str = "", **about: Any) -> SafeString:
    """{% panel title=… meta=… icon=… kind=… flush=True %}…{% endpanel %}: see ui/panel.html."""
    return SafeString(render_to_string("ui/panel.html", {"title": title, "body": content, **about}))


@register.simple_block_tag
def note(content: str, kind: str = "info", **about: Any) -> SafeString:
    """{% note "warn" %}…{% endnote %}: see ui/note.html."""
    return SafeString(render_to_string("ui/note.html", {"kind": kind, "body": content, **about}))


@register.simple_block_tag
def dialog(content: str, name: str, title: str, **about: Any) -> SafeString:
    """{% dialog name="end" title=… %}…{% enddialog %}: see ui/dialog.html."""
    return SafeString(
        render_to_string("ui/dialog.html", {"name": name, "title": title, "body": content, **about})
    )


@register.simple_tag
def moment(value: datetime | date | None, shape: str = "long") -> SafeString:
    """{% moment record.at %}: a <time>; an instant is told with its hour and time zone."""
    if value is None:
        return SafeString("")
    text = words.day(value, shape)
    machine = value.isoformat()
    if isinstance(value, datetime):
        hour = _("%(clock)s %(zone)s") % {"clock": words.clock(value), "zone": words.zone(value)}
        text = _("%(day)s, %(hour)s") % {"day": text, "hour": hour}
        machine = words.local(value).isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', machine, text)


@register.filter
def day(value: date | datetime | None, shape: str = "long") -> str:
    """{{ date|day }}, {{ date|day:"short" }}: the day as the language writes it."""
    return "" if value is None else words.day(value, shape)


@register.filter
@stringfilter
def shortened(text: str, most: int) -> str:
    """{{ text|shortened:80 }}: so many characters at most, no word cut in two."""
    return words.shortened(text, most)


@register.filter
def when(value: str, holds: object) -> str:
    """{{ url|when:is_narrowed }}: the value when that holds, else nothing."""
    return value if holds else ""


@register.filter
def clock(value: datetime | None) -> str:
    """{{ at|clock }}: the time of day in the reader's time zone."""
    return "" if value is None else words.clock(value)


@register.filter
def percent(value: float | Decimal | None, decimals: int = 0) -> str:
    """{{ 71|percent }}: "71%"; {{ 7.25|percent:1 }}: "7.3%". Nothing is shown as a dash."""
    return "–" if value is None else words.percent(value, decimals)


@register.filter
def number(value: float | Decimal | None, decimals: int | None = None) -> str:
    """{{ 2140|number }}: "2,140". Nothing is shown as a dash."""
    return "–" if value is None else words.number(value, decimals)


@register.simple_tag(takes_context=True)
def current_if(context: Context, url: str) -> SafeString:
    """<a href="{{ url }}" {% current_if url %}>: marks the link that leads to this very page."""
    request = context.get("request")
    here = request is not None and request.path == url
    return mark_safe('aria-current="page"') if here else SafeString("")


@register.filter
def unlocalized(value: float) -> str:
    """A number for an attribute that machines read."""
    return pictures.written(value)


@register.filter
def tone(message: Message) -> str:
    """The look of a message."""
    return say.tone(message)


@register.filter
def undo_url(message: Message) -> str:
    """Where what a message tells can be undone."""
    return say.undo_url(message)


@register.inclusion_tag("ui/bar.html")
def bar(
    value: float, plan: float | str | None = None, kind: str = "", label: str = ""
) -> dict[str, Any]:
    """{% bar 71 plan=62 kind="good" %}: progress, and a tick where the plan says it should be.

    A template that has no plan to hand on gives "".
    """
    plan = None if plan is None or plan == "" else float(plan)
    spoken = _("%(done)s done") % {"done": words.percent(value)}
    if plan is not None:
        spoken = _("%(done)s done, plan %(plan)s") % {
            "done": words.percent(value),
            "plan": words.percent(plan),
        }
    if label:
        spoken = _("%(label)s: %(text)s") % {"label": label, "text": spoken}
    return {"picture": pictures.bar(value, plan), "kind": kind, "label": spoken}


@register.inclusion_tag("ui/interval.html")
def interval(
    value: float,
    low: float,
    high: float,
    label: str,
    minimum: float = 1,
    maximum: float = 5,
    other: float | None = None,
    ruled: bool = False,
) -> dict[str, Any]:
    """{% interval 3.3 low=3 high=3.6 label=… other=3 %}: a value and what it may really be."""
    picture = pictures.interval(value, low, high, minimum=minimum, maximum=maximum, other=other)
    return {"picture": picture, "label": label, "ruled": ruled}


@register.inclusion_tag("ui/distribution.html")
def distribution(
    rows: Sequence[tuple[str, int]], label: str, expected: Sequence[float] | None = None
) -> dict[str, Any]:
    """{% distribution rows label=… expected=… %}: how many fall where."""
    return {"columns": pictures.distribution(rows, expected), "label": label}


@register.inclusion_tag("ui/sparkline.html")
def sparkline(values: Sequence[float | None], label: str, kind: str = "") -> dict[str, Any]:
    """{% sparkline values label=… %}: the course of a value in a word's room."""
    return {"picture": pictures.sparkline(values), "label": label, "kind": kind}


@register.inclusion_tag("ui/sort.html", takes_context=True)
def sort_head(context: Context, name: str, label: str, kind: str = "") -> dict[str, Any]:
    """{% sort_head "name" _("Name") %}: the head of a column that ?sort=name and ?sort=-name order.

    A list that was paged starts again: `after` and `before` leave the address.
    """
    query = context["request"].GET.copy()
    now = query.get("sort", "")
    query["sort"] = f"-{name}" if now == name else name
    for key in ("after", "before"):
        query.pop(key, None)
    state = {name: "ascending", f"-{name}": "descending"}.get(now, "none")
    return {"label": label, "url": f"?{query.urlencode()}", "state": state, "kind": kind}


@register.inclusion_tag("ui/advice.html")
def advice(kind: str, form: BaseForm) -> dict[str, Any]:
    """{% advice "goal" form %}: what there is to say of what stands in a form, and while one types.

    Stands inside the form's tag, after the fields. See foundation/ui/advice.
    """
    found = advised(kind, typed_in(form), get_language() or "")
    shown = " ".join(one.key for one in found)
    url = reverse("ui:advice", args=[kind])
    return {"found": found, "shown": shown, "url": url, "is_live": True}


@register.simple_tag
def time_zone_name() -> str:
    """The time zone in which this page tells its times."""
    return timezone.get_current_timezone_name()
