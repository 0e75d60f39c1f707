"""Asking for a paper, and keeping it once it is made."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from documents.services import keep_made_pdf
from improvement.papers.kinds import render
from improvement.papers.models import Paper
from networks.models import Network
from teams.models import Team

ATTEMPTS = 3
LOOK = "1"  # raised when a layout is drawn anew: papers made before it are then made again


@transaction.atomic
def request_paper(
    *,
    network: Network,
    team: Team | None,
    kind: Paper.Kind,
    content: Mapping[str, Any],
    language: str,
    title: str,
    for_coordinators: bool = False,
) -> Paper:
    """The paper of this content, made or on its way to be. Needs the network's scope.

    The view that asks starts `improvement.papers.tasks.make_paper` on commit, if `paper.state` is queued.

    1. Find the paper with exactly this content: what was made once is not made again.
    2. Else write its row. One that failed, or that nobody is making any longer, gets a new start.
    """
    plain = json.loads(json.dumps(content))
    key = _key(kind, plain, language, title)
    paper, _made = Paper.objects.get_or_create(
        network=network,
        team=team,
        for_coordinators=for_coordinators,
        key=key,
        defaults={"kind": kind, "content": plain, "language": language, "title": title},
    )
    if paper.state == Paper.State.FAILED or paper.is_stuck(timezone.now()):
        paper.state, paper.attempts, paper.queued_at = Paper.State.QUEUED, 0, timezone.now()
        paper.save(update_fields=["state", "attempts", "queued_at"])
    return paper


def _key(kind: str, content: Any, language: str, title: str) -> str:
    whole = json.dumps([LOOK, kind, content, language, title], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def begin_paper(*, paper_pk: int) -> Paper | None:
    """The paper, if it still waits to be made; None where there is nothing to do. Needs the network's scope.

    The attempt is counted before the work: a worker that dies of it has been counted too.
    """
    with transaction.atomic():
        paper = Paper.objects.select_for_update().filter(pk=paper_pk, state=Paper.State.QUEUED).first()
        if paper is None:
            return None
        paper.attempts += 1
        if paper.attempts > ATTEMPTS:
            paper.state = Paper.State.FAILED
        paper.save(update_fields=["attempts", "state"])
        return paper if paper.state == Paper.State.QUEUED else None


def lay_out(paper: Paper) -> bytes:
    """The PDF. Needs no scope and no transaction: everything it reads is in the paper's content."""
    return render(paper.kind, paper.content, language=paper.language, title=paper.title)


@transaction.atomic
def finish_paper(*, paper_pk: int, pdf: bytes) -> Paper:
    """Keep the file, unless another worker was quicker. Needs the network's scope."""
    paper = Paper.objects.select_for_update().get(pk=paper_pk)
    if paper.document_id is None:
        name = f"{paper.title}.pdf".replace("/", "-")
        paper.document = keep_made_pdf(network=paper.network, by=None, pdf=pdf, name=name)
        paper.state = Paper.State.READY
        paper.save(update_fields=["document", "state"])
    return paper


def fail_paper(*, paper_pk: int) -> None:
    """It could not be made. Needs the network's scope."""
    Paper.objects.filter(pk=paper_pk, state=Paper.State.QUEUED).update(state=Paper.State.FAILED)
