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
    """call or text."""


_EVERYWHERE = (
    Crisis("999", "Someone is in danger now: call 999", "Mae rhywun mewn perygl nawr: ffoniwch 999", "999"),
)
ENGLAND = (
    *_EVERYWHERE,
    Crisis("111", "Urgent help for your mental health: call 111 and choose the mental-health option", "Cymorth brys ar gyfer eich iechyd meddwl: ffoniwch 111 a dewiswch yr opsiwn iechyd meddwl", "111"),
    Crisis("samaritans", "Talk to Samaritans, day or night: 116 123", "Siarad â'r Samariaid, ddydd neu nos: 116 123", "116 123"),
    Crisis("shout", "Text SHOUT to 85258", "Tecstiwch SHOUT i 85258", "85258", "text"),
    Crisis("childline", "Under 19? Childline: 0800 1111", "O dan 19? Childline: 0800 1111", "0800 1111"),
    Crisis("abuse", "National Domestic Abuse Helpline: 0808 2000 247", "Llinell Gymorth Genedlaethol Cam-drin Domestig: 0808 2000 247", "0808 2000 247"),
    Crisis("deaf", "Deaf? Dial 18001 before the number, or use 999 BSL", "Byddar? Deialwch 18001 cyn y rhif, neu defnyddiwch 999 BSL", "18001"),
)
WALES = (
    *_EVERYWHERE,
    Crisis("111", "Urgent help for your mental health: call 111 and press 2", "Cymorth brys ar gyfer eich iechyd meddwl: ffoniwch 111 a phwyswch 2", "111"),
    Crisis("call", "C.A.L.L. helpline: 0800 132 737", "Llinell gymorth C.A.L.L.: 0800 132 737", "0800 132 737"),
    Crisis("samaritans", "Talk to Samaritans, day or night: 116 123", "Siarad â'r Samariaid, ddydd neu nos: 116 123", "116 123"),
    Crisis("samaritans_cy", "Samaritans Welsh-language line: 0808 164 0123", "Llinell Gymraeg y Samariaid: 0808 164 0123", "0808 164 0123"),
    Crisis("shout", "Text SHOUT to 85258", "Tecstiwch SHOUT i 85258", "85258", "text"),
    Crisis("childline", "Under 19? Childline: 0800 1111", "O dan 19? Childline: 0800 1111", "0800 1111"),
    Crisis("abuse", "Live Fear Free: 0808 80 10 800", "Byw Heb Ofn: 0808 80 10 800", "0808 80 10 800"),
    Crisis("deaf", "Deaf? Dial 18001 before the number, or use 999 BSL", "Byddar? Deialwch 18001 cyn y rhif, neu defnyddiwch 999 BSL", "18001"),
)
BY_NATION = {"england": ENGLAND, "wales": WALES}
