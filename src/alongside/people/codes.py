"""Whose words an entry of the story is, why a question is asked again, whose word it is about the body, and why two records may be one person."""

from alongside.vocabulary.codes import Code, CodeList

WHOSE = CodeList(
    "whose words",
    "ours; S0-12",
    Code("person", "their own words", "eu geiriau eu hunain"),
    Code("carer", "a carer's words", "geiriau gofalwr"),
    Code("worker", "a worker's words", "geiriau gweithiwr"),
    Code("referrer", "the words of whoever brought them in", "geiriau pwy bynnag a ddaeth â nhw i mewn"),
    Code("third_party", "somebody else's words", "geiriau rhywun arall"),
)
WHY_AGAIN = CodeList(
    "why a question is asked again",
    "ours; S0-40, S2-267",
    Code("changed", "it may have changed", "gall fod wedi newid"),
    Code("they_wish", "they wish to tell it again, or told it unasked", "maent am ei ddweud eto, neu fe'i dywedwyd heb ofyn"),
    Code("safety", "safety needs it now", "mae diogelwch yn ei ofyn nawr"),
    Code("unclear", "what stands there is unclear", "nid yw'r hyn sydd yno'n glir"),
)
KINDS = CodeList(
    "about the body, as told",
    "design.md, section 5 (Allergy and Medicine as told, with source)",
    Code("allergy", "an allergy: what they must not be given", "alergedd: yr hyn na ddylid ei roi iddynt"),
    Code("medicine", "a medicine: what they take", "meddyginiaeth: yr hyn y maent yn ei gymryd"),
)
SOURCES = CodeList(
    "whose word it is",
    "ours",
    Code("person", "they told us", "dywedon nhw wrthym"),
    Code("carer", "a carer or family member told us", "dywedodd gofalwr neu aelod o'r teulu wrthym"),
    Code("practice", "their practice told us", "dywedodd eu meddygfa wrthym"),
    Code("seen", "read from a packet or a letter", "darllenwyd o becyn neu lythyr"),
)
ADDRESSES = CodeList(
    "addresses that are held securely",
    "trust.md C11",
    Code("home", "where they live", "ble maent yn byw"),
    Code("delivery", "where post reaches them safely", "ble mae post yn eu cyrraedd yn ddiogel"),
    Code("key_safe", "how to get in: key safe, code, door", "sut i fynd i mewn: sêff allweddi, cod, drws"),
)
MATCH_BECAUSE = CodeList(
    "why two records may be one person",
    "part C9; H03",
    Code("number", "the same NHS number and a like name", "yr un rhif GIG ac enw tebyg"),
    Code("number_other_name", "the same NHS number, another name", "yr un rhif GIG, enw arall"),
    Code("birthday_and_name", "the same birthday and a like name", "yr un pen-blwydd ac enw tebyg"),
    Code("phone_and_name", "the same telephone and a like name", "yr un ffôn ac enw tebyg"),
)

LABELS = CodeList(
    "who may see an item",
    "trust.md C06",
    Code("open", "everybody who is alongside them", "pawb sydd ochr yn ochr â nhw"),
    Code(
        "sensitive",
        "those who work with them, and not practices that see the open record only",
        "y rhai sy'n gweithio gyda nhw, nid practisau sy'n gweld y cofnod agored yn unig",
    ),
    Code("circle", "only you and whom you name", "dim ond chi a'r rhai rydych yn eu henwi"),
)
