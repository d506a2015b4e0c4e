from typing import Any

from django.apps import AppConfig


def session_begins(request: Any, **_: Any) -> None:
    """Write into a session when somebody signs in, and with what: it lasts so long from then, however often it is used."""
    from alongside.access.sessions import browser_of
    from alongside.vocabulary.clock import now

    request.session["began_at"] = now().timestamp()
    request.session["browser"] = browser_of(request.META.get("HTTP_USER_AGENT", ""))


class AccessConfig(AppConfig):
    name = "alongside.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from alongside.access import signing_in
        from alongside.access.commands import compare_new_worker
        from alongside.hubs.commands import AFTER_A_HAT_IS_GIVEN

        user_logged_in.connect(session_begins, dispatch_uid="alongside-session-begins")
        AFTER_A_HAT_IS_GIVEN[:] = [*(one for one in AFTER_A_HAT_IS_GIVEN if one is not compare_new_worker), compare_new_worker]
        signing_in.listen()
