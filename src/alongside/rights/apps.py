from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "alongside.rights"
    label = "rights"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from alongside.rights.keeping.sweeping import delete_what_is_due
        from alongside.web.tasks import ALSO_SWEPT

        ALSO_SWEPT[:] = [*(one for one in ALSO_SWEPT if one is not delete_what_is_due), delete_what_is_due]
