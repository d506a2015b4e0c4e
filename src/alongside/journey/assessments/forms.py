# For workers only.
"""The conversation: its parts with "as before", needs ranked together, the four boxes of the formulation, next steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.design.fields import CodeField, HiddenField, TextField, TickField
from alongside.design.forms import Form
from alongside.vocabulary.domains import DOMAINS, EVERYDAY, FORMULATION, NEXT_STEPS
from alongside.vocabulary.needs import NEEDS

PARTS = {
    **{code: DOMAINS[code] for code in DOMAINS if code != "everyday"},
    **{code: EVERYDAY[code] for code in EVERYDAY},
    **{code: FORMULATION[code] for code in FORMULATION},
    **{code: NEXT_STEPS[code] for code in NEXT_STEPS},
}
"""Every part that can be written in, with its words. There is none for a diagnosis."""
RANKS = 5


class Parts(Form):
    """What was written, part by part."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, part in PARTS.items():
            self.fields[code] = TextField(label=part.words(language).capitalize(), longest=8000, lines=4, required=False)

    def parts(self) -> dict[str, str]:
        """Give what was written, part by part."""
        return {code: self.cleaned_data.get(code, "") for code in PARTS}


class KeepAway(Form):
    """The answer to a question that is asked with every conversation; it stands on a page of its own, and is shown there once."""

    words = TextField(
        label=_("Is there anyone in these services who should not see this?"),
        help_text=_("A name, or who they are to them. Only the safeguarding lead and whoever holds them read it."),
        longest=400,
        lines=3,
        autocomplete="off",
    )


class Conversation(Parts):
    """The whole page in one form, so that whichever button is pressed nothing that was typed is lost."""

    needs_seen = HiddenField(longest=64, required=False)

    def __init__(self, *args: Any, ranks: int = RANKS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ranks = range(1, ranks + 1)
        for code in DOMAINS:
            self.fields[f"as_before_{code}"] = TickField(label=_("As before"))
        for place in self.ranks:
            label = _("Most pressing") if place == 1 else _("Then")
            self.fields[f"need_{place}"] = CodeField(NEEDS, label=label, select=True, blank=_("Nothing"), required=False)
            self.fields[f"words_{place}"] = TextField(label=_("In their words"), longest=400, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        ranked: set[str] = set()
        for place in self.ranks:
            need = given.get(f"need_{place}", "")
            if need in ranked:
                self.add_error(f"need_{place}", _("This need is ranked already. Choose another one, or Nothing."))
            if need:
                ranked.add(need)
            elif given.get(f"words_{place}"):
                self.add_error(f"need_{place}", _("Choose the need that these words are about."))
        return given

    def start_from(self, needs_seen: str) -> None:
        """Take the order that stands now as the one that was seen: the page shows it, and what was typed stays."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "needs_seen": needs_seen}

    def as_before(self) -> list[str]:
        """Give the parts that stand as before."""
        return [code for code in DOMAINS if self.cleaned_data.get(f"as_before_{code}")]

    def ranked(self) -> dict[str, str]:
        """Give the needs in their order, with the person's words for each."""
        given = self.cleaned_data
        return {given[f"need_{place}"]: given[f"words_{place}"] for place in self.ranks if given[f"need_{place}"]}
