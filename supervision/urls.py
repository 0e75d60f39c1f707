"""Addresses of supervision. Each part lists its own."""

from supervision.reports.urls import urlpatterns as reports
from supervision.scores.urls import urlpatterns as scores

app_name = "supervision"

urlpatterns = [*reports, *scores]
