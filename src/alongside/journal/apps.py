from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate


def lay_guards(using: str = "default", **_: Any) -> None:
    from alongside.journal import triggers

    triggers.install(using)


def lift_guards(using: str = "default", **_: Any) -> None:
    from alongside.journal import triggers

    triggers.lift_those_that_read_other_tables(using)


class JournalConfig(AppConfig):
    name = "alongside.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from alongside.journal import triggers

        for table in ("journal_entry", "journal_look", "journal_seal", "journal_handedhead"):
            triggers.append_only(table)
        pre_migrate.connect(lift_guards, dispatch_uid="alongside-guards-lifted")
        post_migrate.connect(lay_guards, dispatch_uid="alongside-guards")
        checks.register(triggers.check, "database")
