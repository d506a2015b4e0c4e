"""Finding support, keeping entries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.design.fields import ChoiceField, CodeField, CodesField, EmailField, NumberField, TextField
from alongside.design.forms import Form
from alongside.journey.directory.codes import CHOICES, COLUMNS, FEED_KINDS, WRONG
from alongside.journey.directory.rules import LONGEST_WAIT, Said
from alongside.vocabulary.ages import AGE_BANDS
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.postcode import split_postcode
from alongside.vocabulary.spoken_languages import SPOKEN
from alongside.vocabulary.text import clean

MOST_PLACES_OF_ONE = 999


class FindSupport(Form):
    words = TextField(label=_("What would help?"), longest=400, required=False)
    near = TextField(
        label=_("Near which place?"), help_text=_("A town, or the first half of a postcode."), longest=120, required=False
    )
    need = CodeField(NEEDS, label=_("For what?"), select=True, blank=_("Anything"), required=False)
    age = CodeField(AGE_BANDS, label=_("For what age?"), select=True, blank=_("Any age"), required=False)
    only = CodesField(CHOICES, label=_("Only what is"), required=False)
    language = CodeField(SPOKEN, label=_("In which language?"), select=True, blank=_("Any language"), required=False)


class SomethingWrong(Form):
    """What anybody may say of an entry. The field that nobody sees is left empty by people and filled in by machines."""

    kind = CodeField(WRONG, label=_("What is wrong here?"), required=False)
    words = TextField(label=_("Anything else that helps us put it right?"), longest=1000, lines=3, required=False)
    email = EmailField(
        label=_("Your e-mail address, if you want to hear what became of it"),
        help_text=_("We write to you once, about this only, and then forget the address. You need not give one."),
        required=False,
    )
    website = TextField(label=_("Leave this empty"), longest=400, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for words where nothing was chosen that says it without."""
        given = super().clean() or self.cleaned_data
        if not self.errors and given["kind"] in ("", "other") and not given["words"]:
            self.add_error("words", ValidationError(_("Say what is wrong, in a few words."), code="nothing_said"))
        return given


class SayPlaces(Form):
    free = NumberField(
        label=_("How many are free now?"), help_text=_("Beds, chairs or places. 0 when none is."), largest=MOST_PLACES_OF_ONE
    )
    in_all = NumberField(label=_("How many are there in all?"), largest=MOST_PLACES_OF_ONE)


