"""The table of the bare page."""

from django.db import models


class Bare(models.Model):
    """A row with a name."""

    name = models.CharField(max_length=120, db_index=True)
    note = models.CharField(max_length=200)

    class Meta:
        app_label = "benchmarks"

    def __str__(self) -> str:
        return self.name
