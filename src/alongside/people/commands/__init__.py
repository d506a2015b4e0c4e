"""What can be done about the person, by subject: meeting them, ways to reach them, their story, who is who, death."""

from alongside.people.commands.death import DayOfDeathAhead, take_back_death, write_down_death
from alongside.people.commands.matching import pass_matches_on, settle_match, suspect_match, take_records_apart
from alongside.people.commands.meeting import (
    NameNeeded,
    T,
    add_ways_to_reach,
    confirm_way_to_reach,
    meet_person,
    replace_ways_to_reach,
    tell_more,
)
from alongside.people.commands.story import (
    NotToldWell,
    SayWhyAgain,
    add_to_story,
    ask_again,
    read_story,
    say_it_no_longer_holds,
    write_down,
    write_down_as_told,
)

__all__ = [
    "DayOfDeathAhead",
    "NameNeeded",
    "NotToldWell",
    "SayWhyAgain",
    "T",
    "add_to_story",
    "add_ways_to_reach",
    "ask_again",
    "confirm_way_to_reach",
    "meet_person",
    "pass_matches_on",
    "read_story",
    "replace_ways_to_reach",
    "say_it_no_longer_holds",
    "settle_match",
    "suspect_match",
    "take_back_death",
    "take_records_apart",
    "tell_more",
    "write_down",
    "write_down_as_told",
    "write_down_death",
]
