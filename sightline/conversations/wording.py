"""Sentences that several pages, notices and exports say alike."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sightline.conversations import rules


def read_by(readers: str, *, subject: str, manager: str = "", unit: str = "") -> str:
    """Who reads feedback besides its author, in words: shown before it is sent, and ever after."""
    names = {"subject": subject, "manager": manager, "unit": unit}
    if readers == rules.MANAGER:
        return _("Read by %(subject)s and by %(manager)s, the manager") % names
    if readers == rules.UNIT:
        return _("Read by %(subject)s and by everybody in %(unit)s") % names
    if readers == rules.EVERYONE:
        return _("Read by %(subject)s and by everybody who works here") % names
    return _("Read by %(subject)s alone") % names
