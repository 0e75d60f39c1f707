from django.urls import path

from notices import troubles_views, views, wording_views

app_name = "notices"

urlpatterns = [
    path("utsending/utboks/", views.outbox, name="outbox"),
    path("utsending/utboks/<int:message_pk>/", views.message, name="message"),
    path("utsending/ord/", wording_views.wordings, name="wordings"),
    path("utsending/ord/<str:name>/", wording_views.wording_edit, name="wording"),
    path("utsending/adresser/", troubles_views.addresses, name="addresses"),
    path("utsending/adresser/<int:trouble_pk>/", troubles_views.address_right, name="address_right"),
]
