"""Code lists of alerts: what they warn of, for how many days, why they ended."""

from __future__ import annotations

from alongside.vocabulary.codes import Code, CodeList

KINDS = CodeList(
    "what an alert warns of",
    "ours; trust.md H25; pages.md (Person: up to five alerts with owner and expiry)",
    Code(
        "risk_to_staff", "risk to whoever visits or meets them", "risg i bwy bynnag sy'n ymweld neu'n cwrdd â nhw", colour="red"
    ),
    Code("risk_to_self", "risk to themselves", "risg iddynt eu hunain", colour="red"),
    Code("risk_to_others", "risk to others", "risg i eraill", colour="red"),
    Code("risk_from_others", "risk from somebody else", "risg oddi wrth rywun arall", colour="red"),
    Code("child_at_home", "a child at home", "plentyn gartref", colour="orange"),
    Code("allergy", "an allergy", "alergedd", colour="orange"),
    Code("practical", "something practical", "rhywbeth ymarferol", colour="blue"),
)

LABELS = CodeList(
    "who reads the words of an alert",
    "trust.md C06, H11: that there is one, of which kind and whose, is shown to everybody near",
    Code("open", "everybody who is alongside them", "pawb sydd ochr yn ochr â nhw"),
    Code("sensitive", "those who work with them; others read its kind and whom to ask",
         "y rhai sy'n gweithio gyda nhw; mae eraill yn darllen ei fath a phwy i'w holi"),
)  # fmt: skip

BECAUSE = CodeList(
    "why an alert ended",
    "ours",
    Code("no_longer", "it is no longer so", "nid yw felly bellach"),
    Code("another", "another alert says it better", "mae rhybudd arall yn ei ddweud yn well"),
    Code("mistake", "it was written by mistake", "fe'i hysgrifennwyd drwy gamgymeriad"),
)
"""What a worker may say; `over` is what stands where nobody said anything and its day came."""
