"""Thresholds and exclusions in force, whom they keep out, and the rehearsal of a change: who would gain and who would lose.

People come in as plain values (`Somebody`): what matching asks of each, and the groups they are counted in. Nobody can be told from
what goes out: a number of people is said by `rules.counted`, and groups are told apart only where more than seven are touched.

Source: S1-06, S2-269, S0-14; promise "doors cannot quietly narrow" (requirements.md, section 12).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.db.models import Q, QuerySet

from alongside.journey.directory.models import NeedTag, RuleChange, Service, ServiceAtLocation
from alongside.journey.directory.rules import SMALL, Candidate, counted, fits
from alongside.vocabulary.actor import Actor

PAGE = 50
LASTS = timedelta(hours=12)
"""So long a rehearsal may be saved: people come and have birthdays."""
_SALT = "alongside.rehearsal"
PLAIN_GROUPS = ("age", "need", "door")
"""Groups that are shown whatever their size in the hub; of the others only those that are recorded and large enough."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """What matching asks of one person, and in which groups they are counted."""

    needs: tuple[str, ...]
    age: int | None = None
    said_no: bool = False
    """The service that is looked at was offered for them before and said no."""
    groups: tuple[tuple[str, str], ...] = ()
    """(kind, code): age band, needs, door, sex, ethnicity."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may come to a service, as far as matching asks: for which needs and ages, and with which other needs it takes nobody."""

    age_from: int | None
    age_to: int | None
    not_with: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def facts(self) -> dict[str, object]:
        """Give it as it is kept in the history."""
        return {**asdict(self), "not_with": list(self.not_with), "needs": list(self.needs)}


