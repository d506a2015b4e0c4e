"""Fields that people fill in: texts with a length they can see, code lists, dates in three boxes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside.vocabulary.codes import CodeList
from alongside.vocabulary.text import clean

NEEDED = _("This is needed.")


class TextField(forms.CharField):
    """One line, or with `lines` several; control characters go, emoji and right-to-left writing stay."""

    def __init__(self, *, longest: int = 200, lines: int = 1, autocomplete: str = "", inputmode: str = "", **kwargs: Any) -> None:
        attrs = {key: value for key, value in (("autocomplete", autocomplete), ("inputmode", inputmode)) if value}
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput(attrs=attrs))
        kwargs.setdefault("error_messages", {}).setdefault("required", NEEDED)
        self.longest = longest
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value).replace("\x00", ""))

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.longest:
            raise ValidationError(
                _("Use %(longest)s characters or fewer. You have used %(used)s."),
                code="too_long",
                params={"longest": self.longest, "used": len(value)},
            )


class EmailField(TextField):
    """An e-mail address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email"}))
        super().__init__(longest=254, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and ("@" not in value.strip("@") or " " in value):
            raise ValidationError(_("Write an e-mail address with an @, like name@example.com."), code="email")


def _in_this_language(codes: CodeList, blank: Any = None) -> Any:
    def choices() -> list[tuple[str, str]]:
        found = codes.choices(get_language() or "en")
        return [("", str(blank)), *found] if blank is not None else found

    return choices


class CodeField(forms.ChoiceField):
    """One of a code list, as radios; or as a select when the list is long."""

    def __init__(self, codes: CodeList, *, select: bool = False, blank: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Select if select else forms.RadioSelect)
        messages = kwargs.setdefault("error_messages", {})
        messages.setdefault("required", _("Choose one."))
        messages.setdefault("invalid_choice", _("Choose one from the list."))
        super().__init__(choices=_in_this_language(codes, blank), **kwargs)


class CodesField(forms.MultipleChoiceField):
    """Any number of a code list, as checkboxes."""

    def __init__(self, codes: CodeList, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        kwargs.setdefault("error_messages", {}).setdefault("invalid_choice", _("Choose from the list."))
        super().__init__(choices=_in_this_language(codes), **kwargs)


class ChoiceField(forms.ChoiceField):
    """One of some pairs that the page knows, as radios."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.RadioSelect)
        messages = kwargs.setdefault("error_messages", {})
        messages.setdefault("required", _("Choose one."))
        messages.setdefault("invalid_choice", _("Choose one from the list."))
        super().__init__(**kwargs)


class YesNoField(forms.TypedChoiceField):
    """Yes or no; left open it is None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[("yes", _("Yes")), ("no", _("No"))],
            coerce=lambda value: value == "yes",
            empty_value=None,
            widget=forms.RadioSelect,
            **kwargs,
        )


class TickField(forms.BooleanField):
    """One box to tick."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.CheckboxInput)
        super().__init__(**kwargs)


class ThreeBoxes(forms.MultiWidget):
    """Day, month and year in boxes of their own: no date can be read the American way by mistake."""

    input_type = "date-parts"

    def __init__(self) -> None:
        super().__init__({"day": forms.TextInput(), "month": forms.TextInput(), "year": forms.TextInput()})

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, str) and value:
            value = date.fromisoformat(value)
        return [value.day, value.month, value.year] if isinstance(value, date) else ["", "", ""]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else id_


class DateField(forms.MultiValueField):
    """A real date. A date that does not exist is named as such; a date may be bounded by today."""

    def __init__(self, *, past_only: bool = False, future_only: bool = False, **kwargs: Any) -> None:
        self.past_only, self.future_only = past_only, future_only
        kwargs.setdefault("error_messages", {}).setdefault("required", _("Fill in a day, a month and a year."))
        parts = [forms.CharField(required=False) for _part in range(3)]
        super().__init__(parts, widget=ThreeBoxes(), require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> date | None:
        day, month, year = (str(part or "").strip() for part in (value or ["", "", ""]))
        if not (day or month or year):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if not (day and month and year):
            raise ValidationError(_("Fill in a day, a month and a year."), code="incomplete")
        try:
            numbers = [int(part) for part in (day, month, year)]
            if not 1850 <= numbers[2] <= 2200:
                raise ValidationError(_("Write the year with four digits, like 1984."), code="year")
            found = date(numbers[2], numbers[1], numbers[0])
        except ValueError:
            raise ValidationError(
                _("%(day)s/%(month)s/%(year)s is not a date that exists. Check the day and the month."),
                code="no_such_date",
                params={"day": day[:4], "month": month[:4], "year": year[:6]},
            ) from None
        return found

    def compress(self, data_list: list[Any]) -> Any:
        return data_list
