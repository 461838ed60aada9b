"""btree_gist lets PostgreSQL compare keys inside an exclusion constraint (NoOverlap)."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [BtreeGistExtension()]
