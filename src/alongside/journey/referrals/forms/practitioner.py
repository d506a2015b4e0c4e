# For workers only.
"""What a professional at a door, and a worker at triage, fills in; nothing is saved here."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.design.fields import ChoiceField, CodeField, DateField, EmailField, MomentField, TextField, TickField
from alongside.design.forms import Form
from alongside.design.words import language
from alongside.vocabulary.ages import AGE_BANDS
from alongside.vocabulary.arrival import Arrival, PersonAsTold, WayToReach
from alongside.vocabulary.channels import CHANNELS
from alongside.vocabulary.domains import RISK_PROMPTS
from alongside.vocabulary.doors import DOORS
from alongside.vocabulary.email_address import is_email
from alongside.vocabulary.levels import LEVELS
from alongside.vocabulary.phone import is_callable
from alongside.vocabulary.urgency import URGENCY


class Find(Form):
    name = TextField(label=_("Name"), longest=120, required=False)
    nhs_number = TextField(label=_("NHS number"), longest=30, required=False, inputmode="numeric")
    phone = TextField(label=_("Telephone"), longest=60, required=False, inputmode="tel")
    born_on = DateField(label=_("Date of birth"), required=False)

    sent = ("name", "nhs_number", "phone", "born_on_day", "born_on_month", "born_on_year")
    """As a browser sends them."""


class BringIn(Form):
    """Three fields and one tick are enough; everything else may come later."""

    name = TextField(label=_("Who is it?"), help_text=_("The name they use."), longest=120)
    channel = CodeField(CHANNELS, label=_("How to reach them safely"), initial="call")
    reach = TextField(label=_("Number, address or through whom"), longest=250)
    words = TextField(label=_("Why now?"), help_text=_("In their words if you have them."), longest=10000, lines=5)
    knows = TickField(label=_("They know about this, and agree"))
    urgency = CodeField(URGENCY, label=_("How urgent?"), initial="steady", required=False)
    door = CodeField(DOORS, label=_("Which door?"), select=True, required=False)
    persons_words = TextField(label=_("Their own words, when the words above are yours"), longest=4000, lines=3, required=False)
    agreed_next = TextField(label=_("What have you agreed will happen next?"), longest=400, required=False)
    voicemail = TickField(label=_("Voicemail is all right"))
    who_else = TextField(label=_("Who else might see or hear a message?"), longest=200, required=False)
    born_on = DateField(label=_("Date of birth"), required=False)
    age_band = CodeField(AGE_BANDS, label=_("Or about how old"), select=True, blank=_("Not told"), required=False)
    nhs_number = TextField(label=_("NHS number"), longest=30, required=False, inputmode="numeric")
    postcode = TextField(label=_("Postcode"), longest=10, required=False)
    gp_practice = TextField(label=_("GP practice"), longest=160, required=False)
    keep_away = TextField(label=_("Is there anyone in these services who should not see this?"), longest=400, required=False)
    referrer_name = TextField(label=_("Who told you, or whose paper is this?"), longest=160, required=False)
    referrer_contact = EmailField(
        label=_("Your e-mail address, for word of how it goes"),
        help_text=_("It says only that there is news, and where to sign in: after triage, after they have met, and at rest."),
        required=False,
    )
    key = TextField(longest=64, required=False, widget=forms.HiddenInput)

    enough = ("name", "channel", "reach", "words", "knows")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("channel") in ("call", "text") and given.get("reach") and not is_callable(given["reach"]):
            self.add_error("reach", _("Write a telephone number with digits, like 07700 900123."))
        if given.get("channel") == "email" and given.get("reach") and not is_email(given["reach"]):
            self.add_error("reach", _("Write an e-mail address with an @, like name@example.com."))
        return given

    def arrival(self, *, default_door: str) -> Arrival:
        """Turn the cleaned form into what every door hands in."""
        given = self.cleaned_data
        way = WayToReach(
            channel=given["channel"],
            value=given["reach"],
            voicemail=given["voicemail"],
            who_else=given["who_else"],
            whose=given["reach"][:120] if given["channel"] == "through" else "",
            said_safe=given["knows"],
        )
        return Arrival(
            person=PersonAsTold(
                chosen_name=given["name"],
                ways=(way,),
                born_on=given["born_on"],
                age_band=given["age_band"],
                nhs_number=given["nhs_number"],
                postcode=given["postcode"],
                gp_practice=given["gp_practice"],
            ),
            door=given["door"] or default_door,
            words=given["words"],
            whose_words="referrer",
            persons_words=given["persons_words"],
            urgency=given["urgency"] or "steady",
            knows=given["knows"],
            agrees=given["knows"],
            agreed_next=given["agreed_next"],
            exclusion=given["keep_away"],
            referrer_name=given["referrer_name"],
            referrer_contact=given["referrer_contact"],
        )


class Decide(Form):
    """Triage on one page: how urgent, what level, who holds next, how to invite; prompts in words, never a score."""

    urgency = CodeField(URGENCY, label=_("How urgent?"))
    level = CodeField(LEVELS, label=_("Level of support"), required=False)
    holder = ChoiceField(label=_("Who holds them next?"), widget=forms.Select)
    how_to_invite = CodeField(CHANNELS, label=_("Invite them by"), required=False)
    next_on = DateField(label=_("Next date"))
    to_self = TextField(longest=1000, required=False, label=_("Risk to self"))
    to_others = TextField(longest=1000, required=False, label=_("Risk to others"))
    from_others = TextField(longest=1000, required=False, label=_("Risk from others"))
    self_neglect = TextField(longest=1000, required=False, label=_("Self-neglect"))
    protects = TextField(longest=1000, required=False, label=_("What protects"))
    who_helps = TextField(longest=1000, required=False, label=_("Who already helps (name the team)"))
    depends = TextField(longest=1000, required=False, label=_("Children or adults depending on them"))
    why = TextField(label=_("Note"), longest=4000, lines=3, required=False)

    prompts = tuple(RISK_PROMPTS)

    def __init__(
        self, *args: Any, holders: list[tuple[str, str]], mine: Collection[str], channels: Collection[str], **kwargs: Any
    ) -> None:
        """Take who may hold, which of them are the one who decides or their teams, and the ways that the person gave."""
        super().__init__(*args, **kwargs)
        self.mine = mine
        self.fields["holder"].choices = holders  # type: ignore[attr-defined]  # a ChoiceField, as declared
        self.fields["how_to_invite"].choices = [pair for pair in CHANNELS.choices(language()) if pair[0] in channels]  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "introduce" in self.data and given.get("holder") and given["holder"] not in self.mine:
            self.add_error(
                "holder",
                _(
                    "To introduce somebody, hands stay on until they have met: choose yourself or your team here, or press Hold and invite."
                ),
            )
        return given


class TakenBy(Form):
    taken_by = TextField(label=_("Who took the call?"), longest=160)
    taken_at = MomentField(label=_("When?"), help_text=_("The day, and the time like 14:05."))
    outcome = TextField(label=_("What happens now?"), longest=400, lines=3, required=False)
