"""What happens to somebody: a list of plain steps with their moments, made from a seed and nothing else.

A life knows no table and no command. `play` carries it out through the commands; the bulk path copies what came of it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from alongside.demo import cast, words
from alongside.demo.population import draw
from alongside.vocabulary.clock import UK

YEAR = 365
GROUPS = ("child", "young", "adult", "older")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens, when, and at whose hands (a key of the cast, or "" for the person or the system)."""

    at: datetime
    verb: str
    who: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Life:
    """A person's part in the hub, from asking on."""

    arc: str
    practice: str
    reach: tuple[str, ...]
    """The ways to reach them, in order: text, email, call, letter, and unsafe_call for a telephone somebody else answers."""
    tells_birthday: bool
    has_number: bool
    asked_by_somebody: bool
    steps: tuple[Step, ...]


ARCS: tuple[tuple[str, float], ...] = (
    ("brief", 48), ("alongside", 20), ("introduced", 12), ("complex", 2), ("silent", 8), ("not_us", 2.5), ("unanswered", 1.5),
    ("moved", 1.5), ("died", 0.8), ("back_again", 2), ("waiting", 2),
)  # fmt: skip


def group_of(age: int) -> str:
    """Give the group of lives that fits an age."""
    return "child" if age < 16 else "young" if age < 18 else "adult" if age < 65 else "older"


def life(seed: int, group: str, variant: int, now: datetime, *, arc: str = "") -> Life:
    """Make one life of a group: the same for the same seed, variant and moment; what lies after `now` has not happened."""
    chance = random.Random(f"{seed}:life:{group}:{variant}")
    chosen = draw(chance, ARCS)
    return _Writer(chance, group, now, arc or chosen).write()


