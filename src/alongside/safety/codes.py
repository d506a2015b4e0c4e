"""Code lists of safety: why a record was opened, what a review found, which law a sharing stands on, how somebody is known."""

from __future__ import annotations

from alongside.vocabulary.codes import Code, CodeList

GLASS_REASONS = CodeList(
    "why a record is opened in an emergency",
    "ours; trust.md C09",
    Code("danger_to_life", "somebody's life may be in danger now", "gall bywyd rhywun fod mewn perygl nawr"),
    Code("serious_harm", "somebody may come to serious harm", "gall rhywun gael niwed difrifol"),
    Code("medical", "a medical emergency", "argyfwng meddygol"),
    Code("missing", "they are missing", "maent ar goll"),
)

GLASS_FINDINGS = CodeList(
    "what a review found",
    "ours; trust.md C09",
    Code("right", "it was right to open it", "roedd yn iawn ei agor"),
    Code("not_needed", "it was not needed; talked with the worker", "nid oedd ei angen; siaradwyd â'r gweithiwr"),
    Code("misused", "it was misused; taken further", "fe'i camddefnyddiwyd; aed â'r mater ymhellach", colour="red"),
)

BASES = CodeList(
    "what a sharing for safety stands on",
    "Children Act 1989 and 2004; DfE, Information sharing 2024; Care Act 2014; Social Services and Well-being (Wales) Act 2014",
    Code("child_at_risk", "a child is at risk of harm", "mae plentyn mewn perygl o niwed"),
    Code("adult_at_risk", "an adult is at risk of abuse or neglect", "mae oedolyn mewn perygl o gamdriniaeth neu esgeulustod"),
    Code("vital_interests", "to protect somebody's life", "i amddiffyn bywyd rhywun"),
    Code("serious_crime", "to prevent a serious crime", "i atal trosedd ddifrifol"),
    Code("court_order", "a court has ordered it", "mae llys wedi ei orchymyn"),
)

WHY_WITHHELD = CodeList(
    "why something is kept from the person themselves",
    "Data Protection Act 2018, Sch. 3 (serious harm) and Sch. 2 para. 16 (somebody else); trust.md C06",
    Code(
        "serious_harm",
        "reading it could seriously harm them or somebody else",
        "gallai ei ddarllen wneud niwed difrifol iddynt neu i rywun arall",
    ),
    Code("confidence", "somebody else told it in confidence", "dywedodd rhywun arall hyn yn gyfrinachol"),
)

KNOWN_AS = CodeList(
    "how a worker knows somebody",
    "ours; trust.md C08",
    Code("own_record", "it is my own record", "fy nghofnod fy hun ydyw"),
    Code("household", "they live with me", "maent yn byw gyda mi"),
    Code("family", "family", "teulu"),
    Code("partner", "partner, or a former one", "partner, neu gyn-bartner"),
    Code("friend", "friend or neighbour", "ffrind neu gymydog"),
    Code("colleague", "colleague", "cydweithiwr"),
    Code("other", "in another way", "mewn ffordd arall"),
)

CHALLENGES = CodeList(
    "why somebody asks that something be put right, or not used",
    "UK GDPR art. 16, 18(1) and 21",
    Code("not_right", "they say that this is not right", "dywedant nad yw hyn yn gywir"),
    Code("not_allowed", "they say that we should not have this", "dywedant na ddylai hyn fod gennym"),
    Code("for_a_claim", "they need it kept, for a claim of theirs", "mae angen ei gadw arnynt, ar gyfer hawliad sydd ganddynt"),
    Code("objects", "they do not want it used", "nid ydynt am iddo gael ei ddefnyddio"),
)
OUTCOMES = CodeList(
    "what was answered to what somebody asked of their record",
    "UK GDPR art. 12(4), 16 and 18(3)",
    Code("put_right", "this is right", "mae hyn yn gywir"),
    Code(
        "stays",
        "what stands there stays, and their words stay beside it",
        "mae'r hyn sydd yno'n aros, a'u geiriau nhw wrth ei ymyl",
    ),
    Code(
        "used_again",
        "it may be used again, and they were told so before",
        "gellir ei ddefnyddio eto, a dywedwyd hynny wrthynt ymlaen llaw",
    ),
)
