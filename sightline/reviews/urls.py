"""The addresses of reviews."""

from __future__ import annotations

from django.urls import path

from sightline.reviews.views import acts, calibration, cycles, forms, mine, peers, templates

app_name = "reviews"

urlpatterns = [
    path("reviews/", mine.mine, name="mine"),
    path("reviews/<int:review_id>/", mine.review, name="review"),
    path("reviews/<int:review_id>/score/", mine.score, name="score"),
    path("reviews/<int:review_id>/peers/", peers.peers, name="peers"),
    path("reviews/<int:review_id>/peers/answers/", peers.answers, name="peer_answers"),
    path("reviews/<int:review_id>/sharing/", acts.sharing, name="sharing"),
    path("reviews/<int:review_id>/acknowledgement/", acts.acknowledgement, name="acknowledgement"),
    path("reviews/<int:review_id>/appeal/", acts.appeal, name="appeal"),
    path("reviews/<int:review_id>/appeal/decision/", acts.decision, name="appeal_decision"),
    path("reviews/<int:review_id>/writer/", acts.writer, name="writer"),
    path("reviews/forms/<int:form_id>/", forms.form, name="form"),
    path("reviews/forms/<int:form_id>/<int:number>/", forms.section, name="section"),
    path("reviews/forms/<int:form_id>/<int:number>/evidence/", forms.evidence, name="evidence"),
    path("reviews/forms/<int:form_id>/submission/", forms.submission, name="submission"),
    path("reviews/forms/<int:form_id>/reopening/", forms.reopening, name="reopening"),
    path("reviews/cycles/", cycles.cycles, name="cycles"),
    path("reviews/cycles/new/", cycles.new, name="new_cycle"),
    path("reviews/cycles/<int:cycle_id>/", cycles.cycle, name="cycle"),
    path("reviews/cycles/<int:cycle_id>/plan/", cycles.plan, name="plan"),
    path("reviews/cycles/<int:cycle_id>/dry-run/", cycles.dry_run, name="dry_run"),
    path("reviews/cycles/<int:cycle_id>/opening/", cycles.opening, name="opening"),
    path("reviews/cycles/<int:cycle_id>/progress/", cycles.progress, name="progress"),
    path("reviews/cycles/<int:cycle_id>/reviews/", cycles.reviews, name="reviews"),
    path("reviews/cycles/<int:cycle_id>/dates/", cycles.dates, name="dates"),
    path("reviews/cycles/<int:cycle_id>/late/", cycles.late, name="late"),
    path("reviews/cycles/<int:cycle_id>/reminders/", cycles.reminders, name="reminders"),
    path("reviews/cycles/<int:cycle_id>/closing/", cycles.closing, name="closing"),
    path("reviews/cycles/<int:cycle_id>/calibration/", calibration.session, name="calibration"),
    path("reviews/cycles/<int:cycle_id>/calibration/start/", calibration.start, name="calibrating"),
    path("reviews/cycles/<int:cycle_id>/calibration/end/", calibration.end, name="calibration_end"),
    path("reviews/cycles/<int:cycle_id>/answers-again/", calibration.again, name="answers_again"),
    path("reviews/cycles/<int:cycle_id>/calibrators/", calibration.calibrators, name="calibrators"),
    path("reviews/calibrators/<int:calibrator_id>/release/", calibration.release, name="release"),
    path("reviews/<int:review_id>/rating/", calibration.rating, name="rating"),
    path("reviews/templates/", templates.templates, name="templates"),
    path("reviews/templates/new/", templates.new, name="new_template"),
    path("reviews/templates/<int:version_id>/", templates.version, name="template"),
    path("reviews/templates/<int:version_id>/next/", templates.following, name="next_version"),
]