class _Writer:
    """Writes the steps of one life, one after the other, and forgets those that lie in the future."""

    def __init__(self, chance: random.Random, group: str, now: datetime, arc: str) -> None:
        self.chance, self.group, self.now, self.arc = chance, group, now, arc
        self.steps: list[Step] = []
        self.practice = chance.choice(cast.PRACTICES)
        pool = {"child": words.CHILD, "young": words.CHILD, "older": words.OLDER}.get(group, words.ADULT)
        self.needs: tuple[str, ...]
        _topic, self.said, self.needs = chance.choice(pool)
        self.holder = "duty_1"

    def write(self) -> Life:
        arrived = self._arrive()
        if self.arc != "waiting":
            self._triage(arrived)
            getattr(self, f"_{self.arc}")()
        kept = tuple(step for step in self.steps if step.at <= self.now)
        return Life(
            arc=self.arc,
            practice=self.practice,
            reach=self.reach,
            tells_birthday=self.door != "self" or self.chance.random() < 0.7,
            has_number=self.door not in ("self", "someone_worried", "walk_in") or self.chance.random() < 0.3,
            asked_by_somebody=self.door == "someone_worried",
            steps=kept,
        )

    # Coming in

    def _arrive(self) -> datetime:
        chance = self.chance
        doors = _CHILD_DOORS if self.group in ("child", "young") else _DOORS
        self.door, who = draw(chance, doors)
        if who == "gp":
            who = cast.GP_OF[self.practice]
        days_ago = chance.uniform(0.05, 0.8) if self.arc == "waiting" else chance.uniform(4, _LATEST.get(self.arc, YEAR))
        at = self.now - timedelta(days=days_ago)
        at = self._at_night(at) if self.door == "self" and chance.random() < 0.4 else self._in_hours(at, weekday=bool(who))
        at = min(at, self.now - timedelta(minutes=chance.randint(20, 300)))
        self.reach = draw(chance, _REACH)
        mine = self.door in ("self", "walk_in")
        worried = self.door == "someone_worried"
        self._add(
            at,
            "arrive",
            who,
            door=self.door,
            words=self.said if mine else chance.choice(words.WORRIED_WORDS) if worried else chance.choice(words.GP_WORDS),
            whose_words="person" if mine else "carer" if worried else "referrer",
            persons_words="" if mine or chance.random() < 0.5 else self.said,
            needs=self.needs[: chance.randint(1, 3)],
            urgency=draw(chance, (("steady", 74), ("soon", 18), ("today", 7), ("now", 0 if self.arc == "waiting" else 1))),
            knows=None if mine else True,
            agrees=None if mine else chance.random() < 0.93,
            wants=chance.choice(words.WANTS),
            agreed_next="" if mine or worried else chance.choice(words.AGREED),
        )
        return at

    def _triage(self, arrived: datetime) -> None:
        chance = self.chance
        at = self._in_hours(arrived + timedelta(days=chance.choice((0, 1, 1, 2, 3))), after=arrived)
        self.holder = self._choose_holder()
        self.first_on = self._working_day(at.date() + timedelta(days=chance.randint(2, 9)))
        triage = (
            "coordinator_1"
            if self.arc == "complex" and chance.random() < 0.3
            else chance.choice(("duty_1", "duty_2", "wellbeing_1"))
        )
        # Only who sits in the front door team sees somebody who has just come in.
        triage = "duty_1" if triage == "coordinator_1" else triage
        self._add(
            at,
            "triage",
            triage,
            urgency=draw(chance, (("steady", 70), ("soon", 25), ("today", 5))),
            level={"complex": 4, "introduced": 3}.get(self.arc, chance.choice((1, 2))),
            to=self.holder,
            next_on=self.first_on,
            invite=chance.random() < 0.35,
            risk=words.RISK if chance.random() < 0.3 else {},
        )

    def _choose_holder(self) -> str:
        if self.arc == "complex":
            return self.chance.choice(("coordinator_1", "coordinator_2"))
        return self.chance.choice(("wellbeing_1", "wellbeing_2", "wellbeing_3", "link_1", "link_2", "link_3"))

    # The arcs, each from the first contact on

    def _brief(self) -> None:
        on = self._talk(self.first_on)
        on = self._meetings(on, self.chance.choice((0, 0, 0, 1)), gap=(9, 18))
        if self.chance.random() < 0.5:
            self._signpost(on)
        self._rest(on, "all_well")

    def _alongside(self) -> None:
        on = self._meetings(self._talk(self.first_on), self.chance.randint(1, 3), gap=(18, 27))
        self._rest(on, "all_well" if self.chance.random() < 0.8 else "not_now")

    def _introduced(self) -> None:
        on = self._meetings(self._talk(self.first_on), self.chance.randint(0, 1), gap=(7, 14))
        team, receiver = self.chance.choice(_RECEIVERS[:-1])
        offered = self._introduce(on, team)
        answered = self._answer(offered, receiver, "after_talk" if self.chance.random() < 0.2 else "yes")
        on = self._working_day(answered + timedelta(days=self.chance.randint(4, 16)))
        self._contact(answered, self.holder, "met", on, introduction=True)
        self.holder = receiver
        on = self._meetings(on, self.chance.randint(1, 3), gap=(15, 26))
        self._rest(on, "all_well")

    def _complex(self) -> None:
        on = self._talk(self.first_on)
        for chapter in range(3):
            on = self._meetings(on, 2, gap=(22, 27))
            if chapter == 0:
                self._add(self._moment(on), "crisis_call", self.holder)
            if chapter == 1:
                offered = self._introduce(on, "advice")
                self._answer(offered, "adviser_1", "not_now")
                on = self._working_day(offered + timedelta(days=9))
        self._answer(on, "adviser_1", "not_us")
        self._meetings_until_now(on)

    def _silent(self) -> None:
        on = self.first_on
        tried = ("no_answer", "no_answer", "message_sent", "voicemail" if "call" in self.reach else "no_answer")
        for _try in range(self.chance.choice((1, 2))):
            following = self._working_day(on + timedelta(days=self.chance.randint(5, 12)))
            self._contact(on, self.holder, self.chance.choice(tried), following)
            on = following
        self._contact(on, self.holder, "missed_without_notice", self._working_day(on + timedelta(days=10)))
        self._rest(self._working_day(on + timedelta(days=10)), "not_now", answers=False)

    def _not_us(self) -> None:
        on = self._talk(self.first_on)
        offered = self._introduce(on, "talking")
        answered = self._answer(offered, "therapist_2", "not_us")
        on = self._working_day(answered + timedelta(days=3))
        self._contact(answered, self.holder, "met", on)
        offered = self._introduce(on, "peers")
        answered = self._answer(offered, "peer_1", "yes")
        on = self._working_day(answered + timedelta(days=8))
        self._contact(answered, self.holder, "met", on, introduction=True)
        self.holder = "peer_1"
        self._rest(self._meetings(on, 2, gap=(12, 24)), "all_well")

    def _unanswered(self) -> None:
        on = self._talk(self.first_on)
        offered = self._introduce(on, self.chance.choice(("advice", "peers")))
        on = self._meetings(self._working_day(offered + timedelta(days=9)), 1, gap=(18, 24))
        self._add(self._moment(offered + timedelta(days=11)), "raise_unanswered")
        asked = self._working_day(offered + timedelta(days=self.chance.randint(12, 16)))
        self._add(self._moment(asked), "answer_for_them", self.holder, by_name="Whoever answered the telephone there")
        self._meetings_until_now(on)

    def _moved(self) -> None:
        self._rest(self._meetings(self._talk(self.first_on), 2, gap=(10, 20)), "moved")

    def _died(self) -> None:
        on = self._meetings(self._talk(self.first_on), 2, gap=(10, 20))
        died_on = on - timedelta(days=self.chance.randint(1, 6)) if self.chance.random() < 0.7 else None
        self._add(self._moment(on), "die", self.holder, died_on=died_on)
        self._add(self._moment(self._working_day(on + timedelta(days=6))), "think_of_the_family", self.holder)

    def _back_again(self) -> None:
        on = self._meetings(self._talk(self.first_on), 1, gap=(10, 20))
        back = self._working_day(on + timedelta(days=self.chance.randint(25, 70)))
        hello = self._working_day(back + timedelta(days=self.chance.randint(20, 90)))
        self._add(self._moment(on, late=True), "rest", self.holder, reason="not_now", hello_on=hello)
        following = self._working_day(back + timedelta(days=7))
        self._add(self._moment(back), "bring_back", self.holder, next_on=following)
        self._meetings_until_now(following)

    # Pieces

    def _talk(self, on: date) -> date:
        """The first meeting: the story is read, the conversation held, needs ranked."""
        if self.chance.random() < 0.15:
            following = self._working_day(on + timedelta(days=self.chance.randint(1, 6)))
            self._contact(on, self.holder, "no_answer", following)
            on = following
        following = self._working_day(on + timedelta(days=self.chance.randint(8, 20)))
        if self.chance.random() < 0.5:
            self._add(self._moment(on, early=True), "read_story", self.holder)
        self._contact(on, self.holder, "met", following)
        if self.arc in ("brief", "moved", "died") and self.chance.random() < 0.65:
            return following
        self._add(
            self._moment(on, late=True),
            "converse",
            self.holder,
            parts={part: words.PARTS[part] for part in self.chance.sample(tuple(words.PARTS), self.chance.randint(4, 9))},
            needs=self.needs,
            finished=self.chance.random() < 0.7,
        )
        return following

    def _meetings(self, on: date, times: int, *, gap: tuple[int, int]) -> date:
        for _time in range(times):
            following = self._working_day(on + timedelta(days=self.chance.randint(*gap)), no_later=on + timedelta(days=28))
            missed = self.chance.random() < 0.08
            self._contact(
                on,
                self.holder,
                self.chance.choice(("missed_without_notice", "missed_with_notice", "another_time")) if missed else "met",
                following,
            )
            on = following
        return on

    def _meetings_until_now(self, on: date) -> None:
        """Go on meeting, however long it takes: nobody is lost because a story was short."""
        while on <= self.now.date():
            on = self._meetings(on, 1, gap=(22, 27))

    def _contact(
        self, on: date, who: str, outcome: str, next_on: date, *, introduction: bool = False, hello: bool = False
    ) -> None:
        met = words.HELLO_WORDS if hello else words.MET_WORDS
        said = self.chance.choice(met if outcome == "met" else words.TRIED_WORDS)
        by = ("telephone",) if hello else ("in_person", "in_person", "telephone", "video")
        self._add(
            self._moment(on),
            "contact",
            who,
            outcome=outcome,
            mode=self.chance.choice(by) if outcome == "met" else "",
            words=said,
            next_on=next_on,
            next_what="hello" if hello else "meet",
            introduced=introduction,
        )

    def _introduce(self, on: date, team: str) -> date:
        """Talk about it when they meet, and offer the introduction the same afternoon."""
        self._contact(on, self.holder, "met", self._working_day(on + timedelta(days=9)))
        self._add(
            self._moment(on, late=True),
            "introduce",
            self.holder,
            team=team,
            need=self.needs[0],
            words=self.chance.choice(words.INTRODUCE_WORDS),
        )
        return on

    def _answer(self, offered: date, who: str, answer: str) -> date:
        on = self._working_day(offered + timedelta(days=self.chance.randint(1, 4)))
        self._add(
            self._moment(on, early=True),
            "answer",
            who,
            answer=answer,
            meet_on=on + timedelta(days=7),
            until=on + timedelta(days=80),
        )
        return on

    def _signpost(self, on: date) -> None:
        self._add(
            self._moment(on),
            "signpost",
            self.holder,
            need=self.needs[0],
            pick=self.chance.random(),
            ask_on=on + timedelta(days=14),
        )
        result = draw(self.chance, (("went", 6), ("did_not_go", 2), ("not_for_them", 1), ("", 2)))
        if result:
            self._add(self._moment(on, late=True), "signpost_result", self.holder, result=result)

    def _rest(self, on: date, reason: str, *, answers: bool = True) -> None:
        """Rest until a hello that was agreed, and after each hello until the next; whoever has moved agreed on none."""
        hello = self._working_day(on + timedelta(days=self.chance.randint(60, 170))) if reason != "moved" else None
        self._add(self._moment(on, late=True), "rest", self.holder, reason=reason, hello_on=hello)
        while hello and hello <= self.now.astimezone(UK).date():
            following = self._working_day(hello + timedelta(days=self.chance.randint(80, 170)))
            self._contact(hello, self.holder, "met" if answers else "no_answer", following, hello=True)
            hello = following

    # The calendar

    def _add(self, at: datetime, verb: str, who: str = "", **facts: Any) -> None:
        if self.steps:
            at = max(at, self.steps[-1].at + timedelta(minutes=3))
        self.steps.append(Step(at, verb, who, facts))

    def _working_day(self, day: date, *, no_later: date | None = None) -> date:
        found = day
        while found.weekday() > 4:
            found += timedelta(days=1)
        if no_later and found > no_later:
            found = no_later
            while found.weekday() > 4:
                found -= timedelta(days=1)
        return found

    def _moment(self, on: date, *, early: bool = False, late: bool = False) -> datetime:
        hour = 9 if early else 15 if late else 11
        return datetime.combine(on, time(hour, self.chance.randint(0, 59)), tzinfo=UK)

    def _in_hours(self, at: datetime, *, weekday: bool = True, after: datetime | None = None) -> datetime:
        day = self._working_day(at.astimezone(UK).date()) if weekday else at.astimezone(UK).date()
        found = datetime.combine(day, time(self.chance.randint(9, 16), self.chance.randint(0, 59)), tzinfo=UK)
        return max(found, after + timedelta(minutes=25)) if after else found

    def _at_night(self, at: datetime) -> datetime:
        return datetime.combine(
            at.astimezone(UK).date(), time(self.chance.choice((0, 1, 2, 22, 23)), self.chance.randint(0, 59)), tzinfo=UK
        )


