import django.db.models.deletion
from django.db import migrations, models

from alongside.vocabulary.opening_hours import as_rows, times_of
from alongside.vocabulary.spoken_languages import IN, languages_said
from alongside.vocabulary.ways_of_help import ways_of

WORDS = ("name", "description", "accessibility", "for_whom", "when_next", "how_to_start")


def read_what_stands(apps, schema_editor):
    """How help is given, in which languages, and when it is open, as `write_entry` and `write_hours` read it from now on."""
    Service, OpenHours = apps.get_model("directory", "Service"), apps.get_model("directory", "OpenHours")
    services = Service.objects.only("pk", "cost", *WORDS).order_by("pk").iterator(chunk_size=2000)
    batch = []
    for one in services:
        said = [getattr(one, name) for name in WORDS]
        spoken = [f"{IN}{code}" for code in languages_said(said)]
        one.ways = " ".join([*ways_of(said, cost=one.cost), *spoken])
        batch.append(one)
        if len(batch) == 2000:
            _write(Service, OpenHours, batch)
            batch = []
    _write(Service, OpenHours, batch)


def _write(Service, OpenHours, batch):
    Service.objects.bulk_update(batch, ["ways"], batch_size=500)
    OpenHours.objects.bulk_create(
        OpenHours(service_id=one.pk, opens=opens, closes=closes, first=first, last=last)
        for one in batch
        for opens, closes, first, last in as_rows(times_of([], one.when_next))
    )


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0010_what_feeds_say_and_how_they_are'),
    ]

    operations = [
        migrations.AddField(
            model_name='service',
            name='details',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='serviceatlocation',
            name='details',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name='service',
            name='ways',
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.CreateModel(
            name='OpenHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opens', models.PositiveSmallIntegerField()),
                ('closes', models.PositiveSmallIntegerField()),
                ('first', models.DateField(null=True)),
                ('last', models.DateField(null=True)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='directory.service')),
            ],
        ),
        migrations.AddConstraint(
            model_name='openhours',
            constraint=models.CheckConstraint(condition=models.Q(('closes__lte', 10080), ('opens__lt', models.F('closes'))), name='hours_of_the_week'),
        ),
        migrations.RunPython(read_what_stands, migrations.RunPython.noop),
    ]
