"""What can be done with the directory, by subject: taking in feeds and places, keeping entries, who may come, corrections, gaps."""

from alongside.journey.directory.commands.assets import ThereIsAnOffer, record_gap
from alongside.journey.directory.commands.corrections import SayWhatWasDone, settle_correction, suggest_correction
from alongside.journey.directory.commands.eligibility import (
    AgesTheWrongWayRound,
    ForAndAgainst,
    RehearseFirst,
    SayWhoAgreed,
    SayWhyTheRule,
    change_rules,
    check_rule,
)
from alongside.journey.directory.commands.gaps import SayWhatIsProposed, note_unmet_need, propose
from alongside.journey.directory.commands.keeping import (
    add_service,
    close_service,
    confirm_service,
    hear_from_service,
    note_bounce,
    say_full,
)
from alongside.journey.directory.commands.places import MuchShorter, import_places
from alongside.journey.directory.commands.sheet import NotThisShape, SheetOutcome, take_in_sheet
from alongside.journey.directory.commands.taking_in import Outcome, import_entries

__all__ = [
    "add_service",
    "AgesTheWrongWayRound",
    "change_rules",
    "check_rule",
    "close_service",
    "confirm_service",
    "ForAndAgainst",
    "hear_from_service",
    "import_entries",
    "import_places",
    "MuchShorter",
    "note_bounce",
    "note_unmet_need",
    "NotThisShape",
    "Outcome",
    "propose",
    "record_gap",
    "RehearseFirst",
    "say_full",
    "SayWhatIsProposed",
    "SayWhatWasDone",
    "SayWhoAgreed",
    "SayWhyTheRule",
    "settle_correction",
    "SheetOutcome",
    "suggest_correction",
    "take_in_sheet",
    "ThereIsAnOffer",
]
