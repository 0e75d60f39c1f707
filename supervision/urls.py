"""Addresses of supervision. Each part lists its own."""

from supervision.handing.urls import urlpatterns as handing
from supervision.meetings.urls import urlpatterns as meetings
from supervision.notes.urls import urlpatterns as notes
from supervision.questions.urls import urlpatterns as questions
from supervision.queue.urls import urlpatterns as queue
from supervision.reports.urls import urlpatterns as reports
from supervision.review.urls import urlpatterns as review
from supervision.scores.urls import urlpatterns as scores

app_name = "supervision"

urlpatterns = [*meetings, *handing, *queue, *review, *notes, *questions, *reports, *scores]
