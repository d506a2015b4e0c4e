import django.db.models.deletion
from django.db import migrations, models

from alongside.connections.indexes import DropKeyIndexes


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0017_a_posting_is_its_own_key'),
        ('hubs', '0001_initial'),
    ]

    operations = [
        # What each of these would find, another index of the same table finds that begins with the key.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                DropKeyIndexes(
                    {
                        "directory_service": ["hub_id"],
                        "directory_serviceatlocation": ["hub_id"],
                        "directory_needtag": ["hub_id", "service_id"],
                    }
                ),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name='service',
                    name='hub',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='services', to='hubs.hub'),
                ),
                migrations.AlterField(
                    model_name='serviceatlocation',
                    name='hub',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hubs.hub'),
                ),
                migrations.AlterField(
                    model_name='needtag',
                    name='hub',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hubs.hub'),
                ),
                migrations.AlterField(
                    model_name='needtag',
                    name='service',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='directory.service'),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name='service',
            index=models.Index(condition=models.Q(('closed_at__isnull', True), ('is_crisis', True)), fields=['hub'], name='service_in_crisis'),
        ),
    ]
