"""Pages that cross stages: home, Today, the whole record, Nobody lost, the hub's figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from alongside.design.page import Page
from alongside.journey.directory.queries.matching import Missed, Offered
from alongside.members.strip import Strip
from alongside.safety.alerts.queries import Shown


@dataclass(frozen=True, kw_only=True)
class RefusalPage(Page):
    """An anticipated "no", as a sentence."""

    template: ClassVar[str] = "design/refusal.jinja"
    sentence: str = ""
    """What could not be done and why."""
    written: tuple[str, ...] = ()
    """What was written in the form that could not be saved, to be copied."""
    phone: str = ""
    """The hub's telephone, for whoever opened a private link that does not work."""
    reference: str = ""
    """For an unexpected fault: what to quote."""
    back: str = "/"
    """Where to go from here."""


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """The public home: crisis help, when we read, three large choices, find support."""

    template: ClassVar[str] = "web/home.jinja"
    welcome: str = ""
    """The hub's first sentence to everybody."""
    open_words: str = ""
    """When the hub is open and when a message is next read."""
    wait_words: str = ""
    """How long people wait now, with its date; nothing when too few to say."""
    door_open: bool = False
    """The public door is open."""
    phone: str = ""
    """While it is closed: the hub's telephone."""
    hours: tuple[str, ...] = ()
    """While it is closed: when somebody is at work, a line a day."""


@dataclass(frozen=True, kw_only=True)
class WordsPage(Page):
    """A page of plain words: accessibility, privacy, safeguarding."""

    template: ClassVar[str] = "web/words.jinja"
    paragraphs: tuple[str, ...] = ()
    """What it says."""
    phone: str = ""
    """The hub's telephone, when it says that you can call."""


@dataclass(frozen=True, kw_only=True)
class PersonSignInPage(Page):
    """The ways in for people: as by NHS login, by the private link, by telephone."""

    template: ClassVar[str] = "web/person_sign_in.jinja"
    offered: bool = False
    """There is a provider for people."""
    silent: bool = False
    """It does not answer now."""
    unknown: bool = False
    """It knows somebody whom nobody here is sure to know."""
    said: str = ""
    """Why it did not sign them in."""
    phone: str = ""
    """The hub's number."""
    door_open: bool = False
    """They can ask for help online."""


@dataclass(frozen=True, slots=True)
class MineRow:
    """Something that somebody asked for themselves."""

    reference: str
    received: str
    status: str


@dataclass(frozen=True, kw_only=True)
class MinePage(Page):
    """Signed in: where each thing stands that they asked for themselves, and nothing else."""

    template: ClassVar[str] = "web/mine.jinja"
    rows: tuple[MineRow, ...] = ()
    """The newest first."""
    phone: str = ""
    """The hub's number."""


@dataclass(frozen=True, kw_only=True)
class WhereItStandsPage(Page):
    """By the private link: who holds you, what happens next; add, worse, change your mind."""

    template: ClassVar[str] = "web/where_it_stands.jinja"
    reference: str = ""
    """The human reference."""
    status: str = ""
    """Where it stands, in the person's words."""
    holder: str = ""
    """Who is alongside them now."""
    is_with_a_team: bool = False
    """That is a whole team, and nobody of it yet."""
    received: str = ""
    """The day on which it was sent."""
    next: str = ""
    """When somebody is next in touch; for whoever asked for another, until it has been read."""
    introduced_to: str = ""
    """To whom they are being introduced, and how far that is."""
    can_dispute: bool = False
    """They can say that they have not met."""
    can_confirm: bool = False
    """They can say that they have met; nobody has confirmed it yet."""
    token: str = ""
    """The link's token, for the addresses on this page."""
    thanks: str = ""
    """What was just done."""
    asked_for_another: bool = False
    """The link belongs to somebody who asked on another's behalf: only their own words and the status are shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list about somebody: who, what, when, and where it leads."""

    href: str
    name: str
    what: str
    side: str
    colour: str = ""
    more: str = ""
    """What exactly is to be done, beneath."""


