"""The addresses of a network's participants and people, under the network's own."""

from django.urls import path

from teams import ending_views, import_views, participant_views, team_views, views

app_name = "teams"

urlpatterns = [
    path("deltakere/", participant_views.participants, name="participants"),
    path("deltakere/ny/", participant_views.participant_add, name="participant_add"),
    path("deltakere/<int:participation_pk>/", participant_views.participant, name="participant"),
    path("deltakere/<int:participation_pk>/endre/", participant_views.participant_edit, name="participant_edit"),
    path("deltakere/<int:participation_pk>/trekk/", ending_views.withdraw, name="withdraw"),
    path("deltakere/<int:participation_pk>/tilbake/", ending_views.take_back, name="take_back"),
    path("deltakere/<int:participation_pk>/enheter/", participant_views.unit_add, name="unit_add"),
    path(
        "deltakere/<int:participation_pk>/enheter/<int:unit_pk>/fjern/",
        participant_views.unit_remove,
        name="unit_remove",
    ),
    path("deltakere/<int:participation_pk>/ledere/", participant_views.leader_add, name="leader_add"),
    path("deltakere/<int:participation_pk>/team/ny/", team_views.team_add, name="team_add"),
    path("deltakere/team/<slug:team_slug>/", team_views.team, name="team"),
    path("deltakere/team/<slug:team_slug>/endre/", team_views.team_edit, name="team_edit"),
    path("deltakere/team/<slug:team_slug>/leder/", team_views.new_leader, name="new_leader"),
    path("deltakere/team/<slug:team_slug>/avslutt/", ending_views.team_end, name="team_end"),
    path("deltakere/team/<slug:team_slug>/fortsett/", ending_views.team_resume, name="team_resume"),
    path("deltakere/team/<slug:team_slug>/personer/ny/", team_views.seat_add, name="seat_add"),
    path("deltakere/team/<slug:team_slug>/personer/<int:seat_pk>/", team_views.seat, name="seat"),
    path("personer/", views.people, name="people"),
    path("personer/import/", import_views.import_people, name="import"),
    path("personer/<int:user_pk>/", views.person, name="person"),
    path("personer/<int:user_pk>/inviter/", views.invite_again, name="invite_again"),
    path("personer/<int:user_pk>/rett/", views.correct, name="correct"),
    path("personer/<int:user_pk>/roller/<int:membership_pk>/avslutt/", views.role_end, name="role_end"),
]
