"""The main pages."""

from django.urls import path

from overview import (
    changes_views,
    export_views,
    home,
    matrix_views,
    network_list,
    network_page,
    phase_views,
    settings_views,
    team_pages,
)

app_name = "overview"

urlpatterns = [
    path("", home.home, name="home"),
    path("nettverk/", network_list.page, name="networks"),
    path("nettverk/<slug:network_slug>/", network_page.page, name="network"),
    path("nettverk/<slug:network_slug>/fremdrift/", matrix_views.page, name="matrix"),
    path("nettverk/<slug:network_slug>/fremdrift.csv", matrix_views.as_csv, name="matrix_csv"),
    path("nettverk/<slug:network_slug>/fremdrift.xlsx", matrix_views.as_xlsx, name="matrix_xlsx"),
    path("nettverk/<slug:network_slug>/innstillinger/", settings_views.page, name="settings"),
    path("nettverk/<slug:network_slug>/fase/", phase_views.page, name="phase"),
    path("nettverk/<slug:network_slug>/endringer/", changes_views.page, name="changes"),
    path("nettverk/<slug:network_slug>/nettverk.xlsx", export_views.as_xlsx, name="export_xlsx"),
    path("nettverk/<slug:network_slug>/nettverk.json", export_views.as_json, name="export_json"),
    path("nettverk/<slug:network_slug>/team/", team_pages.teams, name="teams"),
    path("nettverk/<slug:network_slug>/team/<slug:team_slug>/", team_pages.team, name="team"),
]
