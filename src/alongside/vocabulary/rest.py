"""Why a member rests; none of them ends the membership. Source: lists.md (Holding).

A death is written down by itself: nobody chooses it as a way to rest.
"""

from alongside.vocabulary.codes import Code, CodeList

WAYS_TO_REST = CodeList(
    "ways to rest",
    "lists.md, Holding",
    Code("not_now", "not now, their choice", "ddim nawr, eu dewis nhw"),
    Code("all_well", "all well for now", "popeth yn iawn am y tro"),
    Code("moved", "moved away; held until the next area says yes", "wedi symud; yn cael ei ddal nes i'r ardal nesaf ddweud ie"),
)
REST_REASONS = CodeList("rest reasons", "lists.md, Holding", *WAYS_TO_REST.values(), Code("died", "died", "wedi marw"))
