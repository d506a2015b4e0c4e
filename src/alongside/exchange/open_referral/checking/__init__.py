"""A checker of Open Referral UK v3 feeds, ours or another's: what passes, warns and fails, with the rule, the place and the reason."""
