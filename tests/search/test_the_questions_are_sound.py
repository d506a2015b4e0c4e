"""The questions a search is measured by are sound in themselves: made-up, varied, answered, and valid where they claim a standard.

No search is asked here. Shown to fail: with a crisis offer taken out of a crisis question, an answer that is no service, a question
asked twice, a real number, a real address, an answer for another age, and a service without its status.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import jsonschema
import pytest

HERE = Path(__file__).resolve().parent
PLACES = {"Rivermouth", "Quayside", "Abermade", "Penmock", "Hillvale"}
KINDS = {"everyday", "misspelt", "name", "need", "crisis", "place_or_age", "long"}
CLOSED = "Ferry Lane Counselling"
MADE_UP_NUMBERS = re.compile(r"01632960\d{3}|07700900\d{3}|08081570\d{3}")
"""Numbers kept for drama. Source: Ofcom, "Telephone numbers for use in TV and radio drama programmes"."""
DIGITS = re.compile(r"\+?\d[\d ()-]{5,}\d")
"""Whatever is long enough to be dialled from outside; 111 and 999 are not."""
ADDRESS = re.compile(r"[\w.+-]+@([\w-]+\.)+\w+")
LINK = re.compile(r"(?:https?://|www\.)[^\s\"]+")


def read(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


SERVICES: list[dict[str, Any]] = read("services.json")
QUESTIONS: list[dict[str, Any]] = read("questions.json")
CRISIS_IDS: dict[str, str] = read("crisis_ids.json")
BY_ID = {one["id"]: one for one in SERVICES}
NAMES = {one["id"]: one["name"] for one in SERVICES}


def texts(what: Any) -> Iterator[str]:
    """Give every text in a piece of JSON, except identifiers."""
    if isinstance(what, str):
        yield what
    elif isinstance(what, list):
        for one in what:
            yield from texts(one)
    elif isinstance(what, dict):
        for key, one in what.items():
            if key != "id":
                yield from texts(one)


def as_typed(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def reaches(service: dict[str, Any], place: str) -> bool:
    """Say whether a service is in a place, or comes to people by telephone, by screen or at home."""
    return any(
        one["location"]["location_type"] == "virtual" or one["location"]["name"] == place
        for one in service["service_at_locations"]
    )


def admits(service: dict[str, Any], age: int) -> bool:
    return service.get("minimum_age", 0) <= age <= service.get("maximum_age", age)


def test_there_are_enough_services_and_each_is_itself() -> None:
    assert len(SERVICES) >= 170
    assert len(NAMES) == len(SERVICES)
    assert [name for name, count in Counter(NAMES.values()).items() if count > 1] == []
    assert all(UUID(one).version for one in NAMES)
    assert {one.get("status") for one in SERVICES} == {"active"}
    assert [one["name"] for one in SERVICES if not one["description"].strip()] == []


def test_some_services_speak_welsh_and_some_nothing_else() -> None:
    spoken = [{language["code"] for language in one["languages"]} for one in SERVICES]
    assert sum("cy" in one for one in spoken) >= 60
    assert sum(one == {"cy"} for one in spoken) >= 10


def test_every_place_is_one_of_the_made_up_district() -> None:
    places = {
        address["city"]
        for one in SERVICES
        for at in one["service_at_locations"]
        for address in at["location"].get("addresses", [])
    }
    assert places == PLACES


def test_there_are_enough_questions_of_every_kind() -> None:
    assert {one["kind"] for one in QUESTIONS} == KINDS
    counted = Counter(one["kind"] for one in QUESTIONS)
    least = {"everyday": 60, "misspelt": 50, "name": 20, "need": 30, "crisis": 45, "place_or_age": 20, "long": 20}
    assert len(QUESTIONS) >= 240
    assert {kind: counted[kind] for kind, wanted in least.items() if counted[kind] < wanted} == {}


def test_there_are_enough_questions_in_each_language() -> None:
    counted = Counter(one["language"] for one in QUESTIONS)
    assert set(counted) == {"en", "cy", "mixed"}
    assert counted["cy"] >= 60
    assert counted["mixed"] >= 10


def test_there_are_questions_in_crisis_and_questions_that_only_sound_like_it() -> None:
    crisis = [one for one in QUESTIONS if one["kind"] == "crisis"]
    assert sum(one["crisis"] for one in crisis) >= 30
    assert sum(not one["crisis"] for one in crisis) >= 15
    assert sum(one["crisis"] and one["language"] == "cy" for one in QUESTIONS) >= 10


def test_every_question_has_the_fields_it_should_have() -> None:
    always, sometimes = {"text", "language", "kind", "answers", "crisis"}, {"place", "age"}
    assert [one["text"] for one in QUESTIONS if not always <= set(one) <= always | sometimes] == []
    assert [one["text"] for one in QUESTIONS if one["text"].strip() != one["text"] or not one["text"]] == []
    assert [one["text"] for one in QUESTIONS if not isinstance(one["crisis"], bool)] == []
    assert {one["place"] for one in QUESTIONS if "place" in one} <= PLACES
    assert [one["text"] for one in QUESTIONS if not isinstance(one.get("age", 0), int)] == []


def test_no_question_is_asked_twice() -> None:
    assert [text for text, count in Counter(as_typed(one["text"]) for one in QUESTIONS).items() if count > 1] == []


def test_every_answer_is_a_service_and_is_given_once() -> None:
    assert [one["text"] for one in QUESTIONS if not set(one["answers"]) <= set(NAMES)] == []
    assert [one["text"] for one in QUESTIONS if not 1 <= len(one["answers"]) <= 6] == []
    assert [one["text"] for one in QUESTIONS if len(set(one["answers"])) != len(one["answers"])] == []


def test_every_service_but_the_closed_one_answers_something() -> None:
    answered = {answer for one in QUESTIONS for answer in one["answers"]}
    assert [name for service, name in NAMES.items() if service not in answered] == [CLOSED]


def test_whoever_is_in_crisis_has_a_crisis_offer() -> None:
    assert {service: NAMES.get(service) for service in CRISIS_IDS} == CRISIS_IDS
    assert [one["text"] for one in QUESTIONS if one["crisis"] and not set(one["answers"]) & set(CRISIS_IDS)] == []
    assert [one["text"] for one in QUESTIONS if one["crisis"] and not set(one["answers"][:2]) & set(CRISIS_IDS)] == []


def test_an_answer_admits_the_age_that_the_question_says() -> None:
    aged = [(one["text"], one["age"], BY_ID[answer]) for one in QUESTIONS if "age" in one for answer in one["answers"]]
    assert [(text, service["name"]) for text, age, service in aged if not admits(service, age)] == []


def test_the_best_answer_reaches_the_place_that_the_question_says() -> None:
    assert [one["text"] for one in QUESTIONS if "place" in one and not reaches(BY_ID[one["answers"][0]], one["place"])] == []


def test_the_words_typed_are_plain() -> None:
    """People type no accents when they are tired; services write them."""
    assert [one["text"] for one in QUESTIONS if not one["text"].isascii()] == []


def test_every_number_is_made_up() -> None:
    written = [
        found
        for text in [*texts(SERVICES), *(one["text"] for one in QUESTIONS)]
        if not text.startswith("https://")
        for found in DIGITS.findall(text)
    ]
    numbers = [one["number"] for service in SERVICES for one in service["phones"]]
    assert len(numbers) >= len(SERVICES)
    assert [one for one in [*written, *numbers] if not MADE_UP_NUMBERS.fullmatch(re.sub(r"\D", "", one))] == []


def test_every_address_is_made_up() -> None:
    every = [*texts(SERVICES), *texts(QUESTIONS), *texts(CRISIS_IDS)]
    links = [found for text in every for found in LINK.findall(text)]
    assert len(links) >= len(SERVICES)
    assert [one for one in links if not (urlsplit(one).hostname or "").endswith(".example")] == []
    assert [found.group() for text in every for found in ADDRESS.finditer(text) if not found.group().endswith(".example")] == []


def test_every_service_is_valid_in_open_referral_uk(shared_data: Path) -> None:
    compiled = shared_data / "oruk" / "v3_profile" / "schema" / "compiled" / "service.json"
    if not compiled.is_file():
        pytest.skip("the compiled Open Referral UK v3 schema is not in ../shared/data")
    judge = jsonschema.Draft202012Validator(
        json.loads(compiled.read_text(encoding="utf-8")), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    wrong = [
        f"{service['name']}: {fault.json_path} {fault.message}" for service in SERVICES for fault in judge.iter_errors(service)
    ]
    assert wrong == []
