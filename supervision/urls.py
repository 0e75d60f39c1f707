"""Addresses of supervision. Each part lists its own."""

from supervision.meetings.urls import urlpatterns as meetings
from supervision.queue.urls import urlpatterns as queue
from supervision.reports.urls import urlpatterns as reports
from supervision.scores.urls import urlpatterns as scores

app_name = "supervision"

urlpatterns = [*meetings, *queue, *reports, *scores]
