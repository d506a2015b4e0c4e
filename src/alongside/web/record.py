# For workers only.
"""The whole record on one page: gathered from every stage, as far as the hat may see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.access import policy
from alongside.access.models import Glass
from alongside.access.queries import exclusions_of
from alongside.design.addresses import address
from alongside.design.words import moment, short_day, words
from alongside.hubs.models import Hat
from alongside.hubs.words import hat_words
from alongside.journey.assessments.policies import can_converse
from alongside.journey.assessments.queries import current_assessments, ranked_needs
from alongside.journey.care_contacts.models import CareContact
from alongside.journey.care_contacts.queries import contacts_of
from alongside.journey.handovers.codes import RESULTS, STATUS
from alongside.journey.handovers.models import Handover, Signpost
from alongside.journey.handovers.queries import introductions_of, signposts_of, steps_of
from alongside.journey.referrals.models import CrisisCall, Referral, TriageDecision
from alongside.journey.referrals.queries import crisis_calls_of, referrals_of
from alongside.members.codes import TASKS, WHY
from alongside.members.models import Holding, Task
from alongside.members.queries import ledger_of, open_tasks
from alongside.members.strip import holder_words, strip_of, strip_reads
from alongside.messages.instead import instead_of
from alongside.messages.models import Message
from alongside.messages.queries import behind_tasks
from alongside.people.codes import WHOSE
from alongside.people.models import Dependant, MergeLink, Person, RelatedPerson, StoryEntry
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
from alongside.safety.queries import my_glass
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
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

EVERYONE = 60
"""Rows of "around the person" at most; the ledger holds the rest."""


def person_page(actor: Actor, person: Person) -> PersonPage:
    """Gather one person's whole record for a hat that has been found to be near them.

    Queries: twenty-two in one trip, whatever the person has lived through (a test holds it at 1, 20 and 200 rows).
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
    links = linked_to(actor, key)
    entries, referrals, calls = queries.entries_about(actor, key), referrals_of(actor, key), crisis_calls_of(actor, key)
    stopped, sealed = behind_tasks(actor, person_id=key), exclusions_of(actor, key)
    who_can_see, looks, lookers = queries.who_can_see(key), queries.who_looked(key), queries.lookers(key)
    # In the order in which the page looks at them: it is made while the database works.
    with underway(
        *strip, story, readings, needs, conversation, ledger, handovers, signposts, referrals, tasks, stopped,
        family, dependants, entries, contacts, calls, numbers, links, sealed, who_can_see, looks, lookers,
    ):  # fmt: skip
        stood = strip_of(actor, person, strip)
        return PersonPage(
            title=person.chosen_name,
            strip=stood,
            story=tuple(_story_row(one) for one in story if not one.third_party),
            others_words=tuple(_story_row(one) for one in story if one.third_party),
            may_converse=can_converse(actor) and not glass,
            actions=actions_for(actor, person, is_resting=stood.is_resting, is_near=glass is None),
            opened_until=moment(glass.until_at) if glass else "",
            has_read=bool(readings),
            needs=tuple(words(NEEDS, need.code) + (f": {need.words}" if need.words else "") for need in needs),
            conversation=moment(conversation[0].begun_at) if conversation else "",
            around=_around(person, ledger, handovers, signposts, referrals),
            introductions=tuple([_handover_card(one) for one in handovers] + [_signpost_card(one) for one in signposts]),
            referrals=tuple(_referral_card(one) for one in referrals),
            tasks=_tasks(tasks, stopped),
            family=_family(family, dependants),
            timeline=_timeline(entries, contacts, calls),
            numbers=tuple(number_words(one) for one in numbers),
            also_known=tuple(_linked(one, person, may_match=policy.may(actor, "match")) for one in links),
            keep_away=address("safety:settle", sealed[0].public_id) if sealed else "",
            who_can_see=tuple(
                dict.fromkeys(hat_words(one.hat) if one.hat else one.team.name if one.team else "" for one in who_can_see)
            ),
            who_looked=_who_looked(looks, lookers),
            people_shown=(person.pk,),
        )


def _tasks(tasks: Sequence[Task], stopped: Sequence[Message]) -> tuple[Row, ...]:
    instead = {one.task_id: instead_of(one) for one in reversed(stopped)}
    return tuple(
        Row(
            address("members:finish-task", one.public_id),
            one.words or words(TASKS, one.what),
            hat_words(one.hat) if one.hat else one.team.name if one.team else "",
            _("due %(day)s") % {"day": short_day(one.due_on)},
            TASKS[one.what].colour if one.what in TASKS else "",
            instead.get(one.pk, ""),
        )
        for one in tasks
    )


def _who_looked(looks: Sequence[tuple[datetime, int | None]], lookers: Sequence[Hat]) -> tuple[str, ...]:
    named = {one.pk: hat_words(one) for one in lookers}
    return tuple(f"{moment(at)}: {named[hat_id]}" for at, hat_id in looks if hat_id in named)


