# For workers only.
"""The whole record on one page: gathered from every stage, as far as the hat may see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.access import policy
from alongside.access.models import Glass
from alongside.access.queries import exclusions_of
from alongside.design.addresses import address
from alongside.design.words import moment, short_day, words
from alongside.hubs.models import Hat, Team
from alongside.hubs.words import hat_words, team_words
from alongside.journey.assessments.policies import can_converse
from alongside.journey.assessments.queries import current_assessments, ranked_needs
from alongside.journey.care_contacts.models import CareContact
from alongside.journey.care_contacts.queries import contacts_of
from alongside.journey.handovers.codes import RESULTS, STATUS
from alongside.journey.handovers.models import Handover, Signpost
from alongside.journey.handovers.queries import introductions_of, receiver_words, signposts_of, steps_of
from alongside.journey.referrals.models import CrisisCall, Referral, TriageDecision
from alongside.journey.referrals.queries import crisis_calls_of, referrals_of
from alongside.members.codes import TASKS, WHY
from alongside.members.models import Holding, Task
from alongside.members.queries import ledger_of, open_tasks
from alongside.members.strip import holder_words, strip_of, strip_reads
from alongside.messages.codes import STATES
from alongside.messages.instead import instead_of
from alongside.messages.models import Message
from alongside.messages.queries import behind_tasks, messages_about
from alongside.messages.states import state_of_message, state_words, what_it_was
from alongside.people.codes import WHOSE
from alongside.people.models import (
    Allergy,
    ContactPoint,
    Dependant,
    Medicine,
    MergeLink,
    Person,
    RelatedPerson,
    StoryEntry,
)
from alongside.people.policies import can_read_story
from alongside.people.queries import (
    allergies_of,
    as_told_words,
    dependants_of,
    family_of,
    identifiers_of,
    linked_to,
    medicines_of,
    number_words,
    story_of,
    story_readings,
)
from alongside.reads import together, underway
from alongside.safety.alerts.queries import Shown, alerts_of, shown
from alongside.safety.challenges import beside, challenges_of, said_of
from alongside.safety.choices.queries import as_carers, choices_about_carers
from alongside.safety.choices.words import conflict_words, told_words
from alongside.safety.models import CarerChoice, Challenge
from alongside.safety.policies import can_withhold
from alongside.safety.queries import my_glass, whom_to_ring
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now, today
from alongside.vocabulary.contact_log import MODES, OUTCOMES
from alongside.vocabulary.domains import DOMAINS, RISK_PROMPTS
from alongside.vocabulary.doors import DOORS
from alongside.vocabulary.handover_answers import NOT_US
from alongside.vocabulary.levels import LEVELS
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.urgency import URGENCY
from alongside.web import queries
from alongside.web.actions import actions_for
from alongside.web.codes import TIMELINE
from alongside.web.pages import Card, Linked, PersonPage, Row, StoryRow

_ITEM = UUID(int=0)
"""Stands for an item in an address that is worked out once a page."""
EVERYONE = 60
"""Rows of "around the person" at most; the ledger holds the rest."""


def person_page(actor: Actor, person: Person) -> PersonPage:
    """Gather one person's whole record for a hat that has been found to be near them.

    Queries: twenty-six in one trip, whatever the person has lived through (a test holds it at 1, 20 and 200 rows).
    """
    glass = my_glass(actor, person.pk, now())
    if not can_read_story(actor):
        return _front_of_the_record(actor, person, glass)
    key, strip = person.pk, strip_reads(person)
    story, readings = story_of(actor, key), story_readings(actor.hat_id, key)
    needs, conversation = ranked_needs(actor, key), current_assessments(actor, key)
    handovers, signposts = introductions_of(actor, key), signposts_of(actor, key)
    ledger, tasks, contacts = ledger_of(actor, key), open_tasks(actor, person_id=key), contacts_of(actor, key)
    family, dependants, numbers = family_of(actor, key), dependants_of(actor, key), identifiers_of(key)
    links, alerts, choices = linked_to(actor, key), alerts_of(actor, key), choices_about_carers(actor, key)
    entries, referrals, calls = queries.entries_about(actor, key), referrals_of(actor, key), crisis_calls_of(actor, key)
    stopped, sealed = behind_tasks(actor, person_id=key), exclusions_of(actor, key)
    messages, challenges = messages_about(actor, key), challenges_of(key)
    who_can_see, looks, lookers = queries.who_can_see(key), queries.who_looked(key), queries.lookers(key)
    # In the order in which the page looks at them: it is made while the database works.
    with underway(
        *strip, alerts, story, readings, challenges, needs, conversation, ledger, handovers, signposts, referrals, tasks, stopped,
        family, choices, dependants, messages, entries, contacts, calls, numbers, links, sealed, who_can_see, looks, lookers,
    ):  # fmt: skip
        stood = strip_of(actor, person, strip)
        links_of = _links(person, near=glass is None, decides=can_withhold(actor))
        return PersonPage(
            title=person.chosen_name,
            strip=stood,
            alerts=shown(actor, alerts),
            said_of_all=tuple(
                line for one in beside(challenges, ()) if not one.answered_at for line in said_of(one, in_full=False)
            ),
            story=tuple(_story_row(one, links_of, key, challenges) for one in story if not one.third_party),
            others_words=tuple(_story_row(one, links_of, key, challenges) for one in story if one.third_party),
            may_converse=can_converse(actor) and not glass,
            actions=actions_for(actor, person, is_resting=stood.is_resting, is_near=glass is None),
            opened_until=moment(glass.until_at) if glass else "",
            has_read=bool(readings),
            needs=tuple(words(NEEDS, need.code) + (f": {need.words}" if need.words else "") for need in needs),
            conversation=moment(conversation[0].begun_at) if conversation else "",
            around=_around(actor, person, ledger, handovers, signposts, referrals),
            introductions=tuple([_handover_card(actor, one) for one in handovers] + [_signpost_card(one) for one in signposts]),
            referrals=tuple(_referral_card(one) for one in referrals),
            tasks=_tasks(actor, tasks, stopped),
            family=_family(person, family, choices, strip.ways, dependants, may_choose=not glass),
            messages=tuple(_message_row(one) for one in messages),
            timeline=_timeline(entries, contacts, calls),
            numbers=tuple(number_words(one) for one in numbers),
            also_known=tuple(_linked(one, person, may_match=policy.may(actor, "match")) for one in links),
            keep_away=address("safety:settle", sealed[0].public_id) if sealed else "",
            who_can_see=tuple(dict.fromkeys(_near_words(actor, one.hat, one.team) for one in who_can_see)),
            who_looked=_who_looked(actor, looks, lookers),
            people_shown=(person.pk, *(key for one in links for key in (one.kept_id, one.joined_id) if key != person.pk)),
        )


def _near_words(actor: Actor, hat: Hat | None, team: Team | None) -> str:
    return hat_words(hat, actor) if hat else team_words(team, actor) if team else ""


def _tasks(actor: Actor, tasks: Sequence[Task], stopped: Sequence[Message]) -> tuple[Row, ...]:
    instead = {one.task_id: instead_of(one) for one in reversed(stopped)}
    return tuple(
        Row(
            address("members:finish-task", one.public_id),
            one.words or words(TASKS, one.what),
            _near_words(actor, one.hat, one.team),
            _("due %(day)s") % {"day": short_day(one.due_on)},
            TASKS[one.what].colour if one.what in TASKS else "",
            instead.get(one.pk, ""),
        )
        for one in tasks
    )


def _message_row(one: Message) -> Row:
    state = state_of_message(one, now())
    return Row("", what_it_was(one), state_words(one, now()), "", STATES[state].colour)


def _who_looked(actor: Actor, looks: Sequence[tuple[datetime, int | None]], lookers: Sequence[Hat]) -> tuple[str, ...]:
    named = {one.pk: hat_words(one, actor) for one in lookers}
    return tuple(f"{moment(at)}: {named[hat_id]}" for at, hat_id in looks if hat_id in named)


def _front_of_the_record(actor: Actor, person: Person, glass: Glass | None) -> PersonPage:
    """Give a role that reads no stories what it has of somebody: the name, how to reach them safely, and the diary (lists.md)."""
    strip = strip_of(actor, person)
    return PersonPage(
        title=person.chosen_name,
        strip=strip,
        alerts=shown(actor, alerts_of(actor, person.pk)),
        may_read_story=False,
        actions=actions_for(actor, person, is_resting=strip.is_resting, is_near=glass is None),
        opened_until=moment(glass.until_at) if glass else "",
        people_shown=(person.pk,),
    )


@dataclass(frozen=True, slots=True)
class CrisisFacts:
    """What is needed first in an emergency."""

    risk: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    """(what, what stands written down about it), in the order of pages.md; nothing where nothing is."""
    alerts: tuple[Shown, ...]
    """What everybody near them has to know at once."""


def crisis_facts(actor: Actor, person: Person) -> CrisisFacts:
    """Gather what is needed first in an emergency. Queries: eleven at most, five of them in one trip.

    Whoever is with the person now reads it, in any role: what they may not read in words they read to be there, and whom to ask.
    A circle item and an exclusion are never told of.
    Source: pages.md (Person, In a crisis); trust.md 3.1 (over-hiding), H11. There is no safety plan to show yet, and the page says so.
    """
    at, reads_story = now(), policy.may(actor, "read_story")
    decision = (
        policy.safety_summary(actor, TriageDecision.objects.filter(policy.with_joined((person.pk,), at)), at=at)
        .order_by("-at")
        .first()
    )
    is_open = bool(
        decision and reads_story and policy.visible_to(actor, TriageDecision.objects.filter(pk=decision.pk), at=at).exists()
    )
    related, dependants = family_of(actor, person.pk), dependants_of(actor, person.pk)
    allergies, medicines = allergies_of(actor, person.pk), medicines_of(actor, person.pk)
    alerts = alerts_of(actor, person.pk)
    together(related, dependants, allergies, medicines, alerts)
    # A role that does not read stories (reception) is told that something may stand there, never that nothing does.
    not_shown = () if reads_story else (_("not shown to your role"),)
    hidden = not_shown if my_glass(actor, person.pk, at) is None else ()
    ring = whom_to_ring(actor, person.pk, at)
    return CrisisFacts(
        risk=risk_words(decision.risk if decision else {}, is_open=is_open),
        lines=crisis_words(person, ring, related, allergies, medicines, dependants, not_shown=not_shown, hidden=hidden),
        alerts=shown(actor, alerts),
    )


def risk_words(risk: dict[str, str], *, is_open: bool) -> tuple[tuple[str, str], ...]:
    """Say (prompt, words) of a triage decision. That there is something, and of which kind, is told to whoever is with them; the
    words only to whom they are open."""
    closed = _("something stands written down: ask the duty team or whoever holds them")
    return tuple((words(RISK_PROMPTS, code), risk[code] if is_open else closed) for code in RISK_PROMPTS if risk.get(code))


def crisis_words(
    person: Person,
    ring: tuple[str, ...],
    related: Sequence[RelatedPerson],
    allergies: Sequence[Allergy],
    medicines: Sequence[Medicine],
    dependants: Sequence[Dependant],
    *,
    not_shown: tuple[str, ...] = (),
    hidden: tuple[str, ...] = (),
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Say what an emergency needs of one person, from records that were read for whoever reads it: on the page and in a pack alike."""
    return (
        (_("Safeguarding duty"), ring),
        (_("Safety plan"), ()),
        (_("Who to call"), tuple(_who_to_call(one) for one in related) or not_shown),
        (_("Allergies"), tuple(as_told_words(one) for one in allergies)),
        (_("Medicines"), tuple(as_told_words(one) for one in medicines)),
        (_("GP"), _practice(person)),
        (_("Children at home"), tuple(_dependant(one) for one in dependants if one.kind == "child") or hidden),
        (_("Adults whom they care for"), tuple(_dependant(one) for one in dependants if one.kind != "child") or hidden),
    )


