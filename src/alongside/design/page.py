"""What a template may use: one frozen dataclass a page, and never a model instance or a queryset."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from typing import Any, ClassVar

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
        for one in fields(self):
            _refuse_rows(f"{type(self).__name__}.{one.name}", getattr(self, one.name))

    @property
    def has_errors(self) -> bool:
        return bool(self.form is not None and self.form.errors)


def _refuse_rows(place: str, value: Any) -> None:
    """Refuse rows of a table wherever they hide: in a field, a tuple, a mapping, a value inside the page."""
    if value is None or isinstance(value, (str, int, BaseForm)):
        return
    if isinstance(value, (Model, QuerySet)):
        raise TypeError(f"{place} is a {type(value).__name__}: a page holds plain values, never rows of a table.")
    if isinstance(value, (tuple, list, set, frozenset)):
        for one in value:
            _refuse_rows(place, one)
    elif isinstance(value, dict):
        for one in value.values():
            _refuse_rows(place, one)
    elif is_dataclass(value) and not isinstance(value, (Page, type)):
        for inner in fields(value):
            _refuse_rows(f"{place}.{inner.name}", getattr(value, inner.name))
