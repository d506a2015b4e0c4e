"""Code lists of data rights: who asks, how we know that it is they, what is decided about an item, how a copy is handed over."""

from alongside.vocabulary.codes import Code, CodeList

ASKED_BY = CodeList(
    "who asks for a copy of a record",
    "UK GDPR art. 15; ICO, Right of access; trust.md T03",
    Code("person", "the person themselves", "y person ei hun"),
    Code("parent", "somebody with parental responsibility", "rhywun â chyfrifoldeb rhiant"),
    Code(
        "authority", "somebody with their written authority, or a court's", "rhywun â'u hawdurdod ysgrifenedig, neu awdurdod llys"
    ),
)

PROOFS = CodeList(
    "how we know that it is they",
    "ICO, Right of access (can we ask for identification?); the choices are ours",
    Code(
        "known",
        "whoever holds them knows them and spoke with them",
        "mae pwy bynnag sy'n eu dal yn eu hadnabod ac wedi siarad â nhw",
    ),
    Code("photo", "a photo document was seen", "gwelwyd dogfen â llun"),
    Code("two_papers", "two papers with their name were seen", "gwelwyd dau bapur â'u henw"),
    Code("authority_seen", "the authority, and who holds it, were seen", "gwelwyd yr awdurdod, a phwy sydd ganddo"),
)

DECISIONS = CodeList(
    "what is decided about an item of a copy",
    "Data Protection Act 2018, Sch. 2 paras 16, 17 and 19, Sch. 3; ICO, Right of access",
    Code("include_own", "include: nothing stands against it", "cynnwys: does dim yn ei erbyn"),
    Code("include_agreed", "include: whoever it is about agreed", "cynnwys: cytunodd y sawl y mae'n ymwneud ag ef"),
    Code(
        "include_known",
        "include: the person told it, or knows it already",
        "cynnwys: dywedodd y person hyn, neu mae'n ei wybod eisoes",
    ),
    Code(
        "leave_harm", "leave out: serious harm to them or somebody else", "gadael allan: niwed difrifol iddynt neu i rywun arall"
    ),
    Code(
        "leave_confidence",
        "leave out: about somebody else, or told in confidence",
        "gadael allan: am rywun arall, neu dywedwyd yn gyfrinachol",
    ),
    Code("leave_legal", "leave out: legal advice", "gadael allan: cyngor cyfreithiol"),
)

WHY_LOOKED_AT = CodeList(
    "why an item of a copy is decided one by one",
    "trust.md C06, C10, T03",
    Code("third_party", "words of, or about, somebody else", "geiriau rhywun arall, neu amdano"),
    Code(
        "withheld",
        "kept from the person: it cannot be included while it is",
        "wedi'i gadw oddi wrth y person: ni ellir ei gynnwys tra bydd felly",
    ),
    Code("circle", "only for whoever was named", "dim ond i bwy bynnag a enwyd"),
    Code("for_another", "not for everybody, and somebody else asks", "nid i bawb, a rhywun arall sy'n gofyn"),
    Code("chosen", "somebody decided about it", "penderfynodd rhywun amdano"),
)

HANDED_OVER = CodeList(
    "how a copy is handed over",
    "ours; trust.md C19",
    Code("in_person", "handed to them in person", "rhoddwyd iddynt wyneb yn wyneb"),
    Code("safe_post", "sent by post to an address they said is safe", "anfonwyd drwy'r post i gyfeiriad sy'n ddiogel meddent"),
    Code(
        "safe_email",
        "sent in a way they said is safe, locked with a password",
        "anfonwyd mewn ffordd sy'n ddiogel meddent, dan glo cyfrinair",
    ),
    Code("shown", "looked at together", "edrychwyd arno gyda'n gilydd"),
)

CLOSED = CodeList(
    "how a request ended",
    "ours",
    Code("given", "they have their copy", "mae ganddynt eu copi"),
    Code("withdrawn", "they no longer want it", "nid ydynt ei eisiau mwyach"),
    Code("not_they", "it was not they who asked", "nid nhw a ofynnodd"),
)

PARTS = CodeList(
    "parts of a copy, as the person reads them",
    "access/codes.py (categories of the record)",
    Code("asking", "How you came in, and what was decided", "Sut y daethoch i mewn, a'r hyn a benderfynwyd"),
    Code("story", "Your story", "Eich stori"),
    Code("conversation", "The conversation and your needs", "Y sgwrs a'ch anghenion"),
    Code("introductions", "Introductions, and services you were told of", "Cyflwyniadau, a gwasanaethau y clywsoch amdanynt"),
    Code("contacts", "Meetings, calls and what is to be done", "Cyfarfodydd, galwadau a'r hyn sydd i'w wneud"),
    Code("around", "Your family, carers and whoever depends on you", "Eich teulu, gofalwyr a phwy bynnag sy'n dibynnu arnoch"),
    Code("body", "Allergies and medicines", "Alergeddau a meddyginiaethau"),
)

WHOSE_WORDS = CodeList(
    "whose words, as the person reads it",
    "people/codes.py (whose words)",
    Code("person", "Your own words", "Eich geiriau eich hun"),
    Code("carer", "A carer's words", "Geiriau gofalwr"),
    Code("worker", "A worker's words", "Geiriau gweithiwr"),
    Code("referrer", "The words of whoever brought you in", "Geiriau pwy bynnag a ddaeth â chi i mewn"),
    Code("third_party", "Somebody else's words", "Geiriau rhywun arall"),
)

WHOSE_WORD = CodeList(
    "whose word it is, as the person reads it",
    "people/codes.py (whose word it is)",
    Code("person", "you told us", "dywedoch chi wrthym"),
    Code("carer", "a carer or family member told us", "dywedodd gofalwr neu aelod o'r teulu wrthym"),
    Code("practice", "your practice told us", "dywedodd eich meddygfa wrthym"),
    Code("seen", "read from a packet or a letter", "darllenwyd o becyn neu lythyr"),
)

KEPT = CodeList(
    "how long a record is kept",
    "Records Management Code of Practice (NHS England, 2021, updated 2023), appendix II",
    Code("after_care", "20 years after care ended", "20 mlynedd ar ôl i ofal ddod i ben"),
    Code("after_death", "10 years after they died", "10 mlynedd ar ôl iddynt farw"),
    Code(
        "grown_up", "until they are 25, or 26 if they were 17 then", "hyd nes eu bod yn 25, neu'n 26 os oeddent yn 17 bryd hynny"
    ),
)

HOLDS = CodeList(
    "why a record is kept whatever its time",
    "Records Management Code of Practice, appendix I (inquiries); UK GDPR art. 17(3)(e)",
    Code("inquiry", "a public inquiry or inquest", "ymchwiliad cyhoeddus neu gwest"),
    Code("claim", "a claim or court case", "hawliad neu achos llys"),
    Code("complaint", "a complaint or serious incident", "cwyn neu ddigwyddiad difrifol"),
    Code("safeguarding", "a safeguarding review", "adolygiad diogelu"),
)

DELETED = CodeList(
    "why a record is deleted",
    "UK GDPR art. 5(1)(e) and 17",
    Code("time_over", "its time is over", "mae ei amser ar ben"),
    Code("nobody", "it was never about anybody: a test, or made up", "nid oedd erioed am neb: prawf, neu wedi'i ddyfeisio"),
    Code("ordered", "a court or the Information Commissioner orders it", "mae llys neu'r Comisiynydd Gwybodaeth yn ei orchymyn"),
)
