"""Sending leaders their page: asked for, made into a file, mailed, kept. Every function needs the network's scope."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from documents.services import keep_made_pdf
from networks.models import Membership, Participation, ParticipationLeader, Role
from notices.mailing import Addressee, queue_letter
from supervision.models import LeaderReport
from supervision.reports.leading import as_content, period_key, period_words, read_page


def leaders_of(participation: Participation) -> list[User]:
    """Those who committed the organisation and still have access today."""
    active = Membership.objects.active().filter(network=participation.network_id, role=Role.LEADER)
    rows = ParticipationLeader.objects.filter(participation=participation, user__in=active.values("user"))
    return [row.user for row in rows.select_related("user").order_by("user__name", "pk")]


def ask_for_report(*, participation: Participation, by: User, words: str) -> LeaderReport:
    """A report that a worker makes and sends; the view starts `supervision.reports.tasks.send_leader_report`."""
    return LeaderReport.objects.create(
        network_id=participation.network_id,
        participation=participation,
        period=period_key(timezone.localdate()),
        words=words,
        asked_by=by,
    )


def content_of(report: LeaderReport, language: str) -> dict[str, Any]:
    """What the report says, as it stands now, in the language."""
    with translation.override(language):
        page = read_page(report.participation, leaders_of(report.participation), timezone.localdate())
        return as_content(page, report.words)


@transaction.atomic
def send_report(*, report_pk: int, pdfs: dict[str, bytes]) -> LeaderReport:
    """Keep the file and hand over a letter to each leader in her language, once.

    1. Lock the report; one that is sent is left alone.
    2. Keep a file for each language, the network's own as the report's.
    3. Hand the letters over.
    """
    report = (
        LeaderReport.objects.select_for_update(of=("self",))
        .select_related("network", "participation__organisation")
        .get(pk=report_pk)
    )
    if report.sent_at is not None:
        return report
    documents = {
        language: keep_made_pdf(network=report.network, by=None, pdf=pdf, name=f"{title_of(report, language)}.pdf")
        for language, pdf in pdfs.items()
    }
    for leader in leaders_of(report.participation):
        with translation.override(leader.language):
            queue_letter(
                network=report.network,
                key=f"leader-report:{report.pk}:{leader.pk}",
                to=Addressee(leader.name, leader.email, leader.language, leader),
                subject=title_of(report, leader.language),
                text=_text(report, leader),
                document=documents[leader.language],
            )
    report.document = documents.get(report.network.language) or next(iter(documents.values()))
    report.sent_at = timezone.now()
    report.save(update_fields=["document", "sent_at"])
    return report


def title_of(report: LeaderReport, language: str) -> str:
    """What the page is called."""
    with translation.override(language):
        words = {"organisation": report.participation.organisation, "period": period_words(report.period)}
        return _("Your teams in %(organisation)s, %(period)s") % words


def _text(report: LeaderReport, leader: User) -> str:
    address = reverse("supervision:leader", args=[report.network.slug, report.participation_id])
    parts = [
        _("Hello, %(name)s") % {"name": leader.name},
        _(
            "Here is one page about the teams you have committed in %(network)s: where they are, what has changed for "
            "the users, and what they need from you."
        )
        % {"network": report.network.name},
        report.words,
        _("The page as it stands today: %(address)s") % {"address": settings.GPF_BASE_URL.rstrip("/") + address},
    ]
    return "\n\n".join(part for part in parts if part)
