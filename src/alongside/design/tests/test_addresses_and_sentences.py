from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test.utils import override_settings
from django.urls import NoReverseMatch, include, path, reverse, set_script_prefix
from django.utils import translation

from alongside.design.addresses import address
from alongside.design.sentences import sentence


class Elsewhere:
    """Another installation's addresses."""

    urlpatterns = [path("other/", include(([path("seen/<uuid:person_id>", HttpResponse, name="show")], "people")))]


@pytest.fixture(autouse=True)
def _stand_in_addresses() -> Iterator[None]:
    with override_settings(ROOT_URLCONF="alongside.design.tests.urls"):
        yield


def test_an_address_is_that_of_the_page() -> None:
    one, other = uuid4(), uuid4()
    for _round in range(2):
        assert address("web:home") == reverse("web:home") == "/web/home/"
        assert address("people:show", one) == reverse("people:show", args=[one]) == f"/people/{one}/seen/"
        assert address("people:show", other) == f"/people/{other}/seen/"
        assert address("people:show", person_id=one) == f"/people/{one}/seen/"
        assert address("people:show", str(one)) == f"/people/{one}/seen/"
        assert address("people:said", "b c?") == reverse("people:said", args=["b c?"])


def test_an_address_that_does_not_exist_is_a_fault_every_time() -> None:
    for _round in range(2):
        with pytest.raises(NoReverseMatch):
            address("web:nothing")
        with pytest.raises(NoReverseMatch):
            address("web:home", uuid4())


def test_addresses_of_two_places_do_not_mix() -> None:
    one = uuid4()
    assert address("people:show", one) == f"/people/{one}/seen/"
    try:
        set_script_prefix("/hub/")
        assert address("people:show", one) == f"/hub/people/{one}/seen/"
    finally:
        set_script_prefix("/")
    with override_settings(ROOT_URLCONF=Elsewhere):
        assert address("people:show", one) == f"/other/seen/{one}"


def test_a_sentence_is_said_in_the_language_of_the_page_and_what_is_put_into_it_is_escaped() -> None:
    for _round in range(2):
        with translation.override("cy"):
            assert sentence("Back") == "Yn ôl"
        with translation.override("en-gb"):
            assert sentence("Back") == "Back"
            assert sentence("%(time)s ago", time="<b>") == "&lt;b&gt; ago"
