"""Fields that people fill in: texts with a length they can see, code lists, choices, files.

Every field may stand under one answer of another: `under=("how", "text")` draws it inside that choice, and needs it
only when the choice was made. Without JavaScript and in old browsers it is simply always shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alongside.design.asked import Asked, under_of
from alongside.design.dates import DateField, MomentField, ThreeBoxes, TimeField
from alongside.vocabulary.codes import CodeList
from alongside.vocabulary.text import clean

__all__ = [
    "DO_THEY", "MAY_WE", "YES_NO", "ChoiceField", "ChoicesField", "CodeField", "CodesField", "DateField", "EmailField", "FileField", "HiddenField",
    "MomentField", "NumberField", "TelField", "TextField", "ThreeBoxes", "TickField", "TimeField", "YesNoField", "groups_of", "under_of",
]  # fmt: skip

NEEDED = _("Write an answer. We need this one.")
CHOOSE_ONE = _("Choose one.")
CHOOSE_FROM_LIST = _("Choose from the list.")
LARGEST_NUMBER = 2**63 - 1


class TextField(Asked, forms.CharField):
    """One line, or with `lines` several; control characters go, emoji and right-to-left writing stay."""

    def __init__(
        self,
        *,
        longest: int = 200,
        lines: int = 1,
        autocomplete: str = "",
        inputmode: str = "",
        spellcheck: bool | None = None,
        width: int | None = None,
        **kwargs: Any,
    ) -> None:
        attrs: dict[str, Any] = {key: value for key, value in (("autocomplete", autocomplete), ("inputmode", inputmode)) if value}
        if spellcheck is not None:
            attrs["spellcheck"] = "true" if spellcheck else "false"
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": lines, **attrs}) if lines > 1 else forms.TextInput(attrs=attrs))
        kwargs.setdefault("error_messages", {}).setdefault("required", NEEDED)
        self.longest, self.width = longest, width
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return clean(str(super().to_python(value)))

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.longest:
            raise ValidationError(
                _("Use %(longest)s characters or fewer. You have used %(used)s."),
                code="too_long",
                params={"longest": self.longest, "used": len(value)},
            )


class HiddenField(TextField):
    """A value that travels with the form and is not seen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.HiddenInput, **kwargs)


