from django.apps import AppConfig
from django.core import checks


class BackupsConfig(AppConfig):
    name = "alongside.backups"
    label = "backups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from alongside.backups import starting

        checks.register(starting.check, checks.Tags.database, "before_work")
