"""Addresses of invitation rounds and registrations, under the network's own."""

from django.urls import path

from signup import registration_views, rounds_choose_views, rounds_draft, rounds_invitee_views, rounds_views

app_name = "signup"

urlpatterns = [
    path("invitasjoner/", rounds_views.rounds, name="rounds"),
    path("invitasjoner/ny/", rounds_views.round_new, name="round_new"),
    path("invitasjoner/ny/utkast/", rounds_draft.round_draft, name="round_draft"),
    path("invitasjoner/<int:round_pk>/", rounds_views.round_page, name="round"),
    path("invitasjoner/<int:round_pk>/brev/", rounds_views.round_edit, name="round_edit"),
    path("invitasjoner/<int:round_pk>/velg/", rounds_choose_views.round_choose, name="round_choose"),
    path("invitasjoner/<int:round_pk>/mottakere/", rounds_choose_views.round_people, name="round_people"),
    path("invitasjoner/<int:round_pk>/mottakere/liste/", rounds_choose_views.round_paste, name="round_paste"),
    path("invitasjoner/<int:round_pk>/send/", rounds_views.round_send, name="round_send"),
    path("invitasjoner/<int:round_pk>/minn/", rounds_views.round_remind, name="round_remind"),
    path("invitasjoner/<int:round_pk>/fjern/", rounds_views.round_delete, name="round_delete"),
    path("invitasjoner/mottaker/<int:invitee_pk>/", rounds_invitee_views.invitee, name="invitee"),
    path("invitasjoner/mottaker/<int:invitee_pk>/brev/", rounds_invitee_views.invitee_letter, name="invitee_letter"),
    path("invitasjoner/mottaker/<int:invitee_pk>/brev.pdf", rounds_invitee_views.invitee_pdf, name="invitee_pdf"),
    path("invitasjoner/mottaker/<int:invitee_pk>/minn/", rounds_invitee_views.invitee_remind, name="invitee_remind"),
    path(
        "invitasjoner/mottaker/<int:invitee_pk>/trekk/", rounds_invitee_views.invitee_withdraw, name="invitee_withdraw"
    ),
    path("invitasjoner/mottaker/<int:invitee_pk>/utvid/", rounds_invitee_views.invitee_extend, name="invitee_extend"),
    path("invitasjoner/mottaker/<int:invitee_pk>/bytt/", rounds_invitee_views.invitee_replace, name="invitee_replace"),
    path("pameldinger/", registration_views.registrations, name="registrations"),
    path("pameldinger/<int:registration_pk>/", registration_views.registration, name="registration"),
    path("pameldinger/<int:registration_pk>/kopi/", registration_views.copy, name="registration_copy"),
]
