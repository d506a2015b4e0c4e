"""Why a service is offered, why it is left out, and what warning it carries."""

from alongside.vocabulary.codes import Code, CodeList

WHY_NOT = CodeList(
    "why a service is not shown",
    "ours; part E22",
    Code("closed", "it has closed", "mae wedi cau"),
    Code(
        "let_down",
        "it let people down, and nobody has confirmed it since",
        "siomodd bobl, ac nid oes neb wedi ei gadarnhau ers hynny",
    ),
    Code("asked_before", "asked for this person before: not them now", "gofynnwyd ar ran y person hwn o'r blaen: nid nhw nawr"),
    Code("age", "it is for another age", "mae ar gyfer oedran arall"),
    Code("full", "it is full now", "mae'n llawn nawr"),
    Code("need", "it is for other needs", "mae ar gyfer anghenion eraill"),
    Code(
        "unsure",
        "others that fit are confirmed, and have not said lately that they are full",
        "mae eraill addas wedi'u cadarnhau, ac nid ydynt wedi dweud yn ddiweddar eu bod yn llawn",
    ),
    Code("tried", "it was tried before, and others that fit were not", "rhoddwyd cynnig arno o'r blaen, ac nid ar eraill addas"),
    Code("wishes", "others that fit meet more of the wishes", "mae eraill addas yn bodloni mwy o'r dymuniadau"),
    Code("far", "others that fit are nearer or lighter", "mae eraill addas yn agosach neu'n ysgafnach"),
)
WARNING = CodeList(
    "warnings of an entry",
    "ours; promise 9",
    Code("never", "not confirmed by a person yet: call before you go", "heb ei gadarnhau gan berson eto: ffoniwch cyn mynd"),
    Code(
        "let_down",
        "people could not reach it lately: call before you go",
        "methodd pobl â'i gyrraedd yn ddiweddar: ffoniwch cyn mynd",
    ),
    Code(
        "old",
        "not confirmed lately: call before you go",
        "heb ei gadarnhau yn ddiweddar: ffoniwch cyn mynd",
    ),
)
BOUNCES = CodeList(
    "how an entry let somebody down",
    "ours; S2-317",
    Code("unanswered", "nobody answered an introduction in time", "ni atebodd neb gyflwyniad mewn pryd"),
    Code("closed", "it answered that it has closed", "atebodd ei fod wedi cau"),
    Code("outside", "it answered that it is for others", "atebodd ei fod ar gyfer eraill"),
    Code("not_there", "somebody went, and it was not there", "aeth rhywun, ac nid oedd yno"),
)
ASKED_BY = CodeList(
    "who found nothing that fits",
    "ours; S0-02",
    Code("worker", "a worker, with somebody", "gweithiwr, gyda rhywun"),
    Code("search", "a search that found nothing", "chwiliad na ddaeth o hyd i ddim"),
    Code("bounce", "an introduction that came to nothing", "cyflwyniad na ddaeth dim ohono"),
)
STATES = ("confirmed", "unconfirmed", "closed")
