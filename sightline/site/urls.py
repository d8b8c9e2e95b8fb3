"""Every address of the product: the composition of the apps' own."""

from __future__ import annotations

from django.urls import include, path

from sightline.site.views import (
    accounts,
    beginnings,
    founding,
    home,
    invitations,
    ledger,
    operations,
    own_data,
    person,
    search,
)

ledger_pages = [
    path("", ledger.records, name="records"),
    path("<int:record_id>/proof/", ledger.proof, name="proof"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("around/", home.around, name="around"),
    path("founding/", founding.founding, name="founding"),
    path("getting-started/", beginnings.getting_started, name="getting_started"),
    path("getting-started/away/", beginnings.put_away, name="put_away"),
    path("getting-started/<slug:step>/aside/", beginnings.set_aside, name="set_aside"),
    path("getting-started/<slug:step>/again/", beginnings.take_up, name="take_up"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/<int:round_id>/", invitations.one_round, name="invitation_round"),
    path("invitations/<int:round_id>/progress/", invitations.progress, name="invitation_progress"),
    path("search/", search.search, name="search"),
    path("me/", person.my_page, name="my_page"),
    path("me/data/", own_data.own_data, name="own_data"),
    path("me/data/file/", own_data.own_data_file, name="own_data_file"),
    path("people/<int:employee_id>/", person.person, name="person"),
    path("people/<int:employee_id>/lately/", person.lately, name="person_lately"),
    path("people/<int:employee_id>/account/", accounts.give, name="give_account"),
    path("people/<int:employee_id>/history/", person.history, name="person_history"),
    path("people/<int:employee_id>/records/", person.records, name="person_records"),
    path("", include("sightline.foundation.ui.urls")),
    path("", include("sightline.foundation.drafts.urls")),
    path("", include("sightline.foundation.identity.urls")),
    path("notices/", include("sightline.foundation.notices.urls")),
    path("operations/", operations.operations, name="operations"),
    path("operations/retry/", operations.retry_all, name="operations_retry_all"),
    path("operations/failures/<int:job_id>/retry/", operations.retry, name="operations_retry"),
    path(
        "operations/failures/<int:job_id>/discard/", operations.discard, name="operations_discard"
    ),
    path("ledger/", include((ledger_pages, "ledger"))),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/<int:account_id>/", accounts.account, name="account"),
    path("accounts/<int:account_id>/address/", accounts.address, name="account_address"),
    path("accounts/<int:account_id>/<slug:act>/", accounts.act, name="account_act"),
    path("strategy/", include("sightline.strategy.urls")),
    path("decisions/", include("sightline.decisions.urls")),
    path("", include("sightline.insight.urls")),
    path("", include("sightline.reviews.urls")),
    path("", include("sightline.conversations.urls")),
    path("", include("sightline.development.urls")),
    path("", include("sightline.goals.urls")),
    path("", include("sightline.people.urls")),
]
