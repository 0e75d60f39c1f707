"""The worker's part: a leader's page is made and handed over to be mailed."""

import logging

from celery import shared_task

from gpf import tenancy
from notices.tasks import send_letters
from supervision.models import LeaderReport
from supervision.reports.printing import render_leader_page
from supervision.reports.services import content_of, leaders_of, send_report, title_of

log = logging.getLogger(__name__)


@shared_task(name="supervision.reports.tasks.send_leader_report", soft_time_limit=60, time_limit=90)
def send_leader_report(network_id: int, report_pk: int) -> bool:
    """Make the page in each language it is read in, keep it, and send it. Says whether it is sent."""
    with tenancy.scope([network_id]):
        rows = LeaderReport.objects.select_related("network", "participation__organisation", "participation__network")
        report = rows.filter(pk=report_pk, sent_at=None).first()
        if report is None:
            return False
        languages = {leader.language for leader in leaders_of(report.participation)} or {report.network.language}
        contents = {language: content_of(report, language) for language in languages}
        titles = {language: title_of(report, language) for language in languages}
    pdfs = {
        language: render_leader_page(content, language=language, title=titles[language])
        for language, content in contents.items()
    }
    with tenancy.scope([network_id]):
        sent = send_report(report_pk=report_pk, pdfs=pdfs)
    send_letters.delay(network_id)
    return sent.sent_at is not None
