# For workers only.
"""The forms of setting up a hub."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.access.codes import CATEGORIES, PARTICIPATION
from alongside.design.dates import read_time
from alongside.design.fields import (
    ChoiceField,
    ChoicesField,
    CodeField,
    CodesField,
    DateField,
    EmailField,
    MomentField,
    NumberField,
    TelField,
    TextField,
    TickField,
)
from alongside.design.forms import Form
from alongside.hubs.codes import COLOURS, STOP_REASONS, TEAM_KINDS
from alongside.hubs.roles import ROLE_WORDS
from alongside.vocabulary.codes import Code, CodeList
from alongside.vocabulary.phone import is_callable
from alongside.vocabulary.sectors import SECTORS
from alongside.vocabulary.team_types import TEAM_TYPES

Choices = list[tuple[str, str]]

CONTACT_KINDS = CodeList(
    "kinds of crisis contact",
    "ours",
    Code("call", "a number to call", "rhif i'w ffonio"),
    Code("text", "a number to text", "rhif i'w decstio"),
    Code("link", "a web address", "cyfeiriad gwe"),
    Code("say", "only words", "geiriau yn unig"),
)


class Offering(Form):
    """A form some of whose questions take their choices from the hub: `offered` maps a question to its choices."""

    def __init__(self, *args: Any, offered: dict[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (offered or {}).items():
            field = self.fields[name]
            blank = isinstance(field.widget, forms.Select) and not isinstance(field.widget, forms.RadioSelect)
            field.choices = [("", _("Choose")), *choices] if blank else choices  # type: ignore[attr-defined]  # choice fields only


def _select(label: Any, **kwargs: Any) -> ChoiceField:
    return ChoiceField(label=label, widget=forms.Select, **kwargs)


class HubForm(Form):
    name = TextField(label=_("Name of the hub"), longest=120)
    name_cy = TextField(label=_("Its name in Welsh"), longest=120, required=False)
    phone = TelField(label=_("Telephone"), required=False)
    email = EmailField(label=_("E-mail address"), required=False)
    colour = CodeField(COLOURS, label=_("Colour of the header"))
    hostnames = TextField(
        label=_("Web addresses that open this hub"),
        help_text=_("One on each line, like hub.example.org. A hub alone on its installation needs none."),
        lines=3,
        longest=1000,
        required=False,
    )
    uses_nhs_identity = TickField(label=_("The hub is entitled to the NHS identity: show the NHS logo"))

    def clean_hostnames(self) -> list[str]:
        names = [name.strip().lower() for name in str(self.cleaned_data["hostnames"]).splitlines() if name.strip()]
        wrong = next((name for name in names if "/" in name or ":" in name or " " in name or "." not in name), "")
        if wrong:
            raise forms.ValidationError(_("Write only the name, like hub.example.org, without https:// or anything after it."))
        return names


class ConfirmContacts(Offering):
    codes = ChoicesField(label=_("Which of them did you call or check?"))
    checked_on = DateField(label=_("On which day?"), past_only=True)


class NewContact(Form):
    en = TextField(label=_("What people read, in English"), longest=200)
    cy = TextField(label=_("What people read, in Welsh"), longest=200)
    kind = CodeField(CONTACT_KINDS, label=_("What it is"))
    number = TextField(label=_("Number or address"), longest=40, required=False)
    checked_on = DateField(label=_("When did you call or check it?"), past_only=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        number, kind = given.get("number", ""), given.get("kind", "")
        if kind == "link" and not number.startswith("https://"):
            self.add_error("number", _("A web address starts with https://."))
        if kind in ("call", "text") and not is_callable(number):
            self.add_error("number", _("Write the number with digits."))
        return given


class NewOrganisation(Form):
    name = TextField(label=_("Name of the organisation"), longest=160)
    sector = CodeField(SECTORS, label=_("Sector"), help_text=_("It never decides what somebody may see or do."))
    ods_code = TextField(
        label=_("ODS code, if it has one"),
        help_text=_("3 to 10 capital letters and digits, like B83620."),
        longest=20,
        width=10,
        required=False,
    )
    phone = TelField(label=_("Telephone"), required=False)
    email = EmailField(label=_("E-mail address"), required=False)


class NewSite(Offering):
    organisation = _select(_("Whose place is it?"))
    name = TextField(label=_("Name of the place"), longest=120)
    address = TextField(label=_("Address"), longest=250, required=False)
    postcode = TextField(label=_("Postcode"), longest=10, width=10, required=False)


class TeamForm(Offering):
    name = TextField(label=_("Name of the team"), longest=120)
    organisation = _select(_("Whose team is it?"))
    kind = CodeField(TEAM_KINDS, label=_("What it does"))
    national_team_type = CodeField(TEAM_TYPES, label=_("National team type"), select=True, blank=_("None"), required=False)
    phone = TelField(label=_("Telephone"), required=False)
    email = EmailField(label=_("E-mail address"), required=False)


class ChangeTeam(TeamForm):
    organisation = None  # type: ignore[assignment]  # a team stays with its organisation


def _day(label: Any) -> TextField:
    return TextField(label=label, longest=60, width=20, required=False)


class TeamHoursForm(Form):
    """A week: each day "09:00 to 17:00", several stretches with commas, blank for closed."""

    day_0 = _day(_("Monday"))
    day_1 = _day(_("Tuesday"))
    day_2 = _day(_("Wednesday"))
    day_3 = _day(_("Thursday"))
    day_4 = _day(_("Friday"))
    day_5 = _day(_("Saturday"))
    day_6 = _day(_("Sunday"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        stretches: list[tuple[int, time, time]] = []
        for weekday in range(7):
            name = f"day_{weekday}"
            try:
                stretches += [(weekday, *stretch) for stretch in _stretches(given.get(name, ""))]
            except forms.ValidationError:
                self.add_error(name, _("Write an opening and a later closing time, like 09:00 to 17:00."))
        given["stretches"] = stretches
        return given


def _stretches(written: str) -> list[tuple[time, time]]:
    found = []
    for part in written.replace("–", "-").replace(" to ", "-").split(","):
        if part.strip():
            opens, dash, closes = part.partition("-")
            stretch = (read_time(opens.strip()), read_time(closes.strip()))
            if not dash or stretch[0] >= stretch[1]:
                raise forms.ValidationError("order")
            found.append(stretch)
    return found


class Seat(Offering):
    hat = _select(_("Who?"))


class DutyTurnForm(Offering):
    hat = _select(_("Who is on duty?"))
    from_at = MomentField(label=_("From"))
    until_at = MomentField(label=_("Until"))


class Invite(Offering):
    name = TextField(label=_("Name"), longest=120)
    email = EmailField(label=_("E-mail address, to sign in with"))
    organisation = _select(_("Organisation"))
    role = CodeField(ROLE_WORDS, label=_("Role"), select=True)
    supervisor = _select(_("Supervisor, for a student"), required=False)
    teams = ChoicesField(label=_("Teams"), required=False)


class AnotherHat(Offering):
    organisation = _select(_("Organisation"))
    role = CodeField(ROLE_WORDS, label=_("Role"), select=True)
    supervisor = _select(_("Supervisor, for a student"), required=False)
    teams = ChoicesField(label=_("Teams"), required=False)


class Training(Form):
    until_on = DateField(
        label=_("Until which day does it hold?"),
        help_text=_("The last day. Leave it empty where the hub does not write it down."),
        required=False,
    )


class StandardForm(Offering):
    code = _select(_("Which standard?"))
    value = NumberField(label=_("How many?"), help_text=_("In the unit that the table says."), largest=3650)
    origin = TextField(label=_("Whose figure is it?"), help_text=_("For example: our board, 3 March 2026."), longest=200)


LABELS = CodeList(
    "labels that an agreement covers",
    "trust.md C06",
    Code("open", "only what is open", "dim ond yr hyn sy'n agored"),
    Code("sensitive", "what is open and what is sensitive", "yr hyn sy'n agored a'r hyn sy'n sensitif"),
)


class NewAgreement(Offering):
    purpose = TextField(label=_("What is it for?"), longest=200)
    categories = CodesField(CATEGORIES, label=_("Which parts of the record does it cover?"))
    label_ceiling = CodeField(LABELS, label=_("Up to what?"))
    organisations = ChoicesField(label=_("Who signs it?"))
    until_on = DateField(label=_("Until when? (leave empty for: until somebody ends it)"), required=False)


class Participation(Offering):
    organisation = _select(_("Which organisation?"))
    participation = CodeField(PARTICIPATION, label=_("How does it take part?"))
    duty_line = TelField(label=_("Whom to ring, for a pointer only"), required=False)


class Sign(Offering):
    organisation = _select(_("Which organisation?"))


class OpenDoor(Offering):
    team = _select(_("Which duty team receives everybody who comes in?"))


class NewClient(Offering):
    organisation = _select(_("Whose system is it?"))
    name = TextField(label=_("Its name"), longest=40)


class StopOrganisation(Offering):
    organisation = _select(_("Which organisation?"))
    because = CodeField(STOP_REASONS, label=_("Why?"))


class Which(Offering):
    which = _select(_("Which one?"))
