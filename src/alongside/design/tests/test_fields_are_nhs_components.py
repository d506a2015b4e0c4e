"""Our fields are written out for speed: tag for tag and attribute for attribute they are what the NHS components draw."""

import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.utils import translation
from jinja2 import ChainableUndefined, Environment, PackageLoader

from alongside.design import fields
from alongside.design.forms import Form
from alongside.vocabulary.codes import Code, CodeList

FRUIT = CodeList("fruit", "ours", Code("apple", "an apple", "afal"), Code("pear", "a pear", "gellygen"))
NAMES = {"date_input": ("date-input", "dateInput")}


class Everything(Form):
    text = fields.TextField(
        label='What is "it"?', help_text="A <hint> about it.", width=10, autocomplete="name", spellcheck=False
    )
    plain = fields.TextField(label="Plain")
    unnamed = fields.TextField(label="")
    lines = fields.TextField(label="Lines", lines=4, autocomplete="off", help_text="Several lines.")
    email = fields.EmailField(label="E-mail")
    tel = fields.TelField(label="Telephone", help_text="Any.")
    number = fields.NumberField(label="How many?")
    password = fields.TextField(label="Password", widget=forms.PasswordInput)
    radios = fields.ChoiceField(
        choices=[("a", "A & B"), ("b", "B")], hints={"a": "More about <A>"}, label="Which?", help_text="One."
    )
    inline = fields.ChoiceField(choices=[("a", "A"), ("b", "B")], inline=True, label="Beside each other")
    code = fields.CodeField(FRUIT, label="Fruit")
    select = fields.CodeField(FRUIT, select=True, label="Chosen", help_text="Of the list.")
    codes = fields.CodesField(FRUIT, label="Fruits", help_text="Any number.")
    yes_no = fields.YesNoField(label="Is it so?")
    tick = fields.TickField(required=True, label="I agree", help_text="Tick it.")
    born = fields.DateField(label="Born on", help_text="Like 3 12 2026.")
    begins = fields.MomentField(label="Begins")
    at = fields.TimeField(label="At")
    file = fields.FileField(label="A file")
    hidden = fields.HiddenField(label="Hidden")
    under_pear = fields.TextField(label="Which pear?", under=("code", "pear"))
    under_apple = fields.DateField(label="When?", under=("codes", "apple"))
    under_tick = fields.TextField(label="Why?", under=("tick", "on"), lines=3)
    under_yes = fields.ChoiceField(choices=[("x", "X")], label="Inner", under=("yes_no", "yes"))


GIVEN = {
    "text": "<b>\"x\" & y'</b>", "plain": "Siân", "lines": "one\n two", "email": "a@example.com", "tel": "1", "number": "7", "password": "secret",
    "radios": "a", "inline": "b", "code": "pear", "select": "apple", "codes": ["apple", "pear"], "yes_no": "yes", "tick": "on", "born_day": "31",
    "born_month": "2", "born_year": "2020", "begins_day": "3", "begins_month": "12", "begins_year": "2026", "begins_time": "9:30", "at": "9",
    "hidden": "'h'", "under_pear": "round", "under_apple_day": "1", "under_tick": "a\nb", "under_yes": "x",
}  # fmt: skip
FORMS = {
    "empty": Everything,
    "with what was there": lambda: Everything(initial={**GIVEN, "born": "2026-12-03", "yes_no": True, "tick": True}),
    "given": lambda: Everything(GIVEN),
    "wrong": lambda: Everything({}),
}


class Tokens(HTMLParser):
    """Tags with their attributes in order, and the words between them; white space beside a tag does not count."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[Any, ...]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, [(name, " ".join((value or "").split()) if name == "class" else value) for name, value in attrs]))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("/" + tag,))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] == "textarea":
            self.found.append(("words", data))
        elif words := re.sub(r"\s+", " ", data).strip():
            self.found.append(("words", words))


def _nhs_components() -> SimpleNamespace:
    own = Environment(loader=PackageLoader("nhsuk_frontend_jinja"), undefined=ChainableUndefined, autoescape=True)
    own.trim_blocks = own.lstrip_blocks = True
    found = {}
    for name in ("input", "textarea", "radios", "checkboxes", "select", "date_input"):
        folder, macro = NAMES.get(name, (name, name))
        found[name] = getattr(own.get_template(f"nhsuk/components/{folder}/macro.jinja").module, macro)
    return SimpleNamespace(**found)


@pytest.fixture(scope="module")
def by_nhs() -> Any:
    source = Path(__file__).with_name("nhs_components.jinja").read_text(encoding="utf-8")
    env = engines["jinja2"].env  # type: ignore[attr-defined]  # Django's Jinja2 engine has it
    return env.from_string(source, globals={"nhs": _nhs_components()}).module.draw


@pytest.fixture(scope="module")
def ours() -> Any:
    return engines["jinja2"].env.get_template("design/draw.jinja").module.draw  # type: ignore[attr-defined]  # as above


@pytest.mark.parametrize("language", ["en-gb", "cy"])
@pytest.mark.parametrize("heading", [False, True])
@pytest.mark.parametrize("state", FORMS)
@pytest.mark.parametrize("name", list(Everything.base_fields))
def test_a_field_is_drawn_as_the_nhs_component(
    by_nhs: Any, ours: Any, name: str, state: str, heading: bool, language: str
) -> None:
    with translation.override(language):
        field = FORMS[state]()[name]
        drawn, expected = ours(field, heading=heading, size="m"), by_nhs(field, heading=heading, size="m")
        assert Tokens(drawn).found == Tokens(expected).found
