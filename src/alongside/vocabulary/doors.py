"""The doors by which somebody comes in; all make the same referral. Source: lists.md (Doors)."""

from alongside.vocabulary.codes import Code, CodeList

DOORS = CodeList(
    "doors",
    "lists.md, Doors",
    Code("self", "asked for themselves", "gofynnodd drosto'i hun"),
    Code("someone_worried", "a carer or someone worried", "gofalwr neu rywun sy'n poeni"),
    Code("gp", "GP or practice", "meddyg teulu neu bractis"),
    Code("receptionist", "receptionist", "derbynnydd"),
    Code("111", "111", "111"),
    Code("ambulance", "ambulance control", "rheolaeth ambiwlans"),
    Code("police", "police", "heddlu"),
    Code("school", "school or college", "ysgol neu goleg"),
    Code("council", "council (social care, housing, early help)", "cyngor (gofal cymdeithasol, tai, cymorth cynnar)"),
    Code("hospital", "hospital or emergency-department liaison", "ysbyty neu gyswllt adran frys"),
    Code("talking_therapies", "talking therapies", "therapïau siarad"),
    Code("mental_health_trust", "mental-health trust", "ymddiriedolaeth iechyd meddwl"),
    Code("charity", "charity", "elusen"),
    Code("walk_in", "walked in", "cerddodd i mewn"),
    Code("telephone", "telephone", "ffôn"),
    Code("paper", "paper form", "ffurflen bapur"),
    Code("message", "standards message", "neges safonol"),
)
