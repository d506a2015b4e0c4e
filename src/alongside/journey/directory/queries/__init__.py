"""Reads of the directory: single entries, finding, matching. Entries are public in their hub."""
