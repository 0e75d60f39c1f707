"""Addresses of what stands beside the networks: cycle templates, organisations, health communities."""

from django.urls import path

from networks import health_community_views, organisation_views
from networks import template_part_views as parts
from networks import template_views as templates

app_name = "networks"

TEMPLATE = "maler/<slug:template_slug>/"
GATHERING = f"{TEMPLATE}samlinger/<int:number>/"
WORK = f"{TEMPLATE}arbeid/<int:assignment_pk>/"

urlpatterns = [
    path("maler/", templates.template_list, name="templates"),
    path(TEMPLATE, templates.template, name="template"),
    path(f"{TEMPLATE}endre/", templates.edit, name="template_edit"),
    path(f"{TEMPLATE}kopier/", templates.copy, name="template_copy"),
    path(f"{TEMPLATE}fjern/", templates.remove, name="template_remove"),
    path(f"{TEMPLATE}samlinger/ny/", parts.new_gathering, name="template_gathering_new"),
    path(GATHERING, parts.edit_gathering, name="template_gathering"),
    path(f"{GATHERING}fjern/", parts.drop_gathering, name="template_gathering_drop"),
    path(f"{GATHERING}arbeid/", parts.new_assignment, name="template_work_new"),
    path(WORK, parts.edit_assignment, name="template_work"),
    path(f"{WORK}plass/", parts.shift_assignment, name="template_work_shift"),
    path(f"{WORK}fjern/", parts.drop_assignment, name="template_work_drop"),
    path("organisasjoner/", organisation_views.organisations, name="organisations"),
    path("helsefellesskap/", health_community_views.health_communities, name="health_communities"),
    path("helsefellesskap/nytt/", health_community_views.health_community_new, name="health_community_new"),
    path("helsefellesskap/hent/", health_community_views.health_communities_fetch, name="health_communities_fetch"),
    path(
        "helsefellesskap/<slug:community_slug>/endre/",
        health_community_views.health_community_edit,
        name="health_community_edit",
    ),
]
