"""Pages of alerts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from alongside.design.page import Page
from alongside.members.strip import Strip
from alongside.safety.alerts.queries import Shown


@dataclass(frozen=True, kw_only=True)
class AlertsPage(Page):
    """What everybody near somebody has to know at once: five at most, each with its owner and its end."""

    template: ClassVar[str] = "safety/alerts.jinja"
    strip: Strip | None = None
    """Who this is."""
    alerts: tuple[Shown, ...] = ()
    """Those that live."""
    may_end: tuple[str, ...] = ()
    """Where each is ended, in the same order; nothing where this hat does not read its words."""
    ended: tuple[str, ...] = ()
    """What was an alert once, newest first."""
    may_write: bool = False
    """This hat writes alerts."""


@dataclass(frozen=True, kw_only=True)
class EndAlertPage(Page):
    """End one alert, with a reason."""

    template: ClassVar[str] = "safety/end_alert.jinja"
    strip: Strip | None = None
    """Who this is."""
    alert: Shown | None = None
    """The alert."""
