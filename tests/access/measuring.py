"""Doors of measures, their numbers and their charts."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from gpf import tenancy
from improvement.models import Annotation, LimitPeriod, Measure, Observation
from tests.access.door import Door, west
from tests.cast import Cast


def own_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.team.slug}


def others_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.other_team.slug}


def own_measure(cast: Cast) -> dict[str, Any]:
    return own_team(cast) | {"measure_pk": _measure(cast).pk}


def others_measure(cast: Cast) -> dict[str, Any]:
    return others_team(cast) | {"measure_pk": _measure(cast, is_own=False).pk}


def own_number(cast: Cast) -> dict[str, Any]:
    measure = _measure(cast)
    with tenancy.scope([cast.west.network.pk]):
        pk = Observation.objects.filter(measure=measure).values_list("pk", flat=True)[0]
    return own_team(cast) | {"measure_pk": measure.pk, "observation_pk": pk}


def own_annotation(cast: Cast) -> dict[str, Any]:
    measure = _measure(cast)
    with tenancy.scope([cast.west.network.pk]):
        note = Annotation.objects.create(
            network=cast.west.network, team=cast.west.team, measure=measure, on=timezone.localdate(), text="Ny vakt"
        )
    return own_team(cast) | {"measure_pk": measure.pk, "annotation_pk": note.pk}


def own_limits(cast: Cast) -> dict[str, Any]:
    measure = _measure(cast)
    with tenancy.scope([cast.west.network.pk]):
        period = LimitPeriod.objects.create(network=cast.west.network, measure=measure)
    return own_team(cast) | {"measure_pk": measure.pk, "period_pk": period.pk}


def _measure(cast: Cast, *, is_own: bool = True) -> Measure:
    place = cast.west
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    with tenancy.scope([place.network.pk]):
        measure = Measure.objects.create(
            network=place.network,
            team=place.team if is_own else place.other_team,
            title="Besøk innen tre dager",
            numerator="fikk besøk",
            denominator="kom hjem",
            rhythm=Measure.Rhythm.WEEK,
        )
        for weeks in range(1, 4):
            Observation.objects.create(
                network=place.network, measure=measure, on=monday - timedelta(weeks=weeks), numerator=7, denominator=9
            )
    return measure


READS, READS_OTHERS = ">0++++++-00", ">0++0000-00"
WRITES, WRITES_OTHERS = ">0---++--00", ">0---00--00"

#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("improvement:measures", READS, own_team),
    Door("improvement:measures", READS_OTHERS, others_team, note="another team's"),
    Door("improvement:measure_add", WRITES, own_team),
    Door("improvement:measure_add", WRITES_OTHERS, others_team, note="another team's"),
    Door("improvement:measure", READS, own_measure),
    Door("improvement:measure", READS_OTHERS, others_measure, note="another team's"),
    Door("improvement:measure_edit", WRITES, own_measure),
    Door("improvement:measure_edit", WRITES_OTHERS, others_measure, note="another team's"),
    Door("improvement:measure_keep", WRITES, own_measure, is_page=False, method="POST"),
    Door("improvement:chart_choice", WRITES, own_measure),
    Door("improvement:chart_pdf", READS, own_measure, is_page=False, method="POST"),
    Door("improvement:chart_pdf", READS_OTHERS, others_measure, is_page=False, method="POST", note="another team's"),
    Door("improvement:measure_csv", READS, own_measure, is_page=False),
    Door("improvement:measure_csv", READS_OTHERS, others_measure, is_page=False, note="another team's"),
    Door("improvement:measure_xlsx", READS, own_measure, is_page=False),
    Door("improvement:measure_xlsx", READS_OTHERS, others_measure, is_page=False, note="another team's"),
    Door("improvement:enter", WRITES, own_measure),
    Door("improvement:enter", WRITES_OTHERS, others_measure, note="another team's"),
    Door("improvement:paste", WRITES, own_measure),
    Door("improvement:paste", WRITES_OTHERS, others_measure, note="another team's"),
    Door("improvement:correct", WRITES, own_number),
    Door("improvement:exclude", WRITES, own_number),
    Door("improvement:measure_history", WRITES, own_measure),
    Door("improvement:annotate", WRITES, own_measure),
    Door("improvement:annotation_remove", WRITES, own_annotation, is_page=False, method="POST"),
    Door("improvement:limits", WRITES, own_measure),
    Door("improvement:limits_undo", WRITES, own_limits, is_page=False, method="POST"),
]
