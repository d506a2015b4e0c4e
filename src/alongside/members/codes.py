"""Words for tasks, for why a holding began, and for what comes next."""

from alongside.vocabulary.codes import Code, CodeList

TASKS = CodeList(
    "tasks and call-backs",
    "ours",
    Code("asked_again", "they asked again: get in touch", "gofynnon nhw eto: cysylltwch"),
    Code("got_worse", "it got worse: get in touch today", "mae wedi gwaethygu: cysylltwch heddiw", colour="red"),
    Code("changed_mind", "they have changed their mind: talk with them", "maent wedi newid eu meddwl: siaradwch â nhw"),
    Code("invitation_unanswered", "the invitation was not answered: call them", "ni atebwyd y gwahoddiad: ffoniwch nhw"),
    Code("missed_meeting", "a meeting was missed: get in touch kindly", "collwyd cyfarfod: cysylltwch yn garedig"),
    Code(
        "introduction_unanswered",
        "an introduction waits too long: ask, or offer the next fit",
        "mae cyflwyniad yn aros yn rhy hir: holwch, neu gynnig yr un nesaf",
    ),
    Code("offer_next_fit", "find the next fit", "dod o hyd i'r un nesaf sy'n addas"),
    Code("ask_if_settled", "ask how the introduction goes", "gofyn sut mae'r cyflwyniad yn mynd"),
    Code(
        "signpost_left_behind",
        "ask how it went with what they were told of: whoever told them has left",
        "gofynnwch sut aeth hi gyda'r hyn a awgrymwyd: mae pwy bynnag a'i hawgrymodd wedi gadael",
    ),
    Code("not_met", "they say they have not met: find out", "dywedant nad ydynt wedi cwrdd: holwch"),
    Code("family_follow_up", "think of the family", "meddwl am y teulu"),
    Code(
        "say_hello",
        "say hello: the day agreed with them has passed",
        "dweud helo: mae'r dyddiad y cytunwyd arno wedi mynd heibio",
    ),
    Code(
        "opened_in_emergency",
        "their record was opened in an emergency: read why, and get in touch",
        "agorwyd eu cofnod mewn argyfwng: darllenwch pam, a chysylltwch",
        colour="red",
    ),
    Code("tell_of_new_holder", "tell them that you hold them now", "dweud wrthynt mai chi sy'n eu dal nawr"),
    Code(
        "find_safe_way",
        "a number was wrong: find a safe way to reach them",
        "roedd rhif yn anghywir: dod o hyd i ffordd ddiogel o gysylltu",
    ),
    Code("revoked", "the sender took the message back: ask the person", "tynnodd yr anfonwr y neges yn ôl: gofynnwch i'r person"),
    Code(
        "told_more",
        "the sender told us more: read it and get in touch",
        "dywedodd yr anfonwr fwy wrthym: darllenwch a chysylltwch",
    ),
    Code("message_resting", "a message was not sent: they rest and want none", "ni anfonwyd neges: maent yn gorffwys"),
    Code("message_not_looked_at", "a message waits until somebody has looked", "mae neges yn aros nes i rywun edrych"),
    Code(
        "message_no_way", "a message had no way to go: find a safe one", "nid oedd ffordd i anfon neges: dod o hyd i un ddiogel"
    ),
    Code("message_ended", "a message was not sent: that way has ended", "ni anfonwyd neges: mae'r ffordd honno wedi dod i ben"),
    Code(
        "message_not_safe", "a message was not sent: that way is not safe", "ni anfonwyd neges: nid yw'r ffordd honno'n ddiogel"
    ),
    Code(
        "message_not_theirs",
        "a message was not sent: that way is somebody else's",
        "ni anfonwyd neges: ffordd rhywun arall yw honno",
    ),
    Code(
        "message_not_confirmed",
        "a message was not sent: ask whether that way is safe",
        "ni anfonwyd neges: gofynnwch a yw'r ffordd yn ddiogel",
    ),
    Code("message_confirm_again", "ask again whether that way is still safe", "gofynnwch eto a yw'r ffordd yn dal yn ddiogel"),
    Code("message_not_sendable", "call them or go through the one they named", "ffoniwch nhw neu ewch drwy'r un a enwyd"),
    Code("message_no_sender", "a text or letter is to be sent by somebody", "mae angen i rywun anfon testun neu lythyr"),
    Code(
        "message_failed",
        "a message could not be delivered: try another way",
        "ni ellid danfon neges: rhowch gynnig ar ffordd arall",
    ),
    Code(
        "partner_not_reached",
        "an introduction could not be e-mailed: give them the link another way",
        "ni ellid e-bostio cyflwyniad: rhowch y ddolen iddynt mewn ffordd arall",
    ),
    Code("do", "to do", "i'w wneud"),
)
WHY = CodeList(
    "why a holding began",
    "ours",
    Code("came_in", "came in", "daeth i mewn"),
    Code("triage", "decided at triage", "penderfynwyd wrth frysbennu"),
    Code("met", "met after an introduction", "cwrddwyd ar ôl cyflwyniad"),
    Code("not_met", "they had not met", "nid oeddent wedi cwrdd"),
    Code("worker_left", "a worker left", "gadawodd gweithiwr"),
    Code("team_ended", "a team ended", "daeth tîm i ben"),
    Code("agreed", "agreed with the person", "cytunwyd gyda'r person"),
    Code("told", "passed on; the person knows", "trosglwyddwyd; mae'r person yn gwybod"),
    Code("not_told", "passed on; the person had not been told yet", "trosglwyddwyd; nid oedd y person wedi cael gwybod eto"),
    Code("cover", "cover", "cyflenwi"),
)
WHY_TAKEN_BACK = CodeList(
    "how a death came to be written down by mistake",
    "ours",
    Code("somebody_else", "it was about somebody else", "roedd am rywun arall"),
    Code("told_wrongly", "we had been told wrongly", "roeddem wedi cael gwybodaeth anghywir"),
    Code("slip", "it was a slip of the hand", "llithriad llaw oedd hyn"),
)
NEXT = CodeList(
    "what comes next",
    "ours",
    Code("triage", "first contact", "cyswllt cyntaf"),
    Code("call", "call", "galwad"),
    Code("meet", "meet", "cwrdd"),
    Code("hello", "say hello", "dweud helo"),
    Code("", "get in touch", "cysylltu"),
)
STATES = ("active", "resting")
