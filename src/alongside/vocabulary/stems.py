"""The words of a text as a search compares them: folded, without those that say nothing, each by its stem.

Light on purpose: endings of English are cut so that "eat", "eats" and "eating" meet; Welsh has no such endings to speak of, and what
the beginning of a Welsh word becomes after another word is undone where the words are known (`topics.py`).
"""

from __future__ import annotations

from functools import lru_cache

from alongside.vocabulary.names import fold

_VOWELS = "aeiou"
NO = "no"
"""Stands for every word that says no: "cannot sleep" is not "sleep"."""
_SAYS_NO = frozenset(
    [
        "no",
        "not",
        "nothing",
        "never",
        "none",
        "nor",
        "cant",
        "cannot",
        "couldnt",
        "dont",
        "doesnt",
        "didnt",
        "wont",
        "wouldnt",
        "isnt",
        "arent",
        "wasnt",
        "aint",
        "havent",
        "hasnt",
        "without",
        "methu",
        "ddim",
        "dim",
        "heb",
        "byth",
        "ffili",
        "ffaelu",
        "nid",
    ]
)
_SAYS_NOTHING = frozenset(
    [
        "a",
        "an",
        "and",
        "am",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "gets",
        "getting",
        "give",
        "gives",
        "go",
        "goes",
        "going",
        "gone",
        "got",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "here",
        "hers",
        "him",
        "his",
        "how",
        "i",
        "if",
        "im",
        "in",
        "into",
        "is",
        "it",
        "its",
        "ive",
        "just",
        "keep",
        "keeps",
        "like",
        "lot",
        "lots",
        "make",
        "makes",
        "making",
        "many",
        "me",
        "more",
        "most",
        "much",
        "my",
        "need",
        "needs",
        "of",
        "off",
        "on",
        "or",
        "our",
        "out",
        "please",
        "really",
        "s",
        "she",
        "so",
        "some",
        "someone",
        "somebody",
        "something",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "thing",
        "things",
        "this",
        "those",
        "to",
        "too",
        "up",
        "us",
        "very",
        "want",
        "wants",
        "wanted",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whos",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "youre",
        "about",
        "also",
        "all",
        "always",
        "am",
        "because",
        "been",
        "both",
        "cos",
        "find",
        "feel",
        "feels",
        "feeling",
        "felt",
        "help",
        "helping",
        "helps",
        "know",
        "let",
        "looking",
        "look",
        "per",
        "put",
        "right",
        "said",
        "say",
        "says",
        "thats",
        "think",
        "through",
        "until",
        "while",
        "yet",
        "hi",
        "hello",
        "hey",
        "anyone",
        "anybody",
        "anything",
        "everything",
        "every",
        "each",
        "other",
        "others",
        "own",
        "same",
        "such",
        "only",
        "even",
        "ever",
        "still",
        "again",
        "now",
        "today",
        "day",
        "days",
        "week",
        "support",
        "supported",
        "supporting",
        "service",
        "services",
        "local",
        "near",
        "nearby",
        "around",
        "one",
        "two",
        "offer",
        "offers",
        "offered",
        "provide",
        "provides",
        "provided",
        "free",
        "people",
        "person",
        "ac",
        "ag",
        "ar",
        "am",
        "at",
        "bod",
        "cael",
        "chi",
        "dw",
        "dwi",
        "eisiau",
        "isio",
        "isie",
        "moyn",
        "eto",
        "ei",
        "eich",
        "ein",
        "eu",
        "fi",
        "fo",
        "fy",
        "gan",
        "gen",
        "gyda",
        "helpu",
        "hefyd",
        "hi",
        "hwn",
        "hynny",
        "hyn",
        "i",
        "iawn",
        "mae",
        "maen",
        "mewn",
        "mi",
        "na",
        "nac",
        "neu",
        "nhw",
        "ni",
        "nawr",
        "o",
        "oes",
        "oedd",
        "oherwydd",
        "os",
        "pan",
        "pob",
        "rhywun",
        "rhywbeth",
        "rhyw",
        "rwy",
        "rwyn",
        "rydw",
        "rydym",
        "sydd",
        "sy",
        "syn",
        "ti",
        "un",
        "unrhyw",
        "wedi",
        "wrth",
        "wyf",
        "ydw",
        "ydy",
        "yn",
        "yr",
        "y",
        "yma",
        "yw",
        "angen",
        "cymorth",
        "cefnogaeth",
        "help",
        "gael",
        "fel",
        "gall",
        "gallu",
        "bobl",
        "pobl",
        "gwasanaeth",
        "gwasanaethau",
        "lleol",
    ]
)

_OTHERWISE = {
    "dying": "die", "died": "die", "dies": "die", "dead": "die", "death": "die", "drank": "drink", "drunk": "drink", "slept": "sleep", "ate": "eat", "lost": "lose", "losing": "lose",
    "loss": "lose", "children": "child", "kids": "child", "kid": "child", "men": "man", "women": "woman", "mum": "mother", "mam": "mother", "mums": "mother",
    "dad": "father", "dads": "father", "hubby": "husband", "bf": "boyfriend", "gf": "girlfriend", "benefits": "benefit", "teen": "teenager", "used": "use", "using": "use",
    "paid": "pay", "skool": "school", "foodbank": "food bank", "foodbanks": "food bank",
}  # fmt: skip


def words_said(text: str) -> list[str]:
    """Give the words of a text that say something, in order, folded and by their stems; every "not" is `NO`."""
    return [said for word in fold(text).split() for said in _said_by(word)]


@lru_cache(maxsize=200_000)
def _said_by(word: str) -> tuple[str, ...]:
    """Give what one folded word says: most often its stem, or nothing."""
    if word in _SAYS_NO:
        return (NO,)
    return () if word in _SAYS_NOTHING else tuple(stem(word).split())


def says_nothing(word: str) -> bool:
    """Tell whether a word, or its stem, says nothing of what is looked for."""
    return word in _NOTHING_BY_STEM or word in "^$"


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Cut the endings of a folded word: what is left need not be a word."""
    if word in _OTHERWISE:
        return _OTHERWISE[word]
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "xes", "zes", "ches", "shes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) > 2 and any(letter in _VOWELS + "y" for letter in root):
            word = _without(root)
            break
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def _without(root: str) -> str:
    """Undo what an ending did to the word before it: "stopp" is "stop", "car" of "caring" is "care"."""
    if root[-1] == root[-2] and root[-1] not in "lsz":
        return root[:-1]
    first, vowel, last = root[-3], root[-2], root[-1]
    return root + "e" if len(root) == 3 and first not in _VOWELS and vowel in _VOWELS and last not in _VOWELS + "wxy" else root


_NOTHING_BY_STEM = frozenset(stem(word) for word in _SAYS_NOTHING)
