"""Crisis contacts by nation; a hub adds its own and its lead confirms each with a date. Source: lists.md (Crisis contacts)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Crisis:
    """One contact: the words in both languages, the number as it is dialled, and what it is for."""

    code: str
    en: str
    cy: str
    number: str
    kind: str = "call"
    """call, text, link (number is a web address), or say (words only)."""

    @property
    def href(self) -> str:
        """Give the address behind the words; nothing when there is nothing to press."""
        return address(self.number, self.kind)


def address(number: str, kind: str) -> str:
    """Give what pressing a contact does: call, text, open, or nothing."""
    bare = number.replace(" ", "")
    return {"call": f"tel:{bare}", "text": f"sms:{bare}", "link": bare}.get(kind, "")


_EVERYWHERE = (Crisis("999", "Someone is in danger now: call 999", "Mae rhywun mewn perygl nawr: ffoniwch 999", "999"),)
_DEAF = (
    Crisis(
        "relay",
        "Deaf or cannot speak? Dial 18001 before any of these numbers",
        "Yn fyddar neu'n methu siarad? Deialwch 18001 cyn unrhyw un o'r rhifau hyn",
        "18001",
        "say",
    ),
    Crisis("bsl", "British Sign Language: 999 BSL", "Iaith Arwyddion Prydain: 999 BSL", "https://999bsl.co.uk", "link"),
)
ENGLAND = (
    *_EVERYWHERE,
    Crisis(
        "111",
        "Urgent help for your mental health: call 111 and choose the mental-health option",
        "Cymorth brys ar gyfer eich iechyd meddwl: ffoniwch 111 a dewiswch yr opsiwn iechyd meddwl",
        "111",
    ),
    Crisis("samaritans", "Talk to Samaritans, day or night: 116 123", "Siarad â'r Samariaid, ddydd neu nos: 116 123", "116 123"),
    Crisis("shout", "Text SHOUT to 85258", "Tecstiwch SHOUT i 85258", "85258", "text"),
    Crisis("childline", "Under 19? Childline: 0800 1111", "O dan 19? Childline: 0800 1111", "0800 1111"),
    Crisis(
        "abuse",
        "National Domestic Abuse Helpline: 0808 2000 247",
        "Llinell Gymorth Genedlaethol Cam-drin Domestig: 0808 2000 247",
        "0808 2000 247",
    ),
    *_DEAF,
)
WALES = (
    *_EVERYWHERE,
    Crisis(
        "111",
        "Urgent help for your mental health: call 111 and press 2",
        "Cymorth brys ar gyfer eich iechyd meddwl: ffoniwch 111 a phwyswch 2",
        "111",
    ),
    Crisis("call", "C.A.L.L. helpline: 0800 132 737", "Llinell gymorth C.A.L.L.: 0800 132 737", "0800 132 737"),
    Crisis("samaritans", "Talk to Samaritans, day or night: 116 123", "Siarad â'r Samariaid, ddydd neu nos: 116 123", "116 123"),
    Crisis(
        "samaritans_cy",
        "Samaritans Welsh-language line: 0808 164 0123",
        "Llinell Gymraeg y Samariaid: 0808 164 0123",
        "0808 164 0123",
    ),
    Crisis("shout", "Text SHOUT to 85258", "Tecstiwch SHOUT i 85258", "85258", "text"),
    Crisis("childline", "Under 19? Childline: 0800 1111", "O dan 19? Childline: 0800 1111", "0800 1111"),
    Crisis("abuse", "Live Fear Free: 0808 80 10 800", "Byw Heb Ofn: 0808 80 10 800", "0808 80 10 800"),
    *_DEAF,
)
BY_NATION = {"england": ENGLAND, "wales": WALES}
