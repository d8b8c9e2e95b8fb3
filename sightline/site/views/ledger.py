"""The ledger, for those who audit: what happened, who did it, about whom, and proof of each."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.choices import offer
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.keys import key_in
from sightline.foundation.ledger import queries
from sightline.foundation.ui.forms import Day
from sightline.people.viewer import ViewerRequest
from sightline.site import policies
from sightline.site.queries import first_of, names_in_ledger, refs_of

WITHIN_REASON = [MinValueValidator(date(1970, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


class RecordFilter(forms.Form):
    """Narrows the ledger."""

    about = forms.CharField(label=_("Whom it is about"), max_length=64, required=False)
    actor = forms.CharField(label=_("Who did it"), max_length=64, required=False)
    kind = forms.ChoiceField(label=_("What happened"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=Day, validators=WITHIN_REASON)
    until = forms.DateField(
        label=_("Up to and including"), required=False, widget=Day, validators=WITHIN_REASON
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", _("Everything")), *((kind, kind) for kind in queries.kinds())]
        offer(self, "kind", kinds)

    def clean_about(self) -> list[str] | None:
        """The ledger's words for whom it is about; None for anybody."""
        return self._refs("about")

    def clean_actor(self) -> list[str] | None:
        """The ledger's words for who did it; None for anybody."""
        return self._refs("actor")

    def _refs(self, name: str) -> list[str] | None:
        words = self.cleaned_data[name]
        try:
            return refs_of(words) if words else None
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def wanted(self) -> dict[str, Any]:
        """What the query of records takes; nothing while something typed is not understood."""
        if not self.is_valid():
            return {}
        typed = {
            name: value for name, value in self.cleaned_data.items() if value not in (None, "")
        }
        names = {"about": "subject", "actor": "actor"}
        people = {names[name]: typed[name] for name in names if name in typed}
        days = {"since": timedelta(0), "until": timedelta(days=1)}
        instants = {name: midnight(typed[name] + days[name]) for name in days if name in typed}
        return people | instants | ({"kind": typed["kind"]} if "kind" in typed else {})


def midnight(day: date) -> datetime:
    """When a day begins, for the person who reads."""
    return timezone.make_aware(datetime.combine(day, time.min))


@require_safe
def records(request: ViewerRequest) -> HttpResponse:
    """All records, newest first: by person, by actor, by kind, by date."""
    require(policies.may_read_ledger(request.viewer))
    form = RecordFilter(request.GET)
    wanted = form.wanted()
    after = key_in(request.GET.get("after", ""))
    found = queries.records(**wanted, after=after, limit=queries.PAGE + 1)
    entries, following = first_of(found, queries.PAGE)
    refs = [
        ref
        for entry in entries
        for ref in (entry.record.actor, entry.record.subject, entry.record.on_behalf_of)
    ]
    context = {
        "form": form,
        "narrowed": bool(wanted),
        "entries": entries,
        "named": names_in_ledger(refs),
        "next": following,
        "head": queries.latest_head(),
        "public_key": queries.public_key(),
    }
    return render(request, "site/ledger.html", context)


@require_safe
def proof(request: ViewerRequest, record_id: int) -> HttpResponse:
    """A file that shows, without Sightline, that a record stands in the signed log."""
    require(policies.may_read_ledger(request.viewer))
    entry = found_or_404(queries.records_open_to("").filter(pk=record_id).first())
    answer = JsonResponse(queries.inclusion_proof(entry), json_dumps_params={"indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="record-{entry.pk}.json"'
    return answer
