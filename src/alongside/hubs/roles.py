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
    Code("exclusions", "settle exclusions", "setlo eithriadau"),
    Code("keep_directory", "keep directory entries", "cadw cofnodion y cyfeiriadur"),
    Code("allocate", "allocate and arrange cover", "dyrannu a threfnu cyflenwi"),
    Code("settings", "change the hub's settings", "newid gosodiadau'r hwb"),
    Code("technical", "change technical settings", "newid gosodiadau technegol"),
    Code("see_looks", "see who looked", "gweld pwy edrychodd"),
)

_CARE = frozenset({"bring_in", "hold", "read_story", "converse", "introduce", "contact", "book"})
_BOTH = ("open", "sensitive")

ROLES: dict[str, Role] = {
    "referrer": Role((), frozenset({"bring_in"})),
    "registered_practice": Role(("open",), frozenset({"bring_in", "read_story", "contact"})),
    "administrator": Role((), frozenset({"bring_in", "book"})),
    "wellbeing_practitioner": Role(_BOTH, _CARE | {"triage", "crisis_call"}),
    "link_worker": Role(_BOTH, _CARE),
    "therapist": Role(_BOTH, _CARE),
    "student": Role(_BOTH, frozenset({"read_story", "contact", "converse"})),
    "coordinator": Role(_BOTH, _CARE | {"triage", "crisis_call"}),
    "specialist": Role(_BOTH, _CARE),
    "duty_worker": Role(_BOTH, _CARE | {"triage", "crisis_call", "match"}),
    "crisis_door": Role((), frozenset({"bring_in", "contact"})),
    "ward_chair": Role((), frozenset()),
    "safeguarding_lead": Role(_BOTH, frozenset({"read_story", "exclusions", "match"})),
    "service_editor": Role((), frozenset({"keep_directory"})),
    "service_lead": Role((), frozenset({"allocate", "keep_directory", "match"})),
    "privacy_officer": Role((), frozenset({"see_looks"})),
    "analyst": Role((), frozenset()),
    "hub_lead": Role((), frozenset({"settings", "keep_directory", "allocate"})),
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
