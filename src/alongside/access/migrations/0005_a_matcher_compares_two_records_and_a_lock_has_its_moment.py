from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0004_a_session_knows_its_account_and_its_hat'),
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
