"""Addresses of who guides whom."""

from django.urls import path

from supervision.handing import views

GUIDES = "nettverk/<slug:network_slug>/veiledere/"

urlpatterns = [
    path(GUIDES, views.guiding, name="guiding"),
    path(f"{GUIDES}<int:membership_pk>/overlat/", views.hand_over, name="hand_over"),
    path(f"{GUIDES}<int:membership_pk>/del/", views.share, name="share"),
    path(f"{GUIDES}<int:membership_pk>/vikar/", views.stand_in, name="stand_in"),
    path(f"{GUIDES}rader/<int:row_pk>/avslutt/", views.end, name="guiding_end"),
]
