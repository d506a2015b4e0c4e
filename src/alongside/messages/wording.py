"""What messages say: nothing that could harm whoever else reads them. Two languages; Welsh to be checked by a speaker.

Source: part C10 (contentless wording); trust.md H08, T05: no service, worker or condition is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it leaves."""

    subject: str
    body: str


BOTH = "both"
"""Welsh and English in one message, for somebody at work in Wales whose language nobody has asked."""
_SUBJECT = {"en": "A message for you", "cy": "Neges i chi"}
_TEMPLATES: dict[str, dict[str, str]] = {
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
    "partner_asked": {
        "en": "Hello. Somebody would like to introduce a person to you. Please open this page and answer:\n{link}\n\nThe code to open it reaches you separately.\n",
        "cy": "Helo. Hoffai rhywun gyflwyno person i chi. Agorwch y dudalen hon ac atebwch:\n{link}\n\nBydd y cod i'w hagor yn eich cyrraedd ar wahân.\n",
    },
    "word_back": {
        "en": "Hello. There is news about {reference}. Sign in to read it:\n{link}\n\nWithout an account, call {phone} and say this reference.\n",
        "cy": "Helo. Mae newyddion am {reference}. Mewngofnodwch i'w ddarllen:\n{link}\n\nHeb gyfrif, ffoniwch {phone} a dywedwch y cyfeirnod hwn.\n",
    },
}
TEMPLATES = tuple(_TEMPLATES)


def write(template: str, *, language: str, hub: Any, values: dict[str, str], address: str) -> Letter:
    """Write one message in a language, or in both; it names neither the hub nor anybody."""
    spoken = ("cy", "en") if language == BOTH else ("cy" if language.startswith("cy") else "en",)
    filled = {"phone": hub.phone, "link": f"{address}{values.get('path', '/')}", "reference": values.get("reference", "")}
    return Letter(
        " / ".join(_SUBJECT[one] for one in spoken), "\n".join(_TEMPLATES[template][one].format(**filled) for one in spoken)
    )
