from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

WHERE = "nobody may know where a refuge is"


class DirectoryConfig(AppConfig):
    name = "alongside.journey.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_index_what_is_behind, sender=self, dispatch_uid="alongside-search-words")
        from alongside.journal.triggers import Guard, guard
        from alongside.journey.directory.queries.editors import how_the_link_stands
        from alongside.messages.commands import HOW_IT_STANDS
        from alongside.messages.rules import KEEPER

        HOW_IT_STANDS[KEEPER] = how_the_link_stands
        of_a_refuge = "EXISTS (SELECT 1 FROM directory_service s WHERE s.id = NEW.service_id AND s.is_refuge)"
        place, service = "directory_serviceatlocation", "directory_service"
        guard(
            Guard("refuge_gets_no_place", place, "INSERT", WHERE, when=of_a_refuge),
            Guard("refuge_takes_no_place", place, "UPDATE", WHERE, when=of_a_refuge),
            Guard(
                "refuge_has_no_place",
                service,
                "UPDATE",
                WHERE,
                when="NEW.is_refuge AND EXISTS (SELECT 1 FROM directory_serviceatlocation l WHERE l.service_id = NEW.id)",
                of=("is_refuge",),
            ),
        )


def _index_what_is_behind(**_said: Any) -> None:
    """After every update, write again the search words that other tables of words wrote."""
    from alongside.journey.directory.commands.indexing import index_what_is_behind

    index_what_is_behind()
