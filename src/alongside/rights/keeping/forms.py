# For workers only.
"""What is filled in to hold a record, and to propose that one goes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.design.fields import CodeField, TextField
from alongside.design.forms import Form
from alongside.rights.codes import DELETED, HOLDS


class BeginHold(Form):
    reference = TextField(label=_("The person's reference"), longest=20, spellcheck=False)
    because = CodeField(HOLDS, label=_("What is it kept for?"))
    words = TextField(label=_("File number"), help_text=_("Of the inquiry or the court, if there is one."), required=False)


class ProposeDeletion(Form):
    reference = TextField(label=_("The person's reference"), longest=20, spellcheck=False)
    because = CodeField(DELETED, label=_("Why?"))
