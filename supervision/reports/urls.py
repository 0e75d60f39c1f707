"""Where teams are: of a network, for a leader, and over the whole country."""

from django.urls import path

from supervision.reports import leading_views, national_views, standing_views

NETWORK = "nettverk/<slug:network_slug>/"
LEADER = f"{NETWORK}ledere/<int:participation_pk>/"

urlpatterns = [
    path("nasjonalt/", national_views.national, name="national"),
    path(f"{NETWORK}status/", standing_views.standing, name="standing"),
    path(f"{NETWORK}ledere/", leading_views.leaders, name="leaders"),
    path(LEADER, leading_views.leader, name="leader"),
    path(f"{LEADER}sendt/<int:report_pk>.pdf", leading_views.leader_file, name="leader_file"),
]
