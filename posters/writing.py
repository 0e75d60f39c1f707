"""Writing a poster: begun with what is known, saved as it is typed, two people's words merged.

Every function needs the network's scope.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from posters.composing import earlier_poster
from posters.fields import digest, keys_of, text_of, write
from posters.filling import Filling, fill
from posters.models import Poster
from posters.services import poster_assignment
from posters.template.resolving import sections_of, sections_of_poster
from posters.versions import begin_history, note_version
from sessions.models import Delivery, Gathering
from sessions.services import save_draft
from teams.models import Team


@dataclass
class Saved:
    """The poster, what others had written meanwhile in fields that this person changed too (not overwritten), and what
    they wrote in fields that she left alone, by key. `changed` says whether anything was."""

    poster: Poster
    conflicts: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    changed: bool = False


@transaction.atomic
def save_poster(
    *, team: Team, gathering: Gathering, by: User, texts: Mapping[str, str], seen: Mapping[str, str], language: str = ""
) -> Saved:
    """Keep what the team has written so far. `texts` are the fields by key (`posters.fields`).

    1. Take the team's poster, or begin it with what is known.
    2. Write each field, unless someone else has changed it since this person's page was made: `seen` holds the
       `digest` of each field as it was shown. A field this person has left alone keeps the other's words.
    3. Keep a version of it. The first time, the delivery is begun.
    """
    saved = Saved(_locked_poster(team, gathering, by))
    begin_history(saved.poster)
    poster, known = saved.poster, set(keys_of(sections_of_poster(saved.poster)))
    for key, text in texts.items():
        stored = text_of(poster, key)
        if key not in known or text == stored:
            continue
        if digest(text) == seen.get(key):
            saved.others[key] = stored
        elif key in seen and seen[key] != digest(stored):
            saved.conflicts[key] = stored
        else:
            write(poster, key, text)
            saved.changed = True
    if language and language != poster.language:
        poster.language, saved.changed = language, True
    if saved.changed:
        poster.saved_by, poster.saved_at = by, timezone.now()
        poster.save()
    note_version(poster, by)
    _begin_delivery(poster, by)
    return saved


def draft_for(team: Team, gathering: Gathering) -> Poster:
    """The team's poster, or an unsaved one that starts from the poster before it, and from the improvement work where
    that poster said nothing."""
    found = Poster.objects.filter(team=team, gathering=gathering).first()
    if found:
        return found
    earlier = earlier_poster(team, gathering)
    language = earlier.language if earlier else _norwegian(team.network.language)
    known = fill(team, language)
    sections = sections_of(gathering)
    content = {section.key: known.texts[section.key] for section in sections if section.key in known.texts}
    asked = {section.key for section in sections}
    told = earlier.content if earlier else {}
    content |= {key: text for key, text in told.items() if key in asked and text.strip()}
    return Poster(
        network_id=team.network_id,
        team=team,
        gathering=gathering,
        title=earlier.title if earlier else "",
        language=language,
        content=content,
        charts={section.key: list(known.charts) for section in sections if section.kind == "chart" and known.charts},
        design=earlier.design if earlier else "",
        orientation=earlier.orientation if earlier else "",
    )


def offers(poster: Poster, known: Filling) -> dict[str, str]:
    """What the improvement work says now where the poster says something else, by section."""
    asked = {section.key for section in sections_of(poster.gathering)}
    return {key: text for key, text in known.texts.items() if key in asked and text != poster.content.get(key, "")}


def _norwegian(language: str) -> str:
    return language if language in ("nb", "nn") else "nb"


def _locked_poster(team: Team, gathering: Gathering, by: User) -> Poster:
    fresh = draft_for(team, gathering)
    if not fresh.pk:
        names = ("title", "language", "content", "charts", "design", "orientation")
        start = {"network_id": team.network_id, "saved_by": by, **{name: getattr(fresh, name) for name in names}}
        Poster.objects.get_or_create(team=team, gathering=gathering, defaults=start)
    locked = Poster.objects.select_for_update(of=("self",)).select_related("gathering__network__programme")
    return locked.get(team=team, gathering=gathering)


def _begin_delivery(poster: Poster, by: User) -> None:
    assignment = poster_assignment(poster.gathering)
    if assignment and not Delivery.objects.filter(team=poster.team, assignment=assignment, begun=True).exists():
        save_draft(team=poster.team, assignment=assignment, by=by, comment="")
