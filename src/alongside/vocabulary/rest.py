"""Why a member rests; none of them ends the membership. Source: lists.md (Holding)."""

from alongside.vocabulary.codes import Code, CodeList

REST_REASONS = CodeList(
    "rest reasons",
    "lists.md, Holding",
    Code("not_now", "not now, their choice", "ddim nawr, eu dewis nhw"),
    Code("all_well", "all well for now", "popeth yn iawn am y tro"),
    Code("moved", "moved away; held until the next area says yes", "wedi symud; yn cael ei ddal nes i'r ardal nesaf ddweud ie"),
    Code("died", "died", "wedi marw"),
)
