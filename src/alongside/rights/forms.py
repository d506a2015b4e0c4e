# For workers only.
"""What is filled in when somebody asks for a copy of their record, and when it is decided, handed over and closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.design.fields import ChoiceField, CodeField, DateField, TextField
from alongside.design.forms import Form
from alongside.rights.codes import ASKED_BY, CLOSED, DECISIONS, HANDED_OVER, PROOFS


class AskForACopy(Form):
    asked_by = CodeField(ASKED_BY, label=_("Who asks?"), initial="person")
    asked_by_name = TextField(label=_("Their name"), longest=120, required=False, help_text=_("Only when somebody else asks."))
    proof = CodeField(PROOFS, label=_("How do we know that it is they?"))
    asked_on = DateField(label=_("On which day did they ask?"), help_text=_("By any way: a letter, a call, in passing."))


class Decide(Form):
    """One question for each item of a page; its words stand beside it."""

    def __init__(self, *args: Any, items: Iterable[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, decided in items:
            self.fields[name] = CodeField(
                DECISIONS, select=True, blank=_("Not decided"), label=label, required=False, initial=decided
            )


class HandOver(Form):
    how = ChoiceField(
        label=_("As what?"),
        choices=[
            ("print", _("to read and print here")),
            ("pdf", _("a PDF")),
            ("json", _("data (JSON, with FHIR R4)")),
            ("csv", _("a table (CSV)")),
            ("xlsx", _("a spreadsheet (XLSX)")),
        ],
    )
    handed_over = CodeField(HANDED_OVER, label=_("How do they get it?"), help_text=_("It is written down with your name."))


class Close(Form):
    because = CodeField(CLOSED, label=_("How did it end?"))
