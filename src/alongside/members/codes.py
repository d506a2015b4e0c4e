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
    Code(
        "alert_ends",
        "your alert ends soon: write it again, or let it end",
        "daw eich rhybudd i ben yn fuan: ysgrifennwch ef eto, neu gadewch iddo ddod i ben",
    ),
    Code(
        "alert_is_yours",
        "an alert is yours now: whoever had it is with them no longer",
        "mae rhybudd yn eiddo i chi nawr: nid yw pwy bynnag oedd ganddo gyda nhw bellach",
    ),
    Code(
        "answer_challenge",
        "they say that something in their record is not right: see that they are answered",
        "dywedant nad yw rhywbeth yn eu cofnod yn gywir: gofalwch eu bod yn cael ateb",
    ),
    Code(
        "carer_choice_ends",
        "ask them again what a carer may be told: the choice ends by itself",
        "gofynnwch iddynt eto beth y caniateir ei ddweud wrth ofalwr: daw'r dewis i ben ohono'i hun",
    ),
    Code(
        "carer_birthday",
        "a birthday ends what a carer may be told: ask them what they choose now",
        "mae pen-blwydd yn dod â'r hyn y caniateir ei ddweud wrth ofalwr i ben: gofynnwch beth y maent yn ei ddewis nawr",
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
    Code(
        "message_not_working",
        "a message was not sent: what is sent that way comes back. Find another way",
        "ni anfonwyd neges: mae'r hyn a anfonir felly yn dod yn ôl. Dewch o hyd i ffordd arall",
    ),
    Code(
        "message_young_not_theirs",
        "a message was not sent: they are under 18 and that way is somebody else's. Ask them",
        "ni anfonwyd neges: maent o dan 18 oed ac mae'r ffordd honno'n eiddo i rywun arall. Gofynnwch iddynt",
    ),
    Code(
        "message_young_seen",
        "a message was not sent: they are under 18 and others may see it. Ask them whether that is all right",
        "ni anfonwyd neges: maent o dan 18 oed a gall eraill ei gweld. Gofynnwch iddynt a yw hynny'n iawn",
    ),
    Code(
        "message_young_letter",
        "a letter was not sent: they are under 16 and others may open it. Ask them whether that is all right",
        "ni anfonwyd llythyr: maent o dan 16 oed a gall eraill ei agor. Gofynnwch iddynt a yw hynny'n iawn",
    ),
    Code(
        "message_times_unclear",
        "a message waits for a time that only a person can judge: read when they said",
        "mae neges yn aros am amser na all ond person ei farnu: darllenwch pryd y dywedon nhw",
    ),
    Code(
        "message_too_many",
        "a message was not sent: that number or address has had its share today",
        "ni anfonwyd neges: mae'r rhif neu'r cyfeiriad hwnnw wedi cael ei gyfran heddiw",
    ),
    Code(
        "message_too_many_today",
        "a message was not sent: the hub has sent its share today",
        "ni anfonwyd neges: mae'r hyb wedi anfon ei gyfran heddiw",
    ),
    Code(
        "message_perhaps_sent",
        "a message may or may not have left: ask whether it arrived",
        "efallai i neges adael, efallai ddim: gofynnwch a gyrhaeddodd",
    ),
    Code("message_not_sendable", "call them or go through the one they named", "ffoniwch nhw neu ewch drwy'r un a enwyd"),
    Code("message_too_late", "a code to sign in would have come at a bad time", "byddai cod mewngofnodi wedi dod ar amser gwael"),
    Code("message_no_sender", "a text or letter is to be sent by somebody", "mae angen i rywun anfon testun neu lythyr"),
    Code(
        "message_not_released",
        "a message was kept back after a restore and not sent: see what they need to hear",
        "cadwyd neges yn ôl ar ôl adfer ac nis anfonwyd: edrychwch beth sydd angen iddynt ei glywed",
    ),
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
    Code(
        "review_withheld",
        "something is kept from them: look again whether it still must be",
        "mae rhywbeth yn cael ei gadw oddi wrthynt: edrychwch eto a oes rhaid o hyd",
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
