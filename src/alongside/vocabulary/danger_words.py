"""Whether what somebody types into a search speaks of danger now: to themselves, to somebody else, or from somebody.

Written as patterns over folded words, in both languages, for what people say when they do not say "suicide". It would rather bring
crisis help to somebody who does not need it than the other way about; what was searched for stands beneath it all the same.
Welsh patterns are to be checked by a speaker. Source: H06; part 11 of the living directory (no crisis question without a crisis offer
first); how people speak of suicide, after the public guidance of Samaritans and Papyrus on warning signs.
"""

from __future__ import annotations

import re

import jellyfish

from alongside.vocabulary.names import fold

LONGEST = 400
"""So many letters are looked at."""
_SELF = r"(?:my|him|her|them|your|our)sel(?:f|ves)"
_WHOM = r"(?:me|us|him|her|them|my|our|the)"
_PATTERNS = (
    # Dying and ending it
    rf"\b(?:kill?|hurt|harm|hang|shoot|drown|poison|neck|unaliv|stab|cut)\w* {_SELF}", r"\bunaliv\w*", r"\bk(?:ms|ys)\b",
    rf"\btop(?:ping)? {_SELF}", rf"\bdo(?:ing|ne)? {_SELF} in\b", rf"\b(?:do|doing|done) away with {_SELF}",
    r"\bend(?:ing)? (?:it|things|everything|my life|his life|her life|their life)\b",
    r"\b(?:way out|leave|leaving|out) of this (?:life|world)\b", r"\bcheck(?:ing)? out for good\b",
    (r"\b(?:want|wants|wanna|wish|wishes|wishing|rather|ready|like|hope|hoping|going|thinking of|thinking about|better off)\b.{0,25}"
    r"\b(?:die|dead|dying(?! to )|never wake|not wake|wouldnt wake|didnt wake|dont wake|not be here|disappear for ever)\b"),
    r"\bi (?:should|could) be dead\b", r"\b(?:painful|easiest|quickest|best|painless) way to (?:go|die|end)\b",
    r"\b(?:better|easier|happier) (?:off )?(?:dead|without me)\b",
    r"\b(?:dont|do not|doesnt|does not|didnt|no longer) (?:want|wanna|wish|deserve) (?:to )?(?:be here|live|wake|exist|be alive|carry on|go on|be around)\b",
    r"\b(?:cant|cannot|can not|couldnt) (?:go on|carry on|do (?:it|this|another|tomorrow)|take (?:it|this|any more|anymore)|keep going|face (?:another|tomorrow)|live)\b",
    rf"\b(?:cant|cannot|dont|do not) (?:keep|trust) (?:{_SELF}|him|her|them)\b",
    (r"\b(?:no|any|what is the|whats the|what the|see the|see any|see no|see a) (?:point|reason|purpose|future|hope|way forward|way out)\b.{0,12}"
    r"\b(?:living|life|live|it all|any of it|anymore|any more|going on|go on|go home|carrying on|left|being here)\b"),
    r"\bhad enough of (?:life|living|it all|everything|this world)\b", r"\b(?:want|need) it (?:all )?to (?:stop|end|be over)\b",
    r"\b(?:its|it is|im|i am) (?:all )?over\b.{0,20}\b(?:cant|tomorrow|goodbye)\b", r"\bat breaking point\b", r"\blosing my mind\b",
    r"\b(?:really|very|so) dark place\b", r"\bgive up on (?:life|living)\b", r"\blast day\b.{0,10}\b(?:alive|on earth)\b",
    # Means, and goodbyes
    r"\b(?:taken|took|taking|swallowed|necked)\b.{0,25}\b(?:tablets|pills|paracetamol|ibuprofen|meds|medication|bleach|od)\b",
    r"\btoo many (?:tablets|pills|paracetamol|meds)\b", r"\boverdos\w*",
    r"\b(?:tablets|pills|meds)\b.{0,12}\b(?:saved|stashed|hidden|ready|lined|in the house)\b", r"\b(?:saved|stashed|saving) up (?:my |the )?(?:tablets|pills|meds)\b",
    r"\b(?:on|at|off|over|by) (?:the|a) (?:bridge|roof|ledge|edge|cliff|tracks|railway|train line|platform)\b",
    r"\bcut\w*\b.{0,12}\b(?:wrist|wrists|too deep|my arm|my arms|my leg|my legs)\b", r"\b(?:rope|noose|ligature)\b",
    r"\b(?:got|has|have|with|holding) (?:his|a|her|the|my) (?:gun|shotgun|knife|blade|razor)\b", r"\bgot (?:his|her|my) gun out\b",
    r"\b(?:saying|said|say) (?:my |his |her )?goodbyes?\b", r"\b(?:suicide|goodbye) (?:note|notes|letter|letters)\b",
    r"\bwritten (?:the|my|his|her) (?:letter|letters|note|notes)\b",
    r"\bfound (?:me|him|her|them)\b.{0,40}\b(?:tablets|pills|hanging|rope|blood)\b",
    # Somebody hurts somebody
    rf"\b(?:hit|hits|hitting|beat|beats|beating|punch\w*|strangl\w*|chok\w*|kick\w*|slap\w*|attack\w*|threaten\w*|frighten\w*|rapes?) {_WHOM}\b",
    r"\b(?:hes|he is|shes|she is|he|she) (?:is )?(?:hurting|going to hurt|going to kill|gonna kill|coming for|after) (?:me|us)\b",
    r"\b(?:frightened|scared|afraid|terrified) of (?:my |him|her|what (?:he|she))", r"\bwont let (?:me|us) (?:out|leave|go|go out|have)\b",
    r"\b(?:outside|at the door|at my door)\b.{0,15}\b(?:shouting|banging|screaming|threatening)\b", r"\blocked (?:in|myself in)\b.{0,30}\b(?:bathroom|bedroom|room|house)\b",
    r"\bget out\b.{0,40}\bbefore (?:he|she|they)\b", r"\b(?:checks|takes|took) my phone\b", r"\b(?:been|was|were|got|getting) raped\b",
    # A mind in acute trouble, and help now
    r"\btalking to (?:people|somebody|someone|things) (?:who|that|whats|which)? ?(?:arent|are not|isnt|is not) there\b",
    r"\bvoices?\b.{0,20}\b(?:telling|tell|say|saying|want|told)\b", r"\b(?:not|hasnt|havent|no) sle(?:pt|ep) (?:for|in) (?:\d|three|four|five|days)\b",
    r"\b(?:help|someone|somebody)\b.{0,12}\b(?:right now|now|tonight|urgent|urgently|immediately)\b", r"\binstead of a ?(?:and|n) ?e\b", r"^press 2$", r"\b111\b.{0,10}\b2\b",
    # Welsh
    r"\b(?:isio|isie|eisiau|ishe|ise|moyn|meddwl am) (?:marw|farw|mynd o ma)\b", r"\b(?:l?ladd|gladd|nghladd) (?:fy|ei|dy|eu) hun\w*",
    r"\bddim (?:isio|isie|eisiau|ishe|moyn) (?:bod yma|byw|deffro|bod yn fyw)\b", r"\b(?:sdim|dim|does dim|does na ddim) pwynt\b.{0,8}\b(?:byw|bywyd|mynd|bod)\b",
    r"\b(?:methu|ffili|ffaelu|fedra i ddim|dwi ddim yn gallu) (?:cario|mynd|neud|gwneud|diodde|byw|handlo|ymdopi)\b.{0,12}\b(?:mlaen|ymlaen|hyn|rhagor|mwy|byw)\b",
    r"\bllond bol ar (?:fywyd|bopeth|fyw)\b", r"\bcael digon\b.{0,30}\b(?:bywyd|byw|ofn|adael)\b", r"\bwell (?:hebdda|heb) (?:i|fi)\b", r"\bgormod o (?:dabledi|dabledu|bils)\b", r"\bgorddos\w*",
    r"\b(?:torri|niweidio|brifo) (?:fy|ei|dy) hun\w*", r"\b(?:nharo|bwrw|taro|curo|cicio|waldio|bygwth)\b.{0,4}\b(?:fi|i|ni|ei|fy)\b",
    r"\bofn (?:mynd|myn) (?:adre?f?|adra|gartre|gatre)\b", r"\bofn (?:fy|ei) (?:ngwr|gwr|mhartner|nhad|mrawd)\b", r"\bt?h?reisio\b", r"\bddim yn gweld (?:ffordd|pwynt|diwedd)\b|\bmethu gweld (?:ffordd|pwynt|dyfodol)\b",
    r"\b(?:help|cymorth)\b.{0,10}\b(?:nawr|rwan|rŵan|heno|ar unwaith)\b", r"\blle (?:saff|diogel)\b", r"\bofn beth wna i\b", r"\bar y bont\b",
)  # fmt: skip
_DANGER = re.compile("|".join(_PATTERNS))
_SPELT = ("suicide", "suicidal", "suicidle", "hunanladdiad")
"""Words that are known however they are spelt."""


def speaks_of_danger(text: str) -> bool:
    """Tell whether words of a search speak of danger, in English or Welsh, spelt well or badly."""
    folded = fold(text[:LONGEST])
    return bool(_DANGER.search(folded)) or any(_is_nearly(word, one) for word in folded.split() for one in _SPELT)


def _is_nearly(word: str, meant: str) -> bool:
    """Tell whether a word is another one, but for two letters left out, put in, changed or turned round."""
    if word == meant or abs(len(word) - len(meant)) > 2 or len(word) < 6 or word[0] not in ("s", "h"):
        return word == meant
    return jellyfish.damerau_levenshtein_distance(word, meant) <= 2
