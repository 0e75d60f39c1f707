"""Addresses of checklists, under the network's own: a team's, and the network's."""

from django.urls import path

from improvement.checklists import network_views as network
from improvement.checklists import team_views as team

TEAM = "team/<slug:team_slug>/sjekklister/"
NETWORK = "sjekklister/"

urlpatterns = [
    path(TEAM, team.checklists, name="checklists"),
    path(f"{TEAM}<slug:step>/", team.checklist, name="checklist"),
    path(f"{TEAM}<slug:step>/tilpass/", team.checklist_edit, name="checklist_edit"),
    path(f"{TEAM}<slug:step>/pdf/", team.checklist_pdf, name="checklist_pdf"),
    path(f"{TEAM}<slug:step>/word/", team.checklist_docx, name="checklist_docx"),
    path(f"{TEAM}<slug:step>/<slug:token>/", team.checklist_version, name="checklist_version"),
    path(f"{TEAM}<slug:step>/<slug:token>/tilbake/", team.checklist_restore, name="checklist_restore"),
    path(NETWORK, network.checklists, name="network_checklists"),
    path(f"{NETWORK}<slug:step>/", network.checklist, name="network_checklist"),
    path(f"{NETWORK}<slug:step>/tilpass/", network.checklist_edit, name="network_checklist_edit"),
    path(f"{NETWORK}<slug:step>/pdf/", network.checklist_pdf, name="network_checklist_pdf"),
    path(f"{NETWORK}<slug:step>/word/", network.checklist_docx, name="network_checklist_docx"),
    path(f"{NETWORK}<slug:step>/<slug:token>/", network.checklist_version, name="network_checklist_version"),
    path(f"{NETWORK}<slug:step>/<slug:token>/tilbake/", network.checklist_restore, name="network_checklist_restore"),
]
