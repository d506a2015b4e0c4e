from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0012_the_whole_of_what_a_source_says_and_when_it_is_open'),
    ]

    operations = [
        *[
            migrations.AddField(model_name='service', name=name, field=field)
            for name, field in (
                ('places_in_all', models.PositiveSmallIntegerField(null=True)),
                ('places_free', models.PositiveSmallIntegerField(null=True)),
                ('places_said_at', models.DateTimeField(null=True)),
            )
        ],
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(
                condition=models.Q(('places_free__isnull', True), ('places_in_all__isnull', True), ('places_said_at__isnull', True))
                | models.Q(('places_free__lte', models.F('places_in_all')), ('places_said_at__isnull', False)),
                name='service_places_free_of_all',
            ),
        ),
    ]
