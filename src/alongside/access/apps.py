from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "alongside.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from alongside.access.commands import compare_new_worker
        from alongside.hubs.commands import AFTER_A_HAT_IS_GIVEN

        AFTER_A_HAT_IS_GIVEN[:] = [*(one for one in AFTER_A_HAT_IS_GIVEN if one is not compare_new_worker), compare_new_worker]
