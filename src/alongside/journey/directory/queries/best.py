"""What comes to most by weighed terms, within the index of words."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

from alongside.journey.directory.rules import cells_within
from alongside.vocabulary.answers import WELSH, YOUNG

EACH = 500
"""So many services of one term are looked at, those in which it weighs most: what is said of half a directory tells nothing apart.

Among 100,000 made-up services the first five then come to 97 in 100 of what the best five come to; with 800 to 98, for half as much time again.
"""
MOST = 100
TERMS = 24
ALONE_NOTHING = (YOUNG, WELSH)
"""What is found by nothing else is not found: that somebody asks in Welsh does not say for what."""
_ONE = """SELECT service_id, score{tells} FROM (
 SELECT service_id, weight * %s AS score FROM directory_searchword
 WHERE word_id = (SELECT id FROM directory_knownword WHERE hub_id = %s AND word = %s){within} ORDER BY weight DESC, cell, service_id LIMIT {each}) AS one"""
_ALL = "SELECT service_id, SUM(score) AS came FROM ({each}) AS every GROUP BY service_id{having} ORDER BY came DESC, service_id LIMIT {most}"


def best(hub_id: int, terms: Mapping[str, float], box: Mapping[str, tuple[float, float]] | None) -> dict[int, float]:
    """Give the services that come to most, each with what it comes to.

    In:       terms with their weights; a box of the map, of which only whole squares are looked at (`rules.cell_of`).
    Rows:     a hundred. Queries: one, which reads a set number of rows of the index for each term.
    """
    if not terms:
        return {}
    cells = cells_within(*box["latitude__range"], *box["longitude__range"]) if box else []
    within = f" AND cell IN ({', '.join(map(str, cells))})" if box else ""
    most = sorted(terms.items(), key=lambda pair: (-pair[1], pair[0]))[:TERMS]
    tells = [int(term not in ALONE_NOTHING) for term, _weight in most]
    all_tell = all(tells)
    statement = _ALL.format(
        each=" UNION ALL ".join(
            _ONE.format(within=within, each=EACH, tells="" if all_tell else f", {one} AS tells") for one in tells
        ),
        having="" if all_tell else " HAVING MAX(tells) = 1",
        most=MOST,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for term, weight in most for value in (weight, hub_id, term[:40])])
        return {service: float(came) for service, came in cursor.fetchall()}
