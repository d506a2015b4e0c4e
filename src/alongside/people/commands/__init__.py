"""What can be done about the person, by subject: meeting them, ways to reach them, their story, who is who, death."""

from alongside.people.commands.attaching import NoMoreRoom, attach, open_attachment
from alongside.people.commands.carers import CarerNeedsName, write_down_carer
from alongside.people.commands.death import DayOfDeathAhead, take_back_death, write_down_death
from alongside.people.commands.matching import pass_matches_on, settle_match, suspect_match, take_records_apart
from alongside.people.commands.meeting import (
    NameNeeded,
    T,
    add_ways_to_reach,
    ask_again_about_ways,
    confirm_way_to_reach,
    contacts_to_confirm_again,
    meet_person,
    replace_ways_to_reach,
    tell_more,
    way_does_not_work,
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
from alongside.people.commands.vault import (
    SayWhatFor,
    keep_address,
    keep_whereabouts_secret,
    let_go_of_address,
    open_address,
)

__all__ = [
    "CarerNeedsName",
    "DayOfDeathAhead",
    "NameNeeded",
    "NotToldWell",
    "SayWhatFor",
    "SayWhyAgain",
    "T",
    "add_to_story",
    "add_ways_to_reach",
    "ask_again",
    "ask_again_about_ways",
    "confirm_way_to_reach",
    "contacts_to_confirm_again",
    "keep_address",
    "keep_whereabouts_secret",
    "let_go_of_address",
    "meet_person",
    "open_address",
    "pass_matches_on",
    "read_story",
    "replace_ways_to_reach",
    "say_it_no_longer_holds",
    "settle_match",
    "suspect_match",
    "take_back_death",
    "take_records_apart",
    "tell_more",
    "way_does_not_work",
    "write_down",
    "write_down_as_told",
    "write_down_carer",
    "write_down_death",
    "NoMoreRoom",
    "attach",
    "open_attachment",
]
