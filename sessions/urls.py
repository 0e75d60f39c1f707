"""Addresses of gatherings and deliveries, under the network's own."""

from django.urls import path

from sessions import (
    delivery_views,
    moving_views,
    plan_views,
    programme_views,
    relief_views,
    reminder_rules_views,
    sharing_views,
    views,
)

app_name = "gatherings"

DELIVERY = "team/<slug:team_slug>/leveringer/<int:assignment_pk>/"

urlpatterns = [
    path("samlinger/", views.gathering_list, name="list"),
    path("samlinger/ny/", plan_views.add_gathering, name="add"),
    path("samlinger/<int:gathering_pk>/", views.gathering, name="gathering"),
    path("samlinger/<int:gathering_pk>/kalender.ics", views.calendar, name="calendar"),
    path("samlinger/<int:gathering_pk>/program/", programme_views.programme, name="programme"),
    path("samlinger/<int:gathering_pk>/endre/", plan_views.edit_gathering, name="edit"),
    path("samlinger/<int:gathering_pk>/flytt/", moving_views.move, name="move"),
    path("samlinger/<int:gathering_pk>/avlys/", moving_views.cancel, name="cancel"),
    path("samlinger/<int:gathering_pk>/avlys/opphev/", moving_views.restore, name="restore"),
    path("samlinger/<int:gathering_pk>/oppgaver/ny/", plan_views.add_assignment, name="assign"),
    path("plan/", plan_views.plan, name="plan"),
    path("plan/oppgaver/<int:assignment_pk>/", plan_views.edit_assignment, name="assignment"),
    path("plan/oppgaver/<int:assignment_pk>/valg/", plan_views.change_assignment, name="change"),
    path("utsending/regler/", reminder_rules_views.reminder_rules, name="reminder_rules"),
    path("utsettelser/", relief_views.relieve, name="relieve"),
    path(DELIVERY, delivery_views.delivery, name="delivery"),
    path(f"{DELIVERY}lever/", delivery_views.hand_in, name="deliver"),
    path(f"{DELIVERY}ord/", delivery_views.reply, name="reply"),
    path(f"{DELIVERY}utsettelse/", delivery_views.give_extension, name="extend"),
    path(f"{DELIVERY}fritak/", delivery_views.give_exemption, name="exempt"),
    path(f"{DELIVERY}fritak/opphev/", delivery_views.end_exemption, name="lift"),
    path(f"{DELIVERY}versjon/<int:number>/", delivery_views.file, name="file"),
    path(f"{DELIVERY}del/", sharing_views.share, name="share"),
    path(f"{DELIVERY}delt/", sharing_views.read, name="shared"),
    path(f"{DELIVERY}delt/fil/", sharing_views.file, name="shared_file"),
]
