# For workers only.
"""Choosing a hat."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.design.fields import ChoiceField
from alongside.design.forms import Form


class ChooseHat(Form):
    hat = ChoiceField(label=_("Which hat do you wear now?"))

    def __init__(self, *args: Any, hats: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hat"].choices = hats  # type: ignore[attr-defined]  # a ChoiceField, as declared
