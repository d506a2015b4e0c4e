from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_only_the_indexes_that_a_query_needs'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='relationship',
            name='relationship_kind_known',
        ),
        migrations.AddField(
            model_name='user',
            name='locked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='relationship',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['holder', 'holding_team', 'giving', 'receiving', 'duty', 'referrer', 'matcher'])), name='relationship_kind_known'),
        ),
    ]
