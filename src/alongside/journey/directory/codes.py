"""Why a service is offered, why it is left out, and what warning it carries."""

from alongside.vocabulary.codes import Code, CodeList

WHY_NOT = CodeList(
    "why a service is not shown",
    "ours; part E22",
    Code("closed", "it has closed", "mae wedi cau"),
    Code("asked_before", "asked for this person before: not them now", "gofynnwyd ar ran y person hwn o'r blaen: nid nhw nawr"),
    Code("age", "it is for another age", "mae ar gyfer oedran arall"),
    Code("full", "it is full now", "mae'n llawn nawr"),
    Code("need", "it is for other needs", "mae ar gyfer anghenion eraill"),
    Code("far", "others that fit are nearer or lighter", "mae eraill addas yn agosach neu'n ysgafnach"),
)
WARNING = CodeList(
    "warnings of an entry",
    "ours; promise 9",
    Code("never", "not confirmed by a person yet: call before you go", "heb ei gadarnhau gan berson eto: ffoniwch cyn mynd"),
    Code(
        "old",
        "last confirmed more than a year ago: call before you go",
        "wedi'i gadarnhau ddiwethaf dros flwyddyn yn ôl: ffoniwch cyn mynd",
    ),
)
STATES = ("confirmed", "unconfirmed", "closed")
