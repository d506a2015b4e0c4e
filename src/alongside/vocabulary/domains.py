"""The parts of the trusted conversation, and what each asks about. Source: pages.md (Conversation); S1-08, S3-51."""

from alongside.vocabulary.codes import Code, CodeList

DOMAINS = CodeList(
    "parts of the conversation",
    "pages.md, Conversation",
    Code("mind", "mind", "meddwl"),
    Code("substances", "alcohol, drugs and tobacco", "alcohol, cyffuriau a thybaco"),
    Code("body", "body", "corff"),
    Code("everyday", "everyday life", "bywyd bob dydd"),
    Code("strengths", "strengths", "cryfderau"),
    Code("depends", "who depends on them", "pwy sy'n dibynnu arnynt"),
)
EVERYDAY = CodeList(
    "everyday life",
    "pages.md, Conversation",
    Code("home", "home", "cartref"),
    Code("money", "money", "arian"),
    Code("work", "work", "gwaith"),
    Code("safety", "safety", "diogelwch"),
    Code("relationships", "relationships", "perthnasoedd"),
    Code("caring", "caring", "gofalu"),
    Code("belonging", "belonging", "perthyn"),
)
WITHIN = {"everyday": tuple(EVERYDAY)}
"""The codes that are written in within a part; any other part is one text."""
FORMULATION = CodeList(
    "formulation",
    "pages.md, Conversation",
    Code("happened", "what happened", "beth ddigwyddodd"),
    Code("keeps_going", "what keeps it going", "beth sy'n ei gadw i fynd"),
    Code("helps", "what helps", "beth sy'n helpu"),
    Code("hope", "what you hope for", "beth rydych yn gobeithio amdano"),
)
NEXT_STEPS = CodeList(
    "what comes next",
    "pages.md, Conversation",
    Code("next_steps", "next steps: who does what, and when", "camau nesaf: pwy sy'n gwneud beth, a phryd"),
)
RISK_PROMPTS = CodeList(
    "risk prompts",
    "lists.md, Urgency; pages.md, Triage",
    Code("to_self", "risk to self", "risg i'r hunan"),
    Code("to_others", "risk to others", "risg i eraill"),
    Code("from_others", "risk from others", "risg gan eraill"),
    Code("self_neglect", "self-neglect", "hunanesgeulustod"),
    Code("protects", "what protects", "beth sy'n amddiffyn"),
    Code("who_helps", "who already helps (name the team)", "pwy sy'n helpu'n barod (enwch y tîm)"),
    Code("depends", "children or adults depending on them", "plant neu oedolion sy'n dibynnu arnynt"),
)