class CloseService(Form):
    instead = ChoiceField(
        label=_("What is there instead?"),
        help_text=_("Whoever looks for this service is led there. Leave it open when nothing is."),
        widget=forms.Select,
        required=False,
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instead"].choices = [("", _("Nothing that we know of")), *choices]  # type: ignore[attr-defined]  # a choice field


class Propose(Form):
    words = TextField(
        label=_("What is proposed?"), help_text=_("One line, such as “A debt adviser at the practice on Mondays.”"), longest=400
    )


class EditFeed(Form):
    name = TextField(
        label=_("What is it called?"),
        help_text=_("Its entries carry this name as their source, so it stays as it is."),
        longest=80,
    )
    kind = CodeField(FEED_KINDS, label=_("What kind of feed is it?"))
    address = TextField(
        label=_("At which web address is it?"),
        help_text=_("Of Open Referral UK the address before “/services”; of a table the address of the file."),
        longest=500,
        inputmode="url",
        spellcheck=False,
    )
    columns = TextField(
        label=_("Which column is what?"),
        help_text=_("One on each line, such as “Service name = name”. Columns that stand here nowhere are left out and named."),
        longest=4000,
        lines=6,
        under=("kind", "csv"),
    )
    licence = TextField(
        label=_("Under which licence may it be used?"),
        help_text=_("As its publisher says, such as “Open Government Licence v3.0”."),
        longest=120,
    )

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["name"]

    def clean_columns(self) -> str:
        """Find the first line that is not "column = part"."""
        text: str = self.cleaned_data["columns"]
        for line in filter(str.strip, text.splitlines()):
            column, _equals, what = line.rpartition("=")
            if not column.strip() or what.strip() not in COLUMNS:
                raise ValidationError(
                    _("Write “column = part” on the line “%(line)s”, with a part of the list below."),
                    code="odd_line",
                    params={"line": line.strip()[:80]},
                )
        return text


class SettleCorrection(Form):
    done = TextField(
        label=_("What was done?"),
        help_text=_("One line, such as “The new number stands in the entry.” Leave it blank when it is not so."),
        longest=400,
        required=False,
    )


class InviteEditor(Form):
    email = EmailField(
        label=_("Their e-mail address"),
        help_text=_("At work, and one that only they, or those who keep the entry with them, read."),
    )


_NUMBER_FIRST = re.compile(r"(\+?[0-9(][0-9 ()+./-]*[0-9])[\s,:–-]*(.*)")
_LONG = 3000
"""Characters of a description at most; one that came in longer may stay as long as it is (ours)."""


class ChangeEntry(Form):
    """Everything that somebody who keeps an entry may change; what is not touched stays as it stands, to the letter."""

    description = TextField(label=_("What is it?"), longest=_LONG, lines=5, required=False)
    for_whom = TextField(label=_("Who is it for?"), longest=400, lines=2, required=False)
    when_next = TextField(label=_("When is it open?"), longest=400, lines=2, required=False)
    phones = TextField(
        label=_("Telephone"),
        help_text=_("One number a line, and after it what it is for. No 09, 087, 070 or 118 numbers."),
        longest=600,
        lines=3,
        required=False,
    )
    email = TextField(label=_("E-mail"), longest=254, inputmode="email", spellcheck=False, required=False)
    url = TextField(label=_("Web page"), longest=500, inputmode="url", spellcheck=False, required=False)
    places = TextField(
        label=_("Where is it?"), help_text=_("One address a line, with its postcode."), longest=4000, lines=3, required=False
    )
    how_to_start = TextField(label=_("How does somebody start?"), longest=400, lines=2, required=False)
    cost = TextField(label=_("What does it cost?"), longest=250, required=False)
    accessibility = TextField(label=_("How can everybody get in and take part?"), longest=400, lines=2, required=False)
    wait_weeks = NumberField(
        label=_("How many weeks do people wait now?"),
        help_text=_("0 when nobody waits. Leave it open when you do not know."),
        largest=LONGEST_WAIT,
        required=False,
    )

    def __init__(self, *args: Any, was: Said, is_refuge: bool, **kwargs: Any) -> None:
        self._was, self._stands = was, _as_texts(was)
        super().__init__(*args, initial=self._stands | {"wait_weeks": was.wait_weeks}, **kwargs)
        description: Any = self.fields["description"]
        description.longest = max(_LONG, len(was.description))
        if is_refuge:
            del self.fields["places"]

    def said(self) -> Said:
        """Give what is to stand."""
        given = self.cleaned_data
        changed = {name: given[name] for name, text in self._stands.items() if name in given and given[name] != clean(text)}
        found = {name: getattr(self._was, name) for name in self._stands} | changed
        if "phones" in changed:
            found["phones"] = tuple(_number(line) for line in changed["phones"].split("\n") if line.strip())
        if "places" in changed:
            found["places"] = tuple(_place(line) for line in changed["places"].split("\n") if line.strip(" ,"))
        return Said(**found, wait_weeks=given["wait_weeks"])


def _as_texts(said: Said) -> dict[str, str]:
    pairs = {
        "phones": "\n".join(" ".join(part for part in pair if part) for pair in said.phones),
        "places": "\n".join(", ".join(part for part in pair if part) for pair in said.places),
    }
    names = ("description", "for_whom", "when_next", "email", "url", "how_to_start", "cost", "accessibility")
    return {name: getattr(said, name) for name in names} | pairs


def _number(line: str) -> tuple[str, str]:
    found = _NUMBER_FIRST.fullmatch(line.strip())
    return (found[1][:40], found[2][:160]) if found else (line.strip()[:160], "")


def _place(line: str) -> tuple[str, str]:
    address, postcode = split_postcode(line)
    return address[:400], postcode
