"""Words of Nobody lost, and of the timeline."""

from alongside.vocabulary.codes import Code, CodeList

LOST = CodeList(
    "why somebody is on Nobody lost",
    "part C12; S0-28, S2-238",
    Code(
        "no_live_holder",
        "nobody who works here holds them: choose a holder",
        "nid oes neb sy'n gweithio yma yn eu dal: dewiswch ddaliwr",
        colour="red",
    ),
    Code(
        "next_date_passed",
        "the next date has passed: get in touch, or set a new one",
        "mae'r dyddiad nesaf wedi mynd heibio: cysylltwch, neu gosodwch un newydd",
        colour="orange",
    ),
    Code(
        "waits_for_triage", "waits too long for triage: decide", "yn aros yn rhy hir am frysbennu: penderfynwch", colour="orange"
    ),
    Code(
        "not_looked_at",
        "may be spam, and nobody has looked: look",
        "gall fod yn sbam, a does neb wedi edrych: edrychwch",
        colour="orange",
    ),
    Code(
        "introduction_unanswered",
        "an introduction waits too long for an answer: ask, or offer the next fit",
        "mae cyflwyniad yn aros yn rhy hir am ateb: holwch, neu gynnig yr un nesaf",
        colour="orange",
    ),
    Code(
        "crisis_call_open",
        "a crisis call that nobody has taken: call now",
        "galwad argyfwng nad oes neb wedi'i chymryd: ffoniwch nawr",
        colour="red",
    ),
    Code(
        "message_failed",
        "a message could not be delivered: try another way",
        "ni ellid danfon neges: rhowch gynnig ar ffordd arall",
        colour="orange",
    ),
    Code(
        "match_untouched",
        "may be two records of one person: settle who is who",
        "gall fod yn ddau gofnod o un person: setlwch pwy yw pwy",
        colour="yellow",
    ),
)
TIMELINE = CodeList(
    "lines of the timeline",
    "the names of commands (journal)",
    Code("referral.received", "came in", "daeth i mewn"),
    Code("referral.brought_in", "brought in", "daethpwyd i mewn"),
    Code("draft.finished", "asked for help", "gofynnodd am help"),
    Code("referral.triaged", "decided at triage", "penderfynwyd wrth frysbennu"),
    Code("referral.added_to", "said more", "dywedodd fwy"),
    Code("member.passed_on", "a new holder", "daliwr newydd"),
    Code("member.next_date_set", "next date set", "gosodwyd y dyddiad nesaf"),
    Code("member.rested", "rests", "yn gorffwys"),
    Code("member.brought_back", "back", "yn ôl"),
    Code("contact.logged", "contact", "cyswllt"),
    Code("story.added", "written down", "ysgrifennwyd"),
    Code("story.read", "story read", "darllenwyd y stori"),
    Code("conversation.begun", "conversation begun", "dechreuwyd y sgwrs"),
    Code("conversation.saved", "conversation saved", "cadwyd y sgwrs"),
    Code("needs.ranked", "needs ranked", "anghenion wedi'u rhestru"),
    Code("handover.offered", "introduction offered", "cynigiwyd cyflwyniad"),
    Code("handover.answered", "introduction answered", "atebwyd cyflwyniad"),
    Code("handover.answered_by_link", "introduction answered by link", "atebwyd cyflwyniad drwy ddolen"),
    Code("handover.answer_written_down", "answer written down", "ysgrifennwyd yr ateb"),
    Code("handover.introduced", "introduced", "cyflwynwyd"),
    Code("handover.met", "met", "cwrddwyd"),
    Code("handover.settled", "settled", "setlwyd"),
    Code("signpost.given", "told of a service", "soniwyd am wasanaeth"),
    Code("task.done", "done", "gwnaed"),
    Code("message.delivered", "message", "neges"),
    Code("crisis_call.opened", "crisis call opened", "agorwyd galwad argyfwng"),
    Code("crisis_call.taken", "crisis call taken", "cymerwyd galwad argyfwng"),
)
