"""What messages say: nothing that could harm whoever else reads them. Two languages; Welsh to be checked by a speaker.

These are the defaults; a hub may say it in words of its own (settings, Wording), which `rules.wording_problem` looks at first.
Source: part C10 (contentless wording); trust.md H08, T05: no service, worker or condition is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alongside.vocabulary.codes import Code, CodeList


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it leaves."""

    subject: str
    body: str


BOTH = "both"
"""Welsh and English in one message, for somebody at work in Wales whose language nobody has asked."""
_SUBJECT = {"en": "A message for you", "cy": "Neges i chi"}
DEFAULTS: dict[str, dict[str, str]] = {
    "heard": {
        "en": "Hello. We have what you sent. We will be in touch the way you asked.\n\nYou can see where it stands here:\n{link}\n",
        "cy": "Helo. Mae'r hyn a anfonoch gennym. Byddwn mewn cysylltiad yn y ffordd y gofynnoch.\n\nGallwch weld ble mae pethau yma:\n{link}\n",
    },
    "invitation": {
        "en": "Hello. We would like to arrange a time with you. Please call {phone} or reply, whenever suits you.\n",
        "cy": "Helo. Hoffem drefnu amser gyda chi. Ffoniwch {phone} neu atebwch, pryd bynnag sy'n gyfleus i chi.\n",
    },
    "introduced": {
        "en": "Hello. There is news about what we talked about. Please call {phone}, whenever suits you.\n",
        "cy": "Helo. Mae newyddion am yr hyn y buom yn siarad amdano. Ffoniwch {phone}, pryd bynnag sy'n gyfleus i chi.\n",
    },
    "own_page": {
        "en": "Hello. Here is the page that we talked about:\n{link}\n\nIt opens once, with the number that you were given.\n",
        "cy": "Helo. Dyma'r dudalen y buom yn siarad amdani:\n{link}\n\nMae'n agor unwaith, gyda'r rhif a roddwyd i chi.\n",
    },
    "own_code": {
        "en": "Hello. The code that you asked for is {code}. It works for ten minutes. If you did not ask, you need do nothing.\n",
        "cy": "Helo. Y cod y gofynnoch amdano yw {code}. Mae'n gweithio am ddeng munud. Os na ofynnoch, nid oes angen gwneud dim.\n",
    },
    "partner_asked": {
        "en": "Hello. Somebody would like to introduce a person to you. Please open this page and answer:\n{link}\n\nThe code to open it reaches you separately.\n",
        "cy": "Helo. Hoffai rhywun gyflwyno person i chi. Agorwch y dudalen hon ac atebwch:\n{link}\n\nBydd y cod i'w hagor yn eich cyrraedd ar wahân.\n",
    },
    "entry_invited": {
        "en": "Hello. What you offer stands in a directory where people look for support. You can keep that entry yourself, without an account. It takes two minutes:\n{link}\n",
        "cy": "Helo. Mae'r hyn rydych yn ei gynnig mewn cyfeiriadur lle mae pobl yn chwilio am gefnogaeth. Gallwch gadw'r cofnod eich hun, heb gyfrif. Mae'n cymryd dwy funud:\n{link}\n",
    },
    "entry_to_confirm": {
        "en": "Hello. Is your directory entry still true? Soon it will warn its readers. One press is enough:\n{link}\n\nThe link before this one opens nothing any more.\n",
        "cy": "Helo. A yw eich cofnod yn y cyfeiriadur yn dal yn wir? Cyn hir bydd yn rhybuddio ei ddarllenwyr. Mae un wasgiad yn ddigon:\n{link}\n\nNid yw'r ddolen cyn hon yn agor dim mwyach.\n",
    },
    "entry_wrong": {
        "en": "Hello. Somebody said that something in your directory entry may be wrong. Look within five working days, and say there what you did:\n{link}\n\nThe link before this one opens nothing any more.\n",
        "cy": "Helo. Dywedodd rhywun y gall rhywbeth yn eich cofnod fod yn anghywir. Edrychwch o fewn pum diwrnod gwaith, a dywedwch yno beth wnaethoch chi:\n{link}\n\nNid yw'r ddolen cyn hon yn agor dim mwyach.\n",
    },
    "entry_change_waits": {
        "en": "Hello. Somebody asked to change how your directory entry says you are reached. A second person has to say that it is right:\n{link}\n\nThe link before this one opens nothing any more.\n",
        "cy": "Helo. Gofynnodd rhywun am newid sut mae eich cofnod yn y cyfeiriadur yn dweud bod modd eich cyrraedd. Mae angen i ail berson ddweud ei fod yn gywir:\n{link}\n\nNid yw'r ddolen cyn hon yn agor dim mwyach.\n",
    },
    "wrong_looked_at": {
        "en": "Hello. You told us that something in a directory was wrong. Somebody has looked, and this is what became of it:\n{link}\n",
        "cy": "Helo. Dywedoch wrthym fod rhywbeth mewn cyfeiriadur yn anghywir. Mae rhywun wedi edrych, a dyma a ddaeth ohono:\n{link}\n",
    },
    "word_back": {
        "en": "Hello. There is news about {reference}. Sign in to read it:\n{link}\n\nWithout an account, call {phone} and say this reference.\n",
        "cy": "Helo. Mae newyddion am {reference}. Mewngofnodwch i'w ddarllen:\n{link}\n\nHeb gyfrif, ffoniwch {phone} a dywedwch y cyfeirnod hwn.\n",
    },
}
"""The messages that leave."""
_UNKNOWN = {"en": "", "cy": ""}
"""Of a message that an earlier version asked for and this one no longer knows."""
WELCOME = {
    "en": "Whatever it is about, you can ask here. A person reads it, and is in touch the way you choose.",
    "cy": "Beth bynnag yw'r mater, gallwch ofyn yma. Mae person yn ei ddarllen, ac yn cysylltu yn y ffordd a ddewiswch chi.",
}
"""The first sentence at the public door."""
SENTENCES: Mapping[str, Mapping[str, str]] = {**DEFAULTS, "welcome": WELCOME}
"""Everything that a hub may say in words of its own."""
NAMES = CodeList(
    "sentences that a hub may word",
    "pages.md, Settings (wording)",
    Code("welcome", "the welcome at the public door", "y croeso wrth y drws cyhoeddus"),
    Code("heard", "to the person: we have what you sent", "i'r person: mae'r hyn a anfonoch gennym"),
    Code("invitation", "to the person: we would like to arrange a time", "i'r person: hoffem drefnu amser"),
    Code("introduced", "to the person: there is news", "i'r person: mae newyddion"),
    Code("own_page", "to the person: the link to their own page", "i'r person: y ddolen i'w tudalen eu hunain"),
    Code("own_code", "to the person: the code to sign in with", "i'r person: y cod i fewngofnodi"),
    Code(
        "partner_asked",
        "to a partner: somebody would like to introduce a person",
        "i bartner: hoffai rhywun gyflwyno person",
    ),
    Code("entry_invited", "to a service: you may keep your entry yourself", "i wasanaeth: gallwch gadw eich cofnod eich hun"),
    Code("entry_to_confirm", "to a service: is your entry still true?", "i wasanaeth: a yw eich cofnod yn dal yn wir?"),
    Code(
        "entry_wrong",
        "to a service: something in your entry may be wrong",
        "i wasanaeth: gall rhywbeth yn eich cofnod fod yn anghywir",
    ),
    Code("entry_change_waits", "to a service: a change of your entry waits", "i wasanaeth: mae newid i'ch cofnod yn aros"),
    Code("wrong_looked_at", "to whoever said that an entry is wrong", "i bwy bynnag a ddywedodd fod cofnod yn anghywir"),
    Code("word_back", "to whoever brought somebody in: there is news", "i bwy bynnag a ddaeth â rhywun: mae newyddion"),
)
TEMPLATES = tuple(DEFAULTS)
FORGETS_WHERE = ("wrong_looked_at",)
"""Messages to somebody who left an address for this one e-mail: it is wiped once that has left, was stopped or has failed."""