@dataclass(frozen=True, slots=True)
class Touched:
    """One group: how many of it would gain and how many would lose, as they are said."""

    kind: str
    code: str
    gain: str
    lose: str


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a change would do: everybody, and by group where enough people are touched."""

    gain: str
    lose: str
    groups: tuple[Touched, ...]
    token: str
    """What was rehearsed, sealed: the rule, the state of the entry, and what was said."""


@dataclass(frozen=True, slots=True)
class InForce:
    """One threshold or exclusion of an entry."""

    kind: str
    """A code of `RULES`."""
    rule: Rule
    words: str
    """What the entry says itself, where the rule is in words."""
    kept_out: str
    """How many people of the hub it keeps out now, as it is said; nothing where it keeps out nobody by itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with its rules."""

    key: int
    service_id: UUID
    name: str
    rules: tuple[InForce, ...]


@dataclass(frozen=True, slots=True)
class OfACondition:
    """One need that entries exclude: how many entries, and how many people they keep out."""

    need: str
    entries: int
    kept_out: str


def rehearse(service: Service, rule: Rule, people: Sequence[Somebody]) -> Rehearsal:
    """Set the matching as it is against the matching as it would be, for everybody.

    Out:      numbers as they are said; the groups only where more than seven gain or lose, and of what not everybody is asked (sex,
              ethnicity) only groups of which more than seven are in the hub.
    Queries:  one, for the needs that the service meets.
    Source:   S1-06; trust.md T10 (nobody is found by trying filters).
    """
    standing = rule_of(service)
    gain, lose = ([people[key] for key in keys] for keys in difference(service, standing, rule, people))
    groups = _groups(gain, lose, people)
    said = (counted(len(gain)), counted(len(lose)))
    token = signing.dumps(_rehearsed(service, standing, rule, said, groups), salt=_SALT)
    return Rehearsal(*said, groups, token)


def difference(service: Service, standing: Rule, rule: Rule, people: Sequence[Somebody]) -> tuple[list[int], list[int]]:
    """Give who would gain and who would lose, by their place among the people: whom matching would offer it then and not now."""
    now_is, would_be = _candidate(service, standing), _candidate(service, rule)
    gain, lose = [], []
    for key, one in enumerate(people):
        before, after = (fits(replace(rules, asked_before=one.said_no), one.needs, one.age) for rules in (now_is, would_be))
        if after and not before:
            gain.append(key)
        if before and not after:
            lose.append(key)
    return gain, lose


def was_rehearsed(service: Service, rule: Rule, token: str, rehearsal: Rehearsal) -> bool:
    """Tell whether exactly this was rehearsed lately, and is still what it would do: the entry as it is now, and what was said."""
    try:
        shown = signing.loads(token, salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return False
    said = (rehearsal.gain, rehearsal.lose)
    return bool(shown == _rehearsed(service, rule_of(service), rule, said, rehearsal.groups))


def rule_of(service: Service) -> Rule:
    """Give who may come to a service now. Queries: one."""
    needs = NeedTag.objects.filter(service=service).values_list("need", flat=True)
    return Rule(service.age_from, service.age_to, tuple(sorted(service.not_with)), tuple(sorted(needs)))


def _rehearsed(service: Service, standing: Rule, rule: Rule, said: tuple[str, str], groups: tuple[Touched, ...]) -> list[str]:
    """Give what a rehearsal is about: whose, which rule, of which state of the entry, and what it said."""
    state = [service.closed_at is None, service.left_at is None, service.is_full, standing.facts()]
    outcome = [said, [asdict(one) for one in groups]]
    return [
        str(service.public_id),
        *(hashlib.sha256(json.dumps(part).encode()).hexdigest() for part in (rule.facts(), state, outcome)),
    ]


def _candidate(service: Service, rule: Rule) -> Candidate:
    """Give what matching would know of a service with a rule; where it lies and how far it is believed only rank it."""
    return Candidate(
        key=service.pk, name=service.name, needs=rule.needs, level=service.level, age_from=rule.age_from, age_to=rule.age_to,
        miles=None, closed=service.closed_at is not None, full=service.is_full, fades_at=None, left=service.left_at is not None,
        not_with=rule.not_with,
    )  # fmt: skip


def _groups(gain: Sequence[Somebody], lose: Sequence[Somebody], people: Sequence[Somebody]) -> tuple[Touched, ...]:
    more, fewer = (_by_group(some) if len(some) > SMALL else Counter() for some in (gain, lose))
    size = _by_group(people)
    shown = [
        group for group in sorted(size) if (more[group] or fewer[group]) and (group[0] in PLAIN_GROUPS or size[group] > SMALL)
    ]
    return tuple(Touched(*group, counted(more[group]), counted(fewer[group])) for group in shown)


def _by_group(people: Iterable[Somebody]) -> Counter[tuple[str, str]]:
    return Counter(group for one in people for group in one.groups)


def rules_in_force(actor: Actor, people: Sequence[Somebody], *, after: int = 0) -> tuple[list[Entry], bool]:
    """List the open entries of the hub that have a threshold or an exclusion, with how many people each keeps out now.

    Counts:   people with a need that the entry meets, whom this rule alone turns away; a number as `rules.counted` says it.
    Order:    name, id; `after`, the key of the last row before. Rows: 50, and whether there are more. Queries: three; later one more.
    """
    found = _with_a_rule(actor)
    last = Service.objects.filter(hub_id=actor.hub, pk=after).values_list("name", flat=True).first() if after else None
    if last is not None:
        found = found.filter(Q(name__gt=last) | Q(name=last, pk__gt=after))
    page = list(found.order_by("name", "pk")[: PAGE + 1])
    services = page[:PAGE]
    needs, places = _needs_of(services), _places_of(services)
    of_need = _by_need(people)
    entries = [
        Entry(one.pk, one.public_id, one.name, tuple(_rules_of(one, _who_needs(of_need, needs[one.pk]), places[one.pk])))
        for one in services
    ]
    return entries, len(page) > PAGE


def exclusions_by_condition(actor: Actor, people: Sequence[Somebody]) -> list[OfACondition]:
    """List the needs that open entries exclude: how many entries, and how many different people they keep out. Queries: two."""
    excluding = list(Service.objects.filter(hub_id=actor.hub, closed_at__isnull=True).exclude(not_with=[]).order_by("pk"))
    needs, of_need = _needs_of(excluding), _by_need(people)
    entries: Counter[str] = Counter()
    kept_out: dict[str, set[int]] = defaultdict(set)
    for service in excluding:
        near = _who_needs(of_need, needs[service.pk])
        for need in service.not_with:
            entries[need] += 1
            kept_out[need] |= {key for key, one in near.items() if need in one.needs}
    return [OfACondition(need, many, counted(len(kept_out[need]))) for need, many in sorted(entries.items())]


def history_of(service: Service) -> list[RuleChange]:
    """List how who may come to a service was changed, newest first; twenty at most."""
    return list(service.rule_changes.select_related("by__worker").order_by("-at", "-pk")[:20])


def _with_a_rule(actor: Actor) -> QuerySet[Service]:
    counts = Q(age_from__isnull=False) | Q(age_to__isnull=False) | Q(is_full=True) | ~Q(not_with=[])
    says = ~Q(for_whom="") | ~Q(accessibility="") | ~Q(locality="") | ~Q(how_to_start="") | ~Q(level__in=(0, 1))
    return Service.objects.filter(counts | says, hub_id=actor.hub, closed_at__isnull=True)


def _rules_of(service: Service, near: dict[int, Somebody], places: list[str]) -> list[InForce]:
    rule, found = Rule(service.age_from, service.age_to, tuple(service.not_with)), []
    if rule.age_from is not None or rule.age_to is not None:
        found.append(("age", "", _turned_away(near, Rule(rule.age_from, rule.age_to))))
    if rule.not_with:
        found.append(("not_with", "", _turned_away(near, Rule(None, None, rule.not_with))))
    if service.is_full:
        found.append(("full", "", counted(len(near))))
    said = (
        ("place", service.locality or ", ".join(places)), ("for_whom", service.for_whom), ("start", service.how_to_start),
        ("access", service.accessibility), ("level", str(service.level)),
    )  # fmt: skip
    return [
        InForce(kind, rule, words, kept) for kind, words, kept in (*found, *((kind, words, "") for kind, words in said if words))
    ]


def _turned_away(near: dict[int, Somebody], rule: Rule) -> str:
    open_to_all = Candidate(
        key=0, name="", needs=(), level=1, age_from=rule.age_from, age_to=rule.age_to, miles=None, closed=False, full=False,
        fades_at=None, not_with=rule.not_with,
    )  # fmt: skip
    return counted(sum(not fits(replace(open_to_all, needs=one.needs), one.needs, one.age) for one in near.values()))


def _by_need(people: Sequence[Somebody]) -> dict[str, dict[int, Somebody]]:
    found: dict[str, dict[int, Somebody]] = defaultdict(dict)
    for key, one in enumerate(people):
        for need in one.needs:
            found[need][key] = one
    return found


def _who_needs(of_need: dict[str, dict[int, Somebody]], needs: Iterable[str]) -> dict[int, Somebody]:
    """Give everybody with one of these needs, each once."""
    return {key: one for need in needs for key, one in of_need.get(need, {}).items()}


def _needs_of(services: Iterable[Service]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for key, need in NeedTag.objects.filter(service__in=[one.pk for one in services]).values_list("service", "need"):
        found[key].append(need)
    return found


def _places_of(services: Iterable[Service]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    placed = ServiceAtLocation.objects.filter(service__in=[one.pk for one in services]).order_by("pk")
    for key, name, postcode in placed.values_list("service", "name", "postcode"):
        words = name or postcode
        if words and words not in found[key]:
            found[key].append(words)
    return found
