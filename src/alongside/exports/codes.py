"""Code lists of lists that leave with a second yes: where one stands, why not."""

from __future__ import annotations

from alongside.vocabulary.codes import Code, CodeList

STATUS = CodeList(
    "where a list that somebody asked for stands",
    "ours; trust.md T07",
    Code("waits", "waits for a yes", "yn aros am ie", colour="blue"),
    Code("approved", "may be taken", "gellir ei chymryd", colour="green"),
    Code("not_approved", "not approved", "heb ei chymeradwyo", colour="orange"),
    Code("asked_anew", "asked for anew", "gofynnwyd amdani o'r newydd", colour="grey"),
    Code("taken", "taken", "wedi'i chymryd", colour="grey"),
    Code("over", "its 24 hours are over", "mae ei 24 awr ar ben", colour="grey"),
)

WHY_NOT = CodeList(
    "why a list does not leave",
    "ours; trust.md T07",
    Code("too_many", "it holds more people than that needs", "mae'n cynnwys mwy o bobl nag sydd ei angen"),
    Code("on_screen", "it can be read on the screen instead", "gellir ei darllen ar y sgrin yn lle hynny"),
    Code("talk_first", "let us talk about it first", "gadewch i ni siarad amdani yn gyntaf"),
    Code("not_known", "whoever asks says that it was not they", "dywed y sawl a enwir nad nhw a ofynnodd", colour="red"),
)
