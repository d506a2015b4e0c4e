"""Doing what a form asks: a refusal comes back as an error of the form, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import BaseForm

from alongside.refusals import AlreadyDone, Conflict, Invalid

FIELD_OF: Mapping[str, str] = {
    "ods_shape": "ods_code",
    "student_needs_supervisor": "supervisor",
    "closes_before_it_opens": "until_at",
}
"""Which question a refusal is about; every other refusal stands above the form."""


def saved(form: BaseForm, do: Callable[[dict[str, Any]], object]) -> bool:
    """Do it with what was typed, and tell whether it was done."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        do(form.cleaned_data)
    except (Invalid, AlreadyDone, Conflict) as refusal:
        field = FIELD_OF.get(refusal.code, "")
        form.add_error(field if field in form.fields else None, str(refusal))
        return False
    return True
