# For workers only.
"""The hub's own words for a sentence, in both languages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.design.fields import TextField
from alongside.design.forms import Form


class ChangeWording(Form):
    en = TextField(label=_("In English"), lines=4, longest=1000)
    cy = TextField(label=_("In Welsh"), lines=4, longest=1000)
