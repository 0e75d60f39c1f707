"""Addresses of the log of guidance meetings."""

from django.urls import path

from supervision.meetings import agreement_views, plan_views, views

NETWORK = "nettverk/<slug:network_slug>/"
LOG = f"{NETWORK}veiledningslogg/"

urlpatterns = [
    path(LOG, views.log, name="log"),
    path(f"{LOG}skriv/", views.write_new, name="meeting_add"),
    path(f"{LOG}avtal/", plan_views.plan, name="meeting_plan"),
    path(f"{LOG}<int:meeting_pk>/", views.meeting, name="meeting"),
    path(f"{LOG}<int:meeting_pk>/skriv/", views.write, name="meeting_write"),
    path(f"{LOG}<int:meeting_pk>/flytt/", plan_views.replan, name="meeting_replan"),
    path(f"{LOG}<int:meeting_pk>/avlys/", plan_views.cancel, name="meeting_cancel"),
    path(f"{LOG}avtaler/<int:agreement_pk>/", agreement_views.settle, name="agreement"),
    path(f"{NETWORK}team/<slug:team_slug>/veiledning/", views.team_log, name="team_log"),
]
