"""Names that must meet in a search, and names that must be kept away: written tables, British and Welsh."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alongside.vocabulary.names import alikeness, fold, resembles, search_keys, sound_key, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siân", "Sian"), ("Siân", "Shan"), ("Siôn", "Shaun"), ("Sean", "Shaun"), ("Rhys", "Reece"), ("Rhys", "Rees"),
        ("Rhian", "Rian"), ("Geraint", "Geriant"), ("Cerys", "Kerys"), ("Ceri", "Kerry"), ("Catherine", "Kathryn"),
        ("Smyth", "Smith"), ("Llewelyn", "Lewellyn"), ("Lloyd", "Llwyd"), ("Ffion", "Fion"), ("Gruffydd", "Griffith"),
        ("Meredydd", "Meredith"), ("Huw", "Hugh"), ("Hughes", "Hues"), ("Angharad", "Anharad"), ("Bronwen", "Bronwyn"),
        ("Iwan", "Ewan"), ("Dafydd", "Dai"), ("Tomos", "Thomas"), ("Thomson", "Tomson"), ("Stephen", "Steven"),
        ("Mohammed", "Muhammad"), ("Bob", "Robert"), ("Liz", "Elizabeth"), ("Davies", "Davis"), ("Łukasz", "Lukasz"),
    ],
)  # fmt: skip
@pytest.mark.hazard("H04")
def test_two_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert sound_key(fold(one)) == sound_key(fold(other))


@pytest.mark.parametrize(
    ("one", "other"), [("Sian", "Susan"), ("Rhys", "Rhian"), ("Jones", "James"), ("Evans", "Owens"), ("Gareth", "Geraint")]
)
def test_two_names_stay_two(one: str, other: str) -> None:
    assert sound_key(fold(one)) != sound_key(fold(other))


def test_a_name_is_folded() -> None:
    assert fold("  Siân  Ŵyn O’Brien-Ærø ") == "sian wyn obrien aero"
    assert (tokens("Dr J Smith"), tokens("J"), tokens("")) == (("smith",), ("j",), ())


def test_keys_of_a_name_hold_each_pair_in_either_order() -> None:
    assert search_keys("Siân Jones") == ("xn", "jns", "jns+xn")
    assert set(search_keys("Jones Shan")) == set(search_keys("Siân Jones"))
    assert search_keys("") == ()


def test_the_nearer_name_ranks_first() -> None:
    assert alikeness("Sian Jones", "Siân Jones") == 1.0
    assert alikeness("Sian Jones", "Shan Jones") > alikeness("Sian Jones", "Siwan James") > alikeness("Sian Jones", "Bob Wu")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("my ex, Gareth", "Gareth Hughes"), ("Gareths mum", "Gareth Hughes"), ("Gareth's mum", "Gareth Hughes"),
        ("Dai from the surgery", "David Jones"), ("Sam", "Samantha Jones"), ("Chris", "Christine Lee"), ("MacDonald", "Ann McDonald"),
        ("Mrs O Brien", "Pat O'Brien"), ("Annmarie", "Ann-Marie Lee"), ("Ann-Marie", "Annmarie Lee"), ("Sean", "Shaun Evans"),
        ("Ieuan", "Iwan Pugh"), ("Tomos", "Thomas Rees"), ("Lizzie", "Elizabeth Low"), ("J S", "John Smith"), ("Dr. P", "Pat Jones"),
        ("J. Smith", "John Smyth"), ("Will", "William Hart"), ("fy ngŵr, Gwyn", "Gwyn Parry"),
    ],
)  # fmt: skip
def test_a_name_that_may_be_meant_is_kept_away(words: str, name: str) -> None:
    assert resembles(words, name)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("my ex, Gareth", "Nia Owen"), ("my sister works at the surgery", "Nia Owen"), ("J S", "John Evans"), ("", "Nia Owen"),
        ("not my mother or my father", "Mo Farr"), ("fy chwaer", "Carys Haf"), ("I do not know", "Ian Dole"),
    ],
)  # fmt: skip
def test_words_that_name_nobody_like_them_keep_nobody_away(words: str, name: str) -> None:
    assert not resembles(words, name)


@given(some.text(max_size=40), some.text(max_size=40))
def test_any_text_at_all_is_taken_as_a_name(one: str, other: str) -> None:
    assert fold(fold(one)) == fold(one)
    assert 0.0 <= alikeness(one, other) <= 1.0
    assert len(search_keys(one)) <= 21
    assert resembles(one, other) in (True, False)
