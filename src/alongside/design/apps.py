from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "alongside.design"
    label = "design"
