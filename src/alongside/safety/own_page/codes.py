"""Code lists of a person's own page: why it was closed, how somebody came in."""

from alongside.vocabulary.codes import Code, CodeList

ENDED = CodeList(
    "why somebody's own page was closed",
    "ours; trust.md T05",
    Code("taken_back", "closed by somebody alongside them", "caewyd gan rywun wrth eu hochr"),
    Code("again", "they were invited anew", "cawsant wahoddiad newydd"),
    Code("guessed", "the number was wrong five times", "roedd y rhif yn anghywir bum gwaith", colour="red"),
)
HOW = CodeList(
    "how somebody came in to their own page",
    "ours",
    Code("link", "by the link", "drwy'r ddolen"),
    Code("code", "by a code", "drwy god"),
)