@dataclass(frozen=True, kw_only=True)
class TodayPage(Page):
    """Four short lists in this order: needs you now, introductions to answer, today's meetings, people you hold.

    A referrer, who holds nobody, has instead what they brought in.
    """

    template: ClassVar[str] = "web/today.jinja"
    now_rows: tuple[Row, ...] = ()
    """What needs you now, each with what to do."""
    introductions: tuple[Row, ...] = ()
    """Introductions to answer."""
    meetings: tuple[Row, ...] = ()
    """Meetings today, with what helps to talk well and safe contact."""
    held: tuple[Row, ...] = ()
    """People you hold, the next date first."""
    next: str = ""
    """The next page of people, or nothing."""
    first_page: bool = True
    """The short lists stand on the first page only."""
    brings_in_only: bool = False
    """The role brings people in and holds nobody."""
    mine: tuple[Row, ...] = ()
    """What such a hat brought in, the newest of it."""
    asks_whom_they_know: bool = False
    """It is a year since this worker said whom they know in these services."""


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One entry of the story."""

    words: str
    whose: str
    by: str
    at: str
    about: str
    told_once: bool
    circle: bool = False
    """Only whoever stands on its list sees it."""
    who: str = ""
    """Where it is chosen who may see it."""
    shown: str = ""
    """Where it is decided whether the person is shown it, for whoever decides that."""
    files: str = ""
    """Where its pictures and papers are."""
    said: tuple[str, ...] = ()
    """What the person says is not right about it, and what was answered."""


@dataclass(frozen=True, slots=True)
class Card:
    """An introduction or signpost on the record."""

    href: str
    title: str
    status: str
    colour: str
    lines: tuple[str, ...]
    more: tuple[str, str] = ("", "")
    """(address, words) of one link beneath it."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Another record that is said to be of the same person, and where to say that it is not."""

    href: str
    name: str
    since: str
    take_apart: str


@dataclass(frozen=True, kw_only=True)
class PersonPage(Page):
    """The whole record on one page."""

    template: ClassVar[str] = "web/show_person.jinja"
    strip: Strip | None = None
    """Who is this, who holds them, what is next."""
    said_of_all: tuple[str, ...] = ()
    """That they do not want their record used, while that stands."""
    story: tuple[StoryRow, ...] = ()
    """What was told, newest first."""
    others_words: tuple[StoryRow, ...] = ()
    """Words of third parties, kept apart."""
    may_read_story: bool = True
    """The role reads stories; without that there are the name, how to reach them safely, and the diary."""
    may_converse: bool = False
    """The role has the conversation."""
    actions: tuple[tuple[str, str], ...] = ()
    """(address, words) of what this hat may do for them."""
    opened_until: str = ""
    """Until when broken glass shows this, if it is that which opens it."""
    has_read: bool = False
    """This hat has read the story."""
    needs: tuple[str, ...] = ()
    """What matters most, in their order."""
    conversation: str = ""
    """When the conversation was last saved, or nothing."""
    around: tuple[Row, ...] = ()
    """Everyone involved, with next date or wait."""
    introductions: tuple[Card, ...] = ()
    """Introductions and signposts."""
    tasks: tuple[Row, ...] = ()
    """What is to be done."""
    family: tuple[Row, ...] = ()
    """Carers and family, each with what they may be told; dependants."""
    alerts: tuple[Shown, ...] = ()
    """What everybody near them has to know at once: five at most."""
    messages: tuple[Row, ...] = ()
    """The newest messages, each with how far it has come."""
    timeline: tuple[tuple[str, str, str, str], ...] = ()
    """(when, what, words, who), newest first."""
    referrals: tuple[Card, ...] = ()
    """How they came in, what was wanted and agreed, and what triage decided, newest first."""
    numbers: tuple[str, ...] = ()
    """Numbers as received, flagged when they do not check out."""
    keep_away: str = ""
    """Where to settle who must not see this person, for exactly those who may; nothing for everybody else."""
    also_known: tuple[Linked, ...] = ()
    """Other records of the same person within reach."""
    who_can_see: tuple[str, ...] = ()
    """Who may see this now, and why."""
    who_looked: tuple[str, ...] = ()
    """Who looked lately."""


@dataclass(frozen=True, kw_only=True)
class InACrisisPage(Page):
    """First in an emergency: whom to call, how to reach them, who depends on them."""

    template: ClassVar[str] = "web/in_a_crisis.jinja"
    strip: Strip | None = None
    """Who this is."""
    risk: tuple[tuple[str, str], ...] = ()
    """(prompt, words) of the newest triage."""
    lines: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(what, what stands written down): safety plan, who to call, allergies, medicines, GP, children at home."""
    alerts: tuple[Shown, ...] = ()
    """What everybody near them has to know at once: five at most."""
    crisis: tuple[tuple[str, str], ...] = ()
    """(words, address) of the nation's crisis contacts."""
    may_write: bool = False
    """This hat is with the person, and its role writes down what they are told."""


