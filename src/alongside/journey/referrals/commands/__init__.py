"""What can be done at the doors and at triage, by subject: doors, drafts, crisis calls, triage."""

from alongside.journey.referrals.commands.crisis import (
    TakenBeforeItWasOpened,
    TakenInTheFuture,
    open_crisis_call,
    take_crisis_call,
    take_draft_call,
)
from alongside.journey.referrals.commands.doors import (
    KeyUsedForSomethingElse,
    NoDoorOpen,
    NoWayToReach,
    Received,
    add_to_referral,
    bring_in,
    change_mind,
    change_reach,
    keep_away,
    receive_referral,
)
from alongside.journey.referrals.commands.drafts import finish_draft, hear_draft, keep_draft, link_of_draft
from alongside.journey.referrals.commands.triage import decide, look_at_suspected_spam, send_news_to_referrer

__all__ = [
    "KeyUsedForSomethingElse", "NoDoorOpen", "NoWayToReach", "Received", "TakenBeforeItWasOpened", "TakenInTheFuture",
    "add_to_referral", "bring_in", "change_mind", "change_reach", "decide", "finish_draft", "hear_draft", "keep_away", "keep_draft",
    "link_of_draft", "look_at_suspected_spam", "open_crisis_call", "receive_referral", "send_news_to_referrer",
    "take_crisis_call", "take_draft_call",
]  # fmt: skip
