"""Words for where an introduction stands, and for the results of a signpost."""

from alongside.vocabulary.codes import Code, CodeList

STATUS = CodeList(
    "where an introduction stands",
    "ours; rules.status; lists.md, Handovers",
    Code("offered", "offered, waiting for an answer", "wedi'i gynnig, yn aros am ateb", colour="blue"),
    Code("not_now", "not now", "ddim nawr", colour="yellow"),
    Code("not_us", "not us; the giver still holds", "nid ni; mae'r rhoddwr yn dal i ddal", colour="orange"),
    Code("accepted", "accepted", "wedi'i dderbyn", colour="aqua-green"),
    Code("introduced", "introduced", "wedi'i gyflwyno", colour="aqua-green"),
    Code("met", "met", "wedi cwrdd", colour="green"),
    Code("settled", "settled", "wedi setlo", colour="green"),
    Code("they_have_died", "ended: they have died", "wedi dod i ben: maent wedi marw"),
)
RESULTS = CodeList(
    "results of a signpost",
    "ours; S2-312",
    Code("went", "they went", "aethon nhw"),
    Code(
        "did_not_go",
        "they did not go; we talked about what gets in the way",
        "aethon nhw ddim; buom yn siarad am yr hyn sy'n rhwystro",
    ),
    Code(
        "not_for_them",
        "it was not for them; something else is being found",
        "nid oedd yn addas; mae rhywbeth arall yn cael ei ganfod",
    ),
    Code(
        "not_there",
        "it was not there, or nobody answered; something else is being found",
        "nid oedd yno, neu nid atebodd neb; mae rhywbeth arall yn cael ei ganfod",
    ),
    Code("not_needed", "no longer needed", "nid oes ei angen mwyach"),
)
