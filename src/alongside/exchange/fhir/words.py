"""What a message says, in its own words: one statement for each thing somebody wrote. Nothing is interpreted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from alongside.exchange.fhir.message import Said
from alongside.exchange.fhir.node import Node

LONGEST_STORY = 18_000
"""What a referral's words may hold; what is longer is read in the received text."""

WHAT = {
    "reason": "Why",
    "note": "Note",
    "instruction": "Advice given",
    "plan": "What was found and planned",
    "observation": "Observed",
    "condition": "Condition, as named by the sender",
    "flag": "Flag",
    "medicine": "Medicine",
    "allergy": "Allergy",
    "questionnaire": "Asked and answered",
    "message": "Written",
}


def statements(resources: Iterable[Node]) -> tuple[Said, ...]:
    """Gather the words of every resource, in the order of the message, each once."""
    found: dict[tuple[str, str], Said] = {}
    for resource in resources:
        for said in _of(resource):
            words = _lines(said.words)
            if words:
                found.setdefault((said.what, words), Said(said.what, words, said.path))
    return tuple(found.values())


def as_story(said: Iterable[Said]) -> str:
    """Write the statements as one text, the reasons first, each under what it was."""
    order = list(WHAT)
    parts = [f"{WHAT[one.what]}: {one.words}" for one in sorted(said, key=lambda one: order.index(one.what))]
    text = "\n".join(parts)
    if len(text) <= LONGEST_STORY:
        return text
    return text[:LONGEST_STORY].rsplit(" ", 1)[0] + "…\n(The rest stands in the message as it was received.)"


def _of(resource: Node) -> Iterator[Said]:
    reader = _READERS.get(resource.resource_type)
    yield from reader(resource) if reader else ()
    for note in resource.each("note"):
        yield Said("note", note["text"].text, note.path)


def _request(resource: Node) -> Iterator[Said]:
    yield from _concepts("reason", resource, "reasonCode", "code", "orderDetail")
    yield Said("instruction", resource["patientInstruction"].text, resource["patientInstruction"].path)


def _plan(resource: Node) -> Iterator[Said]:
    yield Said("plan", resource["title"].text, resource["title"].path)
    yield Said("plan", resource["description"].text, resource["description"].path)
    for activity in resource.each("activity"):
        for outcome in activity.each("outcomeCodeableConcept"):
            yield Said("plan", outcome.words, outcome.path)
        detail = activity["detail"]["description"]
        yield Said("plan", detail.text, detail.path)


def _observation(resource: Node) -> Iterator[Said]:
    value = next((words for words in (_value(resource, "value"), _inside(resource)) if words), "")
    code = resource["code"].words
    yield Said("observation", f"{code}: {value}" if code and value else code or value, resource.path)


def _condition(resource: Node) -> Iterator[Said]:
    yield Said("condition", resource["code"].words, resource["code"].path)


def _medicine(resource: Node) -> Iterator[Said]:
    dose = "; ".join(text for text in (one["text"].text for one in resource.each("dosage")) if text)
    name = resource["medicationCodeableConcept"].words
    yield Said("medicine", f"{name} ({dose})" if name and dose else name, resource.path)


def _allergy(resource: Node) -> Iterator[Said]:
    reaction = "; ".join(
        manifestation.words
        for one in resource.each("reaction")
        for manifestation in one.each("manifestation")
        if manifestation.words
    )
    name = resource["code"].words
    yield Said("allergy", f"{name} ({reaction})" if name and reaction else name, resource.path)


def _flag(resource: Node) -> Iterator[Said]:
    category = resource.first("category").words
    words = resource["code"].words
    yield Said("flag", f"{category}: {words}" if category and words and category != words else words or category, resource.path)


def _answers(resource: Node) -> Iterator[Said]:
    waiting = list(resource.each("item"))[::-1]
    while waiting:
        item = waiting.pop()
        answers = [words for words in (_value(answer, "value") for answer in item.each("answer")) if words]
        if answers:
            asked = item["text"].text or item["linkId"].text
            yield Said("questionnaire", f"{asked}: {'; '.join(answers)}" if asked else "; ".join(answers), item.path)
        inner = chain(item.each("item"), *(answer.each("item") for answer in item.each("answer")))
        waiting.extend(list(inner)[::-1])


def _communication(resource: Node) -> Iterator[Said]:
    for payload in resource.each("payload"):
        yield Said("message", payload["contentString"].text, payload.path)


def _encounter(resource: Node) -> Iterator[Said]:
    yield from _concepts("reason", resource, "reasonCode")


_READERS = {
    "ServiceRequest": _request,
    "CarePlan": _plan,
    "Observation": _observation,
    "Condition": _condition,
    "MedicationStatement": _medicine,
    "MedicationRequest": _medicine,
    "AllergyIntolerance": _allergy,
    "Flag": _flag,
    "QuestionnaireResponse": _answers,
    "Communication": _communication,
    "Encounter": _encounter,
}


def _concepts(what: str, resource: Node, *names: str) -> Iterator[Said]:
    for name in names:
        for concept in resource.each(name):
            yield Said(what, concept.words, concept.path)


def _value(holder: Node, prefix: str) -> str:
    """Say a value[x], whatever kind it is."""
    if not isinstance(holder.value, dict):
        return ""
    for name in holder.value:
        if name.startswith(prefix) and name != prefix:
            value = holder[name]
            if value.value is True or value.value is False:
                return "yes" if value.value else "no"
            if value.text:
                return value.text
            if name == f"{prefix}Quantity":
                return f"{value['value'].text} {value['unit'].text}".strip()
            if name == f"{prefix}Coding":
                return value["display"].text or value["code"].text
            if name == f"{prefix}Period":
                return f"{value['start'].text} to {value['end'].text}".strip()
            if value.words:
                return value.words
    return ""


def _inside(resource: Node) -> str:
    parts = [(one["code"].words, _value(one, "value")) for one in resource.each("component")]
    return "; ".join(f"{code}: {value}" for code, value in parts if value)


def _lines(words: str) -> str:
    """Make the "/n" that some senders write for a new line into one."""
    return re.sub(r"\s*/n\s+", "\n", words).strip()
