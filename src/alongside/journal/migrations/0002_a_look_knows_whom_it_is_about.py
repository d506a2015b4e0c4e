"""A look names the one person whose own page it was by itself: one row a look instead of two."""

from django.db import migrations, models

from alongside.journal import triggers


def carry_over(apps, editor):
    triggers.lift(editor, "journal_look", "UPDATE")
    editor.execute(
        "UPDATE journal_look SET about_id = (SELECT MIN(person_id) FROM journal_lookedat WHERE look_id = journal_look.id) "
        "WHERE id IN (SELECT look_id FROM journal_lookedat)"
    )


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.AddField(model_name="look", name="about_id", field=models.BigIntegerField(null=True)),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="look",
            index=models.Index(
                condition=models.Q(("about_id__isnull", False)), fields=["about_id", "-at", "-id"], name="look_about_newest"
            ),
        ),
        migrations.DeleteModel(name="LookedAt"),
    ]
