"""What can be done with the directory, by subject: taking in feeds and places, keeping entries, corrections, gaps."""

from alongside.journey.directory.commands.corrections import SayWhatWasDone, settle_correction, suggest_correction
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
    say_full,
)
from alongside.journey.directory.commands.places import MuchShorter, import_places
from alongside.journey.directory.commands.sameness import part_services, show_as_one
from alongside.journey.directory.commands.taking_in import Outcome, import_entries

__all__ = [
    "add_feed",
    "add_service",
    "begin_reading",
    "change_feed",
    "close_service",
    "confirm_service",
    "end_reading",
    "FeedSaid",
    "hear_from_service",
    "import_entries",
    "import_places",
    "MuchShorter",
    "note_bounce",
    "note_unmet_need",
    "Outcome",
    "part_services",
    "propose",
    "say_full",
    "say_how_far",
    "SayWhatIsProposed",
    "SayWhatWasDone",
    "settle_correction",
    "show_as_one",
    "stop_feed",
    "suggest_correction",
    "take_part",
]
