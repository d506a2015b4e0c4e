from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate


def keep_what_was_shown(apps, schema_editor):
    """Give what came in before the name and the next date that its page has shown until now."""
    Referral, Person, Membership = (
        apps.get_model(*name) for name in (("referrals", "Referral"), ("people", "Person"), ("members", "Membership"))
    )
    Referral.objects.update(
        name_given=Subquery(Person.objects.filter(pk=OuterRef("person_id")).values("chosen_name")[:1]),
        due_on=Coalesce(
            Subquery(Membership.objects.filter(pk=OuterRef("person_id")).values("next_on")[:1]), TruncDate(F("received_at"))
        ),
    )


def decide_what_was_added(apps, schema_editor):
    """What was added to a referral was decided with it."""
    Referral = apps.get_model("referrals", "Referral")
    first = Referral.objects.filter(pk=OuterRef("added_to_id"))
    Referral.objects.filter(added_to__triaged_at__isnull=False).update(
        triaged_at=Subquery(first.values("triaged_at")[:1]), triaged_by=Subquery(first.values("triaged_by")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_a_death_settles_what_was_open"),
        ("people", "0003_a_death_may_have_no_known_day"),
        ("referrals", "0003_somebody_not_safe_is_heard_before_they_have_finished"),
    ]

    operations = [
        migrations.AddField("referral", "name_given", models.CharField(default="", max_length=120), preserve_default=False),
        migrations.AddField("referral", "due_on", models.DateField(null=True)),
        migrations.RunPython(keep_what_was_shown, migrations.RunPython.noop),
        migrations.RunPython(decide_what_was_added, migrations.RunPython.noop),
        migrations.AlterField("referral", "due_on", models.DateField()),
    ]
