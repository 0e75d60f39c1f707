"""The page of a delivery: handing in, answering, more time, and who may do what."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from documents.models import Document
from gpf import tenancy
from sessions.models import Assignment, Delivery, DeliveryVersion, Reply, Review
from sessions.services import deliver, review, save_draft
from tests.cast import Cast, Place
from tests.documents import files
from tests.identity_numbers import NATIONAL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
SignIn = Callable[[User], Client]


def address(place: Place, name: str = "delivery", assignment: Assignment | None = None, **more: object) -> str:
    what = assignment or place.document
    kwargs = {"network_slug": place.network.slug, "team_slug": place.team.slug, "assignment_pk": what.pk}
    room = "supervision" if name == "review" else "gatherings"
    return reverse(f"{room}:{name}", kwargs=kwargs | more)


def plan(text: str = "Plan", name: str = "plan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, files.pdf(text), content_type="application/pdf")


def page(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def west(cast: Cast) -> Place:
    return cast.west


def opened(place: Place) -> Any:
    return tenancy.scope([place.network.pk])


def handed_in(place: Place, comment: str = "Ferdig") -> DeliveryVersion:
    with opened(place):
        return deliver(team=place.team, assignment=place.document, by=place.team_leader, comment=comment)


def test_the_team_delivers_a_file_and_sees_who_is_told(west: Place, sign_in: SignIn) -> None:
    browser = sign_in(west.team_leader)
    before = page(browser.get(address(west)))
    assert "Lever forbedringsplan" in before
    assert "Veileder Vest" in before
    data = {"file": plan(), "comment": "Slik tenker vi.", "deliver": "1"}
    response = browser.post(address(west, "deliver"), data, follow=True)
    assert response.redirect_chain == [(address(west), 302)]
    after = page(response)
    assert "plan.pdf" in after
    assert "Slik tenker vi." in after
    assert 'data-state="delivered"' in after
    with opened(west):
        version = DeliveryVersion.objects.select_related("document").get()
        assert (version.number, version.comment, version.saved_by) == (1, "Slik tenker vi.", west.team_leader)
        assert version.document is not None
        assert version.document.name == "plan.pdf"
        assert Delivery.objects.get().state == "delivered"


def test_a_draft_is_the_teams_own(west: Place, sign_in: SignIn) -> None:
    sign_in(west.member).post(address(west, "deliver"), {"comment": "Halvferdig", "draft": "1", "file": plan()})
    assert "Halvferdig" in page(sign_in(west.team_leader).get(address(west)))
    for reader in (west.supervisor, west.coordinator, west.leader):
        browser = sign_in(reader)
        seen = page(browser.get(address(west)))
        assert "Halvferdig" not in seen
        assert "plan.pdf" not in seen
        assert 'data-state="begun"' in seen
        assert browser.get(address(west, "file", number=1)).status_code == 404
    assert sign_in(west.team_leader).get(address(west, "file", number=1)).status_code == 200


def test_the_draft_becomes_the_delivery(west: Place, sign_in: SignIn) -> None:
    browser = sign_in(west.team_leader)
    browser.post(address(west, "deliver"), {"comment": "Utkast", "draft": "1", "file": plan()})
    browser.post(address(west, "deliver"), {"comment": "Ferdig", "deliver": "1"})
    with opened(west):
        version = DeliveryVersion.objects.get()
        assert (version.comment, version.document is not None, version.delivered_at is not None) == (
            "Ferdig",
            True,
            True,
        )


@pytest.mark.parametrize(
    ("upload", "says"),
    [
        (lambda: plan(NATIONAL), "on page 1"),
        (lambda: SimpleUploadedFile(f"{NATIONAL}.pdf", files.pdf("Plan")), "national identity number"),
        (lambda: SimpleUploadedFile("plan.pdf", files.docx()), "By its content the file is Word"),
        (lambda: SimpleUploadedFile("plan.pdf", b""), "The file is empty"),
        (lambda: SimpleUploadedFile("plan.pdf", b"%PDF-" + b"0" * 27_000_000), "The file is 26 MB"),
    ],
    ids=["number inside", "number in name", "other kind", "empty", "too big"],
)
def test_a_refused_file_is_explained_and_nothing_is_kept(
    upload: Callable[[], SimpleUploadedFile], says: str, west: Place, sign_in: SignIn, tmp_path: Path
) -> None:
    User.objects.filter(pk=west.team_leader.pk).update(language="en")
    west.team_leader.refresh_from_db()
    data = {"file": upload(), "comment": "Det jeg skrev", "deliver": "1"}
    response = sign_in(west.team_leader).post(address(west, "deliver"), data)
    assert response.status_code == 200
    assert says in page(response)
    assert "Det jeg skrev" in page(response)
    assert NATIONAL not in page(response)
    with opened(west):
        assert not Document.objects.exists()
        assert not Delivery.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_number_in_the_comment_is_refused_with_its_line_and_logged_nowhere(
    west: Place, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    User.objects.filter(pk=west.team_leader.pk).update(language="en")
    data = {"comment": f"En\nPasient {NATIONAL}", "deliver": "1"}
    response = sign_in(west.team_leader).post(address(west, "deliver"), data)
    assert response.status_code == 200
    assert "in line 2." in page(response)
    with opened(west):
        assert not DeliveryVersion.objects.exists()
    assert NATIONAL not in caplog.text


def test_nothing_is_not_delivered(west: Place, sign_in: SignIn) -> None:
    response = sign_in(west.team_leader).post(address(west, "deliver"), {"comment": " ", "deliver": "1"})
    assert response.status_code == 200
    with opened(west):
        assert not DeliveryVersion.objects.exists()


def test_sent_back_with_a_reason_and_delivered_again(west: Place, sign_in: SignIn) -> None:
    handed_in(west, "Første")
    data = {"verdict": "returned", "text": "Skriv for hvem", "version": "1"}
    response = sign_in(west.supervisor).post(address(west, "review"), data, follow=True)
    assert 'data-state="returned"' in page(response)
    browser = sign_in(west.team_leader)
    seen = page(browser.get(address(west)))
    assert seen.count("Skriv for hvem") == 2, "on top, and in the history"
    browser.post(address(west, "deliver"), {"file": plan(), "comment": "Andre", "deliver": "1"})
    data = {"verdict": "approved", "text": "", "version": "2"}
    coordinator = sign_in(west.coordinator)
    coordinator.post(address(west, "review"), data)
    done = page(coordinator.get(address(west)))
    assert 'data-state="approved"' in done
    assert [done.index(text) for text in ("Andre", "Skriv for hvem", "Første")] == sorted(
        done.index(text) for text in ("Andre", "Skriv for hvem", "Første")
    )
    with opened(west):
        said = list(Review.objects.values_list("version__number", "verdict", "reviewed_by__name"))
    assert said == [(1, "returned", "Veileder Vest"), (2, "approved", "Koordinator Vest")]


@pytest.mark.parametrize("verdict", ["returned", "commented"])
def test_an_answer_of_that_kind_needs_words(verdict: str, west: Place, sign_in: SignIn) -> None:
    handed_in(west)
    response = sign_in(west.supervisor).post(address(west, "review"), {"verdict": verdict, "text": "", "version": "1"})
    assert response.status_code == 200
    with opened(west):
        assert not Review.objects.exists()


@pytest.mark.parametrize("version", ["1", "3", "", "x"])
def test_only_the_version_that_was_read_is_answered(version: str, west: Place, sign_in: SignIn) -> None:
    handed_in(west, "Første")
    handed_in(west, "Andre")
    data = {"verdict": "approved", "text": "", "version": version}
    assert sign_in(west.supervisor).post(address(west, "review"), data).status_code == 200
    with opened(west):
        assert Delivery.objects.get().state == "delivered"


def test_the_team_answers_in_the_same_place(west: Place, sign_in: SignIn) -> None:
    version = handed_in(west)
    with opened(west):
        review(version=version, by=west.supervisor, verdict=Review.Verdict.RETURNED, text="For hvem?")
    seen = page(sign_in(west.member).post(address(west, "reply"), {"text": "For de over 80."}, follow=True))
    assert seen.index("For de over 80.") < seen.rindex("For hvem?"), "newest first"
    assert "Veileder Vest" in seen
    with opened(west):
        reply = Reply.objects.get()
    assert (reply.text, reply.written_by, reply.from_team) == ("For de over 80.", west.member, True)
    assert "For de over 80." in page(sign_in(west.supervisor).get(address(west)))


def test_a_later_day(west: Place, sign_in: SignIn) -> None:
    browser = sign_in(west.coordinator)
    due = west.document.due
    response = browser.post(address(west, "extend"), {"until": due.isoformat(), "reason": ""})
    assert response.status_code == 200
    later = due + timedelta(days=7)
    browser.post(address(west, "extend"), {"until": later.isoformat(), "reason": "Sykdom"})
    with opened(west):
        delivery = Delivery.objects.get()
    assert (delivery.extended_to, delivery.extension_reason, delivery.begun) == (later, "Sykdom", False)
    assert "Sykdom" in page(sign_in(west.member).get(address(west)))


def test_an_exemption(west: Place, sign_in: SignIn) -> None:
    browser = sign_in(west.coordinator)
    assert browser.post(address(west, "exempt"), {"reason": ""}).status_code == 200
    response = browser.post(address(west, "exempt"), {"reason": "Slår seg sammen"}, follow=True)
    assert 'data-state="exempt"' in page(response)
    assert "Slår seg sammen" in page(response)


MAY = {
    "deliver": {"team_leader", "member"},
    "review": {"coordinator", "supervisor"},
    "reply": {"team_leader", "member"},
    "extend": {"coordinator"},
    "exempt": {"coordinator"},
}


@pytest.mark.parametrize("name", MAY)
def test_who_may_do_what(name: str, cast: Cast, sign_in: SignIn) -> None:
    west = cast.west
    handed_in(west)
    data = {
        "deliver": {"comment": "Ny", "draft": "1"},
        "review": {"verdict": "approved", "version": "1"},
        "reply": {"text": "Takk"},
        "extend": {"until": (timezone.localdate() + timedelta(days=60)).isoformat(), "reason": "x"},
        "exempt": {"reason": "x"},
    }[name]
    got = {who: sign_in(user).post(address(west, name), data).status_code for who, user in west.people().items()}
    assert {who for who, code in got.items() if code == 302} == MAY[name]
    assert {code for who, code in got.items() if who not in MAY[name]} == {403}
    east = {sign_in(user).post(address(west, name), data).status_code for user in cast.east.people().values()}
    assert east == {404}


def test_a_team_that_is_not_ones_own_is_not_there(west: Place, sign_in: SignIn) -> None:
    for user in (west.team_leader, west.supervisor, west.leader):
        browser = sign_in(user)
        assert browser.get(address(west, team_slug=west.other_team.slug)).status_code == 404
    tried = sign_in(west.team_leader).post(
        address(west, "deliver", team_slug=west.other_team.slug), {"comment": "x", "deliver": "1"}
    )
    assert tried.status_code == 404
    tried = sign_in(west.supervisor).post(
        address(west, "review", team_slug=west.other_team.slug), {"verdict": "approved", "version": "1"}
    )
    assert tried.status_code == 404


def test_a_file_is_handed_out_to_those_who_may_read_the_delivery(cast: Cast, sign_in: SignIn) -> None:
    west = cast.west
    sign_in(west.team_leader).post(address(west, "deliver"), {"file": plan(), "deliver": "1"})
    file = address(west, "file", number=1)
    got = {who: sign_in(user).get(file).status_code for who, user in west.people().items()}
    assert got == {
        "coordinator": 200, "supervisor": 200, "team_leader": 200, "member": 200, "leader": 200, "observer": 403,
    }  # fmt: skip
    assert {sign_in(user).get(file).status_code for user in cast.east.people().values()} == {404}
    response = sign_in(west.supervisor).get(file)
    assert response["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert b"".join(response) == files.pdf("Plan")


def test_an_assignment_of_another_network_is_not_there(cast: Cast, sign_in: SignIn) -> None:
    other = address(cast.west, assignment=cast.east.document)
    assert sign_in(cast.west.coordinator).get(other).status_code == 404


def test_going_back_to_an_address_that_only_takes_forms(west: Place, sign_in: SignIn) -> None:
    response = sign_in(west.team_leader).get(address(west, "deliver"))
    assert (response.status_code, response["Location"]) == (302, address(west))


@pytest.mark.parametrize("versions", [1, 3])
def test_the_page_takes_as_many_queries_with_a_long_history(
    versions: int, west: Place, sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    for number in range(versions):
        version = handed_in(west, f"Versjon {number}")
        with opened(west):
            review(version=version, by=west.supervisor, verdict=Review.Verdict.COMMENTED, text="Bra")
    browser = sign_in(west.supervisor)
    browser.get(address(west))
    with django_assert_num_queries(QUERIES):
        browser.get(address(west))


QUERIES = 17


def test_a_member_who_left_may_not_deliver(west: Place, sign_in: SignIn) -> None:
    with opened(west):
        west.team.members.update(left_on=timezone.localdate())
        save_draft(team=west.team, assignment=west.document, by=west.member, comment="x")
    assert sign_in(west.member).get(address(west)).status_code == 404
    assert sign_in(west.member).post(address(west, "deliver"), {"comment": "y", "deliver": "1"}).status_code == 404


def test_a_document_that_is_asked_for_is_not_delivered_as_words_alone(west: Place, sign_in: SignIn) -> None:
    response = sign_in(west.team_leader).post(address(west, "deliver"), {"comment": "Her er den.", "deliver": "1"})
    assert 'id="lever-file_error"' in page(response)
    assert "Her er den." in page(response)
    with opened(west):
        assert not DeliveryVersion.objects.exists()


def test_a_good_file_is_kept_when_the_comment_is_refused(west: Place, sign_in: SignIn) -> None:
    browser = sign_in(west.team_leader)
    refused = browser.post(address(west, "deliver"), {"file": plan(), "comment": f"Om {NATIONAL}", "deliver": "1"})
    assert "plan.pdf" in page(refused)
    browser.post(address(west, "deliver"), {"comment": "Uten nummer", "deliver": "1"})
    with opened(west):
        version = DeliveryVersion.objects.get()
        assert version.document is not None
        assert (version.document.name, version.comment) == ("plan.pdf", "Uten nummer")
        assert version.delivered_at is not None


def test_a_file_that_is_not_replaced_goes_along_to_the_next_version(west: Place, sign_in: SignIn) -> None:
    browser = sign_in(west.team_leader)
    browser.post(address(west, "deliver"), {"file": plan(), "comment": "", "deliver": "1"})
    with opened(west):
        first = DeliveryVersion.objects.get()
        review(version=first, by=west.supervisor, verdict=Review.Verdict.RETURNED, text="For hvem?")
    browser.post(address(west, "deliver"), {"comment": "For dem over 75 år", "deliver": "1"})
    with opened(west):
        second = DeliveryVersion.objects.get(number=2)
        assert (second.comment, second.document) == ("For dem over 75 år", first.document)


def test_an_exemption_is_lifted_and_hides_the_extension(west: Place, sign_in: SignIn) -> None:
    browser = sign_in(west.coordinator)
    browser.post(address(west, "exempt"), {"reason": "Gjort før"})
    exempted = page(browser.get(address(west)))
    assert address(west, "lift") in exempted
    assert address(west, "extend") not in exempted
    lifted = page(browser.post(address(west, "lift"), follow=True))
    assert address(west, "extend") in lifted
    with opened(west):
        assert not Delivery.objects.get().exempt


def test_no_extension_to_a_day_that_is_past(west: Place, sign_in: SignIn) -> None:
    today = timezone.localdate()
    with opened(west):
        Assignment.objects.filter(pk=west.document.pk).update(due=today - timedelta(days=9))
    sign_in(west.coordinator).post(address(west, "extend"), {"until": today - timedelta(days=1)})
    with opened(west):
        assert not Delivery.objects.exclude(extended_to=None).exists()


def test_back_leads_to_the_table_as_it_was_filtered(west: Place, sign_in: SignIn) -> None:
    browser = sign_in(west.coordinator)
    table = f"/nettverk/{west.network.slug}/fremdrift/?state=late"
    came_from_there = page(browser.get(address(west), headers={"referer": f"http://testserver{table}"}))
    assert f'href="{table}"' in came_from_there
    elsewhere = page(browser.get(address(west), headers={"referer": f"http://evil.example{table}"}))
    assert f'href="{table}"' not in elsewhere
