"""Forms draw their own NHS components: the renderer that makes `{{ field.as_field_group() }}` do so."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class Renderer(TemplatesSetting):
    """Draw each field with `design/field.jinja`."""

    field_template_name = "design/field.jinja"


class Form(forms.Form):
    """The base of every form: no browser validation (our own sentences are kinder), NHS ids."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "id_%s")
        super().__init__(*args, **kwargs)

    def summary(self) -> list[tuple[str, str]]:
        """List (sentence, address of the field) for the error summary, in the order of the form."""
        found = [(str(error), "") for error in self.non_field_errors()]
        for field in self:
            target = field.field.widget.id_for_label(field.auto_id) if hasattr(field.field.widget, "id_for_label") else field.auto_id
            found += [(str(error), f"#{target or field.auto_id}") for error in field.errors]
        return found


class OneButton(Form):
    """A form with nothing but its button."""


CANNOT_BE_BLANK = _("Fill this in.")
