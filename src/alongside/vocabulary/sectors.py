"""Sectors of organisations; rights never depend on them (S0-36)."""

from alongside.vocabulary.codes import Code, CodeList

SECTORS = CodeList(
    "sectors",
    "ours",
    Code("practice", "general practice", "practis cyffredinol"),
    Code("nhs", "NHS or health board", "GIG neu fwrdd iechyd"),
    Code("council", "council", "cyngor"),
    Code("charity", "charity or community", "elusen neu gymuned"),
    Code("education", "education", "addysg"),
    Code("police", "police and justice", "heddlu a chyfiawnder"),
    Code("other", "other", "arall"),
)
