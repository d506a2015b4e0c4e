"""Reading directories that others publish: Open Referral UK v3, and plain tables through a mapping file."""
