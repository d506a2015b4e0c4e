"""Fits `vocabulary/which_answer.txt` to the questions that may be looked at, and tells what that comes to on questions it was not fitted to.

Run by hand, with numpy in an environment of its own (it is no dependency): `python -m tests.search.fitting` tells what it comes to when
every fifth of the questions is left out in turn; with `write` it writes the table. `fresh_questions.json` is never read here.
The table begins as what topics name beside themselves; what each question says is multiplied with it and with the kinds of every service,
and the table is moved, a little at a time and never far from where it began, until the services that were judged to answer come first.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from alongside.vocabulary.answers import ANYWHERE, CRISIS, DANGER, FILE, IN_WELSH, MAY_BE, WELSH, YOUNG
from alongside.vocabulary.danger_words import hear_danger
from alongside.vocabulary.kinds import kinds_of
from alongside.vocabulary.search_terms import (
    CRISIS_OFFERS,
    SURE_ENOUGH,
    YOUNG_UNTIL,
    Question,
    nearly_known,
    offers_crisis_help,
    read_question,
    reread,
    said_of,
)
from alongside.vocabulary.stems import words_said
from alongside.vocabulary.topics import tables
from alongside.vocabulary.welsh import A_TEXT, welshness

FOLDER = Path(__file__).parent
TOPICS = list(tables().topics)
CONDITIONS = [DANGER, MAY_BE, YOUNG, WELSH]
FLAGS = [CRISIS, IN_WELSH, ANYWHERE]
ROWS, COLUMNS = [*TOPICS, *CONDITIONS], [*TOPICS, *FLAGS]
ALSO, ALSO_LESS, LIKE_A_KIND = 0.34, 0.75, 0.75
BEGIN = {(WELSH, IN_WELSH): 0.6, (DANGER, CRISIS): 0.6, (DANGER, "crisis_line"): 0.4, (MAY_BE, "crisis_line"): 0.15}
STAYS, STAYS_OF_CONDITIONS = 0.15, 0.3
"""How strongly the table is held to where it began."""
STEPS, STRIDE, SHARP, WORDS = 150, 1.5, 4.0, 0.13
LEAST, MOST = 0.05, 40
"""What is less than that is left out, and so many kinds are written of each topic."""


def begin() -> Any:
    """Give the table as the topics say it: each is answered by itself, and less and less by those that it names."""
    found = np.zeros((len(ROWS), len(COLUMNS)))
    for at, topic in enumerate(TOPICS):
        found[at, at] = LIKE_A_KIND
        for nth, other in enumerate(tables().topics[topic].also):
            found[at, TOPICS.index(other)] = ALSO * ALSO_LESS**nth
    for (row, column), weight in BEGIN.items():
        found[ROWS.index(row), COLUMNS.index(column)] = weight
    return found


def may_answer() -> Any:
    """Say which kinds may answer what at all: those that a topic names, that those name, and that meet a need of it; in danger, crisis offers."""
    topics = tables().topics
    found = np.zeros((len(ROWS), len(COLUMNS)), bool)
    found[:, len(TOPICS) :] = True
    for at, (code, topic) in enumerate(topics.items()):
        near = {code, *topic.also, *(third for other in topic.also for third in topics[other].also)}
        near |= {other for other, one in topics.items() if set(one.needs) & set(topic.needs)}
        found[at, [TOPICS.index(other) for other in near]] = True
    for condition in CONDITIONS:
        found[ROWS.index(condition), : len(TOPICS)] = True
    for condition in (DANGER, MAY_BE):
        found[ROWS.index(condition), : len(TOPICS)] = [topic in CRISIS_OFFERS for topic in TOPICS]
    return found


def read(text: str) -> Question:
    """Read a question as a search does, but for the words that only a hub's own services know."""
    question = read_question(text)
    words = [(nearly_known(word) or word) if word in question.unknown else word for word in question.said]
    return reread(words, question.ages, is_welsh=question.is_welsh)


def asked(questions: Sequence[dict[str, Any]]) -> Any:
    """Give what each question says: its topics, and what else is known of it."""
    found = np.zeros((len(questions), len(ROWS)))
    for at, one in enumerate(questions):
        question, danger = read(one["text"]), hear_danger(one["text"])
        for topic, sure in question.topics.items():
            found[at, ROWS.index(topic)] = min(sure, SURE_ENOUGH)
        ages = [*question.ages, *([one["age"]] if "age" in one else [])]
        known = {
            DANGER: danger.surely,
            MAY_BE: danger.may_be and not danger.surely,
            YOUNG: any(age <= YOUNG_UNTIL for age in ages),
        }
        for condition, holds in {**known, WELSH: question.is_welsh}.items():
            found[at, ROWS.index(condition)] = float(holds)
    return found


