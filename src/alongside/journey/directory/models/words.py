"""The words by which services are found: derived from the entries, and written again with them."""

from __future__ import annotations

from django.db import models

from alongside.journey.directory.models.entries import Service


class KnownWord(models.Model):
    """A term that services of a hub hold (`vocabulary/search_terms.py`), and how many: what is rare says more, and what nobody holds is spelt otherwise."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    word = models.CharField(max_length=40)
    services = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "word"], name="known_word_once")]


class SearchWord(models.Model):
    """One term by which a service is found: an index descent finds it on either database alike. The hub is that of the term.

    It is derived from the entry and written again with it, some fifty rows a service, all of them whole numbers; so the database
    checks no key of it, and it is kept in the one order in which a search reads it, which only a migration can say: the weight comes
    down. Which rows are a service's stands in `WordsOf`.
    """

    pk = models.CompositePrimaryKey("word", "weight", "cell", "service")

    word = models.ForeignKey(KnownWord, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    weight = models.PositiveSmallIntegerField(default=1)
    cell = models.IntegerField(default=0)
    """The square of the map in which the service is met (`rules.cell_of`); 0 when it is met in none, or in several."""
    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="search_words", db_constraint=False, db_index=False
    )


class WordsOf(models.Model):
    """The terms by which a service was indexed last, in one line: each with its weight. So it is known which rows to take away."""

    service = models.OneToOneField(
        Service, on_delete=models.CASCADE, primary_key=True, related_name="words_of", db_constraint=False
    )
    cell = models.IntegerField(default=0)
    words = models.TextField(blank=True)
