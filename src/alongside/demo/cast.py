"""Who works in the made-up hub: organisations, teams, workers. Every name is invented; the codes are given to nobody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Partner:
    key: str
    name: str
    sector: str
    ods_code: str = ""


@dataclass(frozen=True, slots=True)
class TeamOf:
    key: str
    name: str
    partner: str
    kind: str = "care"
    national_team_type: str = ""
    long_hours: bool = False


@dataclass(frozen=True, slots=True)
class WorkerOf:
    key: str
    name: str
    role: str
    partner: str
    teams: tuple[str, ...] = ()
    try_this: str = ""
    """Set for a persona: what to look at first."""
    supervisor: str = ""


HUB = "Rivermouth wellbeing hub"
HUB_CY = "Hwb llesiant Rivermouth"
HUB_PHONE = "01632 960100"

PARTNERS = (
    Partner("hub", "Rivermouth Wellbeing Alliance", "nhs", "ZZ900"),
    Partner("quay", "Quayside Surgery", "practice", "ZZ9A1"),
    Partner("mill", "Millrace Medical Practice", "practice", "ZZ9A2"),
    Partner("beacon", "Beacon Hill Surgery", "practice", "ZZ9A3"),
    Partner("saltings", "Saltings Family Practice", "practice", "ZZ9A4"),
    Partner("trust", "Estuary Mental Health Trust", "nhs", "ZZ9T1"),
    Partner("ambulance", "Estuary Ambulance Control", "nhs", "ZZ9M1"),
    Partner("council", "Rivermouth Council", "council", "ZZ9C1"),
    Partner("harbour", "Harbour Light Peer Support", "charity", "ZZ9V1"),
    Partner("kettle", "The Kettle Project", "charity", "ZZ9V2"),
    Partner("carers", "Rivermouth Carers Together", "charity", "ZZ9V3"),
    Partner("academy", "Rivermouth Academy", "education", "ZZ9S1"),
)
PRACTICES = ("quay", "mill", "beacon", "saltings")

TEAMS = (
    TeamOf("door", "Front door", "hub", kind="duty", national_team_type="A18", long_hours=True),
    TeamOf("wellbeing", "Wellbeing team", "hub", national_team_type="F06"),
    TeamOf("talking", "Talking and creative therapies", "hub", national_team_type="A13"),
    TeamOf("complex", "Complex needs team", "trust", national_team_type="A06"),
    TeamOf("peers", "Harbour Light companions", "harbour"),
    TeamOf("advice", "Money and housing advice", "council"),
)

WORKERS = (
    WorkerOf("duty_1", "Hazelle Doorward", "duty_worker", "hub", ("door",), "Open the triage queue and take the crisis call."),
    WorkerOf("duty_2", "Bertrand Keepwell", "duty_worker", "hub", ("door",)),
    WorkerOf(
        "wellbeing_1",
        "Marigold Alongworth",
        "wellbeing_practitioner",
        "hub",
        ("door", "wellbeing"),
        "Open Today: people, next dates, call-backs.",
    ),
    WorkerOf("wellbeing_2", "Peregrine Listenby", "wellbeing_practitioner", "hub", ("wellbeing",)),
    WorkerOf("wellbeing_3", "Saoirse Goodmorrow", "wellbeing_practitioner", "hub", ("wellbeing",)),
    WorkerOf(
        "link_1", "Tobias Handinhand", "link_worker", "kettle", ("wellbeing",), "Introduce somebody, or answer an introduction."
    ),
    WorkerOf("link_2", "Clementine Walkalong", "link_worker", "hub", ("wellbeing",)),
    WorkerOf("link_3", "Ignatius Pathfellow", "link_worker", "quay", ("wellbeing",)),
    WorkerOf("peer_1", "Lucasta Harbourside", "link_worker", "harbour", ("peers",), "Answer an introduction as a charity."),
    WorkerOf("peer_2", "Caspian Stayawhile", "link_worker", "harbour", ("peers",)),
    WorkerOf(
        "therapist_1", "Ottoline Openroom", "therapist", "hub", ("talking",), "See whom you hold, and settle an introduction."
    ),
    WorkerOf("therapist_2", "Leopold Softchair", "therapist", "hub", ("talking",)),
    WorkerOf(
        "student_1", "Persephone Learnwell", "student", "hub", ("talking",), "See what a student sees.", supervisor="therapist_1"
    ),
    WorkerOf("coordinator_1", "Augustin Longhaul", "coordinator", "trust", ("complex",), "Open somebody with complex needs."),
    WorkerOf("coordinator_2", "Rosamund Evenkeel", "coordinator", "trust", ("complex",)),
    WorkerOf(
        "specialist_1", "Dr Bartholomew Standby", "specialist", "trust", ("complex",), "Answer an introduction as a specialist."
    ),
    WorkerOf("adviser_1", "Philippa Fairshare", "link_worker", "council", ("advice",)),
    WorkerOf("gp_quay", "Dr Xanthe Waitingroom", "referrer", "quay", (), "Bring someone in, and see where it stands."),
    WorkerOf("gp_mill", "Dr Horatio Millpond", "referrer", "mill"),
    WorkerOf("gp_beacon", "Dr Lavinia Beaconsea", "referrer", "beacon"),
    WorkerOf("gp_saltings", "Dr Ptolemy Saltmarsh", "referrer", "saltings"),
    WorkerOf("practice_1", "Drusilla Surgeryside", "registered_practice", "quay", (), "See what a registered practice sees."),
    WorkerOf("control_1", "Fenella Bluelight", "crisis_door", "ambulance", (), "Bring someone in from ambulance control."),
    WorkerOf("school_1", "Cornelius Chalkwell", "referrer", "academy"),
    WorkerOf("housing_1", "Araminta Roofover", "referrer", "council"),
    WorkerOf(
        "administrator_1", "Mungo Diarykeep", "administrator", "hub", ("door",), "Bring someone in; no story is shown to you."
    ),
    WorkerOf("ward_chair_1", "Eudora Roundtable", "ward_chair", "trust", (), "See what a chair sees before the first meeting."),
    WorkerOf("safeguarding_1", "Thaddeus Safehaven", "safeguarding_lead", "hub", (), "Settle who is kept away."),
    WorkerOf("editor_1", "Winnifred Trueentry", "service_editor", "kettle", (), "Confirm your directory entry."),
    WorkerOf("lead_1", "Evander Evenload", "service_lead", "hub", (), "See team load, arrange cover, end a hat."),
    WorkerOf("privacy_1", "Isolde Closedlid", "privacy_officer", "hub", (), "See who looked at a record."),
    WorkerOf("analyst_1", "Barnabas Countwell", "analyst", "council", (), "See that an analyst sees no person."),
    WorkerOf("hub_lead_1", "Seraphina Hubward", "hub_lead", "hub", (), "Change the hub: teams, workers, crisis contacts."),
    WorkerOf("system_1", "Ferdinand Cablework", "system_administrator", "hub", (), "See that technical settings show no person."),
    WorkerOf("leaver_1", "Ambrose Farewell", "link_worker", "hub", ("wellbeing",)),
)
STRANGER = WorkerOf(
    "stranger_1",
    "Valentine Elsewhere",
    "duty_worker",
    "elsewhere",
    ("elsewhere",),
    "A stranger from another hub: sees nobody of this one.",
)
HOLDERS = tuple(
    one.key for one in WORKERS if one.role in ("wellbeing_practitioner", "link_worker", "therapist", "coordinator") and one.teams
)
GP_OF = {"quay": "gp_quay", "mill": "gp_mill", "beacon": "gp_beacon", "saltings": "gp_saltings"}


def email_of(worker: WorkerOf) -> str:
    """Give the made-up address with which a worker signs in."""
    return f"{worker.key.replace('_', '.')}@rivermouth.example"
