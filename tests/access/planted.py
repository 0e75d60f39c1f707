"""Words that most people must never meet, planted before every door is tried: private notes, drafts, unread scores.

So each new address is held to it by itself: what a person is given there, page or file, is searched for them.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pypdfium2
from django.http import StreamingHttpResponse
from django.utils import timezone

from gpf import tenancy
from sessions.models import Delivery, DeliveryVersion
from supervision.models import FeedbackDraft, Meeting, MeetingTeam, PrivateNote, Score
from tests.cast import Cast


@dataclass(frozen=True)
class Secret:
    """A planted word: who may meet it, and behind which doors."""

    word: str
    people: frozenset[str]
    doors: frozenset[str]


NOTE = Secret(
    "Kvistegravlund",
    frozenset({"national", "coordinator", "supervisor"}),
    frozenset({"supervision:notes", "supervision:review", "supervision:meeting", "supervision:meeting_edit"}),
)
DRAFT = Secret("Tindehaugmyr", frozenset({"supervisor"}), frozenset({"supervision:review"}))
SCORE = Secret("Myrsnipevarde", frozenset({"supervisor"}), frozenset({"supervision:scores", "supervision:score"}))
SECRETS = (NOTE, DRAFT, SCORE)


def plant(cast: Cast) -> None:
    """A note of each sort about the team, a draft of an answer to it, and what its supervisor thinks of where it is."""
    place = cast.west
    own: dict[str, Any] = {"network": place.network}
    work = place.assignments[2]
    with tenancy.scope([place.network.pk]):
        now = timezone.now()
        delivery, _made = Delivery.objects.get_or_create(
            team=place.team, assignment=work, defaults={**own, "state": "delivered", "delivered_at": now, "begun": True}
        )
        version, _made = DeliveryVersion.objects.get_or_create(
            delivery=delivery, number=1, defaults={**own, "comment": "Ferdig", "delivered_at": now}
        )
        meeting = Meeting.objects.create(**own, day=timezone.localdate(), state=Meeting.State.HELD, themes="Måling")
        MeetingTeam.objects.create(**own, meeting=meeting, team=place.team)
        for about in ({}, {"delivery": delivery}, {"meeting": meeting}):
            PrivateNote.objects.create(
                **own, team=place.team, text=f"{NOTE.word} her.", written_by=place.supervisor, **about
            )
        FeedbackDraft.objects.create(
            **own, version=version, author=place.supervisor, text=f"{DRAFT.word} til dem", note=f"{DRAFT.word} til oss"
        )
        Score.objects.get_or_create(
            team=place.team,
            gathering=place.gatherings[1],
            side=Score.Side.SUPERVISOR,
            defaults={
                **own,
                "value": "2.5",
                "reason": f"{SCORE.word} fordi",
                "next_step": SCORE.word,
                "given_at": now,
                "scored_by": place.supervisor,
            },
        )


def met(response: Any, person: str, door: str) -> list[str]:
    """The planted words in what a person was given, that she must not meet there."""
    text = text_in(response)
    return [
        f"{door}: {person} meets {secret.word}"
        for secret in SECRETS
        if secret.word in text and not (person in secret.people and door in secret.doors)
    ]


def text_in(response: Any) -> str:
    """Everything that can be read in an answer: its heads, its page, and what is in its file."""
    whole = (
        b"".join(response.streaming_content)  # type: ignore[arg-type]  # none of ours is asynchronous
        if isinstance(response, StreamingHttpResponse)
        else response.content
    )
    heads = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{heads}\n{_text(whole)}"


def _text(whole: bytes) -> str:
    if whole.startswith(b"PK\x03\x04"):
        with ZipFile(BytesIO(whole)) as packed:
            return "\n".join(_text(packed.read(name)) for name in packed.namelist())
    if whole.startswith(b"%PDF") and whole.rstrip().endswith(b"%%EOF"):  # tests store bytes that only begin as one
        return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(whole))
    return whole.decode("utf-8", "replace")
