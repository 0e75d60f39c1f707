"""Addresses of posters, under the network's own. Each noun keeps its own."""

from django.urls import path

from posters import views, writing_views
from posters.archive.urls import urlpatterns as archive
from posters.books.urls import urlpatterns as books
from posters.own.urls import urlpatterns as own
from posters.photos.urls import urlpatterns as photos
from posters.present.urls import urlpatterns as present
from posters.template.urls import urlpatterns as template
from posters.wall.urls import urlpatterns as wall

app_name = "posters"

urlpatterns = [
    path("plakater/fil/<int:rendering_pk>/", views.file, name="file"),
    path("team/<slug:team_slug>/plakat/<int:gathering_number>/skriv/", writing_views.edit, name="edit"),
    path("team/<slug:team_slug>/plakat/<int:gathering_number>/skriv/merke/", writing_views.revision, name="revision"),
    path("team/<slug:team_slug>/plakat/<int:gathering_number>/arket/", writing_views.preview, name="preview"),
    path(
        "team/<slug:team_slug>/plakat/<int:gathering_number>/arket/<int:rendering_pk>/",
        writing_views.preview_picture,
        name="preview_picture",
    ),
    path("team/<slug:team_slug>/plakat/<int:gathering_number>/tidligere/", writing_views.history, name="history"),
    path(
        "team/<slug:team_slug>/plakat/<int:gathering_number>/tidligere/<int:number>/",
        writing_views.version,
        name="version",
    ),
    path(
        "team/<slug:team_slug>/plakat/<int:gathering_number>/tidligere/<int:number>/tilbake/",
        writing_views.go_back,
        name="go_back",
    ),
    path("team/<slug:team_slug>/plakat/<int:gathering_number>/pdf/", views.files, name="files"),
    path("team/<slug:team_slug>/plakat/<int:gathering_number>/lever/", views.deliver, name="deliver"),
    *books,
    *own,
    *photos,
    *present,
    *archive,
    *template,
    *wall,
]
