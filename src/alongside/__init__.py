"""Alongside: one team around each person, on one record."""

VERSION = "0.1.0"
"""As in pyproject.toml; a copy says which version made it."""
