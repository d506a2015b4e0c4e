from dataclasses import dataclass

import pytest

from alongside.design.fields import DateField, TextField
from alongside.design.forms import Form
from alongside.design.page import Page
from alongside.design.shell import COLOURS
from alongside.design.tests.rendering import QUESTION, draw
from alongside.vocabulary.crisis import BY_NATION

WORKER = '{% extends "design/worker.jinja" %}{% block content %}<h1>{{ page.title }}</h1>{% endblock %}'
PUBLIC = '{% extends "design/public.jinja" %}{% block content %}<h1>{{ page.title }}</h1>{% endblock %}'
MACROS = '{{% extends "design/worker.jinja" %}}{{% import "design/macros.jinja" as m %}}{{% block content %}}{}{{% endblock %}}'


class Ask(Form):
    called = TextField(label="What shall we call you?")


class AskMore(Ask):
    born = DateField(label="Date of birth")


@dataclass(frozen=True, kw_only=True)
class StepPage(Page):
    back_to: str = "/before"


def test_the_title_says_error_only_when_there_is_one() -> None:
    assert "<title>A name – Riverside hub</title>" in draw(QUESTION, Page(title="A name", form=Ask()))
    assert "<title>Error: A name – Riverside hub</title>" in draw(QUESTION, Page(title="A name", form=Ask({})))
    assert "<title>Gwall: A name – Riverside hub</title>" in draw(QUESTION, Page(title="A name", form=Ask({})), language="cy")


def test_the_error_summary_leads_to_each_field_and_names_its_question() -> None:
    html = draw(QUESTION, Page(title="You", form=AskMore({"born_day": "1", "born_year": "2000"})))
    assert '<a href="#id_called">What shall we call you? Write an answer. We need this one.</a>' in html
    assert '<a href="#id_born_month">Date of birth: Fill in the month.</a>' in html


def test_the_summary_leaves_the_question_out_only_where_it_is_the_heading() -> None:
    asked, needed = "What shall we call you?", "Write an answer. We need this one."
    assert f'<a href="#id_called">{needed}</a>' in draw(QUESTION, Page(title=asked, form=Ask({})))
    assert f'<a href="#id_called">{asked} {needed}</a>' in draw(QUESTION, Page(title="Organisations", form=Ask({})))


def test_an_error_of_the_whole_form_is_in_the_summary() -> None:
    form = Ask({"called": "Sam"})
    form.add_error(None, "Write one or the other.")
    assert "<li>Write one or the other.</li>" in draw(QUESTION, Page(title="You", form=form))


def test_one_question_is_the_heading_of_its_page() -> None:
    html = draw(QUESTION, StepPage(title="A name", form=Ask()))
    assert html.count("<h1") == 1
    assert 'href="/before">' in html
    assert "novalidate" in html


@pytest.mark.parametrize(("nation", "own", "other"), [("england", "0808 2000 247", "132 737"), ("wales", "132 737", "2000 247")])
@pytest.mark.parametrize("language", ["en-gb", "cy"])
@pytest.mark.hazard("H06")
@pytest.mark.hazard("H12")
def test_crisis_help_is_that_of_the_nation_in_the_language_of_the_page(nation: str, own: str, other: str, language: str) -> None:
    html = draw(PUBLIC, Page(title="x"), language=language, nation=nation)
    help_now = html[html.index('class="al-crisis"') :]
    assert own in help_now and other not in help_now
    assert [
        one.code for one in BY_NATION[nation] if (one.cy if language == "cy" else one.en).replace("'", "&#39;") not in help_now
    ] == []
    assert html.index('href="tel:999"') < html.index("<main")


def test_nothing_in_crisis_help_dials_the_text_relay_prefix_alone() -> None:
    assert "tel:18001" not in draw(PUBLIC, Page(title="x"))


@pytest.mark.hazard("H08")
def test_leaving_the_page_works_without_a_script_and_tells_nobody() -> None:
    html = draw(PUBLIC, Page(title="x"))
    assert html.count('rel="nofollow noreferrer">Exit this page</a>') == 2


def test_a_worker_sees_who_they_are_and_what_to_do_about_safety() -> None:
    html = draw(
        WORKER,
        Page(title="Today"),
        worker_name="Sam",
        hat_words="link worker",
        path="/web/today/?after=3",
        can_triage=True,
    )
    assert "Sam · link worker" in html
    assert '<a href="/web/today/" aria-current="page">Today</a>' in html
    assert "Triage" in html and "Settings" not in html
    assert "Safeguarding: what to do" in html
    assert "Exit this page" not in html


@pytest.mark.parametrize("source", [PUBLIC, WORKER])
def test_a_demonstration_says_so_and_a_live_hub_does_not(source: str) -> None:
    assert "everybody here is made up" in draw(source, Page(title="x"), demo=True)
    assert "everybody here is made up" not in draw(source, Page(title="x"))


@pytest.mark.parametrize("source", [PUBLIC, WORKER, QUESTION])
@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(source: str, language: str) -> None:
    html = draw(source, Page(title="x", form=AskMore({})), language=language, worker_name="Sam", demo=True)
    assert "<style" not in html and " style=" not in html and " onclick=" not in html
    assert html.count("<script") == html.count('<script src="/static/design/')
    assert 'src="http' not in html


def test_the_nhs_identity_is_shown_only_by_a_hub_that_is_entitled_to_it() -> None:
    assert 'aria-label="NHS"' not in draw(PUBLIC, Page(title="x"))
    assert 'aria-label="NHS"' in draw(PUBLIC, Page(title="x"), uses_nhs_identity=True)


def test_the_page_says_which_language_it_speaks_and_offers_the_other() -> None:
    english, welsh = draw(PUBLIC, Page(title="x")), draw(PUBLIC, Page(title="x"), language="cy")
    assert '<html lang="en-GB">' in english and 'lang="cy">Cymraeg' in english
    assert '<html lang="cy">' in welsh and 'lang="en">English' in welsh
    assert "Neidio i" in welsh and "Skip to main content" not in welsh


def test_every_colour_of_a_hub_can_be_read_with_white_words() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert {name for name, colour in COLOURS.items() if 1.05 / (light(colour) + 0.05) < 4.5} == set()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{{ m.tag("late", "red") }}', '<strong class="nhsuk-tag nhsuk-tag--red">late</strong>'),
        ('{{ m.data_table("Cap", ("A",), ((("x & y", "/l"),), ("<b>",))) }}', '<a href="/l">x &amp; y</a>'),
        ('{{ m.data_table("Cap", ("A",), (), empty="Nobody.") }}', '<p class="al-empty">Nobody.</p>'),
        (
            '{{ m.summary((("Goal", "Sleep", "/c"),)) }}',
            'href="/c">Change<span class="nhsuk-u-visually-hidden"> Goal</span>',
        ),
        ('{{ m.pager("/next") }}', '<a class="al-more" rel="next" href="/next">Show more</a>'),
        ('{{ m.pager("") }}', ""),
        ('{{ m.timeline((("Monday", "Met", "", "Sam"),)) }}', "Monday · Sam"),
        ("{{ m.contact_safely(()) }}", "No safe way to reach them is written down."),
        ('{% call m.details("Why") %}<p>So</p>{% endcall %}', "<p>So</p>"),
        ('{{ m.inset("Once") }}', "<p>Once</p>"),
        ('{{ m.panel("Heard") }}', '<h1 class="nhsuk-panel__title">Heard</h1>'),
    ],
)
def test_a_macro_draws(source: str, expected: str) -> None:
    assert expected in draw(MACROS.format(source), Page(title="x"), worker_name="Sam")
