"""What can be done with the directory, by subject: taking in feeds and places, keeping entries, what a service can take, corrections, gaps."""

from alongside.journey.directory.commands.capacity import publish_flow, say_room
from alongside.journey.directory.commands.corrections import SayWhatWasDone, settle_correction, suggest_correction
from alongside.journey.directory.commands.gaps import SayWhatIsProposed, note_unmet_need, propose
from alongside.journey.directory.commands.keeping import (
    add_service,
    close_service,
    confirm_service,
    hear_from_service,
    note_bounce,
)
from alongside.journey.directory.commands.places import MuchShorter, import_places
from alongside.journey.directory.commands.taking_in import Outcome, import_entries

__all__ = [
    "add_service",
    "close_service",
    "confirm_service",
    "hear_from_service",
    "import_entries",
    "import_places",
    "MuchShorter",
    "note_bounce",
    "note_unmet_need",
    "Outcome",
    "propose",
    "publish_flow",
    "say_room",
    "SayWhatIsProposed",
    "SayWhatWasDone",
    "settle_correction",
    "suggest_correction",
]
