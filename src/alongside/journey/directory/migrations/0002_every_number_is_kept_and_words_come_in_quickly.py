import django.db.models.deletion
from django.db import migrations, models


def keep_the_number(apps, editor):
    Service = apps.get_model("directory", "Service")
    known = Service.objects.exclude(phone="").only("pk", "phone").order_by("pk")
    batch = []
    for one in known.iterator(chunk_size=2000):
        one.phones = [[one.phone, ""]]
        batch.append(one)
        if len(batch) == 2000:
            Service.objects.bulk_update(batch, ["phones"], batch_size=500)
            batch = []
    Service.objects.bulk_update(batch, ["phones"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial"), ("hubs", "0001_initial")]

    operations = [
        migrations.AddField("service", "phones", models.JSONField(blank=True, default=list)),
        migrations.RunPython(keep_the_number, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("service", "phone"),
        migrations.RemoveField("service", "search_text"),
        migrations.AlterField(
            "searchword",
            "hub",
            models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hubs.hub"),
        ),
        migrations.AlterField(
            "searchword",
            "service",
            models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name="search_words", to="directory.service"),
        ),
    ]
