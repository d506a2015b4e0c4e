# For workers only.
"""What sign-in refuses: that somebody goes on without having shown who they are."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.refusals import Refusal


class StepUpNeeded(Refusal):
    """Becomes the question for the second factor (web/middleware), and is no refusal to whoever answers it."""

    code = "step_up_needed"
    status = 403
    message = _("Show first that it is you.")

    def __init__(self, because: str = "grave") -> None:
        super().__init__()
        self.because = because
