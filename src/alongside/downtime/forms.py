# For workers only.
"""What is filled in to take a pack for when the hub cannot be reached."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.access.codes import WHY_DOWNTIME
from alongside.design.fields import ChoiceField, CodeField, TextField
from alongside.design.forms import Form

SHORTEST = 12
_HIDDEN = {"autocomplete": "new-password"}


class TakePack(Form):
    key = ChoiceField(label=_("Which pack?"))
    how = ChoiceField(label=_("As what?"))
    password = TextField(
        label=_("A password for the PDF"),
        help_text=_("12 letters or more, such as four words that do not belong together. It cannot be found out again."),
        longest=100,
        under=("how", "pdf"),
        widget=forms.PasswordInput(attrs=_HIDDEN),
    )
    password_again = TextField(
        label=_("The same password again"), longest=100, under=("how", "pdf"), widget=forms.PasswordInput(attrs=_HIDDEN)
    )
    reason = CodeField(WHY_DOWNTIME, label=_("What do you need it for?"), help_text=_("It is written down with your name."))

    def __init__(self, *args: Any, packs: dict[str, str], reads: bool, may_seal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("pdf", _("a PDF, locked with a password")), ("print", _("on paper, printed from here"))] if reads else []
        sealed = [("age", _("a sealed file, opened with the key of whoever it is for"))] if may_seal else []
        self.fields["key"].choices = list(packs.items())  # type: ignore[attr-defined]  # a ChoiceField, as declared
        self.fields["how"].choices = [*offered, *sealed]  # type: ignore[attr-defined]  # as above
        for name in ("key", "how"):
            only = self.fields[name].choices  # type: ignore[attr-defined]  # as above
            self.fields[name].initial = only[0][0] if len(only) == 1 else None
        if not reads:
            del self.fields["password"], self.fields["password_again"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("how") == "pdf" and given.get("password"):
            if len(given["password"]) < SHORTEST:
                self.add_error("password", _("Use 12 letters or more."))
            elif given["password"] != given.get("password_again"):
                self.add_error("password_again", _("The two are not the same. Write the same password twice."))
        return given
