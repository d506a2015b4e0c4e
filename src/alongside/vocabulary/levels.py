"""Levels of support: a level chooses who works with a person, never whether. Source: lists.md; S0-30, S1-06."""

from alongside.vocabulary.codes import Code, CodeList

LEVELS = CodeList(
    "levels of support",
    "lists.md, Levels of support; ours",
    Code("0", "find it yourself", "dod o hyd iddo eich hun"),
    Code("1", "a hand to get started", "help llaw i ddechrau"),
    Code("2", "someone alongside for a while", "rhywun ochr yn ochr am sbel"),
    Code("3", "therapy or a structured course", "therapi neu gwrs strwythuredig"),
    Code("4", "complex needs, one coordinator over months", "anghenion cymhleth, un cydlynydd dros fisoedd"),
    Code("5", "specialists alongside", "arbenigwyr ochr yn ochr"),
)
