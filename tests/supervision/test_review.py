"""Answering a delivery: what is beside it, what becomes of what is written, and what the team answers."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.services import store_document
from networks.models import AssignmentKind
from notices.models import Notice
from sessions.models import Assignment, Delivery, Reply, Review
from sessions.replies import write_reply
from sessions.services import deliver, review
from supervision.models import FeedbackDraft, PrivateNote
from supervision.queue.rows import Kind
from supervision.review.sentences import AIMS, SENTENCES
from tests.cast import Cast, Place
from tests.documents import files
from tests.identity_numbers import NATIONAL
from tests.overview.stage import links, page, reads_english, within, words

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def west(cast: Cast) -> Place:
    reads_english(*cast.west.people().values())
    return cast.west


def address(place: Place, name: str = "review", assignment: Assignment | None = None) -> str:
    what = assignment or place.document
    return reverse(f"supervision:{name}", args=[place.network.slug, place.team.slug, what.pk])


def hand_in(place: Place, *comments: str) -> None:
    with within(place):
        for comment in comments or ("Vi vil besøke alle.",):
            deliver(team=place.team, assignment=place.document, by=place.team_leader, comment=comment)


def after(client: Client, place: Place, **data: str) -> str:
    return words(client.post(address(place), {"version": "1", **data}, follow=True).content.decode())


def kept(place: Place, model: Any) -> list[Any]:
    with within(place):
        return list(model.objects.all())


def test_the_newest_stands_with_what_has_changed_and_the_older_ones(west: Place, sign_in: SignIn) -> None:
    hand_in(west, "Vi vil besøke alle innen tre dager.", "Vi vil besøke alle over 80 innen tre dager.")
    html = page(sign_in(west.supervisor), address(west))
    assert "<ins>over 80</ins>" in html
    found = words(html)
    assert found.index("What has changed since version 1") < found.index("Earlier versions")
    assert "Vi vil besøke alle innen tre dager." in found


def test_the_same_file_is_said_to_be_the_same(west: Place) -> None:
    from sessions.access import Pair
    from supervision.review.versions import read_steps

    hand_in(west, "En", "En")
    with within(west):
        steps = read_steps(Pair(west.team, west.document, Delivery.objects.get()))
    assert [(step.version.number, step.is_alike) for step in steps] == [(2, True), (1, False)]


def test_a_file_that_is_another_is_named_beside_the_one_before_it(west: Place, sign_in: SignIn) -> None:
    for name, text in (("plan.pdf", "Plan"), ("plan-ny.pdf", "Plan, skrevet om")):
        upload = SimpleUploadedFile(name, files.pdf(text), content_type="application/pdf")
        with within(west):
            document = store_document(network=west.network, by=west.team_leader, upload=upload)
            deliver(team=west.team, assignment=west.document, by=west.team_leader, comment="", document=document)
    html = page(sign_in(west.supervisor), address(west))
    assert "Now plan-ny.pdf PDF · " in words(html)
    assert "Before plan.pdf PDF · " in words(html)


def test_answered_with_words_a_note_and_then_on_to_the_next(west: Place, sign_in: SignIn) -> None:
    hand_in(west)
    with within(west):
        deliver(team=west.team, assignment=west.assignments[2], by=west.member, comment="Informert")
    client = sign_in(west.supervisor)
    answer = client.post(
        address(west), {"verdict": "returned", "text": "For hvem?", "note": "Trenger tid.", "version": "1"}
    )
    html = page(client, answer["Location"])
    assert "Sent back. The team will be told why." in words(html)
    assert [(each.verdict, each.text) for each in kept(west, Review)] == [("returned", "For hvem?")]
    (note,) = kept(west, PrivateNote)
    assert (note.text, note.written_by) == ("Trenger tid.", west.supervisor)
    assert note.delivery_id is not None
    assert kept(west, FeedbackDraft) == []
    onward = client.get(unescape(links(html)["Next in the queue"]))
    assert onward["Location"].startswith(address(west, assignment=west.assignments[2]))


def test_a_draft_is_kept_as_it_is_written_for_its_author_alone(west: Place, sign_in: SignIn) -> None:
    hand_in(west)
    client = sign_in(west.supervisor)
    data = {"text": "Halvferdig svar", "note": "Halvferdig notat", "version": "1"}
    saved = client.post(address(west, "review_draft"), data)
    assert (saved.headers["X-Saved"], "Saved" in saved.content.decode()) == ("yes", True)
    assert "Halvferdig svar" in page(client, address(west))
    for other in (west.coordinator, west.team_leader):
        assert "Halvferdig" not in sign_in(other).get(address(west)).content.decode()
    client = sign_in(west.supervisor)
    client.post(address(west), data | {"verdict": "approved"})
    assert kept(west, FeedbackDraft) == []


def test_a_draft_with_an_identity_number_is_refused_in_words(west: Place, sign_in: SignIn) -> None:
    hand_in(west)
    saved = sign_in(west.supervisor).post(address(west, "review_draft"), {"text": NATIONAL, "version": "1"})
    assert "Not saved:" in saved.content.decode()
    assert NATIONAL not in saved.content.decode()
    assert kept(west, FeedbackDraft) == []


def test_ticked_sentences_come_into_the_field_without_a_script(west: Place, sign_in: SignIn) -> None:
    hand_in(west)
    first = SENTENCES["document"][0]
    data = {"text": "Hei.", "sentence": first.key, "use": "1", "version": "1"}
    html = sign_in(west.supervisor).post(address(west), data).content.decode()
    assert f"Hei.\n{first.words['nb']}</textarea>" in html
    assert kept(west, Review) == []


def test_there_are_sentences_for_every_kind_of_work_in_both_forms_of_norwegian() -> None:
    assert set(SENTENCES) == {*AssignmentKind.values, "any"}
    for found in SENTENCES.values():
        assert {each.aim for each in found} == set(AIMS)
        assert all(set(each.words) == {"nb", "nn"} and all(each.words.values()) for each in found)


def test_the_note_alone_is_kept_and_the_answer_stays_a_draft(west: Place, sign_in: SignIn) -> None:
    hand_in(west)
    found = after(sign_in(west.supervisor), west, text="Senere", note="Ring fredag.", keep_note="1")
    assert "The note is kept. The team does not see it." in found
    assert [each.text for each in kept(west, PrivateNote)] == ["Ring fredag."]
    assert [(each.text, each.note) for each in kept(west, FeedbackDraft)] == [("Senere", "")]
    assert kept(west, Review) == []


def test_the_teams_reply_waits_in_the_queue_until_it_is_answered(west: Place, sign_in: SignIn) -> None:
    hand_in(west)
    with within(west):
        version = Delivery.objects.get().versions.get()
        review(version=version, by=west.supervisor, verdict=Review.Verdict.RETURNED, text="For hvem?")
        write_reply(team=west.team, assignment=west.document, by=west.member, text="Alle over 80.", from_team=True)
    client = sign_in(west.supervisor)

    def waits() -> list[str]:
        queue = client.get(reverse("supervision:queue")).context["queue"]
        return [row.sentence for row in queue.every if row.kind == Kind.REPLY]

    assert waits() == ["Vinje writes about “Lever forbedringsplan” before gathering 2: “Alle over 80.”"]
    assert "Sent. The team sees it" in after(client, west, verdict="reply", text="Fint.")
    assert waits() == []
    assert [(each.text, each.from_team) for each in kept(west, Reply)] == [("Alle over 80.", True), ("Fint.", False)]
    with within(west):
        told = set(Notice.objects.filter(state="waiting", kind__contains="reply").values_list("recipient", flat=True))
    assert told == {west.team_leader.pk}, "who does the team's work, and the supervisor no more"


def test_the_team_is_written_to_before_anything_is_handed_in(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.supervisor)
    assert "You may write to the team all the same." in words(page(client, address(west, assignment=west.poster)))
    client.post(address(west, assignment=west.poster), {"verdict": "reply", "text": "Trenger dere hjelp?"})
    where = reverse("gatherings:delivery", args=["vest", west.team.slug, west.poster.pk])
    assert "Trenger dere hjelp?" in page(sign_in(west.team_leader), where)


def test_in_a_completed_network_the_delivery_is_read_and_not_answered(west: Place, sign_in: SignIn) -> None:
    hand_in(west)
    with within(west):
        west.network.phase = "completed"
        west.network.save()
    answer = sign_in(west.supervisor).get(address(west))
    assert answer["Location"] == reverse("gatherings:delivery", args=["vest", west.team.slug, west.document.pk])
