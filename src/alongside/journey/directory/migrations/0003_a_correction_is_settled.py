import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def give_each_its_own(apps, schema_editor):
    """A default is worked out once for all rows that are there; each correction needs an id of its own."""
    Correction = apps.get_model("directory", "Correction")
    for key in Correction.objects.values_list("pk", flat=True):
        Correction.objects.filter(pk=key).update(public_id=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_every_number_is_kept_and_words_come_in_quickly"), ("hubs", "0001_initial")]

    operations = [
        migrations.AddField("correction", "public_id", models.UUIDField(default=uuid.uuid4, editable=False, null=True)),
        migrations.RunPython(give_each_its_own, migrations.RunPython.noop),
        migrations.AlterField("correction", "public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
        migrations.AddField(
            "correction",
            "settled_by",
            models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hubs.hat"),
        ),
        migrations.AddField("correction", "was_so", models.BooleanField(null=True)),
        migrations.AddField("correction", "done", models.CharField(blank=True, max_length=400)),
        migrations.AlterField(
            "correction",
            "hub",
            models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hubs.hub"),
        ),
        migrations.AddIndex(
            "correction",
            models.Index(condition=Q(settled_at__isnull=True), fields=["hub", "at", "id"], name="correction_open"),
        ),
        migrations.AddConstraint(
            "correction",
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, was_so__isnull=True) | Q(settled_at__isnull=False, was_so__isnull=False),
                name="correction_settled_says_how",
            ),
        ),
        migrations.AddConstraint(
            "correction",
            models.CheckConstraint(
                condition=~Q(was_so=True) | ~Q(done=""), name="correction_that_was_so_says_what_was_done"
            ),
        ),
    ]
