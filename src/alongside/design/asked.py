"""What every field of ours has besides Django's: a place under an answer of another field."""

from __future__ import annotations

from typing import Any

from django import forms


class Asked(forms.Field):
    """A field that may stand under one answer of another: `under=("how", "text")`."""

    width: int | None = None
    """The width of the box in characters: 2, 3, 4, 5, 10, 20 or 30; as wide as the column without one."""

    def __init__(self, *args: Any, under: tuple[str, str] | None = None, **kwargs: Any) -> None:
        self.under = under
        super().__init__(*args, **kwargs)


def under_of(field: forms.Field) -> tuple[str, str] | None:
    """Give (field, answer) that this field stands under, or None."""
    return getattr(field, "under", None)


def standing_under(field: forms.BoundField, answer: Any) -> list[forms.BoundField]:
    """List the fields of the same form that stand under one answer of this one."""
    place = (field.name, str(answer))
    return [field.form[name] for name, other in field.form.fields.items() if under_of(other) == place]


def answers_with_more(field: forms.BoundField) -> set[str]:
    """Give the answers of this field that another field stands under."""
    places = (under_of(other) for other in field.form.fields.values())
    return {place[1] for place in places if place and place[0] == field.name}
