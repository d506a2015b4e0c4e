from django.db import migrations
from django.db.models import Q


def wipe(apps, schema_editor):
    """Until now what was filled in stayed in a message for good, the private link with it."""
    over = Q(sent_at__isnull=False) | Q(stopped_at__isnull=False) | Q(failed_at__isnull=False)
    apps.get_model("messages", "Message").objects.filter(over).update(values={})


class Migration(migrations.Migration):

    dependencies = [
        ('messages', '0004_word_back_to_a_referrer'),
    ]

    operations = [
        migrations.RunPython(wipe, migrations.RunPython.noop),
    ]
