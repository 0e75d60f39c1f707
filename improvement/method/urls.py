"""Addresses of how a team goes about its work, under the network's own."""

from django.urls import path

from improvement.method import interview_views as interviews
from improvement.method import phase_views as phases
from improvement.method import rating_views as ratings
from improvement.method import theme_views as themes

TEAM = "team/<slug:team_slug>/"

urlpatterns = [
    path(f"{TEAM}faser/", phases.phases, name="phases"),
    path(f"{TEAM}faser/her/", phases.stand_in_phase, name="stand_in_phase"),
    path(f"{TEAM}faser/annen-modell/", phases.other_model, name="other_model"),
    path(f"{TEAM}faser/hjulet/", phases.back_to_wheel, name="back_to_wheel"),
    path(f"{TEAM}faser/steg/<slug:step>/", phases.mark_step, name="mark_step"),
    path(f"{TEAM}intervjuer/", interviews.interviews, name="interviews"),
    path(f"{TEAM}intervjuer/guide/", interviews.guide, name="guide"),
    path(f"{TEAM}intervjuer/ny/", interviews.add, name="round_add"),
    path(f"{TEAM}intervjuer/<int:round_pk>/", interviews.edit, name="round_edit"),
    path(f"{TEAM}intervjuer/<int:round_pk>/legg-bort/", interviews.put_away, name="round_put_away"),
    path(f"{TEAM}intervjuer/<int:round_pk>/ta-tilbake/", interviews.take_back, name="round_take_back"),
    path(f"{TEAM}intervjuer/tema/ny/", themes.add, name="theme_add"),
    path(f"{TEAM}intervjuer/tema/<int:theme_pk>/", themes.edit, name="theme_edit"),
    path(f"{TEAM}intervjuer/tema/<int:theme_pk>/legg-bort/", themes.put_away, name="theme_put_away"),
    path(f"{TEAM}intervjuer/tema/<int:theme_pk>/ta-tilbake/", themes.take_back, name="theme_take_back"),
    path(f"{TEAM}effektmal/", ratings.effect_goals, name="effect_goals"),
    path(f"{TEAM}effektmal/<int:gathering_pk>/", ratings.rate, name="rate"),
]
