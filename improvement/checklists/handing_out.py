"""A checklist on paper and as a file for Word."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.text import slugify

from gpf import dates
from improvement.checklists import presenting
from improvement.checklists.pages import chosen_language, step_of
from improvement.checklists.queries import Held, Holder, read_held
from improvement.papers.models import Paper
from improvement.papers.services import request_paper
from improvement.papers.views import lead_to
from networks.access import NetworkRequest

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})


def ask_for_pdf(request: NetworkRequest, holder: Holder, key: str) -> HttpResponse:
    """Have the list that holds made ready for print."""
    held = read_held(holder, step_of(key), chosen_language(request, holder))
    content = on_paper(holder, held)
    paper = request_paper(
        network=holder.network,
        team=holder.team,
        kind=Paper.Kind.CHECKLIST,
        content=content,
        language=held.language,
        title=content["title"],
    )
    return lead_to(paper)


def word_file(request: NetworkRequest, holder: Holder, key: str) -> HttpResponse:
    """The list that holds as a file for Word."""
    from improvement.checklists.word import write  # python-docx and lxml are read only where a file is made

    held = read_held(holder, step_of(key), chosen_language(request, holder))
    content = on_paper(holder, held)
    name = slugify(content["title"].translate(LETTERS))[:60].strip("-")
    return HttpResponse(
        write(content, language=held.language),
        content_type=DOCX,
        headers={
            "Content-Disposition": f'attachment; filename="{name or held.step.key}.docx"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def on_paper(holder: Holder, held: Held) -> dict[str, Any]:
    """All that stands on the paper, as plain data in the list's language: code, name, title, whose, version, day, when
    and rows."""
    with translation.override(held.language):
        made = held.version.made_at if held.version else None
        return {
            "code": held.step.code,
            "name": str(held.step.name),
            "title": held.step.title,
            "whose": str(holder.team) if held.source == "team" else str(holder.network),
            "version": presenting.name(held),
            "day": dates.date_range(timezone.localdate(made), None) if made else "",
            "when": held.content["when"],
            "rows": held.rows,
        }
