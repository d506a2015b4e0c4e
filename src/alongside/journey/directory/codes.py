"""Why a service is offered, why it is left out, and what warning it carries."""

from alongside.vocabulary.codes import Code, CodeList
from alongside.vocabulary.ways_of_help import WAYS

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
    Code("not_with", "it does not take people with another of these needs", "nid yw'n derbyn pobl ag un arall o'r anghenion hyn"),
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
RULES = CodeList(
    "thresholds and exclusions",
    "ours; S1-06, S2-269",
    Code("age", "ages", "oedrannau"),
    Code("not_with", "not with another need", "nid gydag angen arall"),
    Code("full", "full now", "llawn nawr"),
    Code("place", "place", "lle"),
    Code("for_whom", "for whom", "i bwy"),
    Code("start", "how to start", "sut i ddechrau"),
    Code("access", "access", "mynediad"),
    Code("level", "level", "lefel"),
)
"""What may keep somebody out of a service: the first three are counted, the others stand in words and keep nobody out by themselves."""
SHEET = CodeList(
    "columns of the spreadsheet of services and needs",
    "S2-455 (theme, provider, sector, locality, length of service, services provided, description, population groups); the others ours",
    Code("reference", "Reference", "Cyfeirnod"),
    Code("kind", "Service or gap", "Gwasanaeth neu fwlch"),
    Code("theme", "Theme", "Thema"),
    Code("provider", "Provider", "Darparwr"),
    Code("sector", "Sector", "Sector"),
    Code("locality", "Locality", "Ardal"),
    Code("lasts", "Length of service", "Hyd y gwasanaeth"),
    Code("name", "Services provided", "Gwasanaethau a ddarperir"),
    Code("description", "Description of services", "Disgrifiad o'r gwasanaethau"),
    Code("for_whom", "Population groups", "Grwpiau poblogaeth"),
    Code("age_from", "Youngest age", "Oedran ieuengaf"),
    Code("age_to", "Oldest age", "Oedran hynaf"),
    Code("level", "Level", "Lefel"),
)
ROWS = CodeList(
    "what a row of that spreadsheet is",
    "ours",
    Code("service", "service", "gwasanaeth"),
    Code("gap", "gap", "bwlch"),
)
WHY_NOT_TAKEN = CodeList(
    "why a row of that spreadsheet is not taken",
    "ours; style.md (nothing is silently skipped)",
    Code(
        "formula",
        "a cell works something out: write the words themselves",
        "mae cell yn cyfrifo rhywbeth: ysgrifennwch y geiriau eu hunain",
    ),
    Code("kind", "say whether it is a service or a gap", "dywedwch ai gwasanaeth neu fwlch ydyw"),
    Code(
        "theme",
        "a theme is none of ours: needs are named as on the asset map, with ; between them",
        "nid yw thema yn un o'n rhai ni: enwir anghenion fel ar y map asedau, gyda ; rhyngddynt",
    ),
    Code("no_theme", "say for which need it is", "dywedwch ar gyfer pa angen y mae"),
    Code("one_theme", "a gap is of one need", "mae bwlch yn perthyn i un angen"),
    Code("name", "a service needs a name under Services provided", "mae angen enw ar wasanaeth o dan Gwasanaethau a ddarperir"),
    Code("sector", "the sector is none of ours", "nid yw'r sector yn un o'n rhai ni"),
    Code(
        "age",
        "an age is a whole number from 0 to 120, the youngest no more than the oldest",
        "rhif cyfan o 0 i 120 yw oedran, yr ieuengaf heb fod yn fwy na'r hynaf",
    ),
    Code("level", "the level is a number from 0 to 5", "rhif o 0 i 5 yw'r lefel"),
    Code("too_long", "a text is too long; nothing is cut", "mae testun yn rhy hir; ni thorrir dim"),
    Code("twice", "it stands in this table twice", "mae yn y tabl hwn ddwywaith"),
    Code(
        "reference",
        "no open entry of this hub has this reference: leave it blank for a new one",
        "nid oes gan unrhyw gofnod agored o'r hwb hwn y cyfeirnod hwn: gadewch ef yn wag ar gyfer un newydd",
    ),
    Code(
        "rehearse",
        "themes and ages decide who is offered it: change them at the entry, after a rehearsal",
        "themâu ac oedrannau sy'n penderfynu pwy sy'n ei gael: newidiwch nhw wrth y cofnod, ar ôl rhagbrawf",
    ),
    Code(
        "feed",
        "this entry comes from somebody else's feed: only sector, locality and length are changed here",
        "daw'r cofnod hwn o ffrwd rhywun arall: dim ond sector, ardal a hyd a newidir yma",
    ),
    Code(
        "organisation",
        "an organisation of the hub stands behind it: provider and sector are changed in its settings",
        "mae sefydliad o'r hwb y tu ôl iddo: newidir darparwr a sector yn ei osodiadau",
    ),
    Code(
        "place",
        "the locality of a gap is a place of the asset map (its outcode), or blank",
        "lle ar y map asedau (ei god allan) yw ardal bwlch, neu wag",
    ),
    Code("offer", "there is an offer within reach, so this is no gap", "mae cynnig o fewn cyrraedd, felly nid bwlch mo hwn"),
)
LINKS = CodeList(
    "what was found at a web address",
    "ours; issue (the living directory); RFC 9110",
    Code("there", "the page is there", "mae'r dudalen yno"),
    Code("gone", "the page is not there any more", "nid yw'r dudalen yno bellach"),
    Code(
        "elsewhere",
        "it leads to another address: look whether that is the right one",
        "mae'n arwain i gyfeiriad arall: edrychwch ai hwnnw yw'r un cywir",
    ),
    Code("unwell", "the page does not work now", "nid yw'r dudalen yn gweithio nawr"),
    Code("silent", "nothing answers there", "nid oes dim yn ateb yno"),
    Code(
        "not_asked",
        "it was not looked at: only https addresses are",
        "nid edrychwyd arno: dim ond cyfeiriadau https sy'n cael eu gwirio",
    ),
)
FIELDS = CodeList(
    "parts of an entry",
    "ours; S2-320",
    Code("description", "what it is", "beth ydyw"),
    Code("for_whom", "who it is for", "i bwy y mae"),
    Code("when_next", "when it is open", "pryd y mae ar agor"),
    Code("phones", "telephone", "ffôn"),
    Code("email", "e-mail", "e-bost"),
    Code("url", "web page", "tudalen we"),
    Code("places", "where it is", "ble y mae"),
    Code("how_to_start", "how to start", "sut i ddechrau"),
    Code("cost", "cost", "cost"),
    Code("accessibility", "access", "hygyrchedd"),
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
POSTCODE_FILES = CodeList(
    "national files of postcodes",
    "ONS Geography; Ordnance Survey",
    Code(
        "ons",
        "ONS Postcode Directory or National Statistics Postcode Lookup",
        "Cyfeirlyfr Codau Post neu Chwiliwr Codau Post y SYG",
    ),
    Code("os", "Code-Point Open", "Code-Point Open"),
)
STATES = ("confirmed", "unconfirmed", "closed")
OPEN_NOW = "open_now"
CHOICES = CodeList(
    "what somebody may keep to in the finder",
    "ours; part 9 of the living directory; S2-400",
    Code(OPEN_NOW, "open now", "ar agor nawr"),
    *WAYS.values(),
)
WRONG = CodeList(
    "what is said to be wrong with an entry",
    "ours; part 4 of the living directory",
    Code("unreached", "the number or address does not work", "nid yw'r rhif na'r cyfeiriad yn gweithio"),
    Code("closed", "it has closed", "mae wedi cau"),
    Code("moved", "it is somewhere else, or at other times", "mae yn rhywle arall, neu ar adegau eraill"),
    Code("full", "it is full, or the wait is longer", "mae'n llawn, neu mae'r aros yn hirach"),
    Code(
        "otherwise",
        "it is not what it says, or not for whom it says",
        "nid yw'r hyn y mae'n ei ddweud, nac i bwy y mae'n ei ddweud",
    ),
    Code("other", "something else", "rhywbeth arall"),
)
