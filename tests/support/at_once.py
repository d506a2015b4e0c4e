"""Many at once, in a process of its own: prints as JSON what came of it. Run by `tests/proofs/test_many_at_once.py`."""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.support import alone


def together(*steps: Callable[[], Any]) -> list[str]:
    """Let several threads begin at the same moment; give what each got, or the name of what refused it."""
    from django.db import connections

    found: list[str] = []
    start = threading.Barrier(len(steps))

    def one(step: Callable[[], Any]) -> None:
        start.wait()
        try:
            found.append(str(step()))
        except Exception as fault:  # what it was is what is tested
            found.append(type(fault).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def main() -> None:
    """Go through everything that two or more may do at the same moment."""
    alone.begin()
    from alongside.connections.email import NeverSends
    from alongside.journal.models import Entry
    from alongside.journey.assessments.commands import begin_conversation, save_conversation
    from alongside.journey.assessments.models import Version
    from alongside.journey.handovers.commands import answer, introduce, meet
    from alongside.journey.handovers.models import Handover
    from alongside.journey.referrals.commands import decide, open_crisis_call, take_crisis_call
    from alongside.journey.referrals.models import CrisisCall, Referral
    from alongside.members.commands import create_task, finish_task, invite, pass_on, turn_into_call_back
    from alongside.members.models import Holding, Membership, Task
    from alongside.messages.commands import send_message
    from alongside.messages.delivery import deliver
    from alongside.people.models import Person
    from tests.support.hub import AT, TODAY, open_hub

    hub = open_hub()
    day = timedelta(days=1)
    found: dict[str, Any] = {}

    same = [lambda: hub.refer(key="k1", content="same").referral.reference] * 32
    found["same_key_same_content"] = len(set(together(*same)))
    counted = (Referral, Person, Membership, Holding)
    found["rows"] = {model.__name__: model.objects.count() for model in counted}
    entries = Entry.objects.filter(command="referral.received").values_list("facts", flat=True)
    found["entries"] = Counter("again" if facts.get("again") else "received" for facts in entries)
    mixed = [lambda content=content: hub.refer(key="k2", content=content).is_new for content in ("a", "b") * 4]
    found["same_key_other_content"] = Counter(together(*mixed))

    one = hub.refer(key="k3").referral
    to = [hub.hats["cora"], hub.hats["liv"]]
    dana, wyn = hub.actor("dana"), hub.actor("wyn")
    found["triaged"] = together(
        *(
            lambda actor=actor, hat=hat: (
                decide(actor=actor, at=AT, referral_id=one.public_id, urgency="soon", to_hat_id=hat).urgency
            )
            for actor, hat in zip((dana, wyn), to, strict=True)
        )
    )
    found["triage_holdings"] = Holding.objects.filter(membership_id=one.person_id).count()

    person = hub.held_by("cora", name="Ifan Pretend")
    offer = introduce(
        actor=hub.actor("cora"), at=AT, person_id=person.pk, words="hello", to_team_id=hub.teams["harbour"]
    ).handover
    receivers = [hub.actor("liv"), hub.actor("tess")]
    found["accepted"] = together(
        *(
            lambda actor=actor: (
                answer(actor=actor, at=AT + day, handover_id=offer.public_id, answer="yes", meet_on=TODAY + 2 * day).answer
            )
            for actor in receivers
        )
    )
    said_yes = Handover.objects.get(pk=offer.pk).accepted_by_id
    meets = next(actor for actor in receivers if actor.hat_id == said_yes)
    found["met"] = together(*[lambda: meet(actor=meets, at=AT + 2 * day, handover_id=offer.public_id).answer] * 2)
    found["moved"] = Holding.objects.filter(membership_id=person.pk, why="met").count()
    found["holds_now"] = Holding.objects.filter(open_for=person.pk).count()

    other = hub.held_by("cora", name="Nia Pretend")
    hats = [hub.hats["nell"], hub.hats["dana"]]
    cora = hub.actor("cora")
    passed = [
        lambda hat=hat: bool(pass_on(actor=cora, at=AT + day, person_id=other.pk, why="agreed", to_hat_id=hat)) for hat in hats
    ]
    found["passed_on"] = together(*passed)
    ledger = list(Holding.objects.filter(membership_id=other.pk).order_by("pk").values_list("until_at", "from_at"))
    found["no_gap"] = all(before[0] == after[1] for before, after in zip(ledger, ledger[1:], strict=False))
    found["open"] = Holding.objects.filter(open_for=other.pk).count()

    third = hub.held_by("cora", name="Gwen Pretend")
    task = create_task(actor=cora, at=AT, person_id=third.pk, what="do", due_on=TODAY)
    found["task_done"] = together(*[lambda: finish_task(actor=cora, at=AT, task_id=task.pk).what] * 2)
    asked = invite(actor=cora, at=AT, person_id=third.pk, how="email", for_on=None, answer_by=TODAY)
    sweep = [lambda: turn_into_call_back(actor=hub.system, at=AT + 9 * day, invitation_id=asked.pk) is not None] * 2
    found["called_back"] = together(*sweep)
    found["call_backs"] = Task.objects.filter(what="invitation_unanswered").count()

    fourth = hub.refer(key="k4").referral
    together(*[lambda: open_crisis_call(actor=dana, at=AT, person_id=fourth.person_id).pk] * 4)
    found["crisis_calls"] = CrisisCall.objects.filter(person_id=fourth.person_id).count()
    call = CrisisCall.objects.filter(person_id=fourth.person_id).earliest("pk")
    found["call_taken"] = together(
        *[lambda: take_crisis_call(actor=dana, at=AT, call_id=call.public_id, taken_by_name="A", taken_at=AT).taken_by_name] * 2
    )

    fifth = hub.held_by("cora", name="Huw Pretend")
    nell = hub.actor("nell")
    began = [lambda actor=actor: begin_conversation(actor=actor, at=AT, person_id=fifth.pk).pk for actor in (cora, nell)]
    found["one_conversation"] = len(set(together(*began)))
    wrote = [
        lambda actor=actor, words=words: (
            save_conversation(actor=actor, at=AT, person_id=fifth.pk, based_on=0, parts={"mind": words}).parked
        )
        for actor, words in ((cora, "sleeps badly"), (nell, "dreams a lot"))
    ]
    found["both_versions"] = together(*wrote)
    found["kept"] = sorted(version.parts["mind"] for version in Version.objects.all())

    by = NeverSends()
    message = send_message(actor=hub.system, at=AT, person_id=fifth.pk, template="invitation", purpose="care")
    together(*[lambda: deliver(actor=hub.system, at=AT, message_id=message.pk, senders={"email": by}, address="").pk] * 4)
    found["letters"] = len(by.kept)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
