from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HandoversConfig(AppConfig):
    name = "alongside.journey.handovers"
    label = "handovers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from alongside.connections.indexes import lay_for_sqlite
        from alongside.journal.triggers import Guard, guard
        from alongside.journey.handovers.commands import let_receivers_go, let_receivers_see_again
        from alongside.journey.handovers.queries import how_asked
        from alongside.members.commands import AFTER_A_DEATH, AFTER_A_DEATH_IS_TAKEN_BACK
        from alongside.messages.commands import HOW_IT_STANDS
        from alongside.messages.rules import PARTNER

        HOW_IT_STANDS[PARTNER] = how_asked
        for after, follow in ((AFTER_A_DEATH, let_receivers_go), (AFTER_A_DEATH_IS_TAKEN_BACK, let_receivers_see_again)):
            after[:] = [*(one for one in after if one is not follow), follow]

        lay = lay_for_sqlite("handovers_handover", "giver_holding_id")
        post_migrate.connect(lay, sender=self, weak=False, dispatch_uid="alongside-giver-key")
        guard(
            Guard(
                "holding_moves_only_when_met",
                "members_holding",
                "INSERT",
                "a receiver holds only once the two have met",
                when=(
                    "NEW.why = 'met' AND NOT EXISTS (SELECT 1 FROM handovers_handover h "
                    "WHERE h.person_id = NEW.membership_id AND h.met_at IS NOT NULL AND h.accepted_by_id = NEW.hat_id)"
                ),
            )
        )
