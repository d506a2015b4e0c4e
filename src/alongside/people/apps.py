from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "alongside.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from alongside.journal.triggers import Guard, guard
        from alongside.people.everything import NOT_BEING_DELETED

        guard(Guard("person_kept", "people_person", "DELETE", "a person goes only when two have agreed", when=NOT_BEING_DELETED))
