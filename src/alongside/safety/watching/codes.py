"""Code lists of watching over looks: what was noticed, what a privacy officer found, why somebody is on the watch-list, pages in words."""

from __future__ import annotations

from alongside.vocabulary.codes import Code, CodeList

SIGNALS = CodeList(
    "what is noticed about a look",
    "trust.md C24, V9",
    Code("made_up", "a made-up person was touched", "cyffyrddwyd â pherson dychmygol", colour="red"),
    Code("watched", "somebody on the watch-list was looked at", "edrychwyd ar rywun sydd ar y rhestr wylio", colour="red"),
    Code("surname", "the worker has the same surname", "mae gan y gweithiwr yr un cyfenw"),
    Code("postcode", "the worker lives at the same postcode", "mae'r gweithiwr yn byw yn yr un cod post"),
    Code("employer", "the person writes from where the worker works", "mae'r person yn ysgrifennu o weithle'r gweithiwr"),
    Code(
        "no_contact",
        "nothing happened between the two near that day",
        "ni ddigwyddodd dim rhwng y ddau yn agos at y diwrnod hwnnw",
    ),
    Code("hour", "many people within an hour", "llawer o bobl o fewn awr"),
    Code("day", "many people within a day", "llawer o bobl o fewn diwrnod"),
    Code("hours", "outside working hours", "y tu allan i oriau gwaith"),
)

FINDINGS = CodeList(
    "what a privacy officer found",
    "ours; trust.md C24",
    Code("right", "there was a good reason", "roedd rheswm da"),
    Code("talked", "talked with the worker; no more is needed", "siaradwyd â'r gweithiwr; nid oes angen mwy"),
    Code("further", "taken further", "aed â'r mater ymhellach", colour="red"),
)

WATCH_REASONS = CodeList(
    "why somebody is on the watch-list",
    "ours; trust.md C24, T02",
    Code("incident", "an incident", "digwyddiad"),
    Code("in_the_news", "they are in the news", "maent yn y newyddion"),
    Code("known_here", "many who work here know them", "mae llawer sy'n gweithio yma yn eu hadnabod"),
    Code("asked", "they asked for it", "gofynnwyd amdano ganddynt"),
)

PAGES = CodeList(
    "pages of a record, as people call them",
    "ours; trust.md C24 (who has looked, in plain words)",
    Code("PersonPage", "the whole record", "y cofnod cyfan"),
    Code("InACrisisPage", "what to know in a crisis", "beth i'w wybod mewn argyfwng"),
    Code("FindHelpPage", "finding help", "dod o hyd i help"),
    Code("ShareForSafetyPage", "what is shown for safety", "yr hyn a ddangosir er diogelwch"),
    Code("SharingPage", "who can see what", "pwy all weld beth"),
    Code("ItemPage", "who can see what", "pwy all weld beth"),
    Code("WriteDownCarerPage", "carers and family", "gofalwyr a theulu"),
    Code("CarerPage", "carers and family", "gofalwyr a theulu"),
    Code("OwnPagePage", "their own page", "eu tudalen eu hunain"),
    Code("AlertsPage", "alerts", "rhybuddion"),
    Code("EndAlertPage", "alerts", "rhybuddion"),
    Code("IntroducePage", "making an introduction", "cyflwyno"),
    Code("LinkPage", "making an introduction", "cyflwyno"),
    Code("HandoverPage", "an introduction", "cyflwyniad"),
    Code("WriteMetPage", "writing down that two have met", "nodi bod dau wedi cwrdd"),
    Code("WeHaveMetPage", "writing down that two have met", "nodi bod dau wedi cwrdd"),
    Code("SignpostPage", "telling of a service", "sôn am wasanaeth"),
    Code("LogContactPage", "writing down a contact", "cofnodi cyswllt"),
    Code("ConversationPage", "the conversation", "y sgwrs"),
    Code("KeepAwayPage", "the conversation", "y sgwrs"),
    Code("PutTogetherPage", "the conversation", "y sgwrs"),
    Code("OneFormPage", "writing something down", "ysgrifennu rhywbeth i lawr"),
    Code("TheyHaveDiedPage", "writing down a death", "cofnodi marwolaeth"),
    Code("DecidePage", "deciding what is next", "penderfynu beth sydd nesaf"),
    Code("TakenByPage", "writing down who took a call", "nodi pwy a gymerodd alwad"),
    Code("SummaryPage", "a summary of what was asked for", "crynodeb o'r hyn y gofynnwyd amdano"),
    Code("AddressesPage", "which addresses are kept", "pa gyfeiriadau a gedwir"),
    Code("OpenAddressPage", "an address, opened with a reason", "cyfeiriad, a agorwyd gyda rheswm"),
    Code("ChangeAddressPage", "changing an address", "newid cyfeiriad"),
    Code("UnderWayPage", "what is under way after a move", "yr hyn sydd ar y gweill ar ôl symud"),
    Code("KeptFromThemPage", "what the person is shown", "yr hyn a ddangosir i'r person"),
    Code("FilesPage", "pictures and papers", "lluniau a phapurau"),
    Code("AskPage", "a request for a copy", "cais am gopi"),
    Code("RequestPage", "a request for a copy", "cais am gopi"),
    Code("CopyItemsPage", "reading for a copy", "darllen ar gyfer copi"),
    Code("HandOverPage", "handing over a copy", "rhoi copi"),
    Code("CloseRequestPage", "a request for a copy", "cais am gopi"),
    *(Code(page, "a copy of the record", "copi o'r cofnod") for page in ("CopyPage", "CopyOnPaperPage")),
    *(Code(f"own_copy.{kind}", "a copy of the record", "copi o'r cofnod") for kind in ("pdf", "json", "csv", "xlsx")),
    *(Code(f"attachment.{kind}", "a picture or paper", "llun neu bapur") for kind in ("jpg", "png", "pdf")),
    Code("PutRightPage", "what is said to be not right", "yr hyn y dywedir nad yw'n gywir"),
    Code("NotRightPage", "what is said to be not right", "yr hyn y dywedir nad yw'n gywir"),
    Code("NotUsedPage", "asking that it be not used", "gofyn am beidio â'i ddefnyddio"),
    Code("AnswerPage", "an answer to what was said", "ateb i'r hyn a ddywedwyd"),
    Code("other", "a page of the record", "tudalen o'r cofnod"),
)

WHY = CodeList(
    "why somebody could look",
    "trust.md 3.1 (relationships)",
    Code("holder", "as the holder", "fel y sawl sy'n gofalu"),
    Code("holding_team", "in the team that holds", "yn y tîm sy'n gofalu"),
    Code("giving", "giving an introduction", "wrth gyflwyno"),
    Code("receiving", "receiving an introduction", "wrth dderbyn cyflwyniad"),
    Code("duty", "on duty", "ar ddyletswydd"),
    Code("referrer", "having brought them in", "wedi dod â nhw i mewn"),
    Code("reviewer", "answering a request of theirs", "wrth ateb cais ganddynt"),
    Code("matcher", "comparing two records", "wrth gymharu dau gofnod"),
    Code("emergency", "in an emergency", "mewn argyfwng"),
    Code("unknown", "no reason is known", "ni wyddys y rheswm"),
)
