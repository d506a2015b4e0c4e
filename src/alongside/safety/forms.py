# For workers only.
"""What is filled in to open a record in an emergency, to share for somebody's safety, to say whom one knows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.design.fields import ChoiceField, CodeField, DateField, TextField
from alongside.design.forms import Form
from alongside.people.codes import ADDRESSES
from alongside.safety.codes import BASES, GLASS_FINDINGS, GLASS_REASONS, KNOWN_AS, WHY_WITHHELD


class OpenInAnEmergency(Form):
    name = TextField(label=_("Their name"), longest=120)
    born_on = DateField(label=_("Date of birth"))
    nhs_number = TextField(
        label=_("NHS number"),
        help_text=_("One of these three is needed. More is safer."),
        longest=30,
        required=False,
        inputmode="numeric",
    )
    postcode = TextField(label=_("Postcode"), longest=10, required=False)
    phone = TextField(label=_("Telephone"), longest=60, required=False, inputmode="tel")
    category = CodeField(GLASS_REASONS, label=_("What is the emergency?"))
    reason = TextField(
        label=_("Why do you need their record now?"),
        help_text=_("20 letters or more. A privacy officer reads it."),
        longest=400,
        lines=3,
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not any(given.get(name, "").strip() for name in ("nhs_number", "postcode", "phone")) and not self.errors:
            self.add_error("nhs_number", _("Give their NHS number, postcode or telephone as well."))
        return given


class ReviewGlass(Form):
    finding = CodeField(GLASS_FINDINGS, label=_("What did you find?"))


class ShareForSafety(Form):
    item = ChoiceField(label=_("What is shown?"))
    recipient = ChoiceField(label=_("To whom?"), widget=forms.Select)
    basis = CodeField(BASES, label=_("What does it stand on?"))
    reason = TextField(
        label=_("Why does this colleague need to know this?"), help_text=_("20 letters or more."), longest=400, lines=3
    )
    until_on = DateField(label=_("Until which day?"), help_text=_("At most 90 days ahead."))

    def __init__(self, *args: Any, items: list[tuple[str, str]], recipients: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = items  # type: ignore[attr-defined]  # a ChoiceField, as declared
        self.fields["recipient"].choices = recipients  # type: ignore[attr-defined]  # as above


class StopSharing(Form):
    organisation = ChoiceField(
        label=_("Who should see only what they wrote themselves?"),
        help_text=_("It counts from the next page on. In an emergency, what keeps them safe is still shown."),
        widget=forms.Select,
    )

    def __init__(self, *args: Any, partners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = ("all", _("Everybody: each sees only what they wrote"))
        self.fields["organisation"].choices = [("", _("Choose")), everybody, *partners]  # type: ignore[attr-defined]  # as above


class SayWhomIKnow(Form):
    name = TextField(label=_("Their name"), longest=120)
    kind = CodeField(KNOWN_AS, label=_("How do you know them?"))
    born_on = DateField(label=_("Date of birth"), help_text=_("The date of birth or the NHS number is needed."), required=False)
    nhs_number = TextField(label=_("NHS number"), longest=30, required=False, inputmode="numeric")


class OpenAddress(Form):
    kind = ChoiceField(label=_("Which address?"))
    reason = TextField(
        label=_("What do you need it for?"),
        help_text=_("20 letters or more. It is kept with your name, and whoever looks after them can read it."),
        longest=400,
        lines=3,
    )

    def __init__(self, *args: Any, held: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = held  # type: ignore[attr-defined]  # a ChoiceField, as declared


class ChangeAddress(Form):
    kind = CodeField(ADDRESSES, label=_("What is it?"))
    words = TextField(
        label=_("The address"),
        help_text=_("It is sealed at once. No list, letter, message or export shows it."),
        longest=400,
        lines=4,
    )


class KeepFromThem(Form):
    reason = CodeField(WHY_WITHHELD, label=_("Why are they not shown this?"))
    review_on = DateField(
        label=_("When do we look again?"), help_text=_("At most a year ahead. Whoever holds them is asked on that day.")
    )