class EmailField(TextField):
    """An e-mail address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}))
        super().__init__(longest=254, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        name, _at, place = value.rpartition("@")
        if value and (not name or "." not in place.strip(".") or any(char.isspace() for char in value)):
            raise ValidationError(_("Write an e-mail address with an @, like name@example.com."), code="email")


class TelField(TextField):
    """A telephone number as the person writes it; what it means is settled by `vocabulary.phone`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "tel", "type": "tel", "inputmode": "tel"}))
        kwargs.setdefault("width", 20)
        super().__init__(longest=40, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and (
            sum(char.isdigit() for char in value) < 3 or not all(char.isdigit() or char in " +()-./" for char in value)
        ):
            raise ValidationError(_("Write a telephone number with digits, like 07700 900123."), code="tel")


class NumberField(Asked, forms.IntegerField):
    """A whole number in a plain box: no spinner that changes it by a slip of the wheel."""

    def __init__(self, *, smallest: int = 0, largest: int = LARGEST_NUMBER, width: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        messages = kwargs.setdefault("error_messages", {})
        messages.setdefault("required", NEEDED)
        messages.setdefault("invalid", _("Write a whole number, like 12."))
        self.smallest, self.largest, self.width = smallest, largest, width
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        written = str(value or "" if value != 0 else "0").strip()
        if len(written) > 20:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(written)

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is not None and value < self.smallest:
            raise ValidationError(_("Write %(smallest)s or more."), code="too_small", params={"smallest": self.smallest})
        if value is not None and value > self.largest:
            raise ValidationError(_("Write %(largest)s or less."), code="too_large", params={"largest": self.largest})


class _InThisLanguage(BaseChoiceIterator):
    """The choices of a code list in the language of the page; a list does not change, so they are kept for each language."""

    def __init__(self, codes: CodeList, *, blank: Any = None, only: Iterable[str] | None = None) -> None:
        self._codes, self._blank = codes, blank
        self._only = None if only is None else frozenset(only)
        self._kept: dict[str, tuple[tuple[str, str], ...]] = {}

    def __iter__(self) -> Iterator[tuple[str, str]]:
        spoken = get_language() or "en"
        found = self._kept.get(spoken)
        if found is None:
            first = () if self._blank is None else (("", str(self._blank)),)
            listed = (pair for pair in self._codes.choices(spoken) if self._only is None or pair[0] in self._only)
            found = self._kept[spoken] = (*first, *listed)
        return iter(found)

    def __deepcopy__(self, memo: dict[int, Any]) -> _InThisLanguage:
        """Every form has fields of its own; the list they choose from is one."""
        return self


def _say(kwargs: dict[str, Any], required: Any = CHOOSE_ONE) -> None:
    messages = kwargs.setdefault("error_messages", {})
    messages.setdefault("required", required)
    messages.setdefault("invalid_choice", CHOOSE_FROM_LIST)


class ChoiceField(Asked, forms.ChoiceField):
    """One of some pairs that the page knows, as radios; `hints` explains a choice beneath it."""

    def __init__(self, *, hints: Mapping[str, Any] | None = None, inline: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.RadioSelect)
        _say(kwargs)
        self.hints, self.inline = dict(hints or {}), inline
        super().__init__(**kwargs)


class CodeField(ChoiceField):
    """One of a code list, as radios; or as a select when the list is long; `only` keeps to some of its codes."""

    def __init__(
        self, codes: CodeList, *, select: bool = False, blank: Any = None, only: Iterable[str] | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("widget", forms.Select if select else forms.RadioSelect)
        if select and blank is None and not kwargs.get("initial"):
            blank = _("Choose")
        super().__init__(choices=_InThisLanguage(codes, blank=blank, only=only), **kwargs)


def groups_of(choices: Iterable[tuple[Any, Any]]) -> list[tuple[str, list[tuple[Any, Any]]]]:
    """List (heading, pairs) of the choices of a select; pairs that stand in no group have no heading."""
    found: list[tuple[str, list[tuple[Any, Any]]]] = []
    for code, text in choices:
        if isinstance(text, (list, tuple)):
            found.append((str(code), list(text)))
        elif found and not found[-1][0]:
            found[-1][1].append((code, text))
        else:
            found.append(("", [(code, text)]))
    return found


class ChoicesField(Asked, forms.MultipleChoiceField):
    """Any number of some pairs, as checkboxes."""

    def __init__(self, *, hints: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        _say(kwargs, _("Choose at least one."))
        self.hints = dict(hints or {})
        super().__init__(**kwargs)


class CodesField(ChoicesField):
    """Any number of a code list, as checkboxes; `only` keeps to some of its codes."""

    def __init__(self, codes: CodeList, *, only: Iterable[str] | None = None, **kwargs: Any) -> None:
        super().__init__(choices=_InThisLanguage(codes, only=only), **kwargs)


YES_NO = (_("Yes"), _("No"))
MAY_WE = (pgettext_lazy("May we …?", "Yes"), pgettext_lazy("May we …?", "No"))
DO_THEY = (pgettext_lazy("Do they …?", "Yes"), pgettext_lazy("Do they …?", "No"))
"""In Welsh the answer takes up the verb of the question."""


class YesNoField(Asked, forms.TypedChoiceField):
    """Yes or no, in the words that answer the question; left open it is None."""

    hints: Mapping[str, Any] = {}
    inline = True

    def __init__(self, *, answers: tuple[Any, Any] = YES_NO, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.RadioSelect)
        _say(kwargs, _("Choose yes or no."))
        super().__init__(
            choices=list(zip(("yes", "no"), answers, strict=True)),
            coerce=lambda value: value == "yes",
            empty_value=None,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class TickField(Asked, forms.BooleanField):
    """One box to tick."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.CheckboxInput)
        kwargs.setdefault("error_messages", {}).setdefault("required", _("Tick the box to go on."))
        super().__init__(**kwargs)


class FileField(Asked, forms.FileField):
    """A file of a bounded size."""

    def __init__(self, *, largest_mb: int = 5, **kwargs: Any) -> None:
        self.largest_mb = largest_mb
        messages = kwargs.setdefault("error_messages", {})
        messages.setdefault("required", _("Choose a file."))
        messages.setdefault("empty", _("The file you chose is empty."))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        if found and found.size > self.largest_mb * 1024 * 1024:
            raise ValidationError(
                _("Choose a file of %(largest)s MB or less."), code="too_large", params={"largest": self.largest_mb}
            )
        return found