@dataclass(frozen=True, kw_only=True)
class NobodyLostPage(Page):
    """A number, goal 0, and its rows: why each is here, since when, who is acting."""

    template: ClassVar[str] = "web/nobody_lost.jinja"
    count: int = 0
    """How many, of the whole hub."""
    rows: tuple[Row, ...] = ()
    """Those within reach, the longest first."""
    more: int = 0
    """How many more within reach are not listed."""
    beyond: str = ""
    """How many more there are beyond this hat's reach, as a sentence."""
    now: str = ""
    """When this was counted."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One live figure of a promise."""

    promise: str
    figure: str
    means: str
    href: str


@dataclass(frozen=True, kw_only=True)
class HubHomePage(Page):
    """The promises built so far as live figures, each opening to its rows; and the load of each team."""

    template: ClassVar[str] = "web/hub_home.jinja"
    figures: tuple[Figure, ...] = ()
    """Live figures."""
    teams: tuple[tuple[str | tuple[str, str], ...], ...] = ()
    """(team, people held with the address of their rows, oldest next date)."""
    at: str = ""
    """When these were counted."""


@dataclass(frozen=True, kw_only=True)
class FigureRowsPage(Page):
    """The rows behind one figure: exactly what it counts, as far as this hat may see them."""

    template: ClassVar[str] = "web/figure_rows.jinja"
    figure: str = ""
    """The figure itself: "51 of 91"."""
    means: str = ""
    """What it counts."""
    rows: tuple[Row, ...] = ()
    """Those within reach, newest first; marked where the figure has two parts."""
    empty: str = ""
    """What is said when the figure is 0."""
    beyond: str = ""
    """How many more there are beyond this hat's reach, as a sentence."""
    next: str = ""
    """The next page of rows, or nothing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An offer, and what its links carry, so that what was shown is kept with what is chosen."""

    offered: Offered
    query: str


@dataclass(frozen=True, slots=True)
class HelpForNeed:
    """A need, what fits it, and what nearly does."""

    need: str
    code: str
    offers: tuple[Choice, ...]
    missed: Missed | None


@dataclass(frozen=True, kw_only=True)
class FindHelpPage(Page):
    """Find help for someone: needs at the left, two or more choices each, why; and not shown, why not."""

    template: ClassVar[str] = "web/find_help.jinja"
    strip: Strip | None = None
    """Who this is for."""
    needs: tuple[HelpForNeed, ...] = ()
    """In the person's order."""
    wished: str = ""
    """What they wish for, in words, or nothing."""
    noted: str = ""
    """For this need it has just been counted that nothing fits."""
    left_out: tuple[tuple[str, str], ...] = ()
    """(service, why it is not shown), a stretch of them."""
    left_out_because: tuple[tuple[str, str], ...] = ()
    """(reason and how many, address that lists only those)."""
    left_out_next: str = ""
    """The next stretch, or nothing."""
    left_out_asked: bool = False
    """Somebody is reading them: the fold is open."""
    near: str = ""
    """The place that was asked for, when one was."""
    near_taken: str = ""
    """The place chosen for this search, with its county; nothing when the gazetteer does not know it."""
    near_note: str = ""
    """What is to be known of it: a postcode that nobody knows, that is not whole, or that is no longer used."""
    near_credit: str = ""
    """Whose data say where it is, in the words of their licence."""
    near_others: tuple[tuple[str, str], ...] = ()
    """(words, address) of other places of that name."""
    may_converse: bool = False
    """The role ranks needs with the person."""
    may_introduce: bool = False
    """The role introduces, and tells of a service."""
    no_needs: bool = False
    """No needs are ranked yet."""


@dataclass(frozen=True, slots=True)
class MatchRow:
    """Two records to be compared: for each its name, birthday and numbers, and no more."""

    task: str
    one: tuple[str, str, tuple[str, ...]]
    other: tuple[str, str, tuple[str, ...]]
    why: str
    since: str
    matcher: str


@dataclass(frozen=True, kw_only=True)
class MatchesPage(Page):
    """Two records that may be one person: a named matcher decides."""

    template: ClassVar[str] = "web/matches.jinja"
    rows: tuple[MatchRow, ...] = ()
    """What is to be settled, oldest first."""


@dataclass(frozen=True, kw_only=True)
class TakeOutPage(Page):
    """Something of a worker's own people is taken out as a file: as what, and what for."""

    template: ClassVar[str] = "web/take_out.jinja"
    about: str = ""
    """What stands in the file."""
    button: str = ""
    """What the button says, where pressing it does not give the file at once."""
    needs_a_yes: bool = False
    """It is about several people: a second person says yes before it leaves."""
    stands: tuple[str, str, str] = ("", "", "")
    """(status, its colour, what that means) of what was asked for last."""
    take: str = ""
    """What was approved and can be taken now."""


