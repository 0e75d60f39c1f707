"""The main pages."""

from django.urls import path

from overview import home, matrix_views, network_list, network_page, queue, team_pages

app_name = "overview"

urlpatterns = [
    path("", home.home, name="home"),
    path("veiledning/", queue.queue, name="queue"),
    path("nettverk/", network_list.page, name="networks"),
    path("nettverk/", network_list.page, name="networks"),
    path("nettverk/<slug:network_slug>/", network_page.page, name="network"),
    path("nettverk/<slug:network_slug>/fremdrift/", matrix_views.page, name="matrix"),
    path("nettverk/<slug:network_slug>/fremdrift.csv", matrix_views.as_csv, name="matrix_csv"),
    path("nettverk/<slug:network_slug>/fremdrift.xlsx", matrix_views.as_xlsx, name="matrix_xlsx"),
    path("nettverk/<slug:network_slug>/team/", team_pages.teams, name="teams"),
    path("nettverk/<slug:network_slug>/team/<slug:team_slug>/", team_pages.team, name="team"),
]
