"""Whose words an entry of the story is, and why a question is asked again."""

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
