from dataclasses import dataclass, fields
from typing import Any

import pytest
from django.contrib.auth.models import Permission

from alongside.design.forms import OneButton
from alongside.design.page import Page, help_


@dataclass(frozen=True, kw_only=True)
class ListPage(Page):
    rows: Any = help_("What the list shows.", default=())


@dataclass(frozen=True)
class Row:
    inside: Any


@pytest.mark.parametrize(
    "rows",
    [
        Permission(),
        Permission.objects.all(),
        (1, Permission()),
        ("a", ["b", Permission()]),
        {"a": Permission()},
        (Row("fine"), Row(Permission())),
        Row((Permission.objects.none(),)),
    ],
)
def test_a_page_refuses_rows_of_a_table_wherever_they_hide(rows: Any) -> None:
    with pytest.raises(TypeError, match=r"ListPage\.rows.* never rows of a table"):
        ListPage(rows=rows)


def test_a_page_takes_plain_values_and_a_form() -> None:
    page = ListPage(title="A", rows=(Row(1), Row("b"), ("c", 2)), form=OneButton({}), people_shown=(1, 2))
    assert (page.title, page.has_errors) == ("A", False)


def test_the_help_of_a_field_stands_in_its_metadata() -> None:
    assert {one.name: one.metadata.get("help") for one in fields(ListPage)}["rows"] == "What the list shows."
