"""A measure of a team's, for whoever may read or write it."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from improvement.access import Place, read_place, write_place
from improvement.measures.models import Measure
from networks.access import NetworkRequest


@dataclass(frozen=True)
class MeasurePlace:
    """A measure and the team it is of."""

    place: Place
    measure: Measure

    @property
    def keys(self) -> tuple[str, str, int]:
        """What its addresses are made of."""
        return self.place.team.network.slug, self.place.team.slug, self.measure.pk


def read_measure(request: NetworkRequest, team_slug: str, measure_pk: int) -> MeasurePlace:
    """The measure for a person who may read the team's work, else 404. What is put away only the team still reads."""
    found = _found(read_place(request, team_slug), request, measure_pk)
    if found.measure.put_away_at is not None and not found.place.is_own:
        raise Http404
    return found


def write_measure(request: NetworkRequest, team_slug: str, measure_pk: int, *, lock: bool = False) -> MeasurePlace:
    """The measure for a person who works in the team, else 404."""
    place = write_place(request, team_slug)
    if lock and not Measure.with_put_away.select_for_update().filter(pk=measure_pk, team=place.team).exists():
        raise Http404
    return _found(place, request, measure_pk)


def _found(place: Place, request: NetworkRequest, measure_pk: int) -> MeasurePlace:
    place.team.network = request.network
    measures = Measure.with_put_away.filter(team=place.team).select_related("goal")
    measure: Measure = get_object_or_404(measures, pk=measure_pk)
    measure.team = place.team
    return MeasurePlace(place, measure)