_LATEST = {"complex": 240, "unanswered": 70, "back_again": 200}
"""Those who are met for as long as it takes came in at most so many days ago."""
_DOORS: tuple[tuple[tuple[str, str], float], ...] = (
    (("self", ""), 34), (("gp", "gp"), 26), (("someone_worried", ""), 9), (("walk_in", "administrator_1"), 6),
    (("telephone", "administrator_1"), 6), (("council", "housing_1"), 6), (("ambulance", "control_1"), 4), (("charity", "peer_1"), 4),
    (("receptionist", "administrator_1"), 3), (("paper", "administrator_1"), 2),
)  # fmt: skip
_CHILD_DOORS: tuple[tuple[tuple[str, str], float], ...] = (
    (("self", ""), 30), (("someone_worried", ""), 25), (("gp", "gp"), 20), (("school", "school_1"), 25),
)  # fmt: skip
_REACH: tuple[tuple[tuple[str, ...], float], ...] = (
    (("text", "email"), 22), (("email",), 30), (("email", "letter"), 20), (("text", "call"), 12), (("call",), 6),
    (("letter",), 5), (("unsafe_call", "email"), 5),
)  # fmt: skip
_RECEIVERS = (
    ("talking", "therapist_1"), ("talking", "therapist_2"), ("peers", "peer_1"), ("peers", "peer_2"), ("advice", "adviser_1"),
    ("complex", "specialist_1"),
)  # fmt: skip
