# For workers only.
"""What is filled in to answer a list that somebody wants to take out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.design.fields import ChoiceField, CodeField
from alongside.design.forms import Form
from alongside.exports.codes import WHY_NOT


class AnswerList(Form):
    answer = ChoiceField(
        label=_("May it leave?"),
        help_text=_("It can be taken once, within 24 hours. Your name is written down."),
        choices=[("yes", _("Yes: it is needed, and it is looked after")), ("no", _("No"))],
    )
    why_not = CodeField(WHY_NOT, label=_("Why not?"), under=("answer", "no"))

    def given(self) -> dict[str, Any]:
        """Give what the command takes."""
        yes = self.cleaned_data["answer"] == "yes"
        return {"yes": yes, "why_not": "" if yes else self.cleaned_data.get("why_not", "")}
