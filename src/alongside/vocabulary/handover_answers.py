"""What a receiver may answer to an introduction; "not us" needs a reason and never ends anything. Source: lists.md (Handovers)."""

from alongside.vocabulary.codes import Code, CodeList

ANSWERS = CodeList(
    "answers to an introduction",
    "lists.md, Handovers",
    Code("yes", "yes, and when", "ie, a phryd", colour="green"),
    Code("after_talk", "yes after a talk", "ie ar ôl sgwrs", colour="blue"),
    Code("not_now", "not now", "ddim nawr", colour="yellow"),
    Code("not_us", "not us, because", "nid ni, oherwydd", colour="grey"),
)
NOT_US = CodeList(
    "why not us",
    "lists.md, Handovers",
    Code("full", "we are full", "rydym yn llawn"),
    Code("outside", "outside our age, place or remit", "y tu allan i'n hoedran, ein lle neu ein cylch gwaith"),
    Code("not_safe", "not safe for them or us", "ddim yn ddiogel iddyn nhw neu i ni"),
    Code("they_chose", "they chose otherwise", "dewison nhw fel arall"),
    Code("closed", "we have closed", "rydym wedi cau"),
    Code("other", "something else", "rhywbeth arall"),
)
