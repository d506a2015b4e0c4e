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
