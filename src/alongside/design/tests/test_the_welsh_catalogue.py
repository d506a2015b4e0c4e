import re
from pathlib import Path

import polib
import pytest
from django.utils import translation

from alongside.design import catalogue

PIECE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8"

{entries}
"""
ENTRY = '#. {comment}\nmsgid "{english}"\nmsgstr "{welsh}"\n'


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A tiny product: a page for people, a page for workers, forms for each."""
    pages = tmp_path / "jinja2" / "x"
    pages.mkdir(parents=True)
    (pages / "person.jinja").write_text('{% extends "design/public.jinja" %}{{ _("For you") }}')
    (pages / "worker.jinja").write_text('{% extends "design/worker.jinja" %}{{ _("For staff") }}')
    (pages / "below.jinja").write_text('{% extends "x/worker.jinja" %}{{ _("Also for staff") }}')
    (tmp_path / "forms.py").write_text('A = _("A question")\n')
    (tmp_path / "triage.py").write_text('"""Triage. For workers only."""\nB = _("A decision")\n')
    (tmp_path / "locale" / "cy" / "pieces").mkdir(parents=True)
    return tmp_path


def write(package: Path, name: str, *entries: str) -> None:
    (package / "locale" / "cy" / "pieces" / name).write_text(PIECE.format(entries="\n".join(entries)), encoding="utf-8")


def entry(english: str, welsh: str, comment: str = "to be checked by a speaker") -> str:
    return ENTRY.format(english=english, welsh=welsh, comment=comment)


def test_what_a_person_may_read_needs_welsh_and_what_only_workers_read_does_not(package: Path) -> None:
    write(package, "a.po", entry("For you", "I chi"))
    assert catalogue.check(package, package / "locale") == ["forms.py:1: 'A question' has no Welsh."]


def test_welsh_says_whether_a_speaker_has_checked_it(package: Path) -> None:
    write(
        package,
        "a.po",
        entry("For you", "I chi", "checked by a speaker on 1 March 2027"),
        entry("A question", "Cwestiwn", "new"),
    )
    assert catalogue.check(package, package / "locale") == [
        "'A question': its comment does not say whether a speaker has checked it."
    ]


def test_a_placeholder_that_is_lost_in_welsh_is_named(package: Path) -> None:
    (package / "forms.py").write_text('A = _("%(count)s people")\n')
    write(package, "a.po", entry("For you", "I chi"), entry("%(count)s people", "pobl"))
    assert catalogue.check(package, package / "locale") == ["'%(count)s people': its Welsh does not have the same placeholders."]


def test_two_pieces_may_share_a_sentence_but_not_differ(package: Path) -> None:
    write(package, "a.po", entry("Back", "Yn ôl"))
    write(package, "b.po", entry("Back", "Yn ôl"))
    assert len(catalogue.merge(package / "locale")) == 1
    write(package, "b.po", entry("Back", "Nôl"))
    with pytest.raises(ValueError, match="b.po and a.po translate 'Back' differently"):
        catalogue.merge(package / "locale")


def test_the_compiled_catalogue_is_made_again_when_a_piece_is_newer(package: Path) -> None:
    write(package, "a.po", entry("Back", "Yn ôl"))
    catalogue.compile_when_stale(package / "locale")
    made = package / "locale" / "cy" / "LC_MESSAGES" / "django.mo"
    assert "Yn ôl".encode() in made.read_bytes()
    assert [path.name for path in made.parent.iterdir() if path.suffix not in (".mo", ".po")] == []


def test_the_design_layer_is_all_in_welsh() -> None:
    ours = [line for line in catalogue.check() if line.startswith(("design/", "refusals.py"))]
    assert ours == []


def test_django_speaks_our_welsh_where_it_has_none() -> None:
    with translation.override("cy"):
        assert translation.gettext("This field is required.") == "Mae angen ateb yma."


MUTATES_A_DAY = re.compile(r"\b(ar|o|i|tan|hyd at|gan|am|dros) %\((day|until)\)s", re.IGNORECASE)


def test_no_welsh_sentence_puts_a_day_after_a_word_that_would_change_it() -> None:
    """A day is put in as "dydd Llun …"; after "ar" it would have to be "ddydd Llun". Seen to fail with "Anfonwyd ar %(day)s."."""
    pieces = (polib.pofile(str(path)) for path in sorted((catalogue.LOCALE / "cy" / "pieces").glob("*.po")))
    assert [entry.msgstr for piece in pieces for entry in piece if MUTATES_A_DAY.search(entry.msgstr)] == []
