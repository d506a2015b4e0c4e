"""Pure Python words and values that every folder may name: no Django, no database, no network."""
