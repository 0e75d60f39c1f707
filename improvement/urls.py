"""Addresses of a team's improvement work, under the network's own. Each noun keeps its own."""

from improvement.across.urls import urlpatterns as across
from improvement.checklists.urls import urlpatterns as checklists
from improvement.goals.urls import urlpatterns as goals
from improvement.measures.urls import urlpatterns as measures
from improvement.method.urls import urlpatterns as method
from improvement.papers.urls import urlpatterns as papers
from improvement.plans.urls import urlpatterns as plans

app_name = "improvement"

urlpatterns = [*method, *goals, *measures, *across, *plans, *checklists, *papers]
