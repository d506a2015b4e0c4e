# For workers only.
"""Writing down a story, and what is safe about reaching somebody."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.design.fields import MAY_WE, ChoicesField, CodeField, FileField, TextField, TickField, YesNoField
from alongside.design.forms import Form
from alongside.files.received import LARGEST_MB
from alongside.people.codes import KINDS, LABELS, SOURCES, WHY_AGAIN
from alongside.vocabulary.channels import CHANNELS
from alongside.vocabulary.codes import Code, CodeList
from alongside.vocabulary.email_address import is_email
from alongside.vocabulary.phone import is_callable

AS_WRITTEN = CodeList(
    "whose words, as the writer says it",
    "ours; S0-12",
    Code("person", "their own words", "eu geiriau eu hunain"),
    Code("worker", "my words, agreed with them", "fy ngeiriau i, wedi'u cytuno â nhw"),
    Code("carer", "words of a carer or family member (kept apart)", "geiriau gofalwr neu aelod o'r teulu (ar wahân)"),
    Code("third_party", "words of somebody else (kept apart)", "geiriau rhywun arall (ar wahân)"),
)


class WriteDown(Form):
    words = TextField(label=_("What was said"), longest=20000, lines=8)
    whose_words = CodeField(AS_WRITTEN, label=_("Whose words?"), initial="person")
    why_again = CodeField(WHY_AGAIN, label=_("It is answered already. Why is it asked again?"))
    do_not_ask_again = TickField(label=_("This was hard to tell: do not ask again"))
    label = CodeField(LABELS, label=_("Who may see this?"), initial="sensitive", required=False)
    names = ChoicesField(
        label=_("Whom do you name?"), help_text=_("Only when only you and whom you name may see it."), required=False
    )

    def __init__(self, *args: Any, is_known: bool, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["names"].choices = colleagues  # type: ignore[attr-defined]  # a ChoicesField, as declared
        if not is_known:
            del self.fields["why_again"]
        if not colleagues:
            del self.fields["names"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        given["label"] = given.get("label") or "sensitive"
        if given.get("names") and given["label"] != "circle":
            self.add_error("label", _("You named somebody: choose “only you and whom you name”, or take the ticks away."))
        return given


class Attach(Form):
    file = FileField(
        label=_("A picture or a PDF"),
        help_text=_("JPEG, PNG or PDF, 10 MB at most. Where a picture was taken is taken out."),
        largest_mb=LARGEST_MB,
    )
    caption = TextField(label=_("What is it?"), longest=200, required=False)


class AsTold(Form):
    kind = CodeField(KINDS, label=_("What is it?"))
    words = TextField(
        label=_("In a few words"), help_text=_("For example: penicillin, it brings a rash. Or: none known."), longest=200
    )
    source = CodeField(SOURCES, label=_("Whose word is it?"))


class ContactSafety(Form):
    channel = CodeField(CHANNELS, label=_("Which way?"))
    value = TextField(label=_("Number, address or through whom"), longest=250)
    times = TextField(label=_("Good times"), longest=120, required=False)
    voicemail = YesNoField(label=_("May we leave a voicemail?"), answers=MAY_WE, required=False)
    others = TextField(label=_("Who else might see or hear it?"), longest=200, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        channel, value = given.get("channel", ""), given.get("value", "")
        if value and channel in ("call", "text") and not is_callable(value):
            self.add_error("value", _("Write a telephone number with digits, like 07700 900123."))
        if value and channel == "email" and not is_email(value):
            self.add_error("value", _("Write an e-mail address with an @, like name@example.com."))
        return given
