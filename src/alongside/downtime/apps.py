from django.apps import AppConfig


class DowntimeConfig(AppConfig):
    name = "alongside.downtime"
    label = "downtime"
    default_auto_field = "django.db.models.BigAutoField"
