"""Forms draw their own NHS components: the renderer that makes `{{ field.as_field_group() }}` do so."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.template import engines

from alongside.design.fields import DateField, MomentField, under_of


class Renderer(TemplatesSetting):
    """Draw each field with the macro of `design/draw.jinja`: called as it is, not as a template for every field."""

    field_template_name = "design/draw.jinja"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name != self.field_template_name:
            return super().render(template_name, context, request)
        return str(_drawing().draw(context["field"]))


def _drawing() -> Any:
    return engines["jinja2"].env.get_template(Renderer.field_template_name).module  # type: ignore[attr-defined]  # Django's engine has it


class Form(forms.Form):
    """The base of every form: no browser validation (our own sentences are kinder), NHS ids.

    A form with a date that may only be past, or only to come, is made with `today=today()`: forms read no clock.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "id_%s")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, (DateField, MomentField)):
                field.today = today
        if self.is_bound:
            self._ask_only_what_was_opened()

    def _ask_only_what_was_opened(self) -> None:
        """Need the questions that stand under an answer only when that answer was chosen."""
        for field in self.fields.values():
            place = under_of(field)
            if place and field.required:
                chosen = self[place[0]].data
                field.required = place[1] in chosen if isinstance(chosen, (list, tuple)) else chosen == place[1]


class OneButton(Form):
    """A form with nothing but its button."""


def error_links(form: forms.BaseForm, heading: str = "") -> list[tuple[str, str]]:
    """List (sentence, address of the field) of any form: each sentence after its question; a date leads to the box that is wrong.

    The question is left out where it is the first heading of the page.
    """
    found = [(str(error), "") for error in form.non_field_errors()]
    for field in form:
        target = field.field.widget.id_for_label(field.auto_id) or field.auto_id
        boxes = wrong_boxes(field)
        if boxes:
            target = f"{field.auto_id}_{boxes[0]}"
        asked = (
            ""
            if field.is_hidden or str(field.label) == heading
            else f"{field.label} "
            if str(field.label).endswith(("?", ".", ":"))
            else f"{field.label}: "
        )
        # A hidden field cannot be gone to; its sentence still has to be seen.
        found += [(f"{asked}{error}", "" if field.is_hidden else f"#{target}") for error in field.errors]
    return found


def wrong_boxes(field: forms.BoundField) -> tuple[str, ...]:
    """Name the boxes of a date or moment that its first error is about."""
    errors = field.form.errors.get(field.name)
    if not errors:
        return ()
    first = errors.as_data()[0]
    return tuple((first.params or {}).get("boxes", ())) if isinstance(first.params, dict) else ()
