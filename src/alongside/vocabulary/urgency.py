"""How urgent: four words, each with its standard. Urgent answers raise and never lower it; a worker decides.

Source: lists.md (Urgency; standards ours).
"""

from alongside.vocabulary.codes import Code, CodeList

URGENCY = CodeList(
    "urgency",
    "lists.md, Urgency; ours",
    Code("now", "someone may be in danger", "gall rhywun fod mewn perygl", colour="red"),
    Code("today", "cannot wait", "ni all aros", colour="orange"),
    Code("soon", "within three working days", "o fewn tri diwrnod gwaith", colour="yellow"),
    Code("steady", "within ten working days", "o fewn deg diwrnod gwaith", colour="grey"),
)
_ORDER = tuple(URGENCY)


def rank(urgency: str) -> int:
    """Give 0 for now up to 3 for steady, for sorting."""
    return _ORDER.index(urgency)


def raise_only(current: str, suggested: str) -> str:
    """Give the more urgent of two."""
    return min(current, suggested, key=rank)
