"""The hazards of the safety log: what could harm somebody, what stops it here, what a hub has to do, and which tests hold it.

Written by developers, in the shape of DCB0129; the severities and likelihoods are estimates until a Clinical Safety Officer has made
them. The evidence is not written here: it is read from the tests that say `@pytest.mark.hazard("H07")`, so that nothing can be
claimed that no test holds. Source: trust.md section 5.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[3]

SEVERITIES = {"Min": "minor", "Sig": "significant", "Con": "considerable", "Maj": "major", "Cat": "catastrophic"}
LIKELIHOODS = {"VL": "very low", "L": "low", "M": "medium", "H": "high", "VH": "very high"}
RISK = {
    "Min": {"VL": 1, "L": 1, "M": 2, "H": 2, "VH": 3},
    "Sig": {"VL": 1, "L": 2, "M": 3, "H": 3, "VH": 4},
    "Con": {"VL": 2, "L": 3, "M": 3, "H": 4, "VH": 4},
    "Maj": {"VL": 2, "L": 3, "M": 4, "H": 4, "VH": 5},
    "Cat": {"VL": 3, "L": 4, "M": 5, "H": 5, "VH": 5},
}
"""From 1, acceptable, to 5, unacceptable. Ours; a hub's Clinical Safety Officer puts their own scheme in its place."""


BOX = [
    "> **Draft by developers. No Clinical Safety Officer, DPO, penetration tester, survivor or Welsh speaker has looked at it.**",
    ">",
    "> What no software can prove, and this one does not claim: an outside penetration test · SOC 2, ISO 27001, DSPT or Cyber Essentials ·",
    "> the sign-off of a Clinical Safety Officer · an approved DPIA · live connection to CIS2, NHS login, PDS or Notify · that people with",
    "> screen readers can use it · review by survivors and young people · what a real power cut or a disk's own firmware does · attacks that",
    "> measure milliseconds over real networks · how staff behave.",
]
"""What every paper of docs/safety begins with (trust.md section 7)."""


class Hazard(NamedTuple):
    """One hazard. `before` and `target` are a severity and a likelihood, such as `Cat/M`."""

    what: str
    harm: str
    causes: str
    before: str
    target: str
    controls: str
    hub: str
    """What the software cannot do, and a hub must (DCB0160)."""
    not_built: str = ""
    """Which part of the hazard cannot arise because there is nothing yet that could cause it, or which control is missing."""


