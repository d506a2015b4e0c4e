import django.db.models.deletion
from django.db import migrations, models

SQLITE = (
    "ALTER TABLE directory_searchword RENAME TO directory_searchword_before",
    "CREATE TABLE directory_searchword (word_id bigint NOT NULL, weight smallint unsigned NOT NULL CHECK (weight >= 0), "
    "cell integer NOT NULL, service_id bigint NOT NULL, PRIMARY KEY (word_id, weight DESC, cell, service_id)) WITHOUT ROWID",
    "INSERT INTO directory_searchword (word_id, weight, cell, service_id) SELECT DISTINCT word_id, weight, cell, service_id "
    "FROM directory_searchword_before ORDER BY word_id, weight DESC, cell, service_id",
    "DROP TABLE directory_searchword_before",
)
"""One tree where there were two: the rows stand in the order in which a search reads them."""
POSTGRESQL = (
    "ALTER TABLE directory_searchword DROP COLUMN id",
    "DROP INDEX search_word",
    "CREATE UNIQUE INDEX search_word ON directory_searchword (word_id, weight DESC, cell, service_id)",
)


def lay(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0016_words_are_numbers'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(lay)],
            state_operations=[
                migrations.DeleteModel(name='SearchWord'),
                migrations.CreateModel(
                    name='SearchWord',
                    fields=[
                        ('pk', models.CompositePrimaryKey('word', 'weight', 'cell', 'service', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('weight', models.PositiveSmallIntegerField(default=1)),
                        ('cell', models.IntegerField(default=0)),
                        ('service', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='search_words', to='directory.service')),
                        ('word', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.knownword')),
                    ],
                ),
            ],
        ),
    ]
