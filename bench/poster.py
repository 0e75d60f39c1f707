"""An A1 poster with charts and pictures in a warm worker, against plain WeasyPrint on the page it comes to; asked for a
second time; its size; and what a worker's memory does over many."""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.models import User
from bench import check, ratios, result
from bench.filling import make_network
from gpf import tenancy
from gpf.pdf import OPTIONS, fetcher
from posters.content import PosterContent
from posters.fitting import fit
from posters.models import Poster
from posters.rendering import A1, A3, fingerprint, poster_html, render_poster
from posters.services import begin_file, finish_file, make, make_edition, request_files
from sessions.models import Gathering
from teams.models import Team
from tests.posters.figures import with_figures
from tests.posters.samples import TEXTS

LANGUAGE = "nb"
MEGABYTE = 1_000_000
RENDERS, SETTLED_AFTER = 200, 60


def run() -> dict[str, Any]:
    content, files = with_figures(charts=2, photos=3)
    ours = render_poster(content, A1, LANGUAGE, files)
    plain = _plain(content, files)
    if plain() != ours.pdf:
        raise AssertionError("plain WeasyPrint does not make the same file of the same page")
    contenders = {"ours": lambda: render_poster(content, A1, LANGUAGE, files), "plain": plain}
    ratio, medians = ratios(contenders, ours="ours", theirs="plain", rounds=15)
    first, second = _asked_twice()
    settled, after, most = _memory()
    return result(
        check("A1 poster with 3 pictures and 2 charts, time against plain WeasyPrint on its page", ratio, 1.1),
        check("A1 poster, layouts it takes", ours.layouts, 1),
        check("The same poster asked for again, time against making it", second / first, 1 / 50),
        check("A1 poster with 3 pictures, megabytes", len(ours.pdf) / MEGABYTE, 0.5),
        check(f"A worker's memory after {RENDERS} posters against after {SETTLED_AFTER}", after / settled, 1.05),
        milliseconds=medians | {"first": round(first * 1000, 1), "second": round(second * 1000, 2)},
        bytes=len(ours.pdf),
        worker_megabytes={"settled": round(settled), "after": round(after), "most": round(most)},
    )


def _plain(content: PosterContent, files: dict[str, bytes]) -> Any:
    """The finished page by WeasyPrint alone, with the same options and fonts it knows already."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    html = poster_html(content, A1, LANGUAGE, fit(content, A1))
    fonts = FontConfiguration()
    identifier = f"{fingerprint(content, LANGUAGE)[:32]}{A1.name}".encode()

    def plain() -> bytes:
        page = HTML(string=html, url_fetcher=fetcher(files))
        pdf: bytes = page.write_pdf(font_config=fonts, cache={}, pdf_identifier=identifier, **OPTIONS)
        return pdf

    return plain


def _asked_twice() -> tuple[float, float]:
    """Seconds from asking for a poster's files to having them: the first time, and again."""
    network, _coordinator = make_network(1, 20)
    with tenancy.scope([network.pk]):
        poster = Poster.objects.create(
            network=network,
            team=Team.objects.get(),
            gathering=Gathering.objects.get(number=3),
            title="Trygt hjem",
            content=TEXTS,
            saved_by=User.objects.first(),
        )
        return _ask(poster), min(_ask(poster) for _time in range(5))


def _ask(poster: Poster) -> float:
    began = time.perf_counter()
    for rendering in request_files(edition=make_edition(poster=poster)):
        job = begin_file(rendering_pk=rendering.pk)
        if job:
            rendered, pictures = make(job)
            finish_file(rendering_pk=rendering.pk, rendered=rendered, pictures=pictures)
    return time.perf_counter() - began


def _memory() -> tuple[float, float, float]:
    """Megabytes a process of its own holds after some posters, after many, and at most."""
    root = Path(settings.BASE_DIR)
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup(); from bench.poster import tell_memory; tell_memory()"],
        cwd=root,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "gpf.settings.test"},
        stdout=subprocess.PIPE,
        check=True,
    )
    settled, after, most = (float(word) for word in done.stdout.split()[-3:])
    return settled, after, most


def tell_memory() -> None:
    """What the process of its own does: print three numbers."""
    content, files = with_figures(charts=1, photos=1)
    settled = 0.0
    for number in range(1, RENDERS + 1):
        render_poster(content, A3, LANGUAGE, files)
        if number == SETTLED_AFTER:
            settled = _held()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(settled, _held(), most)


def _held() -> float:
    """Megabytes of memory the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024**2
