import django.db.models.deletion
from django.db import migrations, models


def write_all_again(apps, schema_editor):
    """Nothing that is derived is moved: after the migrations every entry is indexed again (`apps.py`)."""
    apps.get_model("directory", "KnownWord").objects.all().delete()
    apps.get_model("directory", "Service").objects.update(indexed_as="")


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0015_the_point_of_a_postcode_and_what_placed_a_location'),
    ]

    operations = [
        migrations.RunPython(write_all_again, migrations.RunPython.noop),
        migrations.DeleteModel(name='SearchWord'),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight', models.PositiveSmallIntegerField(default=1)),
                ('cell', models.IntegerField(default=0)),
                ('service', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='search_words', to='directory.service')),
                ('word', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.knownword')),
            ],
            options={
                'indexes': [models.Index(models.F('word'), models.OrderBy(models.F('weight'), descending=True), models.F('cell'), models.F('service'), name='search_word')],
            },
        ),
        migrations.CreateModel(
            name='WordsOf',
            fields=[
                ('service', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='words_of', serialize=False, to='directory.service')),
                ('cell', models.IntegerField(default=0)),
                ('words', models.TextField(blank=True)),
            ],
        ),
    ]
