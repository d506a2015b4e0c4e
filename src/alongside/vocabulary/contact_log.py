"""The contact log: tried, met, missed, with the national codes. Source: lists.md (Contact log); MHSDS MHS201.

National attendance codes: 5 and 6 attended, 2 and 4 cancelled, 3 did not attend, 7 arrived late and not seen.
National consultation mechanism: 01 face to face, 02 telephone, 11 video, 09 text message. A text conversation is not 04 (talk type for a
person unable to speak): 04 counts in MHS108 and a text does not (standards.md, MHSDS).
"""

from alongside.vocabulary.codes import Code, CodeList

OUTCOMES = CodeList(
    "contact outcomes",
    "lists.md, Contact log; MHSDS attendance codes",
    Code("no_answer", "tried: no answer", "ceisiwyd: dim ateb"),
    Code("voicemail", "tried: voicemail left", "ceisiwyd: gadawyd neges llais"),
    Code("number_wrong", "tried: number wrong", "ceisiwyd: rhif anghywir"),
    Code("message_sent", "tried: message sent", "ceisiwyd: anfonwyd neges"),
    Code("another_time", "they asked for another time", "gofynnwyd am amser arall"),
    Code("met", "met", "cyfarfod", national="5", colour="green"),
    Code("missed_without_notice", "missed without notice", "colli heb rybudd", national="3"),
    Code("missed_with_notice", "missed with notice by them", "colli gyda rhybudd ganddynt", national="2"),
    Code("we_cancelled", "missed with notice by us", "colli gyda rhybudd gennym ni", national="4"),
)
MISSED = ("missed_without_notice", "missed_with_notice", "we_cancelled")

MODES = CodeList(
    "contact modes",
    "lists.md, Contact log; MHSDS consultation mechanism",
    Code("in_person", "in person", "wyneb yn wyneb", national="01"),
    Code("telephone", "telephone", "ffôn", national="02"),
    Code("video", "video", "fideo", national="11"),
    Code("text", "text conversation", "sgwrs destun", national="09"),
)
