from django.db import migrations, models

from alongside.journey.directory.rules import may_be_refuge


def forget_where(apps, schema_editor):
    """What a feed said of where an entry is that sounds like a refuge goes; it is said again once somebody says that it is none.

    What a human wrote stays: whoever keeps the entry is asked on its page.
    """
    services = apps.get_model("directory", "Service").objects
    asked = services.exclude(source="hub").filter(is_refuge=False, kept_at__isnull=True)
    words = asked.values_list("pk", "name", "organisation_name", "for_whom", "description").iterator(2000)
    keys = [key for key, *said in words if may_be_refuge(*said)]
    for at in range(0, len(keys), 500):
        few = keys[at : at + 500]
        apps.get_model("directory", "ServiceAtLocation").objects.filter(service__in=few).delete()
        services.filter(pk__in=few).update(fingerprint="", row_print="", indexed_as="")


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0018_only_the_indexes_that_a_query_needs'),
    ]

    operations = [
        migrations.AddField(
            model_name='service',
            name='no_refuge_said_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(forget_where, migrations.RunPython.noop),
    ]
