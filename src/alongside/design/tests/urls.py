"""The addresses that the layouts point to, as stand-ins: design is tested without the stages."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def _nothing(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return HttpResponse("")


def _stage(name: str, *views: str) -> object:
    return path(f"{name}/", include(([path(f"{view}/", _nothing, name=view) for view in views], name)))


urlpatterns = [
    _stage(
        "web",
        "home",
        "today",
        "nobody-lost",
        "hub-home",
        "safeguarding",
        "accessibility",
        "privacy",
        "set-language",
        "person-sign-in",
    ),
    _stage("referrals", "bring-someone-in", "triage-queue"),
    _stage("handovers", "introductions"),
    _stage("directory", "find-support"),
    _stage("hubs", "settings", "sharing-proposals", "stopped"),
    _stage("backups", "copies"),
    _stage("access", "choose-hat", "signed-in"),
    _stage("safety", "emergency", "people-i-know", "glass-to-review", "looks-to-look-at", "shown-to-me"),
    _stage("rights", "requests"),
    path(
        "people/",
        include(([path("<uuid:person_id>/seen/", _nothing, name="show"), path("<str:word>/", _nothing, name="said")], "people")),
    ),
    path("login/", _nothing, name="account_login"),
    path("logout/", _nothing, name="account_logout"),
]
