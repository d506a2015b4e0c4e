"""Code lists of the hub: kinds of team, and the standards with their defaults and origin."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.vocabulary.codes import Code, CodeList

TEAM_KINDS = CodeList(
    "team kinds",
    "ours",
    Code("duty", "duty team: takes what comes in", "tîm ar ddyletswydd: yn derbyn yr hyn sy'n dod i mewn"),
    Code("care", "care team", "tîm gofal"),
)

STOP_REASONS = CodeList(
    "why an organisation is stopped",
    "ours",
    Code("account_taken_over", "an account of theirs may be in other hands", "gall un o'u cyfrifon fod yn nwylo rhywun arall"),
    Code("device_lost", "a computer or telephone of theirs is lost", "mae cyfrifiadur neu ffôn o'u heiddo ar goll"),
    Code("looked_without_reason", "records were looked at without a reason", "edrychwyd ar gofnodion heb reswm"),
    Code("asked_by_them", "they have asked for it", "maen nhw wedi gofyn am hynny"),
    Code("other", "another reason", "rheswm arall"),
)

COLOURS = CodeList(
    "colours of the header",
    "ours: each passes 4.5:1 against white",
    Code("blue", "blue", "glas"),
    Code("green", "green", "gwyrdd"),
    Code("purple", "purple", "porffor"),
    Code("teal", "teal", "gwyrddlas"),
    Code("plum", "plum", "eirin"),
    Code("slate", "slate", "llechen"),
)


@dataclass(frozen=True, slots=True)
class StandardDefault:
    """How long something may take until a hub says otherwise, and whose figure it is."""

    en: str
    cy: str
    value: int
    unit: str
    origin: str


OURS = "ours: a default, not a national standard"

STANDARD_DEFAULTS: dict[str, StandardDefault] = {
    "soon": StandardDefault("first human contact: soon", "cyswllt cyntaf: yn fuan", 3, "working_days", OURS),
    "steady": StandardDefault("first human contact: steady", "cyswllt cyntaf: cyson", 10, "working_days", OURS),
    "handover_answer": StandardDefault("an introduction is answered", "atebir cyflwyniad", 5, "working_days", OURS),
    "triage": StandardDefault("a referral is looked at", "edrychir ar atgyfeiriad", 1, "working_days", OURS),
    "next_date_active": StandardDefault(
        "next date while active, at most", "dyddiad nesaf tra'n weithredol, ar y mwyaf", 28, "days", OURS
    ),
    "next_date_resting": StandardDefault(
        "hello date while resting, at most", "dyddiad helô tra'n gorffwys, ar y mwyaf", 180, "days", OURS
    ),
    "settle": StandardDefault("an introduction is asked about after met", "gofynnir am gyflwyniad ar ôl cwrdd", 14, "days", OURS),
    "sight_after_settled": StandardDefault(
        "the giver keeps sight after settled", "mae'r rhoddwr yn cadw golwg ar ôl setlo", 28, "days", OURS
    ),
    "match": StandardDefault("a possible match is looked at", "edrychir ar gyfatebiaeth bosibl", 3, "working_days", OURS),
    "contact_reconfirmed": StandardDefault(
        "a way to reach somebody is confirmed again", "cadarnheir ffordd o gysylltu eto", 90, "days", OURS
    ),
    "crisis_call": StandardDefault("a crisis call is taken", "cymerir galwad argyfwng", 0, "minutes", OURS),
    "call_back": StandardDefault("a call-back is made", "gwneir galwad yn ôl", 1, "working_days", OURS),
    "text_from": StandardDefault(
        "texts leave from, unless the person said when", "anfonir testunau o, oni bai i'r person ddweud pryd", 8, "o_clock", OURS
    ),
    "text_until": StandardDefault(
        "texts leave until, unless the person said when",
        "anfonir testunau tan, oni bai i'r person ddweud pryd",
        20,
        "o_clock",
        OURS,
    ),
    "messages_a_number": StandardDefault(
        "messages to one number or address a day, at most",
        "negeseuon i un rhif neu gyfeiriad y dydd, ar y mwyaf",
        3,
        "messages",
        OURS,
    ),
    "messages_a_day": StandardDefault(
        "messages of the hub a day, at most", "negeseuon yr hyb y dydd, ar y mwyaf", 2_000, "messages", OURS
    ),
}
