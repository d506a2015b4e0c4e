import pytest

from alongside.design.languages import back_to, meant


@pytest.mark.parametrize(
    ("asked", "given"), [("cy", "cy"), ("en-gb", "en-gb"), ("fr", "en-gb"), ("", "en-gb"), ("../cy", "en-gb")]
)
def test_only_a_language_we_speak_is_set(asked: str, given: str) -> None:
    assert meant(asked) == given


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/ask/name?draft=1", "/ask/name?draft=1"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_switch_leads_back_to_our_own_page_only(asked: str, given: str) -> None:
    assert back_to(asked, host="hub.example", secure=True) == given
