import pytest
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.test import RequestFactory

from alongside.design.middleware import OnePolicy

ANSWERS = {"a page": HttpResponse, "not found": HttpResponseNotFound, "a way on": lambda: HttpResponseRedirect("/")}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_carries_the_policy_that_the_library_builds(kind: str) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        return ANSWERS[kind]()

    request = RequestFactory().get("/")
    ours = OnePolicy(answer)(request).headers["Content-Security-Policy"]
    librarys = CSPMiddleware(answer)(request).headers["Content-Security-Policy"]
    assert sorted(ours.split("; ")) == sorted(librarys.split("; "))
    assert "default-src 'none'" in ours and "script-src 'self'" in ours


def test_no_page_loosens_the_policy() -> None:
    def looser(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "default-src *"})

    assert "*" not in OnePolicy(looser)(RequestFactory().get("/")).headers["Content-Security-Policy"]
