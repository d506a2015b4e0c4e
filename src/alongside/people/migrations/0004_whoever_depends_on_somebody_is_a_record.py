import uuid

import django.db.models.deletion
from django.db import migrations, models


def give_each_its_author(apps, schema_editor):
    """What stood there was written down with the person: by the same organisation, in the same hub."""
    dependant = apps.get_model("people", "Dependant")
    for one in dependant.objects.select_related("person").iterator():
        one.hub_id, one.author_organisation_id = one.person.hub_id, one.person.author_organisation_id
        one.public_id, one.third_party = uuid.uuid4(), True
        one.save(update_fields=["hub", "author_organisation", "public_id", "third_party"])
    # PostgreSQL changes no table while keys of it are still to be checked.
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_a_matcher_compares_two_records_and_a_lock_has_its_moment"),
        ("hubs", "0002_a_hat_is_worn_for_the_first_time"),
        ("people", "0003_a_death_may_have_no_known_day"),
    ]

    operations = [
        migrations.RemoveField(model_name="contactpoint", name="verified_at"),
        migrations.AddField(
            model_name="dependant",
            name="author_organisation",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="hubs.organisation",
            ),
        ),
        migrations.AddField(
            model_name="dependant",
            name="hub",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hubs.hub"
            ),
        ),
        migrations.AddField(
            model_name="dependant", name="label", field=models.CharField(default="open", max_length=10)
        ),
        migrations.AddField(model_name="dependant", name="public_id", field=models.UUIDField(null=True, editable=False)),
        migrations.AddField(model_name="dependant", name="third_party", field=models.BooleanField(default=False)),
        migrations.RunPython(give_each_its_author, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="dependant",
            name="author_organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hubs.organisation"
            ),
        ),
        migrations.AlterField(
            model_name="dependant",
            name="hub",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hubs.hub"
            ),
        ),
        migrations.AlterField(
            model_name="dependant",
            name="public_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AlterField(
            model_name="dependant",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="people.person",
            ),
        ),
        migrations.AddIndex(model_name="dependant", index=models.Index(fields=["person"], name="dependant_person")),
        migrations.AddConstraint(
            model_name="dependant",
            constraint=models.CheckConstraint(
                condition=models.Q(("label__in", ("open", "sensitive", "circle"))), name="people_dependant_label_known"
            ),
        ),
    ]
