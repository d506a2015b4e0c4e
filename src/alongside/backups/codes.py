"""What is checked after a restore, in the order of the page."""

from __future__ import annotations

from alongside.vocabulary.codes import Code, CodeList

KINDS = CodeList(
    "what was run with copies",
    "ours",
    Code("copy", "copy", "copi"),
    Code("restore", "restore", "adfer"),
    Code("drill", "drill", "ymarfer"),
)
CHECKED = CodeList(
    "what a restore is checked for",
    "trust.md P4",
    Code("as_its_manifest_says", "every row of every table is there, unchanged", "mae pob rhes o bob tabl yno, heb ei newid"),
    Code("whole", "the database is whole", "mae'r gronfa ddata yn gyfan"),
    Code("up_to_date", "it is at the migrations of this version", "mae ar fudiadau'r fersiwn hwn"),
    Code("guards", "what may only be added to cannot be changed", "ni ellir newid yr hyn y gellir ond ychwanegu ato"),
    Code("journal", "the journal is complete", "mae'r dyddlyfr yn gyflawn"),
    Code("nobody_lost", "everybody is held by somebody who works here", "mae pawb yn nwylo rhywun sy'n gweithio yma"),
    Code("nothing_leaves", "no message leaves before somebody lets it go", "nid oes neges yn mynd nes i rywun adael iddi fynd"),
    Code(
        "ways_asked_again",
        "no way of contact from that day counts as safe",
        "nid oes ffordd o gysylltu o'r diwrnod hwnnw yn ddiogel",
    ),
    Code("says_so", "every hub says what is missing", "mae pob hwb yn dweud beth sydd ar goll"),
    Code("signed_out", "nobody is still signed in", "nid oes neb wedi mewngofnodi o hyd"),
    Code("can_sign_in", "somebody who works here can sign in", "gall rhywun sy'n gweithio yma fewngofnodi"),
    Code("flipped_byte", "one changed byte is noticed", "sylwir ar un beit wedi'i newid"),
    Code("cut_short", "a copy that was cut short is noticed", "sylwir ar gopi a dorrwyd yn fyr"),
    Code("wrong_key", "another key does not open it", "nid yw allwedd arall yn ei agor"),
    Code(
        "older_is_used",
        "when the newest is damaged the one before is used",
        "pan fydd y diweddaraf wedi'i ddifrodi defnyddir yr un cynt",
    ),
    Code("a_copy_is_kept", "a copy is kept, and not too old", "cedwir copi, ac nid yw'n rhy hen"),
)
