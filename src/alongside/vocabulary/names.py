"""Names for search: folded, by how they sound, and how alike two of them are."""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations, pairwise

import jellyfish

_SAME_NAME = {
    "alexander": "alex sandy", "abigail": "abby abbie", "amanda": "mandy", "andrew": "andy drew", "angela": "angie ange",
    "anthony": "tony", "barbara": "barb babs", "benjamin": "ben benny", "charles": "charlie chas", "christopher": "chris",
    "daniel": "dan danny", "david": "dave dai dafydd deio", "deborah": "deb debbie", "dorothy": "dot dolly", "edward": "ed ted eddie",
    "elizabeth": "liz lizzie lizzy beth betty betsy libby", "frederick": "fred freddie", "gareth": "gaz", "geoffrey": "geoff jeff",
    "gillian": "gill jill", "gruffydd": "gruff", "gwenllian": "gwen", "isabel": "izzy", "iwan": "ewan euan ewen ieuan", "james": "jim jimmy",
    "jennifer": "jen jenny", "jessica": "jess", "joanne": "jo", "joseph": "joe", "joshua": "josh",
    "katherine": "kate katie katy kath kathy cath cathy", "kenneth": "ken", "leonard": "len", "lewis": "louis",
    "margaret": "maggie peggy meg", "matthew": "matt", "michael": "mike mick", "mohammed": "mo", "nicholas": "nick", "pamela": "pam",
    "patricia": "pat trish", "peter": "pete", "philip": "phil", "rebecca": "becky becca", "richard": "rick ricky rich dick",
    "robert": "bob rob bobby", "ronald": "ron", "samuel": "sam", "shaun": "sean shawn", "sian": "shan sharn", "stephen": "steve",
    "susan": "sue susie suzie", "terence": "terry", "thomas": "tom tomos twm", "timothy": "tim", "victoria": "vicky",
    "william": "bill will billy",
}  # fmt: skip
"""The short forms and other spellings that people use of one name; ours, British and Welsh."""
_NICKNAMES = {short: whole for whole, shorts in _SAME_NAME.items() for short in shorts.split()}
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "-": " ", "‐": " ", "‑": " ", "–": " "}
)


_PLAIN = {
    code: " "
    if chr(code) == "-"
    else chr(code).lower()
    if chr(code).isalnum() or chr(code) == "_" or chr(code).isspace()
    else None
    for code in range(128)
}
"""What becomes of each letter of a text that has no other ones: nearly every text, and some hundred thousand of them in one feed."""


def fold(text: str) -> str:
    """Give a name in small letters without accents, ligatures, apostrophes or hyphens."""
    if text.isascii():
        return " ".join(text.translate(_PLAIN).split())
    small = unicodedata.normalize("NFKD", text).casefold()  # a letter of a fancy alphabet is small only once it is plain
    plain = unicodedata.normalize("NFKD", small.translate(_LETTERS))
    if not plain.isascii():
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s]", "", plain)).strip()


def tokens(name: str) -> tuple[str, ...]:
    """Give the parts of a name, folded; titles and single letters are left out when something else is there."""
    parts = [part for part in fold(name).split() if part not in ("mr", "mrs", "ms", "miss", "dr", "mx")]
    longer = [part for part in parts if len(part) > 1]
    return tuple(longer or parts)


def sound_key(token: str) -> str:
    """Give how a part of a name sounds, so that common misspellings of English and Welsh names meet."""
    word = _NICKNAMES.get(token, token)
    for spelt, said in (
        ("dd", "th"),
        ("sia", "sha"),
        ("sio", "sho"),
        ("rhy", "ri"),
        ("ree", "ri"),
        ("rh", "r"),
        ("ngh", "nh"),
        ("ff", "f"),
        ("ll", "l"),
        ("wyn", "win"),
        ("wy", "oi"),
        ("ck", "k"),
        ("y", "i"),
    ):
        word = word.replace(spelt, said)
    word = re.sub(r"^c(?=[eiy])", "k" if word.startswith(("ceri", "ceris")) else "s", word)
    word = re.sub(r"^thom(?=[aps])", "tom", re.sub(r"(?<=.)gh", "", word))
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


_BESIDE_NAMES = """
    my the a an ex he she they his her their him them who whose works work worked working at in is of and or for from with to on as by not
    no it its this that there anyone anybody someone somebody person people man woman called named name same i me we us our be been was are
    has have had see want team surgery hospital clinic service services hub office desk school college partner husband wife
    boyfriend girlfriend mother father mum dad mam parents brother sister son daughter aunt uncle cousin friend neighbour nan
    reception receptionist nurse doctor dr mr mrs ms miss worker social manager
    fy y yr yn o ei eu ac neu sy sydd yw hi ef nhw gyda cyn gwraig brawd chwaer mab merch tad ffrind meddyg nyrs gweithio ysgol ysbyty
"""
_NOT_NAMES = frozenset(_BESIDE_NAMES.split())
"""Words that people write beside a name, in English and Welsh; none that is a common name itself (Mae, Ward and Will stay)."""
_LIKE = 0.88
"""The Jaro-Winkler likeness from which two names may be one; ours."""


def resembles(words: str, name: str) -> bool:
    """Tell whether a worker's name is like a name in what somebody wrote; generous, since being wrong the other way harms.

    One part alike is enough ("my ex, Gareth" keeps every Gareth away until it is settled): by spelling, by sound, by short form,
    or written as one word or two. Initials alone count when every one of them begins a part of the name.
    Source: trust.md C07; pages.md (ask for help, 8).
    """
    said, own = fold(words).split(), tokens(name)
    written = _with_joined(tuple(part for part in said if len(part) > 1 and part not in _NOT_NAMES))
    if any(_may_be(part, one) for part in written for one in _with_joined(own)):
        return True
    initials = {part for part in said if len(part) == 1 and part not in _NOT_NAMES}
    return bool(initials) and initials <= {part[0] for part in own}


def _with_joined(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Add each two neighbours as one word: Ann Marie is Annmarie too."""
    return (*parts, *(one + after for one, after in pairwise(parts)))


def _may_be(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    begins = len(shorter) > 2 and longer.startswith(shorter)
    return begins or max(jellyfish.jaro_winkler_similarity(one, other), _alike(one, other)) >= _LIKE
