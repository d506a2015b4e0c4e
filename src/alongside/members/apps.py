from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembersConfig(AppConfig):
    name = "alongside.members"
    label = "members"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from alongside.connections.indexes import lay_for_sqlite
        from alongside.journal.triggers import Guard, guard
        from alongside.people.everything import NOT_BEING_DELETED

        lay = lay_for_sqlite("members_membership", "current_holding_id")
        post_migrate.connect(lay, sender=self, weak=False, dispatch_uid="alongside-membership-key")
        guard(
            Guard(
                "holding_without_gap",
                "members_holding",
                "INSERT",
                "a holding starts at the moment the last one ended",
                when=(
                    "EXISTS (SELECT 1 FROM members_holding h WHERE h.membership_id = NEW.membership_id) "
                    "AND NOT EXISTS (SELECT 1 FROM members_holding h WHERE h.membership_id = NEW.membership_id "
                    "AND h.until_at = NEW.from_at)"
                ),
            ),
            Guard("holding_kept", "members_holding", "DELETE", "the holding ledger is never shortened", when=NOT_BEING_DELETED),
            Guard(
                "holding_not_rewritten",
                "members_holding",
                "UPDATE",
                "a holding that has ended, or when and by whom it began, is never rewritten",
                when=(
                    "OLD.until_at IS NOT NULL OR NEW.from_at <> OLD.from_at OR NEW.membership_id <> OLD.membership_id "
                    "OR COALESCE(NEW.hat_id, 0) <> COALESCE(OLD.hat_id, 0) OR COALESCE(NEW.team_id, 0) <> COALESCE(OLD.team_id, 0)"
                ),
            ),
        )