def write(
    template: str, *, language: str, hub: Any, values: dict[str, str], address: str, own: Mapping[str, str] | None = None
) -> Letter:
    """Write one message in a language, or in both, in the hub's own words when it has any; it names neither the hub nor anybody."""
    spoken = ("cy", "en") if language == BOTH else ("cy" if language.startswith("cy") else "en",)
    sentences = own or DEFAULTS[template]
    link = f"{address}{values.get('path', '/')}"
    said = [
        filled(sentences[one], phone=hub.phone, link=link, reference=values.get("reference", ""), code=values.get("code", ""))
        for one in spoken
    ]
    return Letter(" / ".join(_SUBJECT[one] for one in spoken), "\n".join(said))


def filled(words: str, *, phone: str, link: str, reference: str = "", code: str = "") -> str:
    """Put a telephone number, a link, a reference and a code in their places."""
    for place, stands in (("phone", phone), ("link", link), ("reference", reference), ("code", code)):
        words = words.replace(f"{{{place}}}", stands)
    return words


def to_be_said(template: str, *, language: str, phone: str, own: Mapping[str, str] | None = None) -> str:
    """Give the words for somebody who passes a message on by hand: without the private link or code, which is the person's own."""
    words = (own or DEFAULTS.get(template, _UNKNOWN))["cy" if language.startswith("cy") else "en"]
    said = [part for part in words.strip().split("\n\n") if "{link}" not in part and "{code}" not in part]
    return filled(" ".join(said), phone=phone, link="").replace("\n", " ")
