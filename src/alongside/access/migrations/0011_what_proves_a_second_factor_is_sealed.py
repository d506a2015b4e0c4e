from django.db import migrations

SEALED = "sealed:"
"""As access/adapter.py writes it; a migration keeps its own, so that what it did stays what it did."""




def seal_what_stands_in_clear(apps, schema_editor):
    """Seal the seeds of authenticator apps and of recovery codes that stand in clear; what is sealed already stays as it is."""
    from alongside.access.sealing import seal

    _change(apps, lambda words: words if words.startswith(SEALED) else SEALED + seal(words))


def open_again(apps, schema_editor):
    """Put the seeds back in clear, so that the version before can be gone back to without locking everybody out."""
    from alongside.access.sealing import unseal

    _change(apps, lambda words: unseal(words.removeprefix(SEALED)) if words.startswith(SEALED) else words)


def _change(apps, change):
    kept = apps.get_model("mfa", "Authenticator").objects.filter(type__in=("totp", "recovery_codes"))
    for one in kept.order_by("pk").iterator():
        data = {name: change(words) if name in ("secret", "seed") else words for name, words in one.data.items()}
        if data.get("migrated_codes") is not None:
            data["migrated_codes"] = [change(code) for code in data["migrated_codes"]]
        if data != one.data:
            one.data = data
            one.save(update_fields=["data"])


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0010_records_read_as_one"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal_what_stands_in_clear, open_again)]
