"""Where places and postcodes are."""

from __future__ import annotations

from django.db import models


class Place(models.Model):
    """A place name or outcode with its coordinates, to search near; never anybody's home."""

    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120)
    outcode = models.CharField(max_length=6, blank=True)
    county = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    is_exact = False
    """Whether it is the point of a whole postcode: such a one is made for a search, and kept nowhere."""

    class Meta:
        indexes = [models.Index(fields=["folded"], name="place_folded"), models.Index(fields=["outcode"], name="place_outcode")]


class Postcode(models.Model):
    """The point of one postcode, as the national file gives it: written without its space; never anybody's home by itself.

    One that is no longer used is kept: people and entries go on naming it for years.
    """

    code = models.CharField(max_length=7, primary_key=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    ended = models.BooleanField()


class PostcodeFile(models.Model):
    """The national file that the postcodes came from: one, or none."""

    kind = models.CharField(max_length=10)
    """Of `codes.POSTCODE_FILES`."""
    year = models.PositiveSmallIntegerField()
    """Of its publication, for the line that its licence asks for."""
    loaded_at = models.DateTimeField()
    postcodes = models.PositiveIntegerField()
