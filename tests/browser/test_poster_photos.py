"""Pictures on a poster: chosen, dropped and pasted; nothing that is typed beside them is lost."""

from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from gpf import tenancy
from posters.models import Photo
from tests.browser.conftest import axe_findings
from tests.cast import Cast, Place

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("own_files")]

CARRIED = """([kind, event, bytes]) => {
  const data = new DataTransfer();
  const picture = Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0));
  data.items.add(new File([picture], "tavla.png", {type: "image/png"}));
  const carried = {bubbles: true, cancelable: true, [kind]: data};
  const made = kind === "dataTransfer" ? new DragEvent(event, carried) : new ClipboardEvent(event, carried);
  document.querySelector(".photo-add").dispatchEvent(made);
}"""


def drawn(colour: str) -> bytes:
    written = BytesIO()
    Image.new("RGB", (240, 160), colour).save(written, "PNG")
    return written.getvalue()


def chosen(colour: str) -> Any:
    return {"name": f"{colour}.png", "mimeType": "image/png", "buffer": drawn(colour)}


def told(place: Place) -> list[tuple[str, str]]:
    with tenancy.scope([place.network.pk]):
        return list(Photo.objects.values_list("alt", "people"))


def test_they_are_chosen_dropped_and_pasted_and_what_is_typed_meanwhile_stays(
    everybody: Cast,
    let_in: Callable[[User], None],
    page: Page,
    live_server: LiveServer,
    complaints: list[str],
) -> None:
    User.objects.update(language="en")
    place = everybody.west
    let_in(place.member)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + reverse("posters:edit", args=["vest", place.team.slug, 2]))
    photos, field = page.locator(".photo"), page.locator(".photo-add input[type=file]").first
    field.set_input_files([chosen("teal"), chosen("orange")])
    expect(photos).to_have_count(2)

    says = page.get_by_label("What does the picture show?").first
    says.press_sequentially("Tavla på ")
    page.evaluate(CARRIED, ["dataTransfer", "drop", b64encode(drawn("navy")).decode()])
    expect(photos).to_have_count(3)
    expect(says).to_have_value("Tavla på ")
    expect(says).to_be_focused()
    page.keyboard.type("vaktrommet")
    page.keyboard.press("Tab")
    page.get_by_label("Can anybody be recognised?").first.select_option("nobody")
    expect(photos.first).to_contain_text("It stands on the poster.")
    assert told(place)[0] == ("Tavla på vaktrommet", "nobody")

    page.evaluate(CARRIED, ["clipboardData", "paste", b64encode(drawn("maroon")).decode()])
    expect(photos).to_have_count(4)
    field.set_input_files({"name": "revet.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff torn"})
    expect(page.get_by_text("revet.jpg: The picture can not be read")).to_have_count(1)
    assert axe_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints == []
