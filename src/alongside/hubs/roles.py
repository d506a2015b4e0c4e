"""The role table: what each role sees and does. It is data; seeing always needs a relationship as well.

Source: lists.md (Roles).
"""

from __future__ import annotations

from dataclasses import dataclass

from alongside.vocabulary.codes import Code, CodeList


@dataclass(frozen=True, slots=True)
class Role:
    """One row of the table: the labels of items it may see and the things it may do."""

    sees: tuple[str, ...]
    does: frozenset[str]
    note: str = ""
    """Why it does what its row of lists.md does not name."""


ACTIONS = CodeList(
    "actions",
    "lists.md, Roles",
    Code("bring_in", "bring someone in", "dod â rhywun i mewn"),
    Code("triage", "decide at triage", "penderfynu wrth frysbennu"),
    Code("hold", "hold someone", "dal rhywun"),
    Code("read_story", "read the story", "darllen y stori"),
    Code("converse", "have the conversation", "cynnal y sgwrs"),
    Code("introduce", "introduce someone", "cyflwyno rhywun"),
    Code("contact", "log a contact", "cofnodi cyswllt"),
    Code("book", "keep the diary", "cadw'r dyddiadur"),
    Code("crisis_call", "take a crisis call", "cymryd galwad argyfwng"),
    Code("match", "settle who is who", "setlo pwy yw pwy"),
    Code("break_glass", "open a record in an emergency", "agor cofnod mewn argyfwng"),
    Code("override", "share for somebody's safety", "rhannu er diogelwch rhywun"),
    Code("open_vault", "open an address that is held securely", "agor cyfeiriad sy'n cael ei gadw'n ddiogel"),
    Code("exclusions", "settle exclusions", "setlo eithriadau"),
    Code("keep_directory", "keep directory entries", "cadw cofnodion y cyfeiriadur"),
    Code("plan", "see what there is and what is missing", "gweld yr hyn sydd ar gael a'r hyn sydd ar goll"),
    Code("allocate", "allocate and arrange cover", "dyrannu a threfnu cyflenwi"),
    Code("approve_sharing", "approve what partners share", "cymeradwyo'r hyn y mae partneriaid yn ei rannu"),
    Code("settings", "change the hub's settings", "newid gosodiadau'r hwb"),
    Code("technical", "change technical settings", "newid gosodiadau technegol"),
    Code("see_looks", "see who looked, and review it", "gweld pwy edrychodd, a'i adolygu"),
    Code("downtime", "have a pack for when the hub cannot be reached", "cael pecyn ar gyfer pan na ellir cyrraedd yr hwb"),
    Code("approve_exports", "approve lists that others take out", "cymeradwyo rhestrau y mae eraill yn eu cymryd allan"),
    Code("data_rights", "answer what people ask of their own record", "ateb yr hyn y mae pobl yn ei ofyn am eu cofnod eu hunain"),
)

_BOTH = ("open", "sensitive")
_LINK = frozenset({"bring_in", "read_story", "converse", "hold", "introduce", "contact", "break_glass", "open_vault"})
_WELLBEING = _LINK | {"triage", "crisis_call", "match"}
_ANY_DOOR = "Whoever is asked brings somebody in (promise 1)."
_AT_TRIAGE = "Who decides at triage takes the crisis call, and settles who is who."
_VISITS = "Whoever visits, or sends something, opens one address at a time, with a reason (trust.md C11)."
_TWO = "Two people approve what partners share, and one who proposed it is neither (trust.md C04)."
_SECOND = "A second person says yes before a list of several people leaves (trust.md T07)."
_PACK = "Whoever is at a duty desk, or leads, has the pack for when the hub cannot be reached (trust.md C30)."
_EYES = "A second pair of eyes reads what leaves when somebody asks for their own record (trust.md C35)."
_HANDS = "Whoever holds can introduce, and writes down that they met (promise 4)."

ROLES: dict[str, Role] = {
    "referrer": Role((), frozenset({"bring_in"})),
    "registered_practice": Role(("open",), frozenset({"bring_in", "read_story"})),
    "administrator": Role((), frozenset({"bring_in", "book"})),
    "wellbeing_practitioner": Role(_BOTH, _WELLBEING, f"{_ANY_DOOR} {_AT_TRIAGE} {_VISITS}"),
    "link_worker": Role(_BOTH, _LINK, f"{_ANY_DOOR} {_VISITS}"),
    "therapist": Role(_BOTH, frozenset({"read_story", "hold", "introduce", "contact", "break_glass"}), _HANDS),
    "student": Role(_BOTH, frozenset({"read_story", "contact"})),
    "coordinator": Role(_BOTH, _WELLBEING, f"{_ANY_DOOR} {_AT_TRIAGE} {_VISITS}"),
    "specialist": Role(
        _BOTH,
        frozenset({"read_story", "hold", "introduce", "contact", "break_glass", "open_vault"}),
        f"Until there is the ask, a specialist joins by an introduction, and whoever was met holds. {_HANDS} {_VISITS}",
    ),
    "duty_worker": Role(
        _BOTH,
        frozenset(
            {
                "bring_in",
                "read_story",
                "triage",
                "crisis_call",
                "match",
                "hold",
                "introduce",
                "contact",
                "break_glass",
                "open_vault",
                "downtime",
            }
        ),
        f"{_ANY_DOOR} {_AT_TRIAGE} {_HANDS} {_VISITS} {_PACK}",
    ),
    "crisis_door": Role((), frozenset({"bring_in", "contact", "break_glass"}), _ANY_DOOR),
    "ward_chair": Role((), frozenset()),
    "safeguarding_lead": Role(
        _BOTH,
        frozenset({"read_story", "exclusions", "override", "break_glass", "approve_sharing", "data_rights", "downtime"}),
        f"{_TWO} {_EYES} {_PACK}",
    ),
    "service_editor": Role((), frozenset({"keep_directory"})),
    "service_lead": Role((), frozenset({"allocate", "downtime"}), f"{_PACK} Sealed only: a lead reads nothing of it."),
    "privacy_officer": Role(
        (), frozenset({"see_looks", "approve_sharing", "approve_exports", "data_rights"}), f"{_TWO} {_SECOND}"
    ),
    "analyst": Role((), frozenset({"plan"})),
    "hub_lead": Role(
        (),
        frozenset({"settings", "keep_directory", "plan", "approve_sharing", "approve_exports", "downtime"}),
        f"A lead approves changed entries, so keeps them as well. {_TWO} {_SECOND} {_PACK} Sealed only.",
    ),
    "system_administrator": Role((), frozenset({"technical"})),
}

ROLE_WORDS = CodeList(
    "roles",
    "lists.md, Roles",
    Code("referrer", "referrer at a door", "atgyfeiriwr wrth ddrws"),
    Code("registered_practice", "registered practice", "practis cofrestredig"),
    Code("administrator", "reception and administration", "derbynfa a gweinyddu"),
    Code("wellbeing_practitioner", "wellbeing practitioner", "ymarferydd llesiant"),
    Code("link_worker", "link worker, connector or peer worker", "gweithiwr cyswllt, cysylltydd neu weithiwr cymheiriaid"),
    Code("therapist", "therapist or counsellor", "therapydd neu gwnselydd"),
    Code("student", "student", "myfyriwr"),
    Code("coordinator", "complex-needs coordinator", "cydlynydd anghenion cymhleth"),
    Code("specialist", "specialist", "arbenigwr"),
    Code("duty_worker", "duty worker", "gweithiwr ar ddyletswydd"),
    Code("crisis_door", "crisis door", "drws argyfwng"),
    Code("ward_chair", "virtual-ward chair", "cadeirydd y ward rithwir"),
    Code("safeguarding_lead", "safeguarding lead", "arweinydd diogelu"),
    Code("service_editor", "service editor", "golygydd gwasanaeth"),
    Code("service_lead", "service lead or supervisor", "arweinydd gwasanaeth neu oruchwyliwr"),
    Code("privacy_officer", "privacy officer", "swyddog preifatrwydd"),
    Code("analyst", "analyst or commissioner", "dadansoddwr neu gomisiynydd"),
    Code("hub_lead", "hub lead", "arweinydd yr hwb"),
    Code("system_administrator", "system administrator", "gweinyddwr system"),
)


def roles_that(action: str) -> list[str]:
    """Name the roles that do something."""
    return [code for code, role in ROLES.items() if action in role.does]
