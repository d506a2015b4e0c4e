from django.template import engines
from django.test import RequestFactory


def test_all_forms_of_a_page_share_one_token_and_the_next_page_has_another() -> None:
    template = engines["jinja2"].from_string("{{ csrf_input }}|{{ csrf_input }}")
    request = RequestFactory().get("/")
    one, other = template.render({}, request).split("|")
    assert one == other
    assert one.startswith('<input type="hidden" name="csrfmiddlewaretoken" value="')
    assert template.render({}, request).split("|")[0] != one


def test_a_page_without_a_form_asks_for_no_token() -> None:
    request = RequestFactory().get("/")
    engines["jinja2"].from_string("words").render({}, request)
    assert "CSRF_COOKIE" not in request.META
