"""Every field draws an NHS component whose label, hint and error belong to it."""

import re
from datetime import UTC, date, datetime, time
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.design import fields
from alongside.design.forms import Form, error_links
from alongside.vocabulary.codes import Code, CodeList

FRUIT = CodeList("fruit", "ours", Code("apple", "an apple", "afal"), Code("pear", "a pear", "gellygen"))
CHOICES = [("a", "A choice"), ("b", "B choice")]
SAID = {"label": "What is it?", "help_text": "A <hint> about it."}

FIELDS = {
    "text": fields.TextField(**SAID),
    "lines": fields.TextField(lines=4, **SAID),
    "email": fields.EmailField(**SAID),
    "tel": fields.TelField(**SAID),
    "number": fields.NumberField(**SAID),
    "radios": fields.ChoiceField(choices=CHOICES, hints={"a": "More about A"}, **SAID),
    "code": fields.CodeField(FRUIT, **SAID),
    "select": fields.CodeField(FRUIT, select=True, **SAID),
    "codes": fields.CodesField(FRUIT, **SAID),
    "several": fields.ChoicesField(choices=CHOICES, **SAID),
    "yes_no": fields.YesNoField(**SAID),
    "tick": fields.TickField(required=True, **SAID),
    "date": fields.DateField(**SAID),
    "moment": fields.MomentField(**SAID),
    "time": fields.TimeField(**SAID),
    "file": fields.FileField(**SAID),
}
GROUPED = {"radios", "code", "codes", "several", "yes_no", "date", "moment"}


def form_of(field: forms.Field, data: dict[str, Any] | None = None, **kwargs: Any) -> Form:
    return type("OneField", (Form,), {"it": field})(data, **kwargs)


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.found if tag in names]


@pytest.mark.parametrize("kind", FIELDS)
def test_label_hint_and_error_belong_to_the_field(kind: str) -> None:
    field = form_of(FIELDS[kind], {})["it"]
    html = str(field.as_field_group())
    tags = Tags(html)
    ids = {attrs["id"] for _tag, attrs in tags.found if attrs.get("id")}
    inputs = tags.all("input", "select", "textarea")
    described = tags.all("fieldset")[0] if kind in GROUPED else None if kind == "tick" else inputs[0]

    assert "What is it?" in html
    assert "A &lt;hint&gt; about it." in html
    assert field.errors[0] in html
    assert {attrs["for"] for attrs in tags.all("label")} == {attrs["id"] for attrs in inputs}
    assert all((attrs["name"] or "").startswith("it") for attrs in inputs)
    assert "nhsuk-form-group--error" in html
    if described is not None:
        assert {"id_it-hint", "id_it-error"} <= set((described["aria-describedby"] or "").split())
    for _tag, attrs in tags.found:
        assert set((attrs.get("aria-describedby") or "").split()) <= ids
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]


@pytest.mark.parametrize("kind", FIELDS)
def test_the_error_summary_leads_to_a_box_that_exists(kind: str) -> None:
    form = form_of(FIELDS[kind], {})
    ((_sentence, target),) = error_links(form)
    assert f'id="{target.removeprefix("#")}"' in str(form["it"].as_field_group())


@pytest.mark.parametrize(
    ("kind", "data", "clean"),
    [
        ("text", {"it": " Siân 😀 שלום\x00\u202e "}, "Siân 😀 שלום"),
        ("lines", {"it": "one\r\ntwo"}, "one\ntwo"),
        ("email", {"it": "a@example.com"}, "a@example.com"),
        ("tel", {"it": "+44 (0)7700 900123"}, "+44 (0)7700 900123"),
        ("number", {"it": "12"}, 12),
        ("radios", {"it": "a"}, "a"),
        ("code", {"it": "pear"}, "pear"),
        ("select", {"it": "apple"}, "apple"),
        ("codes", {"it": ["pear", "apple"]}, ["pear", "apple"]),
        ("several", {"it": ["b"]}, ["b"]),
        ("yes_no", {"it": "no"}, False),
        ("tick", {"it": "on"}, True),
        ("date", {"it_day": "3", "it_month": "12", "it_year": "2026"}, date(2026, 12, 3)),
        (
            "moment",
            {"it_day": "3", "it_month": "12", "it_year": "2026", "it_time": "9"},
            datetime(2026, 12, 3, 9, tzinfo=UTC),
        ),
        ("time", {"it": "2pm"}, time(14)),
    ],
)
def test_what_was_typed_becomes_a_clean_value_and_is_drawn_again(kind: str, data: dict[str, Any], clean: Any) -> None:
    form = form_of(FIELDS[kind], data)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["it"] == clean
    html = str(form["it"].as_field_group())
    typed = [value for name, value in data.items() if name != "it" or isinstance(value, str)]
    assert all(value in html for value in typed if kind not in ("text", "lines")), html
    assert ("checked" in html) is (kind in {"radios", "code", "codes", "several", "yes_no", "tick"})
    assert not form.errors
    assert error_links(form) == []


