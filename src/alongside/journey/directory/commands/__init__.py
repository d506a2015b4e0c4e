"""What can be done with the directory, by subject: taking in feeds and places, keeping entries, who may come, corrections, gaps."""

from alongside.journey.directory.commands.assets import ThereIsAnOffer, record_gap
from alongside.journey.directory.commands.capacity import publish_flow, say_room
from alongside.journey.directory.commands.changing import (
    ASecondPerson,
    ChangedMeanwhile,
    change_by_link,
    change_entry,
    close_by_link,
    confirm_by_link,
    say_full_by_link,
    settle_change,
    settle_change_by_link,
)
from alongside.journey.directory.commands.corrections import SayWhatWasDone, settle_correction, suggest_correction
from alongside.journey.directory.commands.editors import (
    Invited,
    InvitedAlready,
    ItHasClosed,
    NoAddress,
    ask_keepers,
    invite_editor,
    renew_editors_link,
    take_back_editor,
)
from alongside.journey.directory.commands.eligibility import (
    AgesTheWrongWayRound,
    ForAndAgainst,
    RehearseFirst,
    SayWhoAgreed,
    SayWhyTheRule,
    change_rules,
    check_rule,
)
from alongside.journey.directory.commands.feeds import (
    FeedSaid,
    add_feed,
    begin_reading,
    change_feed,
    end_reading,
    say_how_far,
    stop_feed,
    take_part,
)
from alongside.journey.directory.commands.gaps import SayWhatIsProposed, note_unmet_need, propose
from alongside.journey.directory.commands.keeping import (
    add_service,
    close_service,
    confirm_service,
    hear_from_service,
    note_bounce,
    note_link,
    say_refuge,
)
from alongside.journey.directory.commands.places import MuchShorter, import_places
from alongside.journey.directory.commands.postcodes import NotTheWholeCountry, import_postcodes
from alongside.journey.directory.commands.sameness import part_services, show_as_one
from alongside.journey.directory.commands.sheet import NotThisShape, SheetOutcome, take_in_sheet
from alongside.journey.directory.commands.taking_in import Outcome, import_entries
from alongside.journey.directory.commands.writing import EntryNotUsable

__all__ = [
    "ASecondPerson",
    "AgesTheWrongWayRound",
    "ChangedMeanwhile",
    "EntryNotUsable",
    "FeedSaid",
    "ForAndAgainst",
    "Invited",
    "InvitedAlready",
    "ItHasClosed",
    "MuchShorter",
    "NoAddress",
    "NotTheWholeCountry",
    "NotThisShape",
    "Outcome",
    "RehearseFirst",
    "SayWhatIsProposed",
    "SayWhatWasDone",
    "SayWhoAgreed",
    "SayWhyTheRule",
    "SheetOutcome",
    "ThereIsAnOffer",
    "add_feed",
    "add_service",
    "ask_keepers",
    "begin_reading",
    "change_by_link",
    "change_entry",
    "change_feed",
    "change_rules",
    "check_rule",
    "close_by_link",
    "close_service",
    "confirm_by_link",
    "confirm_service",
    "end_reading",
    "hear_from_service",
    "import_entries",
    "import_places",
    "import_postcodes",
    "invite_editor",
    "note_bounce",
    "note_link",
    "note_unmet_need",
    "part_services",
    "propose",
    "publish_flow",
    "record_gap",
    "renew_editors_link",
    "say_full_by_link",
    "say_how_far",
    "say_refuge",
    "say_room",
    "settle_change",
    "settle_change_by_link",
    "settle_correction",
    "show_as_one",
    "stop_feed",
    "suggest_correction",
    "take_back_editor",
    "take_in_sheet",
    "take_part",
]
