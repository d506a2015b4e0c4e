"""Ways to reach somebody, and what helps to talk well. Source: pages.md (ask for help, 4 and 7); DAPB1605, DAPB4019."""

from alongside.vocabulary.codes import Code, CodeList

CHANNELS = CodeList(
    "channels",
    "pages.md, Ask for help 4",
    Code("call", "call", "galwad ffôn"),
    Code("text", "text message", "neges destun"),
    Code("email", "e-mail", "e-bost"),
    Code("letter", "letter", "llythyr"),
    Code("through", "through someone", "trwy rywun"),
)

TALKING_WELL = CodeList(
    "what helps us talk well",
    "pages.md, Ask for help 7; DAPB1605; DAPB4019",
    Code("welsh", "Welsh", "Cymraeg"),
    Code("interpreter", "an interpreter", "cyfieithydd ar y pryd"),
    Code("signing", "sign language", "iaith arwyddion"),
    Code("easy_read", "easy read", "hawdd ei ddeall"),
    Code("large_print", "large print", "print bras"),
    Code("text_relay", "text relay", "cyfnewid testun"),
    Code("somebody_with_me", "somebody with me", "rhywun gyda fi"),
    Code("in_person", "meeting in person", "cwrdd wyneb yn wyneb"),
    Code("by_phone", "talking by phone", "siarad dros y ffôn"),
    Code("by_video", "video", "fideo"),
    Code("quiet_place", "a quiet place", "lle tawel"),
    Code("at_home", "somewhere near home", "rhywle ger fy nghartref"),
)
