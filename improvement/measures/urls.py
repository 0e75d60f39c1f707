"""Addresses of measures and their numbers, under the network's own."""

from django.urls import path

from improvement.measures import chart_views, correcting_views, entering_views, limits_views, paste_views, views

MEASURES = "team/<slug:team_slug>/malinger/"
ONE = f"{MEASURES}<int:measure_pk>/"

urlpatterns = [
    path(MEASURES, views.measures, name="measures"),
    path(f"{MEASURES}ny/", views.measure_add, name="measure_add"),
    path(ONE, chart_views.measure, name="measure"),
    path(f"{ONE}endre/", views.measure_edit, name="measure_edit"),
    path(f"{ONE}valg/", views.measure_keep, name="measure_keep"),
    path(f"{ONE}diagram/", chart_views.chart_choice, name="chart_choice"),
    path(f"{ONE}diagram.pdf", chart_views.chart_pdf, name="chart_pdf"),
    path(f"{ONE}tall.csv", chart_views.as_csv, name="measure_csv"),
    path(f"{ONE}tall.xlsx", chart_views.as_xlsx, name="measure_xlsx"),
    path(f"{ONE}tall/", entering_views.enter, name="enter"),
    path(f"{ONE}tall/<int:observation_pk>/", correcting_views.correct, name="correct"),
    path(f"{ONE}tall/<int:observation_pk>/utelat/", limits_views.exclude, name="exclude"),
    path(f"{ONE}lim-inn/", paste_views.paste, name="paste"),
    path(f"{ONE}historikk/", correcting_views.history, name="measure_history"),
    path(f"{ONE}hendelser/", limits_views.annotate, name="annotate"),
    path(f"{ONE}hendelser/<int:annotation_pk>/fjern/", limits_views.annotation_remove, name="annotation_remove"),
    path(f"{ONE}grenser/", limits_views.limits, name="limits"),
    path(f"{ONE}grenser/<int:period_pk>/opphev/", limits_views.limits_undo, name="limits_undo"),
]
