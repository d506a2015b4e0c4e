"""Words for where a referral stands, for workers and for the person."""

from alongside.vocabulary.codes import Code, CodeList

STATUS = CodeList(
    "where a referral stands",
    "ours; rules.status",
    Code("received", "waiting for triage", "yn aros am frysbennu", colour="blue"),
    Code(
        "to_be_looked_at", "held; somebody looks at it first", "yn cael ei ddal; bydd rhywun yn edrych yn gyntaf", colour="yellow"
    ),
    Code("added", "added to what was asked before", "wedi'i ychwanegu at yr hyn a ofynnwyd o'r blaen", colour="grey"),
    Code("held", "somebody holds them", "mae rhywun yn eu dal", colour="green"),
)
STATUS_FOR_YOU = CodeList(
    "where it stands, for you",
    "ours; pages.md (Where it stands)",
    Code("received", "We have your message. A person will read it.", "Mae eich neges gennym. Bydd person yn ei darllen."),
    Code("to_be_looked_at", "We have your message. A person will read it.", "Mae eich neges gennym. Bydd person yn ei darllen."),
    Code("added", "We added this to what you told us before.", "Rydym wedi ychwanegu hyn at yr hyn a ddywedoch o'r blaen."),
    Code(
        "held",
        "Somebody has read your message and will be in touch.",
        "Mae rhywun wedi darllen eich neges a bydd mewn cysylltiad.",
    ),
)
REASONS = CodeList(
    "why somebody stands where they stand at triage",
    "part E19; ours; rules.reasons",
    Code("not_safe", "said: not safe right now", "dywedwyd: ddim yn ddiogel ar hyn o bryd"),
    Code("got_worse", "it has got worse since", "mae wedi gwaethygu ers hynny"),
    Code("asked_again", "asked again, more urgently", "gofynnwyd eto, yn fwy brys"),
    Code("asked_for", "said to be this urgent when they came in", "dywedwyd ei fod mor frys â hyn pan ddaethant i mewn"),
    Code("date_passed", "the day we promised them has passed", "mae'r diwrnod a addawyd iddynt wedi mynd heibio"),
    Code("young", "a child or young person", "plentyn neu berson ifanc"),
    Code("depends", "a child depends on them", "mae plentyn yn dibynnu arnynt"),
    Code("no_words", "nobody has said more yet", "does neb wedi dweud mwy eto"),
    Code("nothing_raises", "nothing they said makes it more urgent", "does dim a ddywedwyd yn ei wneud yn fwy brys"),
)
NEWS_FOR_REFERRER = CodeList(
    "what a referrer hears back",
    "lists.md, Message back and copy",
    Code("triaged", "after triage", "ar ôl brysbennu"),
    Code("met", "after they have met", "ar ôl cwrdd"),
    Code("resting", "at rest", "wrth orffwys"),
)
