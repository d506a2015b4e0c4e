"""Code lists of access."""

from __future__ import annotations

from alongside.vocabulary.codes import Code, CodeList

CATEGORIES = CodeList(
    "categories of the record",
    "trust.md C04 (agreements by category); design.md section 5; the grouping is ours",
    Code("asking", "how they came in, and what was decided", "sut y daethant i mewn, a'r hyn a benderfynwyd"),
    Code("story", "their story", "eu stori"),
    Code("conversation", "the conversation and their needs", "y sgwrs a'u hanghenion"),
    Code("introductions", "introductions and signposts", "cyflwyniadau a chyfeirio"),
    Code("contacts", "meetings, calls and what is to be done", "cyfarfodydd, galwadau a'r hyn sydd i'w wneud"),
    Code("around", "family, carers and whoever depends on them", "teulu, gofalwyr a phwy bynnag sy'n dibynnu arnynt"),
    Code("body", "allergies and medicines", "alergeddau a meddyginiaethau"),
)
"""What an agreement may cover; who somebody is goes with any of them."""

WHAT_LEAVES = CodeList(
    "what leaves the hub as a file or on paper",
    "ours; trust.md C19, C23",
    Code("caseload", "the people whom a worker holds", "y bobl y mae gweithiwr yn eu dal"),
    Code("calendar", "a worker's days, without content", "dyddiau gweithiwr, heb gynnwys"),
    Code("own_copy", "a person's copy of their own record", "copi person o'i gofnod ei hun"),
    Code("downtime_pack", "a pack for when the hub cannot be reached", "pecyn ar gyfer pan na ellir cyrraedd yr hwb"),
    Code("asset_map", "services and needs, about nobody", "gwasanaethau ac anghenion, am neb"),
    Code("attachment", "a picture or paper that somebody gave", "llun neu bapur a roddodd rhywun"),
)

WHY_OWN_PEOPLE = CodeList(
    "why a worker takes out something about the people they hold",
    "ours; trust.md C19",
    Code("visits", "for visits or calls away from a computer", "ar gyfer ymweliadau neu alwadau i ffwrdd o gyfrifiadur"),
    Code("meeting", "for a meeting about these people", "ar gyfer cyfarfod am y bobl hyn"),
    Code("outage", "in case the hub cannot be reached", "rhag ofn na ellir cyrraedd yr hwb"),
)

WHY_DOWNTIME = CodeList(
    "why a pack for when the hub cannot be reached is made",
    "ours; trust.md C30",
    Code("downtime", "in case the hub cannot be reached", "rhag ofn na ellir cyrraedd yr hwb"),
    Code("planned", "the hub will be closed for a while", "bydd yr hwb ar gau am gyfnod"),
    Code("practice", "to practise a day without it", "i ymarfer diwrnod hebddo"),
)

WHY_ASSETS = CodeList(
    "why the services and needs of a hub are taken out",
    "ours; S2-455",
    Code("planning", "to plan what is missing", "i gynllunio'r hyn sydd ar goll"),
    Code("partners", "for partners to look through and complete", "i bartneriaid edrych drwyddo a'i gwblhau"),
)

WHY_TAKEN_OUT = CodeList(
    "why something is taken out of the hub",
    "ours; trust.md C19",
    *WHY_OWN_PEOPLE.values(),
    *WHY_DOWNTIME.values(),
    *WHY_ASSETS.values(),
    Code("asked", "the person asked for it", "gofynnodd y person amdano"),
    Code("work", "to read it beside the record", "i'w ddarllen wrth ymyl y cofnod"),
)

PARTICIPATION = CodeList(
    "participation of a partner",
    "trust.md section 0, decision 5",
    Code(
        "full",
        "one record with the others",
        "un cofnod gyda'r lleill",
        note="Shares by the agreements that it has signed, and sees what they share.",
    ),
    Code(
        "pointer",
        "a pointer only",
        "pwyntydd yn unig",
        note="Keeps its own notes. Others read that the person is known to a support service, unnamed, and whom to ring.",
    ),
    Code(
        "aggregate",
        "figures only",
        "ffigurau yn unig",
        note="Keeps its own notes. Others do not read that the person is known there; it counts in the figures of the hub.",
    ),
)
