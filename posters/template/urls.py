"""Addresses of a network's own poster template, under the network's own."""

from django.urls import path

from posters.template import example_views, look_views, section_views, views

urlpatterns = [
    path("plakatmal/", views.stages, name="template"),
    path("plakatmal/utseende/", look_views.look, name="template_look"),
    path("plakatmal/utseende/prov/", look_views.try_look, name="template_look_try"),
    path("plakatmal/utseende/logo/", look_views.logo, name="template_logo"),
    path("plakatmal/<int:stage>/eksempel/<int:example_pk>/", example_views.example, name="template_example"),
    path("plakatmal/<int:stage>/eksempel/<int:example_pk>/bilde/", example_views.picture, name="template_picture"),
    path("plakatmal/<int:stage>/", views.stage, name="template_stage"),
    path("plakatmal/<int:stage>/programmets/", views.use_programmes, name="template_programmes"),
    path("plakatmal/<int:stage>/hent-tilbake/", views.take_back, name="template_take_back"),
    path("plakatmal/<int:stage>/ny-del/", section_views.new, name="template_section_new"),
    path("plakatmal/<int:stage>/del/<slug:key>/", section_views.edit, name="template_section"),
    path("plakatmal/<int:stage>/del/<slug:key>/prov/", section_views.try_section, name="template_section_try"),
    path("plakatmal/<int:stage>/del/<slug:key>/flytt/", section_views.shift, name="template_section_shift"),
    path("plakatmal/<int:stage>/del/<slug:key>/vis/", section_views.show, name="template_section_show"),
    path("plakatmal/<int:stage>/del/<slug:key>/bort/", section_views.drop, name="template_section_drop"),
]
