"""How help is given, as a person may wish for it and as the words of an entry say it. A wish ranks offers; it never hides one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from alongside.vocabulary.codes import Code, CodeList
from alongside.vocabulary.names import fold

WAYS = CodeList(
    "ways in which help is given",
    "ours; S2-255 (preferences), DAPB4019 (adjustments)",
    Code("welsh", "in Welsh", "yn Gymraeg", note="welsh|cymraeg|gymraeg|bilingual|dwyieithog"),
    Code("interpreter", "with an interpreter", "gyda chyfieithydd", note="interpreter|interpreters|interpreting|cyfieithydd"),
    Code("signing", "in sign language", "mewn iaith arwyddion", note="sign language|bsl|iaith arwyddion"),
    Code("easy_read", "easy to read", "hawdd ei ddarllen", note="easy read|hawdd ei ddeall"),
    Code("in_person", "in person", "wyneb yn wyneb", note="in person|face to face|drop in|wyneb yn wyneb|galw heibio"),
    Code(
        "remote",
        "by telephone or online",
        "dros y ffôn neu ar-lein",
        note="online|by phone|by telephone|over the phone|telephone support|video|zoom|webchat|helpline|ar lein|dros y ffon",
    ),
    Code("group", "in a group", "mewn grŵp", note="group|groups|grwp|grwpiau|choir|class|classes"),
    Code(
        "one_to_one",
        "one to one",
        "un i un",
        note="one to one|1 to 1|1 1|11 support|individual support|individual sessions|un i un",
    ),
    Code("woman", "with a woman", "gyda menyw", note="female {who}|woman {who}|women {who}|led by women|run by women"),
    Code("man", "with a man", "gyda dyn", note="male {who}|led by men|run by men"),
    Code(
        "step_free",
        "without steps",
        "heb risiau",
        note="step free|stepfree|wheelchair|wheelchairs|level access|disabled access|mynediad gwastad|cadair olwyn",
    ),
    Code("quiet_place", "in a quiet place", "mewn lle tawel", note="quiet room|quiet corner|quiet space|low sensory|lle tawel"),
    Code("evenings", "in the evening or at weekends", "gyda'r nos neu ar y penwythnos", note="evening|evenings|weekend|weekends"),
    Code("children", "where children may come along", "lle gall plant ddod", note="creche|children welcome|croeso i blant"),
    Code("at_home", "at home", "gartref", note="home visit|home visits|at your home|come to you|ymweliadau cartref"),
    Code(
        "free",
        "free of charge",
        "am ddim",
        note="free of charge|no charge|at no cost|free service|free and confidential|free confidential|free help|free advice|"
        "free support|is free|are free|am ddim",
    ),
    Code(
        "self_start",
        "where you can go by yourself",
        "lle gallwch fynd ar eich pen eich hun",
        note="self referral|self referrals|selfreferral|self refer|selfrefer|refer yourself|drop in|dropin|walk in|just turn up|"
        "turn up|no referral needed|no referral|hunangyfeirio|hunan gyfeirio|cyfeirio eich hun|galw heibio|open to all|"
        "open to anyone|open to everyone",
    ),
    Code(
        "carers",
        "for carers and family",
        "i ofalwyr a theulu",
        note="carer|carers|family members|family and friends|friends and family|loved ones|relatives|gofalwr|gofalwyr|ofalwyr",
    ),
    Code(
        "peers",
        "from people who have been there",
        "gan bobl sydd wedi bod drwyddo",
        note="peer support|peer led|peer run|peersupport|lived experience|been there|self help group|self help groups|"
        "profiad bywyd|cymheiriaid",
    ),
    Code(
        "lgbtq",
        "that welcomes LGBTQ+ people",
        "sy'n croesawu pobl LHDTC+",
        note="lgbt|lgbtq|lgbtqi|lgbtqia|lgbtqplus|lhdt|lhdtc|trans people|transgender|gay|lesbian",
    ),
    Code(
        "faith",
        "from a faith group",
        "gan grŵp ffydd",
        note="church|chapel|mosque|temple|synagogue|gurdwara|faith based|eglwys|capel|mosg",
    ),
)
"""The note of each holds the folded words by which an entry says it; `{who}` stands for whoever helps."""
OTHER_WAY = {
    "in_person": "remote",
    "remote": "in_person",
    "group": "one_to_one",
    "one_to_one": "group",
    "woman": "man",
    "man": "woman",
}
"""An entry that says only the other one says that this is not so."""
SAYS_NO = {
    "self_start": "referral only|by referral|gp referral|professional referral|referral from|referred by|must be referred|through your gp|"
    "via your gp|atgyfeiriad|drwy eich meddyg"
}
"""The folded words by which an entry says that something is not so, unless it says elsewhere that it is."""
NOT_SO = "not_"
"""Before a code: the entry says that it is not so."""
_WHO = ("worker", "workers", "staff", "counsellor", "counsellors", "therapist", "therapists", "advisers", "volunteers")
_DENIES = frozenset(("no", "not", "without", "isnt", "cannot", "cant", "dim", "heb", "nid", "unfortunately"))
_NEAR = 3
"""So many words before it may deny a word."""


def _phrases(note: str) -> Iterator[str]:
    for phrase in note.split("|"):
        yield from (phrase.replace("{who}", who) for who in _WHO) if "{who}" in phrase else (phrase,)


_NO = {code: re.compile(rf"\b(?:{said})\b") for code, said in SAYS_NO.items()}
_FREE = re.compile(
    r"^(?:it is )?(?:free|no charge|no cost|nothing|nil|none|am ddim|rhad ac am ddim|0|00|000)\b(?! (?:for|to) (?:the )?first)"
)
_BEGUN: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
"""By its first word, each phrase and the way that it speaks of: a sentence is searched only for what it may hold."""
for _code, _way in WAYS.items():
    for _one in _phrases(_way.note):
        _BEGUN.setdefault(_one.split()[0], []).append((_code, re.compile(rf"\b{re.escape(_one)}\b")))


def ways_of(texts: Iterable[str], *, cost: str = "") -> tuple[str, ...]:
    """Read from the words of an entry how help is given: codes of `WAYS`, with `not_` before what it says is not so.

    In:   its texts, each by itself: a word denies nothing in another sentence; and what it says that it costs.
    """
    sentences = [
        fold(part)
        for text in texts
        for part in re.split(r"[.;:!?\n]", text.replace("1:1", "one to one").replace("-", " "))
        if part.strip()
    ]
    heard: dict[str, list[bool]] = {}
    for one in sentences:
        for word in _BEGUN.keys() & set(one.split()):
            for code, phrase in _BEGUN[word]:
                for hit in phrase.finditer(one):
                    heard.setdefault(code, []).append(_is_denied(one, hit.start()))
    found = []
    for code in WAYS:
        said = heard.get(code, ())
        if code == "free" and cost.strip():
            found.append(code if _FREE.match(fold(cost)) else f"{NOT_SO}{code}")
        elif said:
            found.append(f"{NOT_SO}{code}" if all(said) else code)
        elif code in _NO and any(_NO[code].search(one) for one in sentences):
            found.append(f"{NOT_SO}{code}")
    return tuple(found)


def _is_denied(sentence: str, start: int) -> bool:
    return not _DENIES.isdisjoint(sentence[:start].split()[-_NEAR:])


def is_met(wish: str, ways: Collection[str]) -> bool | None:
    """Tell whether an entry meets a wish; None when it does not say."""
    if wish in ways:
        return True
    other = OTHER_WAY.get(wish, "")
    return False if f"{NOT_SO}{wish}" in ways or other in ways else None


TALKING_WELL_AS = {
    "welsh": "welsh", "interpreter": "interpreter", "signing": "signing", "easy_read": "easy_read", "in_person": "in_person",
    "by_phone": "remote", "by_video": "remote", "text_relay": "remote", "quiet_place": "quiet_place",
}  # fmt: skip
"""What helps a person to talk well (channels.TALKING_WELL), as a wish for help."""
