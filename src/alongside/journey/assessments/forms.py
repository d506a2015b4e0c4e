# For workers only.
"""The conversation: five parts and the four boxes of the formulation; needs ranked together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.design.fields import CodeField, TextField
from alongside.design.forms import Form
from alongside.vocabulary.domains import DOMAINS, EVERYDAY, FORMULATION
from alongside.vocabulary.needs import NEEDS

PARTS = {
    **{code: DOMAINS[code] for code in DOMAINS if code != "everyday"},
    **{code: EVERYDAY[code] for code in EVERYDAY},
    **{code: FORMULATION[code] for code in FORMULATION},
}
"""Every part that can be written in, with its words. There is none for a diagnosis."""
RANKS = 5


class Conversation(Form):
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, part in PARTS.items():
            self.fields[code] = TextField(label=part.words(language).capitalize(), longest=8000, lines=4, required=False)

    def parts(self) -> dict[str, str]:
        """Give what was written, part by part."""
        return {code: self.cleaned_data.get(code, "") for code in PARTS}


class RankNeeds(Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, RANKS + 1):
            label = _("Most pressing") if place == 1 else _("Then")
            self.fields[f"need_{place}"] = CodeField(NEEDS, label=label, select=True, blank=_("Nothing"), required=False)
            self.fields[f"words_{place}"] = TextField(label=_("In their words"), longest=400, required=False)

    def ranked(self) -> tuple[list[str], dict[str, str]]:
        """Give the codes in order, and the person's words for each."""
        given = self.cleaned_data
        codes = [given[f"need_{place}"] for place in range(1, RANKS + 1) if given.get(f"need_{place}")]
        said = {
            given[f"need_{place}"]: given.get(f"words_{place}", "") for place in range(1, RANKS + 1) if given.get(f"need_{place}")
        }
        return codes, said