@pytest.mark.parametrize(
    ("kind", "initial", "shown"),
    [
        ("date", date(2026, 12, 3), ['value="3"', 'value="12"', 'value="2026"']),
        ("moment", datetime(2026, 7, 3, 8, 30, tzinfo=UTC), ['value="3"', 'value="7"', 'value="09:30"']),
        ("time", time(9, 5), ['value="09:05"']),
        ("number", 0, ['value="0"']),
        ("yes_no", False, ['value="no" checked']),
        ("codes", ["pear"], ['value="pear" checked']),
    ],
)
def test_what_was_there_before_is_drawn(kind: str, initial: Any, shown: list[str]) -> None:
    html = str(form_of(FIELDS[kind], initial={"it": initial})["it"].as_field_group())
    assert [part for part in shown if part not in html] == []


def test_a_text_that_is_too_long_says_how_much_and_keeps_the_words() -> None:
    form = form_of(fields.TextField(longest=5, label="It"), {"it": "abcdefg"})
    assert form.errors["it"] == ["Use 5 characters or fewer. You have used 7."]
    assert 'value="abcdefg"' in str(form["it"].as_field_group())


@pytest.mark.parametrize("typed", ["9" * 30, "1.5", "twelve", "-1", "9" * 19])
def test_a_number_is_whole_and_bounded(typed: str) -> None:
    assert not form_of(fields.NumberField(label="It"), {"it": typed}).is_valid()


@pytest.mark.parametrize("typed", ["a", "@b.example", "a@b", "a b@c.example", "a@"])
def test_what_is_no_email_address_is_answered_with_an_example(typed: str) -> None:
    assert form_of(fields.EmailField(label="It"), {"it": typed}).errors["it"] == [
        "Write an e-mail address with an @, like name@example.com."
    ]


@pytest.mark.parametrize("typed", ["ring me", "12", "0770x"])
def test_what_is_no_telephone_number_is_answered_with_an_example(typed: str) -> None:
    assert not form_of(fields.TelField(label="It"), {"it": typed}).is_valid()


def test_a_file_that_is_too_large_is_refused_with_its_bound() -> None:
    upload = SimpleUploadedFile("a.txt", b"x" * (1024 * 1024 + 1))
    form = type("OneField", (Form,), {"it": fields.FileField(largest_mb=1)})({}, {"it": upload})
    assert form.errors["it"] == ["Choose a file of 1 MB or less."]


def test_a_password_is_never_drawn_again() -> None:
    form = form_of(forms.CharField(widget=forms.PasswordInput), {"it": "a secret"})
    assert "a secret" not in str(form["it"].as_field_group())


def test_a_code_list_speaks_the_language_of_the_page() -> None:
    from django.utils import translation

    with translation.override("cy"):
        html = str(form_of(FIELDS["code"])["it"].as_field_group())
    assert "afal" in html and "an apple" not in html


def test_a_hidden_field_is_one_tag_and_its_error_is_still_said() -> None:
    form = form_of(fields.HiddenField(), {})
    assert re.fullmatch(r'<input type="hidden" name="it" id="id_it" value="">', str(form["it"].as_field_group()).strip())
    assert error_links(form) == [("Write an answer. We need this one.", "")]


class Reach(Form):
    how = fields.ChoicesField(choices=[("call", "Call me"), ("text", "Text me")], label="How?")
    number = fields.TelField(label="Which number?", under=("how", "call"))


def test_a_question_under_an_answer_is_drawn_inside_it_and_once() -> None:
    html = str(Reach()["how"].as_field_group())
    assert html.count('name="number"') == 1
    assert html.index('value="call"') < html.index('name="number"') < html.index('value="text"')


@pytest.mark.parametrize(("how", "valid"), [(["text"], True), (["call"], False), ([], False)])
def test_a_question_under_an_answer_is_needed_only_with_it(how: list[str], valid: bool) -> None:
    form = Reach({"how": how})
    assert form.is_valid() is valid
    assert ("number" in form.errors) is (how == ["call"])


def test_words_in_a_box_of_several_lines_come_back_as_they_were_written() -> None:
    written = "one\n  two\n\n    three & <four>"
    html = str(form_of(FIELDS["lines"], initial={"it": written})["it"].as_field_group())
    assert ">one\n  two\n\n    three &amp; &lt;four&gt;</textarea>" in html