def _practice(person: Person) -> tuple[str, ...]:
    """Name their practice; where they are may have to stay secret, and a practice tells it (trust.md C11)."""
    if not person.gp_practice:
        return ()
    return (_("held securely, with their address"),) if _is_secret(person) else (person.gp_practice,)


def _is_secret(person: Person) -> bool:
    """Tell whether where they are is secret, on this record or on another that is said to be theirs."""
    return person.whereabouts_secret or getattr(person, "secret_elsewhere", False)


def _who_to_call(one: RelatedPerson) -> str:
    return (
        f"{one.name}, {one.relationship or _('relationship not told')}: {one.phone or one.email or _('no number written down')}"
    )


def _around(
    actor: Actor,
    person: Person,
    ledger: Sequence[Holding],
    handovers: Sequence[Handover],
    signposts: Sequence[Signpost],
    referrals: Sequence[Referral],
) -> tuple[Row, ...]:
    """Name everyone involved, of whichever organisation, each with the next date or the wait: now first, then before."""
    rows = [_holder_row(actor, one) for one in ledger if one.until_at is None]
    rows += [_introduced_row(actor, one) for one in handovers if one.status not in ("not_us", "they_have_died")]
    rows += [_told_of_row(one) for one in signposts]
    rows += [
        Row("", _brought_in_by(one), _("brought them in"), short_day(one.received_at))
        for one in referrals
        if one.source_hat or one.source_organisation or one.source_name
    ]
    rows += [Row("", one, _("their GP practice"), "") for one in _practice(person)]
    rows += [_holder_row(actor, one) for one in ledger if one.until_at is not None]
    return tuple(rows[:EVERYONE])


