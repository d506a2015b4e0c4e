"""What made-up people say; invented, and about nobody."""

from __future__ import annotations

CHILD = (
    ("school", "I get a tummy ache every school day and I do not want to go in any more.", ("mood_and_worry", "education")),
    ("sleep", "I cannot sleep because I worry about everything at night.", ("sleep", "mood_and_worry")),
    ("grandad", "My grandad died and nobody at home talks about it.", ("grief", "relationships")),
    ("angry", "I get so angry at home that I break things and then I cry.", ("anger", "relationships")),
    ("bullied", "They leave me out and send nasty messages about me.", ("loneliness", "identity", "mood_and_worry")),
)
ADULT = (
    (
        "work",
        "Since I lost my job I do not sleep and I worry all the time about the bills.",
        ("money_and_debt", "sleep", "mood_and_worry"),
    ),
    ("lonely", "I moved here and know nobody. Some weeks I speak to no one.", ("loneliness", "meaning")),
    (
        "baby",
        "Everyone says I should be happy with the baby, and I cry most days.",
        ("becoming_a_parent", "mood_and_worry", "sleep"),
    ),
    (
        "pain",
        "My back keeps me indoors and I have stopped seeing my friends.",
        ("physical_health", "loneliness", "moving_and_eating_well"),
    ),
    ("drink", "I drink every evening to calm down. I want to stop and cannot.", ("alcohol", "mood_and_worry", "relationships")),
    ("home", "We have to be out of the flat by the end of the month.", ("housing", "money_and_debt", "parenting")),
    ("past", "Things that happened years ago come back at night as if they were now.", ("trauma", "sleep", "self_harm")),
    ("panic", "My heart races on the bus and I get off before my stop.", ("mood_and_worry", "transport")),
    ("carer", "I look after my mother day and night and there is nothing left of me.", ("caring", "sleep", "loneliness")),
    ("adhd", "I think I may be neurodivergent and I lose every job I start.", ("neurodiversity", "work_and_training")),
    ("voices", "The voices are back and I am scared to go out.", ("voices", "medicines", "housing")),
    (
        "asylum",
        "I came here two years ago and wait for papers. I do not know the language well.",
        ("asylum", "loneliness", "legal"),
    ),
)
OLDER = (
    ("widow", "Since she died the house is so quiet that I leave the radio on all night.", ("grief", "loneliness")),
    ("memory", "I forget names and leave the stove on. My son is worried, so am I.", ("memory", "mood_and_worry")),
    ("falls", "After the fall I stopped going out, even to church.", ("physical_health", "loneliness", "meaning")),
    ("letters", "I cannot do the forms on the computer and the letters frighten me.", ("digital", "money_and_debt")),
)
GP_WORDS = (
    "Seen three times in two months. Would like somebody to talk with; agrees to be contacted.",
    "Low and not sleeping. No immediate concern about safety today. Keen on company and something to do.",
    "Long-standing worries with new money trouble. Asked for help with both.",
)
WORRIED_WORDS = (
    "I am worried: since the spring my sister hardly leaves her room and does not answer the phone.",
    "My brother will not ask by himself. He said that I may.",
)
WANTS = ("Somebody to talk to.", "To sleep again.", "To get out of the house.", "Help with the letters.", "To feel like myself.")
AGREED = (
    "I will call again in a week.",
    "Blood test booked; everything else with you.",
    "They will hear from you in a few days.",
)
MET_WORDS = (
    "Talked about how the week went; went for a short walk together.",
    "Had a cup of tea. Wants to try the group next week.",
    "Went through the letters together; two calls made.",
    "Quieter today. Agreed what helps on a bad day.",
    "Better week. Slept four nights out of seven.",
    "Practised the breathing; laughed about the dog.",
)
HELLO_WORDS = (
    "Rang to say hello. Doing well, and glad of the call.",
    "Said hello as agreed. A hard month, and it has passed; knows the way back.",
    "A short call. Still goes to the group on Tuesdays.",
)
TRIED_WORDS = ("Rang, no answer; will try in the morning.", "Called back as agreed, no reply.")
PARTS = {
    "mind": "Worries build up in the evening; mornings are easier.",
    "body": "Tired, some pain; saw the practice nurse in the last year.",
    "substances": "A glass of wine on most days; does not smoke.",
    "strengths": "Kind, good with hands, has kept going through a lot.",
    "depends": "Nobody depends on them at the moment.",
    "home": "Warm and safe, too quiet.",
    "money": "Just enough; a letter about arrears came last week.",
    "relationships": "One good friend, sees a neighbour.",
    "happened": "A hard year with one loss after the other.",
    "keeps_going": "Little sleep, and staying in.",
    "helps": "Music, the garden, being useful to somebody.",
    "hope": "To look forward to a weekend again.",
}
RISK = {
    "to_self": "Thoughts at times, no plan, has told us about them.",
    "protects": "The children, and the choir on Thursdays.",
    "who_helps": "Sister next door; the practice nurse.",
}
INTRODUCE_WORDS = (
    "We have talked for a while and would like to go further with you: once a week would suit.",
    "Looks forward to company. Prefers mornings, and a text first.",
    "Ready for the next step; likes to be met at the hub the first time, I will come along.",
)
