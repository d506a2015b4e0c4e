"""Reads from hand to hand, by subject: introductions, what was tried before, what became of them, one-time links, what waits too long, signposts."""

from alongside.journey.handovers.models import Handover
from alongside.journey.handovers.queries.flow import flow_counted, is_flow_due
from alongside.journey.handovers.queries.introductions import (
    Receivers,
    Step,
    accepted_for,
    get_handover,
    giver_near,
    introductions_given,
    introductions_of,
    introductions_received,
    introductions_to_answer,
    latest_for_the_person,
    lock_handover,
    receiver_words,
    receivers_to_choose,
    steps_of,
    still_to_be_met,
)
from alongside.journey.handovers.queries.late import (
    LateAnswer,
    LateIntroduction,
    late_answers_at,
    late_introductions,
    said_yes_and_left,
    said_yes_and_not_met,
    unanswered,
    unanswered_past,
    waiting_for_an_answer,
)
from alongside.journey.handovers.queries.links import asked_by_link, how_asked, lock_by_link, what_became_of_the_link
from alongside.journey.handovers.queries.of_services import what_became_at
from alongside.journey.handovers.queries.said_no import people_it_said_no_for
from alongside.journey.handovers.queries.signposts import (
    LEFT_BEHIND,
    get_signpost,
    signposts_left_behind,
    signposts_of,
    signposts_to_ask_about,
)
from alongside.journey.handovers.queries.tried import Chosen, chosen_from, earlier_answers, shown_words, wish_words

__all__ = [
    "Chosen",
    "LEFT_BEHIND",
    "Handover",
    "LateAnswer",
    "LateIntroduction",
    "Receivers",
    "Step",
    "accepted_for",
    "asked_by_link",
    "chosen_from",
    "earlier_answers",
    "flow_counted",
    "get_handover",
    "get_signpost",
    "giver_near",
    "how_asked",
    "introductions_given",
    "introductions_of",
    "introductions_received",
    "introductions_to_answer",
    "is_flow_due",
    "late_answers_at",
    "late_introductions",
    "latest_for_the_person",
    "lock_by_link",
    "lock_handover",
    "people_it_said_no_for",
    "receiver_words",
    "receivers_to_choose",
    "said_yes_and_left",
    "said_yes_and_not_met",
    "shown_words",
    "signposts_left_behind",
    "signposts_of",
    "signposts_to_ask_about",
    "steps_of",
    "still_to_be_met",
    "unanswered",
    "unanswered_past",
    "waiting_for_an_answer",
    "what_became_at",
    "what_became_of_the_link",
    "wish_words",
]
