"""What the foundation itself keeps."""

from django.db import models
from django.utils import timezone


class Submission(models.Model):
    """A form that was sent, so that the same form sent again (a double click) leads to the first one's result."""

    key = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    location = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.location
