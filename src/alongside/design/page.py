"""What a template may use: one frozen dataclass a page, and never a model instance or a queryset."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.forms import BaseForm


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
        for field in fields(self):
            _refuse_rows(type(self).__name__, field.name, getattr(self, field.name))

    @property
    def has_errors(self) -> bool:
        return bool(self.form is not None and self.form.errors)


def _refuse_rows(page: str, field: str, value: Any) -> None:
    if isinstance(value, (Model, QuerySet)):
        raise TypeError(f"{page}.{field} is a {type(value).__name__}: a page holds plain values, never rows of a table.")
    if isinstance(value, (tuple, list)) and value:
        _refuse_rows(page, field, next(iter(_some(value))))


def _some(values: Iterable[Any]) -> Iterable[Any]:
    return values