HAZARDS = {
    "H01": Hazard(
        "A request for help is acknowledged and then lost",
        "somebody who believes that help is coming gets none; death by suicide",
        "a crash, a full disk, a fault, a database that forgets",
        "Cat/L",
        "Cat/VL",
        "A door answers only after the disk has it (C26); one transaction holds person, holder, request and entry; the same request "
        "twice is one; messages are rows of the same transaction (C27).",
        "Run it on storage that keeps what it says it has kept; watch that the duty team looks at its queue.",
    ),
    "H02": Hazard(
        "Somebody is with the hub and nobody holds them, or there is no next date",
        "they wait for nobody; a risk grows unseen",
        "a hand-over, a leaver, an import, a clock",
        "Cat/M",
        "Cat/VL",
        "The database refuses a member without a holder and an active one without a date (C28); passing on needs a yes; a sweep; "
        "the page and the command *Nobody lost*; every page says so when the work that runs by itself has stopped.",
        "A named lead reads *Nobody lost* every working day; the duty rota is true.",
    ),
    "H03": Hazard(
        "Two people are taken for one",
        "the wrong plan, the wrong risk, a secret told to the wrong family",
        "same name, twins, a slip in a number",
        "Maj/M",
        "Maj/VL",
        "Only a confirmed number with name and birthday attaches by itself, and never at a public door; everything less is a task for "
        "a person; two records are linked, never melted, and can be taken apart again.",
        "Train matchers; confirm numbers with the national service, which this software does not yet ask.",
    ),
    "H04": Hazard(
        "One person has two records, and what is known of their risk is split",
        "whoever decides does not know what a colleague knows",
        "a new request, another name, a hidden record",
        "Maj/M",
        "Maj/L",
        "Likeness in sound and number makes a private task (C13); the two records are linked and each shows the other; what somebody "
        "asks for again is added to what they asked for before.",
        "Somebody settles the tasks of likeness within a working day.",
    ),
    "H05": Hazard(
        "A crisis plan that is old or wrong is shown as if it held",
        "a call to a number that is dead, a medicine that harms",
        "versions, a copy kept somewhere, two writers",
        "Cat/L",
        "Cat/VL",
        "What is written for a crisis carries its day and whose word it is; what no longer holds is not shown; nothing is kept in a "
        "browser or a cache; two who write at once overwrite nothing (C29).",
        "Ask the person at each meeting whether it still holds.",
        "Safety plans with versions and a day to look again are not built: what there is are the lines of the crisis page.",
    ),
    "H06": Hazard(
        "What a crisis needs cannot be reached at three in the morning",
        "the person meets somebody who knows nothing of them",
        "access too tight, no connection",
        "Cat/M",
        "Cat/VL",
        "Whoever has no relationship opens it in one form with a reason, for four hours, looked at afterwards (C09); what keeps "
        "somebody safe is for everybody who is with them now; crisis numbers stand on every page, on the pages of faults too; for each "
        "team a sealed pack opens without the hub: whom they meet, how each is reached safely, alerts, and what to know in a crisis (C30).",
        "The duty team knows the form; a timer makes the packs every hour, they lie where they are reached without the hub, and each "
        "desk has its key; a morning without is practised. Paper or telephone stands behind it when there is no power.",
    ),
    "H07": Hazard(
        "Where somebody lives or is reaches whoever they fled from",
        "violence, death",
        "a letter, a page, an export, a map, a message on its way",
        "Cat/M",
        "Cat/VL",
        "Addresses are sealed with a key outside the database and opened one at a time with a reason (C11); no list and no other page "
        "draws one; a letter gets it in the moment in which it leaves; nothing measures a distance to a home; a picture that is "
        "kept says nothing of where it was taken; neither a copy of the record nor what workers take out holds an address of the "
        "vault; a change asks anew about every other way to reach them (C12).",
        "Nobody writes an address into a note; envelopes say nothing of the sender.",
    ),
    "H08": Hazard(
        "Reaching somebody alerts whoever harms them",
        "violence; the person breaks off",
        "a telephone that is shared, a voicemail, words on a screen, a letter that others open",
        "Cat/M",
        "Cat/VL",
        "One gate for everything that leaves: only a way that the person called safe and that was confirmed lately; words that name "
        "nobody, no service and no condition; at the times they gave; otherwise nothing leaves and a person is asked (C12). Every page "
        "can be left at once (C22).",
        "Callers hide their number and say nothing until they know who answers.",
    ),
    "H09": Hazard(
        "Somebody who harms them, or is close to who does, works here and reads the record",
        "whereabouts, plans and disclosures reach them",
        "access by role alone, curiosity, a colleague's sign-in",
        "Cat/L",
        "Cat/VL",
        "Nothing is seen without a relationship; a named exclusion beats everything and looks like absence (C07); workers say whom "
        "they know (C08); a circle item is for those it names; every look is written down, sealed, "
        "and gone through by a privacy officer, who is shown the odd ones (C23, C24).",
        "Staff say every year whom they know; looks are gone through; people are asked whom to keep away.",
    ),
    "H10": Hazard(
        "A parent or a carer reads what a young person, or anybody, said in confidence",
        "a home that is not safe; nothing more is told",
        "access on somebody's behalf that nobody ended, a shared address, a copy to the parent",
        "Maj/M",
        "Maj/VL",
        "A request by a young person tells no parent; nothing leaves for somebody young by a way that others may see; whoever asks for "
        "somebody sees a date and nothing of what the other says; words about others are kept apart. A carer is told only what the "
        "person chose, part by part, until a day or the 11th or 16th birthday before it. Somebody's own page needs a number that "
        "they agreed with whoever holds them and what comes by their safe way, every time: a telephone in another's hands opens "
        "nothing by itself; who came in is shown to their workers, who close it at once.",
        "Staff know who may be told what before they ring a home; they tell the number face to face, and ask who else has the telephone.",
        "No carer and no parent has a sign-in of their own, so none can outlast a birthday.",
    ),
    "H11": Hazard(
        "So much is hidden that a worker lacks what they need to know",
        "a child, a colleague or the person is hurt",
        "labels, an objection, an exclusion of whoever is on duty",
        "Cat/L",
        "Maj/VL",
        "What keeps people safe is seen by everybody who is with them; a safeguarding lead shows one item to one colleague for a "
        "while; who is kept away gives way to a team that is not; broken glass in an emergency.",
        "Labels are looked at again; the safeguarding lead can be reached.",
    ),
    "H12": Hazard(
        "Somebody writes that they want to die, at night, and nobody reads it",
        "death by suicide",
        "free text, a queue, a filter against machines",
        "Cat/M",
        "Cat/L",
        "Help for now stands before, beside and after every question; whether they are safe is asked first and is heard before they "
        "have finished; words and answers only ever raise the urgency; what looks like a machine is held and looked at like any other.",
        "Somebody answers in the hours that the door promises; the page says when nobody does. The remaining risk is accepted only "
        "with that cover.",
    ),
    "H13": Hazard(
        "A message fails and nobody knows",
        "an appointment or a call that the person never hears of",
        "a provider, a wrong number, a full mailbox",
        "Maj/M",
        "Maj/L",
        "What cannot leave, or did not arrive, becomes a task for whoever holds the person, with the words ready; passing faults are "
        "tried again and nothing leaves twice; *sent* is not *delivered*; an e-mail that comes back is heard; a dead number or address is marked.",
        "What is urgent goes by two ways; what mail servers report is handed to the hub.",
    ),
    "H14": Hazard(
        "A date or a time is taken for another",
        "a missed call or meeting",
        "the clocks change, an import, a date in another order",
        "Con/M",
        "Con/VL",
        "Days carry their weekday and month in letters; a date is asked in three boxes or read as people write it and said back; "
        "moments that the clocks skip are not taken; everything is kept in UTC.",
        "Times are said aloud at the end of a call.",
    ),
    "H15": Hazard(
        "Whoever holds people is ill or leaves",
        "their people wait for nobody",
        "a leaver whom nobody told the hub of, leave without cover",
        "Maj/M",
        "Maj/VL",
        "Nobody's work here ends before each person has a new holder; leave has a cover who sees them; a sweep finds whoever is held "
        "by somebody who is away.",
        "Tell the hub of leavers on the day.",
    ),
    "H16": Hazard(
        "The hub cannot be used for long",
        "no record in a crisis; work by memory",
        "a broken machine, extortion by encryption",
        "Maj/M",
        "Maj/L",
        "A fault shows crisis help and a reference, also when the database is gone; requests are taken again when it is back; each "
        "team has a sealed pack of three days that opens without it (C30); sealed copies and a drill that lives from one (C31).",
        "Keep copies on another machine that this one cannot delete; try a restore every month; have a plan on paper.",
    ),
    "H17": Hazard(
        "After a restore, old facts are taken for today's, or an old message goes to a number that is no longer safe",
        "violence; a wrong decision",
        "going back in time",
        "Cat/L",
        "Cat/VL",
        "What had not left is held; ways confirmed since are asked again; every page says what is missing until a lead says that it "
        "was written again (C27, C31).",
        "Go through what is missing with the journal's witness before opening the door.",
    ),
    "H18": Hazard(
        "The directory sends somebody to a place that is closed, wrong or not real",
        "a wasted journey; trust lost; harm by whoever poses as help",
        "entries that age, malice, a bad feed",
        "Maj/M",
        "Con/L",
        "A person's confirmation ages and its day is shown; what nobody confirmed comes last with a warning; what is closed is never "
        "offered; a changed number takes the confirmation away; whoever finds a fault can say so (C18).",
        "Somebody owns each entry and looks at what is said to be wrong.",
    ),
    "H19": Hazard(
        "A person said no to sharing, and it is shared all the same",
        "confidence broken; whereabouts known",
        "copies, pages kept, messages that have left",
        "Con/M",
        "Con/L",
        "There are no copies: every page asks anew what may be seen, so a no holds from the next request. What somebody says is not "
        "to be used, one entry or all of it, is seen only by who wrote it until it is answered.",
        "Tell partners what left on paper before.",
        "Nothing about a person is sent to another system yet, so there is nothing to call back.",
    ),
    "H20": Hazard(
        "A colleague's words are overwritten",
        "what was told is lost",
        "two who write at once, a page that stood open",
        "Con/M",
        "Con/VL",
        "Each saving is a version; two versions are put together part by part or both kept (C29); no entry is changed or deleted.",
        "–",
    ),
    "H21": Hazard(
        "A questionnaire is scored wrongly, or a sign of self-harm in it is missed",
        "the wrong help; death by suicide",
        "items left out, a scale that runs the other way",
        "Maj/L",
        "Maj/VL",
        "None is needed: there is no questionnaire and no score.",
        "Score by whatever the hub used before.",
        "Questionnaires are not built: the hazard cannot arise. A test fails on the day that the first one appears.",
    ),
    "H22": Hazard(
        "An agreement is set wrongly, and an organisation sees what it should not",
        "disclosure to hundreds at once",
        "a slip of whoever sets it up",
        "Maj/M",
        "Maj/VL",
        "One proposes and two others say yes, after reading who would see more of how many people; the preview is proven to be the "
        "very difference (C04); it ends on its day.",
        "The two who say yes come from different organisations and understand what they read.",
    ),
    "H23": Hazard(
        "Somebody who moves, or a child looked after elsewhere, is dropped at the border",
        "nobody holds them on either side",
        "two areas, two systems",
        "Cat/L",
        "Cat/VL",
        "Whoever introduces stays the holder until the two have met, whatever a partner without an account answers or does not; who "
        "moves away rests with a day to ask after them, and keeps their holder.",
        "Agree with neighbouring areas who calls whom.",
        "Two installations do not speak to each other: an introduction across the border goes by a one-time link.",
    ),
    "H24": Hazard(
        "A figure that is rounded, hidden or incomplete is taken for the truth",
        "services are planned away from those who need them",
        "dashboards",
        "Sig/M",
        "Sig/L",
        "Each figure opens to its rows, or says how many of them lie out of reach; one of nothing says so.",
        "Whoever plans asks what is not counted.",
        "No figure is rounded, hidden or published: there is no dashboard and no export of figures.",
    ),
    "H25": Hazard(
        "So many flags that the one that matters is not seen",
        "a warning is missed",
        "everything calls for attention",
        "Maj/M",
        "Maj/L",
        "Five alerts at most, each with an owner who is there and a last day, after which it is gone; a sixth ends another. "
        "What is not safe or got worse stands first, whatever else is due; what was stopped for one reason is one task; what nobody "
        "answers rises once a day.",
        "Look every month at what was closed unread.",
    ),
}


class Evidence(NamedTuple):
    """One place that says it holds a hazard: a test, or a whole file of them."""

    file: str
    test: str
    """Empty when every test of the file holds it."""


def evidence() -> dict[str, list[Evidence]]:
    """Give the tests that say they hold each hazard, by its id; also under ids that no hazard has."""
    found: dict[str, set[Evidence]] = {}
    for path in sorted([*ROOT.glob("src/**/tests/**/test_*.py"), *ROOT.glob("tests/**/test_*.py")]):
        text = path.read_text()
        if "mark.hazard" in text:
            for code, test in marks(ast.parse(text)):
                found.setdefault(code, set()).add(Evidence(str(path.relative_to(ROOT)), test))
    return {code: sorted(found[code]) for code in sorted(found)}


def marks(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Give every hazard that a file of tests names, with the test that names it; an empty one for the whole file."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(getattr(one, "id", "") == "pytestmark" for one in node.targets):
            yield from ((code, "") for code in _ids(node.value))
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield from ((code, node.name) for one in node.decorator_list for code in _ids(one))
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield from ((code, inner.name) for one in inner.decorator_list for code in _ids(one))


def _ids(node: ast.AST) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.hazard":
            for given in call.args:
                yield given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else ast.unparse(given)
