"""Every address of the product. Rooms own theirs; this file alone puts them together."""

from django.urls import URLPattern, URLResolver, include, path

from gpf import health, pages

handler400 = "gpf.pages.bad_request"
handler403 = "gpf.pages.role_missing"
handler404 = "gpf.pages.not_found"
handler429 = "gpf.pages.too_many_requests"  # allauth asks for it
handler500 = "gpf.pages.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("hjelp/", pages.help_page, name="help"),
    path("tilgjengelighet/", pages.accessibility, name="accessibility"),
    path("personvern/", pages.privacy, name="privacy"),
    path("konto/", include("accounts.urls")),
    # An address is changed by whoever invited the person, so allauth's own page for it is shut.
    path("konto/email/", pages.shut, name="account_addresses"),
    path("konto/", include("allauth.account.urls")),
    path("pamelding/", include("signup.link_urls")),
    path("apen-plakat/", include("posters.wall.public_urls")),
    path("post/", include("notices.hook_urls")),
    path("varsler/", include("notices.own_urls")),
    path("kalender/", include("sessions.feed_urls")),
    path("", include("networks.urls")),
    path("nettverk/ny/", include("sessions.planning_urls")),
    path("", include("overview.urls")),
    path("", include("supervision.urls")),
    path("nettverk/<slug:network_slug>/", include("sessions.urls")),
    path("nettverk/<slug:network_slug>/", include("posters.urls")),
    path("nettverk/<slug:network_slug>/", include("improvement.urls")),
    path("nettverk/<slug:network_slug>/", include("notices.urls")),
    path("nettverk/<slug:network_slug>/", include("desk.urls")),
    path("nettverk/<slug:network_slug>/", include("teams.urls")),
    path("nettverk/<slug:network_slug>/", include("signup.urls")),
    path("nettverk/<slug:network_slug>/", include("documents.urls")),
]
