from __future__ import annotations

from django.urls import path

from sightline.decisions.views import acts, decisions, drafts, lists

app_name = "decisions"
urlpatterns = [
    path("", lists.decisions, name="decisions"),
    path("new/", drafts.begin, name="begin"),
    path("people/", lists.pick_person, name="pick_person"),
    path("outcomes/", lists.outcomes, name="outcomes"),
    path("policies/", lists.policy_list, name="policies"),
    path("policies/<slug:kind>/", lists.policy, name="policy"),
    path("<int:decision_id>/", decisions.decision, name="decision"),
    path("<int:decision_id>/draft/", drafts.draft, name="draft"),
    path("<int:decision_id>/evidence/", decisions.open_file, name="evidence"),
    path("<int:decision_id>/evidence/pick/", drafts.pick_evidence, name="pick_evidence"),
    path(
        "<int:decision_id>/evidence/<int:evidence_id>/removal/",
        drafts.drop_evidence,
        name="drop_evidence",
    ),
    path("<int:decision_id>/dossier.pdf", decisions.dossier_file, name="dossier"),
    path("<int:decision_id>/seal.json", decisions.seal, name="seal"),
    path("<int:decision_id>/evidence/<int:evidence_id>/proof.json", decisions.proof, name="proof"),
    path("<int:decision_id>/checks/", drafts.checks, name="checks"),
    path("<int:decision_id>/checking/", acts.checking, name="checking"),
    path("<int:decision_id>/passing/", acts.passing, name="passing"),
    path("<int:decision_id>/reply/", acts.reply, name="reply"),
    path("<int:decision_id>/approval/", acts.approval, name="approval"),
    path("<int:decision_id>/rejection/", acts.rejection, name="rejection"),
    path("<int:decision_id>/return/", acts.returning, name="return"),
    path("<int:decision_id>/withdrawal/", acts.withdrawal, name="withdrawal"),
    path("<int:decision_id>/execution/", acts.execution, name="execution"),
]
