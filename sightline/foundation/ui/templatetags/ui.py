"""The design system's tags and filters; every template has them without loading."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sightline.foundation.ui import faces, icons, words

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
    spoken = format_html('role="img" aria-label="{}" title="{}"', name, name)
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
