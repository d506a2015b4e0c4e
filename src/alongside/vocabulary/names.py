"""Names for search: folded, by how they sound, and how alike two of them are."""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations

import jellyfish

_NICKNAMES = {
    "bob": "robert", "rob": "robert", "bobby": "robert", "liz": "elizabeth", "beth": "elizabeth", "betty": "elizabeth",
    "bill": "william", "will": "william", "billy": "william", "kate": "katherine", "katie": "katherine", "kath": "katherine",
    "cathy": "katherine", "dave": "david", "dai": "david", "jim": "james", "jimmy": "james", "mike": "michael", "mick": "michael",
    "sue": "susan", "maggie": "margaret", "peggy": "margaret", "meg": "margaret", "tony": "anthony", "jo": "joanne", "alex": "alexander",
    "sandy": "alexander", "becky": "rebecca", "vicky": "victoria", "jen": "jennifer", "jenny": "jennifer", "steve": "stephen",
    "nick": "nicholas", "tom": "thomas", "dan": "daniel", "danny": "daniel", "sam": "samuel", "matt": "matthew", "chris": "christopher",
    "ben": "benjamin", "joe": "joseph", "ed": "edward", "ted": "edward", "pat": "patricia", "gwen": "gwenllian", "nia": "nia",
}  # fmt: skip


def fold(text: str) -> str:
    """Give a name in small letters without accents, apostrophes or hyphens."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s]", "", plain.replace("-", " "))).strip()


def tokens(name: str) -> tuple[str, ...]:
    """Give the parts of a name, folded; titles and single letters are left out when something else is there."""
    parts = [part for part in fold(name).split(" ") if part not in ("mr", "mrs", "ms", "miss", "dr", "mx")]
    longer = [part for part in parts if len(part) > 1]
    return tuple(longer or parts)


def sound_key(token: str) -> str:
    """Give how a part of a name sounds, so that common misspellings of English and Welsh names meet."""
    word = _NICKNAMES.get(token, token)
    for spelt, said in (
        ("dd", "th"),
        ("sia", "sha"),
        ("siô", "sho"),
        ("sio", "sho"),
        ("rhy", "ri"),
        ("ree", "ri"),
        ("ff", "f"),
        ("ll", "l"),
        ("wy", "oi"),
        ("ck", "k"),
        ("y", "i"),
    ):
        word = word.replace(spelt, said)
    word = re.sub(r"^c(?=[eiy])", "k" if word.startswith(("ceri", "ceris")) else "s", word)
    key = jellyfish.metaphone(word) if word.isascii() else ""
    return (key or word)[:12].lower()


def search_keys(name: str) -> tuple[str, ...]:
    """Give the keys a name is found by: each part, and each two parts together in either order (joined by +)."""
    sounds = list(dict.fromkeys(sound_key(token) for token in tokens(name)[:6]))
    pairs = ["+".join(sorted(pair)) for pair in combinations(sounds, 2)]
    return tuple(dict.fromkeys([*sounds, *pairs]))


def alikeness(one: str, other: str) -> float:
    """Say how alike two names are, 0 to 1: the best pairing of their parts, by spelling and by sound."""
    ours, theirs = tokens(one), tokens(other)
    if not ours or not theirs:
        return 0.0
    fewer, more = (ours, theirs) if len(ours) <= len(theirs) else (theirs, ours)
    return sum(max(_alike(part, candidate) for candidate in more) for part in fewer) / len(fewer)


def _alike(one: str, other: str) -> float:
    one, other = _NICKNAMES.get(one, one), _NICKNAMES.get(other, other)
    spelling = jellyfish.jaro_winkler_similarity(one, other)
    return max(spelling, 0.93) if sound_key(one) == sound_key(other) else spelling


_NOT_NAMES = frozenset(
    [
        "my",
        "the",
        "a",
        "an",
        "ex",
        "he",
        "she",
        "they",
        "his",
        "her",
        "their",
        "who",
        "works",
        "work",
        "at",
        "in",
        "is",
        "of",
        "and",
        "or",
        "for",
        "surgery",
        "called",
        "named",
        "partner",
        "husband",
        "wife",
        "boyfriend",
        "girlfriend",
        "mother",
        "father",
        "mum",
        "dad",
        "brother",
        "sister",
        "son",
        "daughter",
        "aunt",
        "uncle",
        "cousin",
        "reception",
        "receptionist",
        "nurse",
        "doctor",
    ]
)


def resembles(words: str, name: str) -> bool:
    """Tell whether a worker's name is like a name in what somebody wrote; generous, since being wrong the other way harms.

    One part alike is enough ("my ex, Gareth" keeps every Gareth away until it is settled).
    Source: trust.md C07; pages.md (ask for help, 8).
    """
    written = [token for token in tokens(words) if token not in _NOT_NAMES]
    return any(_alike(part, own) >= 0.9 for part in written for own in tokens(name))
