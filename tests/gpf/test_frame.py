"""The page frame: what its menus offer to whom, and what it says when something goes wrong."""

import re
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from gpf import pages
from gpf.context import Frame, frame

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_FOR_A_BROWSER = {"mail", "pdf", "demo_plan.html"}  # mail and paper


@dataclass
class Place:
    pk: int
    slug: str
    name: str

    def __str__(self) -> str:
        return self.name


VESTFOLD = Place(1, "vestfold", "Vestfold")
OSLO = Place(2, "oslo", "Oslo")


def request_at(path: str, *, signed_in: bool = True, **attributes: object) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(is_authenticated=signed_in, email="leder@demo.example")  # type: ignore[assignment]
    for name, value in attributes.items():
        setattr(request, name, value)
    return request


def frame_at(path: str, **attributes: object) -> Frame:
    with translation.override("en"):
        return frame(request_at(path, **attributes))["frame"]  # type: ignore[arg-type]


def test_nobody_has_a_menu_before_sign_in() -> None:
    shown = frame_at("/konto/login/", signed_in=False)
    assert (shown.nav, shown.more, shown.network) == ((), (), "")
    assert [item.url for item in shown.footer] == ["/hjelp/", "/tilgjengelighet/", "/personvern/"]


def test_outside_a_network_the_menu_is_home_and_networks() -> None:
    shown = frame_at("/nettverk/")
    assert [(item.label, item.url, item.current) for item in shown.nav] == [
        ("Home", "/", False),
        ("Networks", "/nettverk/", True),
    ]


def test_inside_a_network_the_most_exact_word_is_the_current_one() -> None:
    for path, current in (
        ("/nettverk/vestfold/", "Overview"),
        ("/nettverk/vestfold/fremdrift/", "Progress"),
        ("/nettverk/vestfold/team/horten/", "Teams"),
    ):
        shown = frame_at(path, network=VESTFOLD, roles={"coordinator"})
        assert [item.label for item in shown.nav if item.current] == [current]
        assert {item.url.split("/")[2] for item in shown.nav} == {"vestfold"}


def test_no_word_leads_to_a_shut_door() -> None:
    def labels(*roles: str) -> list[str]:
        return [item.label for item in frame_at("/nettverk/vestfold/", network=VESTFOLD, roles=set(roles)).nav]

    every = ["Overview", "Progress", "Gatherings", "Teams", "Measures", "Posters"]
    assert labels("coordinator") == every
    assert labels("observer") == [word for word in every if word != "Progress"]
    assert labels("observer", "supervisor") == ["Overview", "Waiting for guidance", *every[1:]]


def test_more_offers_what_the_role_may_open() -> None:
    def labels(*roles: str) -> list[str]:
        return [item.label for item in frame_at("/nettverk/vestfold/", network=VESTFOLD, roles=set(roles)).more]

    assert labels("team_member") == ["Library", "Checklists", "Help"]
    guiding = ["Where the teams are", "The guidance log", "Who guides whom"]
    assert labels("supervisor") == [*guiding, "Library", "Checklists", "Help"]
    assert labels("coordinator") == [
        *guiding,
        "Plan",
        "Invitations",
        "Registrations",
        "Participants",
        "People",
        "Leaders",
        "Library",
        "Checklists",
        "Mail",
        "Changes",
        "Settings",
        "Help",
    ]


def test_the_supervisors_queue_is_marked_in_the_bar() -> None:
    shown = frame_at("/veiledning/", network=VESTFOLD, roles={"supervisor"})
    assert [(item.label, item.url) for item in shown.nav if item.current] == [("Waiting for guidance", "/veiledning/")]
    assert not shown.more_current


def test_a_page_under_more_marks_only_more() -> None:
    shown = frame_at("/nettverk/vestfold/utsending/", network=VESTFOLD, roles={"coordinator"})
    assert shown.more_current
    assert [item.label for item in shown.more if item.current] == ["Mail"]
    assert not [item.label for item in shown.nav if item.current]


def test_the_switcher_marks_where_we_are() -> None:
    shown = frame_at("/nettverk/oslo/", network=OSLO, frame_networks=[VESTFOLD, OSLO])
    assert [(item.label, item.url, item.current) for item in shown.networks] == [
        ("Vestfold", "/nettverk/vestfold/", False),
        ("Oslo", "/nettverk/oslo/", True),
    ]


def test_the_languages_are_three_and_one_is_current() -> None:
    with translation.override("nn"):
        shown = frame(request_at("/"))["frame"]
    assert [(language.code, language.current) for language in shown.languages] == [
        ("nb", False),
        ("nn", True),
        ("en", False),
    ]
    assert shown.language_url == "/konto/sprak/"


def test_the_page_of_a_server_error_leans_on_nothing_but_files_that_are_there() -> None:
    response = pages.server_error(request_at("/"))
    html = response.content.decode()
    assert response.status_code == 500
    linked = re.findall(r'href="/static/([^"]+)"', html)
    assert linked
    assert all((ROOT / "static" / name).is_file() for name in linked)


def test_who_lacks_the_role_learns_which_roles_may_enter() -> None:
    class RoleMissingError(PermissionError):
        roles = (SimpleNamespace(label="coordinator"), SimpleNamespace(label="<b>supervisor"))

    with translation.override("en"):
        response = pages.role_missing(request_at("/"), RoleMissingError())
    html = response.content.decode()
    assert response.status_code == 403
    assert "&lt;b&gt;supervisor, coordinator" in html
    assert "<b>supervisor" not in html


@pytest.mark.parametrize(
    "template",
    [
        path
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if not NOT_FOR_A_BROWSER & set(path.relative_to(ROOT / "templates").parts)
    ],
    ids=lambda path: str(path.relative_to(ROOT / "templates")),
)
def test_no_template_has_inline_style_or_script(template: Path) -> None:
    """The Content-Security-Policy refuses them: a page that has one is broken in every browser."""
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=\s*[\"']", text)
    assert not re.search(r"<style[\s>]", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_messages_are_heard_as_well_as_seen() -> None:
    messages = [
        SimpleNamespace(level_tag="error", __str__=lambda self: "Nei"),
        SimpleNamespace(level_tag="success", __str__=lambda self: "Ja"),
    ]
    html = render_to_string("components/messages.html", {"messages": messages})
    assert re.findall(r'data-color="(\w+)" role="(\w+)"', html) == [("danger", "alert"), ("success", "status")]
