"""Code lists of a person's choices: what a carer may be told, and where two of them pull in two directions."""

from __future__ import annotations

from alongside.vocabulary.codes import Code, CodeList

TOPICS = CodeList(
    "what a carer may be told",
    "ours; trust.md T21, C10, C11; S2-364 (a choice per carer and topic)",
    Code("day", "on which day they meet us", "ar ba ddiwrnod y maent yn cwrdd â ni"),
    Code("how", "how they are", "sut y maent"),
    Code("plan", "their plan", "eu cynllun"),
    Code("crisis", "what to do in a crisis", "beth i'w wneud mewn argyfwng"),
    Code("where", "when and where they meet us", "pryd a ble y maent yn cwrdd â ni",
         note="Where somebody is at a certain hour can be misused. Ask first whether anybody might wait for them there."),
)  # fmt: skip
"""Nothing is ticked beforehand; place and hour come last, and never by default."""

ENDED = CodeList(
    "why a choice about a carer ended",
    "trust.md C10, T21",
    Code("chosen_again", "they chose again", "dewisasant eto"),
    Code("taken_back", "they took it back", "cymerasant ef yn ôl"),
    Code("review_day", "its day has come", "daeth ei ddiwrnod"),
    Code(
        "birthday",
        "they are 11 or 16 now, and choose for themselves",
        "maent yn 11 neu'n 16 nawr, ac yn dewis drostynt eu hunain",
    ),
)

CONFLICTS = CodeList(
    "choices that pull in two directions",
    "issue “trust”, A5: conflicts are shown as conflicts",
    Code("holder", "Whoever holds them sees only what their own organisation wrote. Is that still what is wanted?",
         "Dim ond yr hyn a ysgrifennodd eu sefydliad eu hunain y mae pwy bynnag sy'n eu dal yn ei weld. Ai dyna a ddymunir o hyd?"),
    Code("only_way", "%(name)s may be told nothing, and is the only way to reach them. Find another way, or choose again.",
         "Ni chaniateir dweud dim wrth %(name)s, a dyma'r unig ffordd o gyrraedd atynt. Dewch o hyd i ffordd arall, neu dewiswch eto."),
    Code("a_way", "%(name)s may be told nothing, and is one of the ways to reach them. Say nothing there but that they should ring.",
         "Ni chaniateir dweud dim wrth %(name)s, a dyma un o'r ffyrdd o gyrraedd atynt. Peidiwch â dweud dim yno ond y dylent ffonio."),
)  # fmt: skip

ITEM = CodeList(
    "who may see one item",
    "promise 8; trust.md C05",
    Code("all", "everybody with whom it is shared by agreement", "pawb y caiff ei rannu â nhw drwy gytundeb"),
    Code("author", "only the organisation that wrote it", "dim ond y sefydliad a'i hysgrifennodd"),
)
"""The other choices are "not this organisation", one for each partner."""
