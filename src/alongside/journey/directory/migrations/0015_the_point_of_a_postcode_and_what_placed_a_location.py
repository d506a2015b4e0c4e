from django.db import migrations, models

from alongside.vocabulary.postcode import outcode

BATCH = 2000


def say_what_placed(apps, schema_editor):
    """A location that lies exactly where its outcode's place does was placed by it: until now nothing else said so."""
    Place, Location = apps.get_model("directory", "Place"), apps.get_model("directory", "ServiceAtLocation")
    places = {}
    for code, latitude, longitude in Place.objects.exclude(outcode="").order_by("-pk").values_list("outcode", "latitude", "longitude"):
        places[code] = (latitude, longitude)
    rough = []
    located = Location.objects.filter(latitude__isnull=False).exclude(postcode="").order_by("pk")
    for one in located.only("pk", "postcode", "latitude", "longitude").iterator(chunk_size=BATCH):
        if places.get(outcode(one.postcode)) == (one.latitude, one.longitude):
            rough.append(one.pk)
    for start in range(0, len(rough), BATCH):
        Location.objects.filter(pk__in=rough[start : start + BATCH]).update(placed_by="outcode")


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0014_what_is_said_to_be_wrong_has_a_clock'),
    ]

    operations = [
        migrations.CreateModel(
            name='Postcode',
            fields=[
                ('code', models.CharField(max_length=7, primary_key=True, serialize=False)),
                ('latitude', models.FloatField()),
                ('longitude', models.FloatField()),
                ('ended', models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name='PostcodeFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('year', models.PositiveSmallIntegerField()),
                ('loaded_at', models.DateTimeField()),
                ('postcodes', models.PositiveIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='serviceatlocation',
            name='placed_by',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.RunPython(say_what_placed, migrations.RunPython.noop),
    ]
