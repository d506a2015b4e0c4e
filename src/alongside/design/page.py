"""What a template may use: one frozen dataclass a page, and never a model instance or a queryset."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.forms import BaseForm


def help_(text: str, *, default: Any = MISSING, default_factory: Any = MISSING) -> Any:
    """Make a dataclass field that carries its help for the generated list of pages."""
    return field(default=default, default_factory=default_factory, metadata={"help": text})


@dataclass(frozen=True, kw_only=True)
class Page:
    """The base of every page: which template draws it, its title, its form if it has one, and whom it shows."""

    template: ClassVar[str] = ""
    title: str = ""
    """The first heading, and the title of the window."""
    form: BaseForm | None = None
    """The form of the page; its errors are summed up at the top and put "Error:" before the title."""
    people_shown: tuple[int, ...] = ()
    """Keys of the people on this page: the look it leaves names them."""

    def __post_init__(self) -> None:
        for name in _fields_of(type(self)):
            found = _row_in(getattr(self, name))
            if found:
                where, kind = found
                raise TypeError(
                    f"{type(self).__name__}.{name}{where} is a {kind}: a page holds plain values, never rows of a table."
                )

    @property
    def has_errors(self) -> bool:
        return bool(self.form is not None and self.form.errors)


_PLAIN = frozenset({str, int, float, bool, type(None), UUID, date, datetime})
"""Types that hide nothing, looked at first: a list has thousands of such values."""


def _row_in(value: Any) -> tuple[str, str] | None:
    """Find a row of a table wherever it hides, in a tuple, a mapping, a value inside the page: (path to it, its type)."""
    kind = type(value)
    if kind in _PLAIN or isinstance(value, BaseForm):
        return None
    if isinstance(value, (Model, QuerySet)):
        return "", kind.__name__
    if isinstance(value, (tuple, list, set, frozenset)):
        return next(filter(None, map(_row_in, value)), None)
    if isinstance(value, dict):
        return next(filter(None, map(_row_in, value.values())), None)
    if isinstance(value, Page):
        return None
    for name in _fields_of(kind):
        found = _row_in(getattr(value, name))
        if found:
            return f".{name}{found[0]}", found[1]
    return None


_FIELDS: dict[type, tuple[str, ...]] = {}


def _fields_of(kind: type) -> tuple[str, ...]:
    found = _FIELDS.get(kind)
    if found is None:
        found = _FIELDS[kind] = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
    return found
