from django.apps import AppConfig


class CareContactsConfig(AppConfig):
    name = "alongside.journey.care_contacts"
    label = "care_contacts"
    default_auto_field = "django.db.models.BigAutoField"