@dataclass(frozen=True, kw_only=True)
class RulesPage(Page):
    """Every threshold and exclusion in force, with how many people of the hub each keeps out now."""

    template: ClassVar[str] = "web/rules.jinja"
    rows: tuple[tuple[str | tuple[str, str], ...], ...] = ()
    """(entry with its address, what kind of rule, what it says, how many it keeps out): by entry."""
    conditions: tuple[tuple[str, ...], ...] = ()
    """(need that entries exclude, how many entries, how many people they keep out)."""
    next: str = ""
    """The address of the following entries, or nothing."""


@dataclass(frozen=True, kw_only=True)
class ChangeRulesPage(Page):
    """For which needs and ages a service is, and with which other needs it takes nobody: what it would be, to be rehearsed first."""

    template: ClassVar[str] = "web/change_rules.jinja"
    service: str = ""
    """Its name."""
    service_id: UUID | None = None
    """Of this service."""
    stands: str = ""
    """Who may come now, in words."""
    history: tuple[tuple[str, ...], ...] = ()
    """(day, what it was, what it became, would gain, would lose, why, who agreed), newest first."""


@dataclass(frozen=True, kw_only=True)
class RehearsalPage(Page):
    """What a change would do, before it can be saved: who would gain, who would lose, by group."""

    template: ClassVar[str] = "web/rehearsal.jinja"
    service: str = ""
    """Its name."""
    service_id: UUID | None = None
    """Of this service."""
    stands: str = ""
    """Who may come now, in words."""
    would_be: str = ""
    """Who might come then, in words."""
    gain: str = ""
    """How many would gain."""
    lose: str = ""
    """How many would lose."""
    groups: tuple[tuple[str, ...], ...] = ()
    """(kind of group, group, would gain, would lose)."""
    sent: tuple[tuple[str, str], ...] = ()
    """(name, value) that goes along when it is saved: the change, and the seal of what was rehearsed."""


@dataclass(frozen=True, slots=True)
class AssetRow:
    """One need, seen from the place that was chosen."""

    need: str
    """In words."""
    code: str
    """Its code."""
    counts: tuple[str, ...]
    """Offers within reach at each level, and in all."""
    recorded: str
    """When it was recorded that there is nothing, or nothing."""
    gap: str
    """The address of the gap, where it is one that somebody knows of."""
    may_record: bool
    """There is nothing within reach, nobody recorded it, and this hat may."""


@dataclass(frozen=True, kw_only=True)
class AssetMapPage(Page):
    """What there is by need, place and level; what has neither an offer within reach nor a recorded gap."""

    template: ClassVar[str] = "web/asset_map.jinja"
    head: tuple[str, ...] = ()
    """The levels by their numbers, and "in all"."""
    levels: tuple[str, ...] = ()
    """What each number means."""
    rows: tuple[AssetRow, ...] = ()
    """Every need, in the order of the list."""
    place: str = ""
    """The place that is looked from, in words; nothing for the whole area."""
    outcode: str = ""
    """Its outcode."""
    places: tuple[tuple[str, str], ...] = ()
    """(name, address) of the places to look from."""
    miles: str = ""
    """So far is within reach."""
    neither: tuple[tuple[str, str], ...] = ()
    """(need, in which places): for whoever plans, what nobody answers and nobody has recorded."""
    neither_many: int = 0
    """How many of these there are."""
    may_plan: bool = False
    """This hat is shown what has neither."""
    may_keep: bool = False
    """This hat may take a spreadsheet in."""
    may_take: bool = False
    """This hat may take the spreadsheet out."""


@dataclass(frozen=True, kw_only=True)
class TakeAssetsPage(Page):
    """The spreadsheet of services and needs is taken out: as what, and what for."""

    template: ClassVar[str] = "web/take_assets.jinja"


@dataclass(frozen=True, kw_only=True)
class BringAssetsPage(Page):
    """A spreadsheet of services and needs comes in, and what became of each of its rows."""

    template: ClassVar[str] = "web/bring_assets.jinja"
    outcome: tuple[tuple[str, str], ...] = ()
    """(what, how many rows): new, changed, as before, not taken; nothing before a file was sent."""
    not_taken: tuple[tuple[str, str, str], ...] = ()
    """(line, why, what stood in it)."""