def offered(services: Sequence[dict[str, Any]]) -> Any:
    """Give the kinds of every service, and what else is known of it."""
    found = np.zeros((len(services), len(COLUMNS)))
    for at, one in enumerate(services):
        elsewhere = [words_said(one["organization"]["name"])]
        for kind, sure in kinds_of(said_of(one["name"], one["description"]), elsewhere).items():
            found[at, COLUMNS.index(kind)] = sure
        places = [where for where in one["service_at_locations"] if where["location"].get("addresses")]
        flags = {
            CRISIS: offers_crisis_help(one["name"], one["description"]),
            IN_WELSH: welshness(f"{one['name']} {one['description']}") > A_TEXT,
            ANYWHERE: not places,
        }
        for flag, holds in flags.items():
            found[at, COLUMNS.index(flag)] = float(holds)
    return found


def by_words(questions: Sequence[dict[str, Any]], services: Sequence[dict[str, Any]]) -> Any:
    """Give what the words alone come to."""
    found = np.zeros((len(questions), len(services)))
    held = [(set(words_said(one["name"])), set(words_said(one["description"]))) for one in services]
    for at, one in enumerate(questions):
        for word in read(one["text"]).words:
            stand = np.array([1.0 if word in name else 0.35 if word in about else 0.0 for name, about in held])
            if many := np.count_nonzero(stand):
                found[at] += np.log(1 + len(services) / many) * stand
    return found


def fit(said: Any, kinds: Any, words: Any, judged: Any, can: Any) -> Any:
    """Move the table until the services that were judged to answer come first."""
    start, may = begin(), may_answer()
    table, speed = start.copy(), np.zeros_like(start)
    stays = np.where(np.arange(len(ROWS)) < len(TOPICS), STAYS, STAYS_OF_CONDITIONS)[:, None] / 10
    wanted = judged / judged.sum(1, keepdims=True)
    for _step in range(STEPS):
        came = SHARP * (said @ table @ kinds.T + WORDS * words) * can
        chance = np.exp(came - came.max(1, keepdims=True))
        chance /= chance.sum(1, keepdims=True)
        wrong = (chance - wanted) * SHARP * can
        speed = 0.9 * speed + said.T @ wrong @ kinds / len(said) + stays * (table - start)
        table = np.where(may, table - STRIDE * speed, 0)
    return table


def written(table: Any) -> str:
    """Give the table as it stands in its file."""
    lines = ["## Which kinds of help answer what is asked, the most first. Written by `python -m tests.search.fitting write`."]
    for row, weights in zip(ROWS, table, strict=True):
        most = [at for at in np.argsort(-np.abs(weights))[:MOST] if abs(weights[at]) >= LEAST]
        most.sort(key=lambda at: -weights[at])
        lines.append(f"{row}: " + ", ".join(f"{COLUMNS[at]} {weights[at]:.2f}" for at in most))
    return "\n".join(lines) + "\n"


def main() -> None:
    """Tell what the fit comes to on what it has not seen; with `write`, fit by all questions and write the table."""
    questions = json.loads((FOLDER / "questions.json").read_text())
    services = json.loads((FOLDER / "services.json").read_text())
    said = asked(questions)
    kinds = offered(services)
    words = by_words(questions, services)
    at = {one["id"]: place for place, one in enumerate(services)}
    judged = np.zeros_like(words)
    for row, one in enumerate(questions):
        judged[row, [at[answer] for answer in one["answers"]]] = 1
    can = np.ones_like(words)
    for row, one in enumerate(questions):
        for age in (*read_question(one["text"]).ages, *([one["age"]] if "age" in one else [])):
            can[row] *= [1.0 if one.get("minimum_age", 0) <= age <= one.get("maximum_age", 200) else 0.5 for one in services]
    if "write" in sys.argv:
        FILE.write_text(written(fit(said, kinds, words, judged, can)))
        return
    order = np.random.default_rng(1).permutation(len(questions))
    came = np.zeros_like(words)
    for left_out in np.array_split(order, 5):
        rest = np.setdiff1d(order, left_out)
        table = fit(said[rest], kinds, words[rest], judged[rest], can[rest])
        came[left_out] = (said[left_out] @ table @ kinds.T + WORDS * words[left_out]) * can[left_out]
    first = np.argsort(-came, axis=1)[:, :5]
    found = np.take_along_axis(judged, first, 1).sum(1) / np.minimum(5, judged.sum(1))
    print(
        f"recall {found.mean():.3f}, hit {(found > 0).mean():.3f} (by what is asked alone: no place, no crisis offer put first)"
    )


if __name__ == "__main__":
    main()
