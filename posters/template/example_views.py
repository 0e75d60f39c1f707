"""The example beside the forms: watched while it is drawn, and its picture."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from documents.serving import serve
from networks.access import NetworkRequest, network_view
from networks.models import Network, Role
from posters.template.examples import newest_drawn, request_example
from posters.template.models import PosterExample
from posters.template.services import STAGES
from posters.template.tasks import draw_example


@dataclass(frozen=True)
class Shown:
    """The example as it will be, and the picture to look at meanwhile, which may be of an earlier one."""

    example: PosterExample
    picture: PosterExample | None

    @property
    def is_old(self) -> bool:
        return self.picture is not None and self.picture.pk != self.example.pk


def current_example(network: Network, stage: int, **changed: Any) -> Shown:
    """The example of a stage, asked for where nobody has; `changed` as for `request_example`."""
    example, is_new = request_example(network=network, stage=stage, **changed)
    if is_new:
        transaction.on_commit(lambda: draw_example.delay(network.pk, example.pk))
    return _shown(example)


def with_example(request: NetworkRequest, shown: Shown) -> HttpResponse:
    """The part of the page that shows it."""
    return render(request, "posters/template/example.html", {"shown": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.COORDINATOR)
def example(request: NetworkRequest, stage: int, example_pk: int) -> HttpResponse:
    """How far it has come; where a newer one has taken its place, that. A POST draws it anew where it went wrong."""
    if stage not in STAGES:
        raise Http404
    found = _examples(stage).filter(pk=example_pk).first()
    if request.method == "POST" and not request.headers.get("HX-Request"):
        current_example(request.network, stage)
        return redirect("posters:template_stage", network_slug=request.network.slug, stage=stage)
    if found is None or request.method == "POST":
        return with_example(request, current_example(request.network, stage))
    return with_example(request, _shown(found))


@require_safe
@network_view(Role.COORDINATOR)
def picture(request: NetworkRequest, stage: int, example_pk: int) -> HttpResponseBase:
    """The sheet."""
    found = get_object_or_404(_examples(stage), pk=example_pk)
    if found.picture is None:
        raise Http404
    return serve(found.picture)


def _examples(stage: int) -> QuerySet[PosterExample]:
    return PosterExample.objects.select_related("network__programme", "picture").filter(stage=stage)


def _shown(found: PosterExample) -> Shown:
    if found.picture_id:
        return Shown(found, found)
    return Shown(found, newest_drawn(found.network, found.stage, but=found))
