"""What the pages of the plan are made of."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString

from improvement.goals.chain import Chain
from improvement.plans.content import Plan
from improvement.plans.queries import Earlier
from improvement.plans.word import CONTENT_TYPE, write
from improvement.plans.wording import PlanWords, put_into_words


@dataclass(frozen=True)
class Mending:
    """A link that is missing, and where it is mended."""

    sentence: str
    action: str
    url: str


@dataclass(frozen=True)
class Missing:
    """What one need, goal, change or measure lacks."""

    about: str
    gaps: tuple[Mending, ...]


def missing(chain: Chain) -> list[Missing]:
    """What the plan still lacks, in the reader's language; first what a team would mend first."""
    team = chain.team
    lines = {
        **{("need", each.pk): each.text for each in chain.needs},
        **{("goal", each.pk): each.text for each in chain.goals},
        **{("change", each.pk): each.text for each in chain.changes},
        **{("measure", each.pk): each.title for each in chain.measures},
    }
    found: dict[tuple[str, int], list[Mending]] = {}
    for gap in chain.gaps:
        mending = Mending(gap.sentence, gap.action, gap.address(team.network.slug, team.slug))
        found.setdefault((gap.on, gap.pk), []).append(mending)
    return [Missing(lines.get(key, ""), tuple(gaps)) for key, gaps in found.items()]


def in_its_language(plan: Plan, earlier: Earlier | None, language: str) -> PlanWords:
    """The plan in words, in the language of the team and not of the reader."""
    with translation.override(language):
        return put_into_words(plan, earlier.plan if earlier else None, gathering=earlier.gathering if earlier else "")


def body(words: PlanWords, language: str) -> SafeString:
    """The plan as it stands on a page, below the heading; in its own language, inside a frame in the reader's."""
    with translation.override(language):
        return render_to_string("improvement/parts/plan_body.html", {"plan": words})


def word_file(words: PlanWords, *, language: str, made_on: date, name: str) -> HttpResponse:
    """The plan as a Word file, to be saved."""
    attached = content_disposition_header(as_attachment=True, filename=f"{name}.docx".replace("/", "-"))
    return HttpResponse(
        write(words, language=language, made_on=made_on, title=words.title),
        content_type=CONTENT_TYPE,
        headers={
            "Content-Disposition": attached or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
