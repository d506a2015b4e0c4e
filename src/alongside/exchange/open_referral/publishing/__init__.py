"""The directory as others read it: Open Referral UK v3, open to everybody, and about nobody."""