def _front_of_the_record(actor: Actor, person: Person, glass: Glass | None) -> PersonPage:
    """Give a role that reads no stories what it has of somebody: the name, how to reach them safely, and the diary (lists.md)."""
    strip = strip_of(actor, person)
    return PersonPage(
        title=person.chosen_name,
        strip=strip,
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


def crisis_facts(actor: Actor, person: Person) -> CrisisFacts:
    """Gather what is needed first in an emergency. Queries: six at most, four of them in one trip.

    Source: pages.md (Person, In a crisis). There is no safety plan to show yet, and the page says so.
    """
    at, reads_story = now(), policy.may(actor, "read_story")
    decision = policy.safety_summary(actor, TriageDecision.objects.filter(person=person), at=at).order_by("-at").first()
    risk = decision.risk if decision else {}
    if decision and not (reads_story and policy.visible_to(actor, TriageDecision.objects.filter(pk=decision.pk), at=at).exists()):
        # That there is something, and of which kind, is told to whoever is with them; the words only to whom they are open.
        risk = {code: _("something stands written down: ask the duty team or whoever holds them") for code in risk if risk[code]}
    related, dependants = family_of(actor, person.pk), dependants_of(actor, person.pk)
    allergies, medicines = allergies_of(actor, person.pk), medicines_of(actor, person.pk)
    together(related, dependants, allergies, medicines)
    # A role that does not read stories (reception) is told that something may stand there, never that nothing does.
    not_shown = () if reads_story else (_("not shown to your role"),)
    hidden = not_shown if my_glass(actor, person.pk, at) is None else ()
    return CrisisFacts(
        risk=tuple((words(RISK_PROMPTS, code), risk[code]) for code in RISK_PROMPTS if risk.get(code)),
        lines=(
            (_("Safety plan"), ()),
            (_("Who to call"), tuple(_who_to_call(one) for one in related) or not_shown),
            (_("Allergies"), tuple(as_told_words(one) for one in allergies)),
            (_("Medicines"), tuple(as_told_words(one) for one in medicines)),
            (_("GP"), (person.gp_practice,) if person.gp_practice else ()),
            (_("Children at home"), tuple(_dependant(one) for one in dependants if one.kind == "child") or hidden),
            (
                _("Adults whom they care for"),
                tuple(_dependant(one) for one in dependants if one.kind != "child") or hidden,
            ),
        ),
    )


def _who_to_call(one: RelatedPerson) -> str:
    return (
        f"{one.name}, {one.relationship or _('relationship not told')}: {one.phone or one.email or _('no number written down')}"
    )


def _around(
    person: Person,
    ledger: Sequence[Holding],
    handovers: Sequence[Handover],
    signposts: Sequence[Signpost],
    referrals: Sequence[Referral],
) -> tuple[Row, ...]:
    """Name everyone involved, of whichever organisation, each with the next date or the wait: now first, then before."""
    rows = [_holder_row(one) for one in ledger if one.until_at is None]
    rows += [_introduced_row(one) for one in handovers if one.status not in ("not_us", "they_have_died")]
    rows += [_told_of_row(one) for one in signposts]
    rows += [
        Row("", _brought_in_by(one), _("brought them in"), short_day(one.received_at))
        for one in referrals
        if one.source_hat or one.source_organisation or one.source_name
    ]
    if person.gp_practice:
        rows.append(Row("", person.gp_practice, _("their GP practice"), ""))
    rows += [_holder_row(one) for one in ledger if one.until_at is not None]
    return tuple(rows[:EVERYONE])


def _holder_row(one: Holding) -> Row:
    why, begun = words(WHY, one.why), short_day(one.from_at)
    if one.until_at:
        until = _("from %(day)s until %(until)s") % {"day": begun, "until": short_day(one.until_at)}
        return Row("", holder_words(one), _("held them: %(why)s") % {"why": why}, until)
    side = _("next %(day)s") % {"day": short_day(one.next_on)} if one.next_on else _("from %(day)s") % {"day": begun}
    return Row("", holder_words(one), _("holds them: %(why)s") % {"why": why}, side)


def _told_of_row(one: Signpost) -> Row:
    if not one.result:
        return Row("", one.service.name, _("told of it"), _("ask how it went from %(day)s") % {"day": short_day(one.ask_on)})
    known = _("told of it: %(result)s") % {"result": words(RESULTS, one.result)}
    return Row("", one.service.name, known, short_day(one.result_at))


def _introduced_row(one: Handover) -> Row:
    state = one.status
    side = {
        "offered": _("answer by %(day)s") % {"day": short_day(one.answer_by)},
        "not_now": _("not before %(day)s") % {"day": short_day(one.not_now_until)},
        "met": _("met %(day)s") % {"day": short_day(one.met_at)},
        "settled": _("settled %(day)s") % {"day": short_day(one.settled_at)},
    }.get(state, _("they meet on %(day)s") % {"day": short_day(one.meet_on)} if one.meet_on else "")
    return Row(address("handovers:show-handover", one.public_id), one.receiver, words(STATUS, state), side)


def _brought_in_by(one: Referral) -> str:
    if one.source_hat:
        return (
            f"{one.source_hat.worker.name}, {one.source_organisation.name}"
            if one.source_organisation
            else one.source_hat.worker.name
        )
    return ", ".join(part for part in (one.source_name, one.source_organisation.name if one.source_organisation else "") if part)


def _family(related: Iterable[RelatedPerson], dependants: Iterable[Dependant]) -> tuple[Row, ...]:
    rows = [Row("", one.name, one.relationship, _("asked for them") if one.asked_for_them else "") for one in related]
    rows += [Row("", _dependant(one), _("depends on them"), "") for one in dependants]
    return tuple(rows)


def _dependant(one: Dependant) -> str:
    kind = _("children") if one.kind == "child" else _("an adult they care for")
    return f"{kind}: {one.words}" if one.words else kind


def _story_row(entry: StoryEntry) -> StoryRow:
    whose = words(WHOSE, entry.whose_words)
    by = (
        f"{entry.written_by.worker.name}, {entry.author_organisation.name}"
        if entry.written_by
        else entry.author_organisation.name
    )
    about = words(DOMAINS, entry.domain) if entry.domain in DOMAINS else _("asking for help")
    return StoryRow(entry.words, whose, by, moment(entry.at), about, entry.do_not_ask_again, entry.label == "circle")


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


def _handover_card(one: Handover) -> Card:
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
        one.receiver,
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
