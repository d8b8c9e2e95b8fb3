"""What templates may ask identity."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

from sightline.foundation.identity import demo
from sightline.foundation.identity.models import Account

register = template.Library()


@register.simple_tag
def demo_people() -> list[demo.DemoPerson]:
    """{% demo_people as people %}: whom a visitor can sign in as; nobody outside demo mode."""
    return demo.people()


@register.filter
def as_json(value: Any) -> str:
    """data-x="{{ value|as_json }}": for a script to read; escaped like all text."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.simple_tag
def anybody_can_sign_in() -> bool:
    """Whether there is an account at all; before, the door says how the first one is made."""
    return Account.objects.exists()
