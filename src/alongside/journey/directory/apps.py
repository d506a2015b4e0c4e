from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DirectoryConfig(AppConfig):
    name = "alongside.journey.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_index_what_is_behind, sender=self, dispatch_uid="alongside-search-words")


def _index_what_is_behind(**_said: Any) -> None:
    """After every update, write again the search words that other tables of words wrote."""
    from alongside.journey.directory.commands.indexing import index_what_is_behind

    index_what_is_behind()
