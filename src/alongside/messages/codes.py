"""How far a message has come, and why one did not arrive, in words."""

from alongside.vocabulary.codes import Code, CodeList

STATES = CodeList(
    "how far a message has come",
    "ours; trust.md P5 (sent is not delivered)",
    Code("made", "made", "wedi'i gwneud"),
    Code("waits", "waits for a good time", "yn aros am amser da"),
    Code("tried", "tried, and will be tried again", "wedi ceisio, a bydd yn cael ei cheisio eto"),
    Code("sending", "being sent", "yn cael ei hanfon"),
    Code("held", "held until a lead has looked", "wedi'i dal nes i arweinydd edrych", colour="yellow"),
    Code("sent", "sent", "wedi'i hanfon", colour="blue"),
    Code("posted", "printed and posted", "wedi'i hargraffu a'i phostio", colour="blue"),
    Code("late", "sent, and late on its way", "wedi'i hanfon, ac yn hwyr ar ei ffordd", colour="yellow"),
    Code("delivered", "delivered", "wedi cyrraedd", colour="green"),
    Code("failed", "did not arrive", "heb gyrraedd", colour="red"),
    Code("perhaps", "may not have left", "efallai heb adael", colour="red"),
    Code("stopped", "not sent", "heb ei hanfon", colour="yellow"),
)
# Only a machine turns anything down here, and never a person: the facts say "refused", as mail servers do, and the words do not.
WHY_FAILED = CodeList(
    "why a message did not arrive",
    "ours; GOV.UK Notify (message statuses); RFC 5321; RFC 3464",
    Code("address_turned_down", "there is nobody at that address", "nid oes neb yn y cyfeiriad hwnnw"),
    Code("address_unusable", "that is no number or address", "nid yw hwnnw'n rhif nac yn gyfeiriad"),
    Code("server_turned_down", "the mail server did not take it", "ni dderbyniodd y gweinydd post hi"),
    Code("not_reached", "nobody could be reached to send it", "ni ellid cyrraedd neb i'w hanfon"),
    Code("not_let_in", "our own sign-in to send it does not work", "nid yw ein mewngofnodi ni i'w hanfon yn gweithio"),
    Code("busy", "whoever sends it took no more", "ni chymerodd yr anfonwr ragor"),
    Code("server_fault", "whoever sends it was not well", "nid oedd yr anfonwr yn iawn"),
    Code("not_understood", "whoever sends it was not understood", "ni ddeallwyd yr anfonwr"),
    Code("turned_down", "whoever sends it did not take it", "ni dderbyniodd yr anfonwr hi"),
    Code("no_server", "no mail server is set up", "nid oes gweinydd post wedi'i osod"),
    Code("fault", "a fault of ours", "nam ar ein hochr ni"),
    Code("perhaps_sent", "nobody knows whether it left", "nid oes neb yn gwybod a adawodd"),
    Code("permanent-failure", "the number or address does not work", "nid yw'r rhif neu'r cyfeiriad yn gweithio"),
    Code("temporary-failure", "the telephone was off or full for days", "roedd y ffôn wedi'i ddiffodd neu'n llawn am ddyddiau"),
    Code("technical-failure", "a fault on the way", "nam ar y ffordd"),
    Code("sent-back", "a mail server sent it back", "anfonodd gweinydd post hi'n ôl"),
    Code("cancelled", "it was taken back before it was printed", "fe'i tynnwyd yn ôl cyn ei hargraffu"),
    Code("returned-letter", "the letter came back", "daeth y llythyr yn ôl"),
    Code("not_known", "nobody can say any more what became of it", "ni all neb ddweud bellach beth ddigwyddodd iddi"),
)
