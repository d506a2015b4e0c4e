"""The anticipated "no": a sentence a person can read, raised in one place and shown everywhere the same."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something that was asked cannot be done, for a reason that the asker may read."""

    code = "refused"
    status = 422
    message: str | Promise = _("We could not do that.")
    is_noted = False
    """The refused look has been written already."""

    def __init__(self, message: str | Promise | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message)


class NotFound(Refusal):
    """What does not exist and what is not yours look the same from outside."""

    code = "not_found"
    status = 404
    message = _("We could not find that page.")


class NotPermitted(NotFound):
    """Not yours to do; from outside it looks like `NotFound`, inside it carries the reason."""


class NotThisRole(Refusal):
    """The actor may see it, but this action belongs to another role; the reason is shown beside the button."""

    code = "not_this_role"
    status = 403
    message = _("Your role cannot do this. Ask somebody in your team who can.")


class AlreadyDone(Refusal):
    """Somebody has done it before."""

    code = "already_done"
    status = 409
    message = _("This has been done already.")


class Conflict(Refusal):
    """Two people changed the same thing; both versions are kept."""

    code = "conflict"
    status = 409
    message = _("Somebody else changed this at the same time.")


class Invalid(Refusal):
    """What was given cannot be used as it is."""

    code = "invalid"
    status = 422


class TryAgain(Refusal):
    """Nothing was kept because it could not be made safe; the same request may be sent again."""

    code = "try_again"
    status = 503
    message = _("We could not save this safely. Please try again in a moment.")
