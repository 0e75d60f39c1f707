"""The worker's part: making a paper."""

import logging

from celery import shared_task

from gpf import tenancy
from improvement.papers.models import Paper
from improvement.papers.services import begin_paper, fail_paper, finish_paper, lay_out

log = logging.getLogger(__name__)


@shared_task(name="improvement.papers.tasks.make_paper", soft_time_limit=40, time_limit=55)
def make_paper(network_id: int, paper_pk: int) -> str:
    """Make one paper. Answers with the state it came to, or "" when there was nothing to do."""
    with tenancy.scope([network_id]):
        paper = begin_paper(paper_pk=paper_pk)
    if paper is None:
        return ""
    try:
        pdf = lay_out(paper)
        with tenancy.scope([network_id]):
            return str(finish_paper(paper_pk=paper_pk, pdf=pdf).state)
    except Exception as error:
        # The team's words may stand in the traceback's values, not in its kind.
        log.error("A paper (%s) could not be made: %s", paper_pk, type(error).__name__)
        with tenancy.scope([network_id]):
            fail_paper(paper_pk=paper_pk)
        return str(Paper.State.FAILED)
