from __future__ import annotations

from django.urls import path

from sightline.conversations.views import agenda, feedback, meetings, requests, talks

app_name = "conversations"
urlpatterns = [
    path("talks/", talks.talks, name="talks"),
    path("talks/new/", talks.new_series, name="new_series"),
    path("talks/rhythms/", talks.rhythms, name="rhythms"),
    path("talks/<int:series_id>/", talks.talk, name="talk"),
    path("talks/<int:series_id>/cadence/", talks.cadence, name="cadence"),
    path("talks/<int:series_id>/end/", talks.series_end, name="series_end"),
    path("talks/<int:series_id>/meetings/", meetings.plan, name="plan"),
    path("talks/<int:series_id>/points/", agenda.points, name="points"),
    path("talks/<int:series_id>/promises/", agenda.promises, name="promises"),
    path("meetings/<int:meeting_id>/day/", meetings.move, name="move"),
    path("meetings/<int:meeting_id>/holding/", meetings.hold, name="hold"),
    path("meetings/<int:meeting_id>/skipping/", meetings.skip, name="skip"),
    path("meetings/<int:meeting_id>/note/", meetings.note, name="note"),
    path("points/<int:point_id>/settlement/", agenda.settlement, name="settlement"),
    path("points/<int:point_id>/putting-back/", agenda.put_back, name="put_back"),
    path("promises/<int:action_id>/completion/", agenda.completion, name="completion"),
    path("feedback/", feedback.feedback_list, name="feedback_list"),
    path("feedback/new/", feedback.new_feedback, name="new_feedback"),
    path("feedback/<int:feedback_id>/", feedback.feedback, name="feedback"),
    path("feedback/<int:feedback_id>/versions/", feedback.revision, name="revision"),
    path("feedback/requests/new/", requests.new_request, name="new_request"),
    path("feedback/requests/<int:request_id>/", requests.feedback_request, name="request"),
    path("feedback/requests/<int:request_id>/decline/", requests.declining, name="declining"),
]
