"""What a team puts away can be taken back: nothing it wrote is deleted by a click."""

from typing import ClassVar, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class KeptManager(models.Manager[Row]):
    """The rows that have not been put away: what every page reads."""

    def get_queryset(self) -> "models.QuerySet[Row]":
        return super().get_queryset().filter(put_away_at=None)


class PutAway(models.Model):
    """A row that can be put away and taken back. `objects` leaves what is put away out; `with_put_away` does not."""

    put_away_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = KeptManager()
    with_put_away: ClassVar = models.Manager()

    class Meta:
        abstract = True
