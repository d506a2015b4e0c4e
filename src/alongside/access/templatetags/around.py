"""Drawing the pages of the sign-in library inside our own layout."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from alongside.access.models import KnownElsewhere
from alongside.access.pages import SignInPage

register = template.Library()


@register.simple_block_tag(takes_context=True)
def our_layout(context: Any, content: SafeString, title: str) -> SafeString:
    """Put the content of a sign-in page into the layout that every other page has.

    In: the content, drawn by Django's own templates, which have escaped it.
    """
    form, user = context.get("form"), _signed_in(context)
    page = SignInPage(
        title=strip_tags(title).strip(),
        content=content,
        form=form if isinstance(form, BaseForm) else None,
        name=user.email if user else "",
        has_password=bool(user and user.has_usable_password()),
        elsewhere=_elsewhere(context["request"], user),
    )
    return SafeString(render_to_string(page.template, {"page": page}, request=context["request"]))  # nosec B703  # our own page, which its template has just escaped


@register.filter
def passkey_options(options: dict[str, Any]) -> str:
    """Write down what a browser is asked for when a passkey is used or made."""
    return json.dumps(options, cls=DjangoJSONEncoder)


def _elsewhere(request: Any, user: Any) -> str:
    """Tell what the page offers beside our own sign-in: on the page of sign-in, and on that of the second factor."""
    if settings.OPENID.get("staff") is None or request.resolver_match.view_name not in ("account_login", "mfa_index"):
        return ""
    if user is not None:
        return "linked" if KnownElsewhere.objects.filter(user=user).exists() else "offered"
    return "silent" if request.GET.get("silent") else "offered"


def _signed_in(context: Any) -> Any:
    user = getattr(context["request"], "user", None)
    return user if user is not None and user.is_authenticated else None