def _holder_row(actor: Actor, one: Holding) -> Row:
    why, begun = words(WHY, one.why), short_day(one.from_at)
    if one.until_at:
        until = _("from %(day)s until %(until)s") % {"day": begun, "until": short_day(one.until_at)}
        return Row("", holder_words(one, actor), _("held them: %(why)s") % {"why": why}, until)
    side = _("next %(day)s") % {"day": short_day(one.next_on)} if one.next_on else _("from %(day)s") % {"day": begun}
    return Row("", holder_words(one, actor), _("holds them: %(why)s") % {"why": why}, side)


def _told_of_row(one: Signpost) -> Row:
    if not one.result:
        return Row("", one.service.name, _("told of it"), _("ask how it went from %(day)s") % {"day": short_day(one.ask_on)})
    known = _("told of it: %(result)s") % {"result": words(RESULTS, one.result)}
    return Row("", one.service.name, known, short_day(one.result_at))


def _introduced_row(actor: Actor, one: Handover) -> Row:
    state = one.status
    side = {
        "offered": _("answer by %(day)s") % {"day": short_day(one.answer_by)},
        "not_now": _("not before %(day)s") % {"day": short_day(one.not_now_until)},
        "met": _("met %(day)s") % {"day": short_day(one.met_at)},
        "settled": _("settled %(day)s") % {"day": short_day(one.settled_at)},
    }.get(state, _("they meet on %(day)s") % {"day": short_day(one.meet_on)} if one.meet_on else "")
    return Row(address("handovers:show-handover", one.public_id), receiver_words(actor, one), words(STATUS, state), side)


