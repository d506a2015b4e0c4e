from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "alongside.config"
    label = "config"

    def ready(self) -> None:
        from alongside.config import checks  # noqa: F401  # registers what stops an unsafe start
        from alongside.exchange.open_referral.taking.night import take_feeds_that_are_due
        from alongside.web.tasks import TAKES_LONG

        TAKES_LONG[:] = [*(one for one in TAKES_LONG if one is not take_feeds_that_are_due), take_feeds_that_are_due]
