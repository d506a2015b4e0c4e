"""Pages of safety: what workers do, and what somebody is shown about who sees their record."""
