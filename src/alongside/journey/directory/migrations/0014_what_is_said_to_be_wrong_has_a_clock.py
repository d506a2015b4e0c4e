import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0013_how_many_places_are_free'),
        ('messages', '0008_a_message_may_be_about_nobody'),
    ]

    operations = [
        migrations.AddField('correction', 'kind', models.CharField(blank=True, max_length=20)),
        migrations.AddField('correction', 'due_on', models.DateField(null=True)),
        migrations.AddField('correction', 'link_fingerprint', models.CharField(blank=True, max_length=64)),
        migrations.AddField('correction', 'email', models.CharField(blank=True, max_length=254)),
        migrations.AddField(
            'correction',
            'message',
            models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='messages.message'),
        ),
        migrations.AddField(
            'correction',
            'settled_editor',
            models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.editor'),
        ),
        migrations.AddConstraint(
            'correction',
            models.CheckConstraint(condition=models.Q(('settled_at__isnull', True), ('email', ''), _connector='OR'), name='correction_settled_forgets_the_address'),
        ),
        migrations.AddConstraint(
            'correction',
            models.UniqueConstraint(condition=models.Q(('link_fingerprint', ''), _negated=True), fields=('link_fingerprint',), name='correction_by_link'),
        ),
    ]
