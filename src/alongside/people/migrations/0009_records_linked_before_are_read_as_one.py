from collections import defaultdict

from django.db import migrations


def lay(apps, schema_editor):
    """Records that were linked before are read as one too: whoever is kept away from one is kept away from both."""
    links, joined = apps.get_model("people", "MergeLink"), apps.get_model("access", "Joined")
    beside = defaultdict(dict)
    for kept, other, at in links.objects.filter(undone_at__isnull=True).values_list("kept", "joined", "at"):
        beside[kept][other] = beside[other][kept] = at
    rows = []
    for one in beside:
        reached, new = {one: None}, [one]
        while new:
            found = {}
            for key in new:
                found.update({other: at for other, at in beside[key].items() if other not in reached})
            reached.update(found)
            new = list(found)
        rows += [joined(person_id=one, other_id=other, from_at=at) for other, at in reached.items() if other != one]
    joined.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0008_a_link_knows_what_it_confirmed"),
        ("access", "0010_records_read_as_one"),
    ]

    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
