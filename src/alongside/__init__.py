"""Alongside: one team around each person, on one record."""
