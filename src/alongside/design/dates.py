"""Dates in three boxes and times in one: no date can be read the American way by mistake."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.design.asked import Asked
from alongside.design.words import language, month_name, month_number
from alongside.vocabulary.clock import UK, local

_BOXES = ("day", "month", "year")
_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)


class ThreeBoxes(forms.MultiWidget):
    """Day, month and year in boxes of their own."""

    input_type = "date-parts"

    def __init__(self, **more: forms.Widget) -> None:
        super().__init__({**{box: forms.TextInput() for box in _BOXES}, **more})

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, str) and value:
            value = date.fromisoformat(value[:10])
        return [value.day, value.month, value.year] if isinstance(value, date) else ["", "", ""]

    def parts(self, value: Any) -> list[Any]:
        """Give what stands in the boxes: as typed, or of a date that was there before."""
        return list(value) if isinstance(value, (list, tuple)) else self.decompress(value)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else id_


class FourBoxes(ThreeBoxes):
    """Day, month, year, and the time of day."""

    input_type = "moment-parts"

    def __init__(self) -> None:
        super().__init__(time=forms.TextInput())

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, datetime):
            value = local(value)
            return [value.day, value.month, value.year, f"{value:%H:%M}"]
        return [*super().decompress(value), ""]


class _InBoxes(Asked, forms.MultiValueField):
    """What a date and a moment share: boxes that are cleaned together."""

    today: date | None = None

    def __init__(self, *, past_only: bool = False, future_only: bool = False, **kwargs: Any) -> None:
        self.past_only, self.future_only = past_only, future_only
        kwargs.setdefault("error_messages", {}).setdefault("required", _("Fill in a day, a month and a year."))
        boxes = [forms.CharField(required=False) for _box in kwargs["widget"].widgets]
        super().__init__(boxes, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> Any:
        return data_list

    def check_bounds(self, found: date) -> None:
        if not (self.past_only or self.future_only):
            return
        if self.today is None:
            raise TypeError("A form with a date that is bounded by today is made with today=today().")
        if self.past_only and found > self.today:
            raise ValidationError(_("Write a date that is today or has passed."), code="future", params={"boxes": _BOXES})
        if self.future_only and found < self.today:
            raise ValidationError(_("Write a date that is today or still to come."), code="past", params={"boxes": _BOXES})


class DateField(_InBoxes):
    """A real date. One that does not exist is named as such; `past_only` and `future_only` bound it by today."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=ThreeBoxes(), **kwargs)

    def clean(self, value: Any) -> date | None:
        boxes = _typed(value, 3)
        if not any(boxes):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required", params={"boxes": _BOXES})
            return None
        found = read_date(*boxes)
        self.check_bounds(found)
        return found


class MomentField(_InBoxes):
    """A real date with a time on a British clock; gives an aware datetime in UTC."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {}).setdefault("required", _("Fill in a date and a time."))
        super().__init__(widget=FourBoxes(), **kwargs)

    def clean(self, value: Any) -> datetime | None:
        *boxes, at = _typed(value, 4)
        if not any(boxes) and not at:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required", params={"boxes": (*_BOXES, "time")})
            return None
        day = read_date(*boxes)
        self.check_bounds(day)
        moment = datetime.combine(day, read_time(at), tzinfo=UK).astimezone(UTC)
        if local(moment).time() != read_time(at):
            raise ValidationError(
                _("That time is skipped when the clocks go forward. Choose another."),
                code="skipped",
                params={"boxes": ("time",)},
            )
        return moment


class TimeField(Asked, forms.CharField):
    """A time of day as people write it: 10:30, 9.15, 2pm."""

    width = 5

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {}).setdefault("required", _("Write a time, like 10:30 or 2pm."))
        kwargs.setdefault("widget", forms.TextInput(attrs={"spellcheck": "false"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        written = str(value or "").strip()
        if not written:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        return read_time(written)


def _typed(value: Any, count: int) -> list[str]:
    found = [str(part if part is not None else "").strip() for part in (value or ())][:count]
    return found + [""] * (count - len(found))


def read_date(day: str, month: str, year: str) -> date:
    """Read a date from its three boxes; the month may be a number or a name in either language.

    Refuses: ValidationError that says what to do and names the boxes in `params["boxes"]`.
    """
    missing = tuple(box for box, typed in zip(_BOXES, (day, month, year), strict=True) if not typed)
    if missing:
        raise ValidationError(_MISSING[missing], code="incomplete", params={"boxes": missing})
    if not _is_number(year) or len(year) != 4 or not 1850 <= int(year) <= 2200:
        raise ValidationError(_("Write the year with four digits, like 1984."), code="year", params={"boxes": ("year",)})
    number = int(month) if _is_number(month) else month_number(month)
    if not 1 <= number <= 12:
        raise ValidationError(_("Check the month: write a number from 1 to 12."), code="month", params={"boxes": ("month",)})
    if not _is_number(day) or not 1 <= int(day) <= 31:
        raise ValidationError(_("Check the day: write a number from 1 to 31."), code="day", params={"boxes": ("day",)})
    if int(day) > monthrange(int(year), number)[1]:
        said = f"{int(day)} {month_name(number, language())}" + (f" {int(year)}" if (int(day), number) == (29, 2) else "")
        raise ValidationError(
            _("%(date)s does not exist. Check the day and the month."),
            code="no_such_date",
            params={"date": said, "boxes": _BOXES},
        )
    return date(int(year), number, int(day))


def read_time(written: str) -> time:
    """Read a time of day: "10:30", "10.30", "1030", "9", "2pm", "2.30 pm"."""
    found = _TIME.fullmatch(written.strip())
    if found:
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
            half = ""
        if not half and hour < 24 and minute < 60:
            return time(hour, minute)
    raise ValidationError(_("Write a time, like 10:30 or 2pm."), code="time", params={"boxes": ("time",)})


def _is_number(typed: str) -> bool:
    return typed.isdecimal() and len(typed) <= 4


_MISSING = {
    ("day",): _("Fill in the day."),
    ("month",): _("Fill in the month."),
    ("year",): _("Fill in the year."),
    ("day", "month"): _("Fill in the day and the month."),
    ("day", "year"): _("Fill in the day and the year."),
    ("month", "year"): _("Fill in the month and the year."),
    _BOXES: _("Fill in a day, a month and a year."),
}