def _brought_in_by(one: Referral) -> str:
    if one.source_hat:
        return (
            f"{one.source_hat.worker.name}, {one.source_organisation.name}"
            if one.source_organisation
            else one.source_hat.worker.name
        )
    return ", ".join(part for part in (one.source_name, one.source_organisation.name if one.source_organisation else "") if part)


def _family(
    person: Person,
    related: Sequence[RelatedPerson],
    choices: Sequence[CarerChoice],
    ways: Sequence[ContactPoint],
    dependants: Iterable[Dependant],
    *,
    may_choose: bool,
) -> tuple[Row, ...]:
    """List carers and family, each with what they may be told and what that stands against; then whoever depends on them."""
    carers = as_carers(person, related, choices, ways, today())
    rows = [
        Row(
            address("safety:carer", person.public_id, carer.carer_id) if may_choose else "",
            carer.name,
            carer.relationship,
            _("asked for them") if one.asked_for_them else "",
            more=" ".join(part for part in (_sentence(told_words(carer)), conflict_words(carer.conflict, carer.name)) if part),
        )
        for one, carer in zip(related, carers, strict=True)
    ]
    rows += [Row("", _dependant(one), _("depends on them"), "") for one in dependants]
    return tuple(rows)


def _dependant(one: Dependant) -> str:
    kind = _("children") if one.kind == "child" else _("an adult they care for")
    return f"{kind}: {one.words}" if one.words else kind


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


class _Links(NamedTuple):
    """Where each entry's own pages are, with a stand-in for the entry; nothing where this hat has no business there."""

    who: str
    files: str
    shown: str

    def of(self, entry: StoryEntry) -> _Links:
        return _Links(*(href.replace(str(_ITEM), str(entry.public_id)) for href in self))


def _links(person: Person, *, near: bool, decides: bool) -> _Links:
    if not near:
        return _Links("", "", "")
    who, files = (address(name, person.public_id, _ITEM) for name in ("safety:item", "people:files"))
    return _Links(who, files, address("safety:keep-from-them", person.public_id, _ITEM) if decides else "")


def _story_row(entry: StoryEntry, links: _Links, of: int, challenges: Iterable[Challenge]) -> StoryRow:
    whose = words(WHOSE, entry.whose_words)
    by = (
        f"{entry.written_by.worker.name}, {entry.author_organisation.name}"
        if entry.written_by
        else entry.author_organisation.name
    )
    about = words(DOMAINS, entry.domain) if entry.domain in DOMAINS else _("asking for help")
    here = entry.person_id == of
    who, files, shown_at = links.of(entry) if here else _Links("", "", "")
    by = by if here else _("%(who)s (from another record of theirs)") % {"who": by}
    return StoryRow(
        entry.words,
        whose,
        by,
        moment(entry.at),
        about,
        entry.do_not_ask_again,
        entry.label == "circle",
        who,
        shown_at,
        files,
        tuple(line for one in challenges if one.item == entry.public_id for line in said_of(one)),
    )


