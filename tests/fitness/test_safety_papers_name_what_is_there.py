"""The papers in docs/safety say what they are, name only what exists, and count themselves right."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from alongside.config.hazards import BOX

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "safety"
PAPERS = sorted(FOLDER.glob("*.md"))
STATUSES = {"met", "partly", "not met", "not applicable"}
ASVS = [
    [cell.strip() for cell in line.strip("|\n ").split(" | ")]
    for line in (FOLDER / "asvs-5.0-level-2.md").read_text().splitlines()
    if re.match(r"\| V[0-9]+\.", line)
]


def paths_in(text: str) -> set[str]:
    """Give what is named like a file of the house: in backticks, with a folder, and no address of a page."""
    named = re.findall(r"`([^`\s]+)`", text)
    return {one for one in named if ("/" in one or one.startswith(".")) and not one.startswith("/")}


def links_in(text: str) -> set[str]:
    return {one for one in re.findall(r"\]\(([^)#]+)\)", text) if not one.startswith("http")}


def test_the_papers_are_these() -> None:
    assert {path.name for path in PAPERS} == {
        "README.md", "asvs-5.0-level-2.md", "dpia.md", "dtac.md", "hazard-log.md", "safety-case.md",
    }  # fmt: skip


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_each_says_first_that_nobody_who_may_has_looked_at_it_and_what_no_software_can_prove(path: Path) -> None:
    after_the_title = path.read_text().removeprefix("<!--").partition("\n# ")[2] or path.read_text()
    assert after_the_title.partition("\n\n")[2].startswith("\n".join(BOX))


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_every_file_that_a_paper_names_is_there(path: Path) -> None:
    text = path.read_text()
    assert len(paths_in(text) | links_in(text)) > 4
    assert sorted(one for one in paths_in(text) if not (ROOT / one).exists()) == []
    assert sorted(one for one in links_in(text) if not (FOLDER / one).exists()) == []


def test_every_requirement_of_both_levels_stands_there_once() -> None:
    """253 of the 345 of version 5.0.0: 70 of level 1 and 183 of level 2, chapter by chapter."""
    assert len({row[0] for row in ASVS}) == len(ASVS)
    assert Counter(row[1] for row in ASVS) == {"1": 70, "2": 183}
    chapters = Counter(int(row[0].partition(".")[0][1:]) for row in ASVS)
    assert [chapters[number] for number in range(1, 18)] == EACH_CHAPTER


EACH_CHAPTER = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7]


def test_what_is_met_names_what_shows_it_and_what_is_not_says_why() -> None:
    assert {status for _requirement, _level, _asks, status, _why in ASVS} == STATUSES
    assert [row[0] for row in ASVS if len(row[2]) < 9 or len(row[4]) < 6] == []
    assert [row[0] for row in ASVS if row[3] == "met" and not paths_in(row[4])] == []


def test_the_paper_counts_itself_right() -> None:
    counted = Counter(row[3] for row in ASVS)
    said = re.search(
        r"Of 253: met (\d+), partly (\d+), not met (\d+), not applicable (\d+)\.", (FOLDER / "asvs-5.0-level-2.md").read_text()
    )
    assert said is not None
    assert [int(one) for one in said.groups()] == [counted[one] for one in ("met", "partly", "not met", "not applicable")]
