"""What stands under the map of a draft: the objective that is being changed, and its forms."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.forms import Form
from django.http import QueryDict

from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.core.keys import key_in
from sightline.people.viewer import ViewerRequest
from sightline.strategy.forms.map import AddForm, DrivesForm, RenameForm
from sightline.strategy.models import Cause, Objective, Perspective
from sightline.strategy.queries import strategies
from sightline.strategy.queries.strategies import ObjectiveOnMap, StrategyMap


@dataclass(slots=True)
class Desk:
    """The objective chosen on the map, or the perspective that gets one; what was refused."""

    chosen: ObjectiveOnMap | None = None
    adding: Perspective | None = None
    forms: dict[str, Form] = field(default_factory=dict)
    drives: list[Cause] = field(default_factory=list)
    driven_by: list[Cause] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    said: str = ""
    """What was just done, for those who listen."""

    @property
    def links(self) -> int:
        """How many links the chosen objective has."""
        return len(self.drives) + len(self.driven_by)


def desk_of(
    request: ViewerRequest,
    shown: StrategyMap,
    *,
    at: int | None = None,
    adding: int | None = None,
    sent: Form | None = None,
) -> Desk:
    """The desk for an objective or a perspective, with the form that was sent and refused."""
    desk = Desk()
    desk.chosen = next((one for one in shown.objectives if one.objective.pk == at), None)
    desk.adding = next((r.perspective for r in shown.rows if r.perspective.pk == adding), None)
    if desk.chosen:
        one = desk.chosen.objective
        desk.forms = {"rename": rename_form(request, one), "drives": drives_form(request, one)}
        desk.drives = [cause for cause in shown.causes if cause.from_objective_id == one.pk]
        desk.driven_by = [cause for cause in shown.causes if cause.to_objective_id == one.pk]
    elif desk.adding:
        desk.forms = {"add": add_form(request)}
    if sent is not None:
        _put_in(desk, sent)
    return desk


def asked_for(request: ViewerRequest, shown: StrategyMap) -> Desk:
    """The desk that the address asks for: ?at= an objective, or ?add= to a perspective."""
    at, adding = (key_in(request.GET.get(name, "")) for name in ("at", "add"))
    return desk_of(request, shown, at=at, adding=adding)


def _put_in(desk: Desk, sent: Form) -> None:
    """The form that was refused in place of its fresh one; what no field holds is said above."""
    for name, kind in (("rename", RenameForm), ("drives", DrivesForm), ("add", AddForm)):
        if isinstance(sent, kind):
            desk.forms[name] = sent
            desk.refused = list(map(str, sent.non_field_errors()))
            return
    desk.refused = [str(sentence) for errors in sent.errors.values() for sentence in errors]


def rename_form(
    request: ViewerRequest, one: Objective, data: QueryDict | None = None
) -> RenameForm:
    """The form with another title; another tab's title is not written over unseen."""
    said = {"title": one.title}
    return RenameForm(data, viewer=request.viewer, initial=said, stands=fingerprint(one.title))


def drives_form(
    request: ViewerRequest, one: Objective, data: QueryDict | None = None
) -> DrivesForm:
    """The form with what an objective drives."""
    others = strategies.objectives_seen_by(request.viewer).filter(strategy=one.strategy_id)
    return DrivesForm(data, viewer=request.viewer, objectives=others.exclude(pk=one.pk))


def add_form(request: ViewerRequest, data: QueryDict | None = None) -> AddForm:
    """The form of a further objective; whoever writes it owns it unless another is named."""
    return AddForm(data, viewer=request.viewer, initial={"owner": request.viewer.employee})
