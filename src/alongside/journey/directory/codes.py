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
FEED_KINDS = CodeList(
    "kinds of feed",
    "Open Referral UK; ours",
    Code("v3", "Open Referral UK, version 3", "Open Referral UK, fersiwn 3"),
    Code("v1", "Open Referral UK, version 1", "Open Referral UK, fersiwn 1"),
    Code("csv", "a table (CSV)", "tabl (CSV)"),
)
FEED_TROUBLES = CodeList(
    "what was not as it should be with a feed",
    "ours; standards.md finding 9",
    Code("not_reached", "it could not be reached", "ni ellid ei gyrraedd"),
    Code("not_allowed", "its address is not one that is asked", "nid yw ei gyfeiriad yn un a ofynnir iddo"),
    Code("not_a_feed", "what answered is no feed of this kind", "nid yw'r hyn a atebodd yn ffrwd o'r math hwn"),
    Code("cut_off", "parts of it could not be read", "ni ellid darllen rhannau ohono"),
    Code("repeats", "it gave the same page again and again", "rhoddodd yr un dudalen dro ar ôl tro"),
    Code("too_much", "it is larger than is read", "mae'n fwy nag a ddarllenir"),
    Code("too_slow", "it took longer than is waited", "cymerodd yn hirach nag a arhosir"),
    Code("shorter", "it gave fewer services than it says it has", "rhoddodd lai o wasanaethau nag y dywed sydd ganddo"),
    Code("empty", "it gave no service", "ni roddodd yr un gwasanaeth"),
    Code("shrunk", "it gave less than half of what stands from it", "rhoddodd lai na hanner yr hyn sydd yma ohono"),
    Code("lost", "the reading of it was broken off here", "torrwyd ar draws ei ddarllen yma"),
)
COLUMNS = CodeList(
    "what a column of a table can be",
    "ours",
    Code("name", "name of the service", "enw'r gwasanaeth"),
    Code("id", "id", "rhif adnabod"),
    Code("organisation", "organisation", "sefydliad"),
    Code("description", "what it is", "beth ydyw"),
    Code("url", "web address", "cyfeiriad gwe"),
    Code("email", "e-mail address", "cyfeiriad e-bost"),
    Code("phone", "telephone", "ffôn"),
    Code("cost", "cost", "cost"),
    Code("how_to_start", "how to start", "sut i ddechrau"),
    Code("when", "opening times", "oriau agor"),
    Code("accessibility", "accessibility", "hygyrchedd"),
    Code("for_whom", "who it is for", "i bwy mae"),
    Code("age_from", "from what age", "o ba oed"),
    Code("age_to", "up to what age", "hyd at ba oed"),
    Code("address", "postal address", "cyfeiriad post"),
    Code("postcode", "postcode", "cod post"),
    Code("latitude", "latitude", "lledred"),
    Code("longitude", "longitude", "hydred"),
)
STATES = ("confirmed", "unconfirmed", "closed")
