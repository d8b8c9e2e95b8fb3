"""The addresses of identity, and pages of a kind that apps above have."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import include, path

from sightline.foundation.identity.fresh_proof import fresh_proof_required


def home(request):
    return HttpResponse(f"home of {request.user.email}")


@fresh_proof_required
def grave(request):
    return HttpResponse(f"done: {request.POST.get('reason', 'seen')}")


@login_not_required
def open_to_all(request):
    return HttpResponse("open")


urlpatterns = [
    path("", home),
    path("grave/", grave),
    path("open/", open_to_all),
    path("", include("sightline.foundation.ui.urls")),
    path("", include("sightline.foundation.identity.urls")),
]
