"""Addresses of plans, under the network's own."""

from django.urls import path

from improvement.plans import deliver_views, edition_views, views

TEAM = "team/<slug:team_slug>/forbedringsplan/"

urlpatterns = [
    path(TEAM, views.plan, name="plan"),
    path(f"{TEAM}pdf/", views.plan_pdf, name="plan_pdf"),
    path(f"{TEAM}word/", views.plan_docx, name="plan_docx"),
    path(f"{TEAM}lever/<int:assignment_pk>/", deliver_views.plan_deliver, name="plan_deliver"),
    path(f"{TEAM}utgaver/", edition_views.plan_editions, name="plan_editions"),
    path(f"{TEAM}utgaver/sammenlign/", edition_views.plan_compare, name="plan_compare"),
    path(f"{TEAM}utgaver/<int:number>/", edition_views.plan_edition, name="plan_edition"),
    path(f"{TEAM}utgaver/<int:number>/pdf/", edition_views.plan_edition_pdf, name="plan_edition_pdf"),
    path(f"{TEAM}utgaver/<int:number>/word/", edition_views.plan_edition_docx, name="plan_edition_docx"),
]
