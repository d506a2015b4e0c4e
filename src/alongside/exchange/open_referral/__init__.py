"""Directories in the standard of this country, Open Referral UK v3: read, published, checked; and plain tables through a mapping file."""