def _linked(link: MergeLink, person: Person, *, may_match: bool) -> Linked:
    other = link.joined if link.kept_id == person.pk else link.kept
    apart = address("people:take-apart", person.public_id, other.public_id) if may_match else ""
    return Linked(address("web:show-person", other.public_id), other.chosen_name, short_day(link.at), apart)


def _referral_card(one: Referral) -> Card:
    """Say how somebody came in, what was wanted and agreed, and what triage decided, with its note."""
    door = words(DOORS, one.door) + (f", {one.source_organisation.name}" if one.source_organisation else "")
    lines = [f"{door}, {short_day(one.received_at)}"]
    if one.wants:
        lines.append(_("asked for: %(what)s") % {"what": one.wants})
    if one.agreed_next:
        lines.append(_("agreed next: %(what)s") % {"what": one.agreed_next})
    if one.triaged_at and one.triaged_by:
        by = {"day": short_day(one.triaged_at), "who": hat_words(one.triaged_by)}
        lines.append(_("decided %(day)s by %(who)s") % by)
        if one.level is not None:
            lines.append(words(LEVELS, str(one.level)))
        if one.triage_note:  # type: ignore[attr-defined]  # referrals_of puts it beside each
            lines.append(_("note: %(note)s") % {"note": one.triage_note})  # type: ignore[attr-defined]  # as above
    return Card(
        "",
        one.reference,
        words(URGENCY, one.urgency),
        URGENCY[one.urgency].colour,
        tuple(lines),
        (address("referrals:copy-summary", one.public_id), _("Summary to copy")),
    )


def _handover_card(actor: Actor, one: Handover) -> Card:
    state = one.status
    lines = [
        _("offered %(day)s by %(who)s") % {"day": short_day(one.offered_at), "who": hat_words(one.offered_by)},
    ]
    if one.answered_at:
        how = {"account": "", "link": _(" (by link)"), "written": _(" (written down by the giver)")}[one.answered_how]
        who = one.answered_by.worker.name if one.answered_by and one.answered_how == "account" else one.answered_by_name
        lines.append(_("answered %(day)s by %(who)s%(how)s") % {"day": short_day(one.answered_at), "who": who, "how": how})
    if one.not_us_reason:
        lines.append(
            _("because: %(why)s") % {"why": words(NOT_US, one.not_us_reason)}
            + (f". {one.not_us_words}" if one.not_us_words else "")
        )
    lines += [f"{step.name}: {short_day(step.at)}, {step.who}" for step in steps_of(one)]
    if state == "offered":
        lines.append(_("answer by %(day)s") % {"day": short_day(one.answer_by)})
    return Card(
        address("handovers:show-handover", one.public_id),
        receiver_words(actor, one),
        words(STATUS, state),
        STATUS[state].colour,
        tuple(lines),
    )


def _signpost_card(one: Signpost) -> Card:
    known = words(RESULTS, one.result) if one.result else _("ask how it went from %(day)s") % {"day": short_day(one.ask_on)}
    return Card(
        "" if one.result else address("handovers:signpost-result", one.public_id),
        _("Told of: %(service)s") % {"service": one.service.name},
        _("result known") if one.result else _("result open"),
        "green" if one.result else "blue",
        (_("on %(day)s by %(who)s") % {"day": short_day(one.given_at), "who": one.given_by.worker.name}, known),
    )


def _timeline(
    entries: Iterable[queries.Noted], contacts: Iterable[CareContact], calls: Iterable[CrisisCall]
) -> tuple[tuple[str, str, str, str], ...]:
    """Put entries, contacts and crisis calls in one order; what somebody wrote stands with its contact or call."""
    lines = [
        (entry.at, words(TIMELINE, entry.command), "", "")
        for entry in entries
        if entry.command in TIMELINE and entry.command not in ("contact.logged", "crisis_call.taken")
    ]
    lines += [
        (
            one.taken_at,
            _("crisis call taken by %(who)s") % {"who": one.taken_by_name},
            one.outcome,
            hat_words(one.taken_written_by) if one.taken_written_by else "",
        )
        for one in calls
        if one.taken_at
    ]
    lines += [
        (
            one.at,
            words(OUTCOMES, one.outcome) + (f" ({words(MODES, one.mode)})" if one.mode else ""),
            one.words + (" " + _("Came along: %(who)s.") % {"who": one.came_along} if one.came_along else ""),
            hat_words(one.hat) if one.hat else "",
        )
        for one in contacts
    ]
    lines.sort(key=lambda line: line[0], reverse=True)
    return tuple((moment(at), what, said, who) for at, what, said, who in lines[:80])
