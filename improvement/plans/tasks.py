"""The worker's part: the PDF of a plan that was handed in."""

from celery import shared_task

from gpf import tenancy
from improvement.papers.tasks import make_paper
from improvement.plans.models import PlanEdition
from improvement.plans.services import attach_paper, request_edition_paper


@shared_task(name="improvement.plans.tasks.make_file", soft_time_limit=50, time_limit=65)
def make_file(network_id: int, edition_pk: int) -> str:
    """Make the edition's PDF and put it to what was handed in. Answers with the paper's state.

    Safe to repeat: a paper that is made is not made again, and a version that has its file keeps it.
    """
    with tenancy.scope([network_id]):
        paper = request_edition_paper(edition=_edition(edition_pk))
    make_paper(network_id, paper.pk)
    with tenancy.scope([network_id]):
        paper.refresh_from_db()
        attach_paper(edition=_edition(edition_pk), paper=paper)
        return str(paper.state)


def _edition(pk: int) -> PlanEdition:
    return PlanEdition.objects.select_related("team__network", "version").get(pk=pk)
