"""Addresses of needs, goals and changes, under the network's own."""

from django.urls import path

from improvement.goals import change_views as changes
from improvement.goals import goal_views as goals
from improvement.goals import need_views as needs
from improvement.goals import order_views as order
from improvement.goals import views

TEAM = "team/<slug:team_slug>/"

urlpatterns = [
    path(f"{TEAM}mal/", views.goals, name="goals"),
    path(f"{TEAM}mal/nytt/", goals.add, name="goal_add"),
    path(f"{TEAM}mal/prioriter/", order.prioritise, name="prioritise"),
    path(f"{TEAM}mal/rekkefolge/", order.arrange, name="goals_arrange"),
    path(f"{TEAM}mal/legg-bort/", order.keep, name="goals_keep"),
    path(f"{TEAM}mal/<int:goal_pk>/", goals.goal, name="goal"),
    path(f"{TEAM}mal/<int:goal_pk>/skriv/", goals.edit, name="goal_edit"),
    path(f"{TEAM}behov/nytt/", needs.add, name="need_add"),
    path(f"{TEAM}behov/<int:need_pk>/", needs.need, name="need"),
    path(f"{TEAM}behov/<int:need_pk>/skriv/", needs.edit, name="need_edit"),
    path(f"{TEAM}tiltak/nytt/", changes.add, name="change_add"),
    path(f"{TEAM}tiltak/<int:change_pk>/", changes.change, name="change"),
    path(f"{TEAM}tiltak/<int:change_pk>/skriv/", changes.edit, name="change_edit"),
    path(f"{TEAM}tiltak/<int:change_pk>/avgjor/", changes.decide, name="change_decide"),
    path(f"{TEAM}tiltak/<int:change_pk>/runder/", changes.begin, name="pdsa_add"),
    path(f"{TEAM}tiltak/<int:change_pk>/runder/<int:number>/", changes.pdsa, name="pdsa"),
    path(f"{TEAM}driverdiagram/", views.diagram, name="diagram"),
]
