"""Languages in which help is given, as the people of a place speak them; Welsh and sign language are ways of help (`ways_of_help`).

Source: ISO 639-1 (639-3 where there is no shorter code); the languages most often spoken after English and Welsh, ONS Census 2021.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from alongside.vocabulary.codes import Code, CodeList
from alongside.vocabulary.names import fold

SPOKEN = CodeList(
    "spoken languages",
    "ISO 639-1",
    Code("sq", "Albanian", "Albaneg"),
    Code("am", "Amharic", "Amhareg"),
    Code("ar", "Arabic", "Arabeg"),
    Code("bn", "Bengali", "Bengaleg", note="bangla sylheti"),
    Code("bg", "Bulgarian", "Bwlgareg"),
    Code("yue", "Cantonese", "Cantoneg"),
    Code("fr", "French", "Ffrangeg"),
    Code("de", "German", "Almaeneg"),
    Code("el", "Greek", "Groeg"),
    Code("gu", "Gujarati", "Gwjarati"),
    Code("hi", "Hindi", "Hindi"),
    Code("hu", "Hungarian", "Hwngareg"),
    Code("it", "Italian", "Eidaleg"),
    Code("ku", "Kurdish", "Cwrdeg", note="sorani kurmanji"),
    Code("lt", "Lithuanian", "Lithwaneg"),
    Code("zh", "Mandarin", "Mandarin", note="chinese"),
    Code("ne", "Nepali", "Nepaleg"),
    Code("ps", "Pashto", "Pashto", note="pushto"),
    Code("fa", "Persian (Farsi, Dari)", "Perseg (Ffarsi, Dari)", note="persian farsi dari"),
    Code("pl", "Polish", "Pwyleg"),
    Code("pt", "Portuguese", "Portiwgaleg"),
    Code("pa", "Punjabi", "Pwnjabi", note="panjabi"),
    Code("ro", "Romanian", "Rwmaneg"),
    Code("ru", "Russian", "Rwseg"),
    Code("so", "Somali", "Somali"),
    Code("es", "Spanish", "Sbaeneg"),
    Code("ta", "Tamil", "Tamil"),
    Code("ti", "Tigrinya", "Tigrinya"),
    Code("tr", "Turkish", "Tyrceg"),
    Code("uk", "Ukrainian", "Wcreineg"),
    Code("ur", "Urdu", "Wrdw"),
    Code("vi", "Vietnamese", "Fietnameg"),
)
IN = "speaks_"
"""Before the code of a language among the ways of help of an entry; no way of help begins so."""

_NAMES = {
    name: code
    for code, language in SPOKEN.items()
    for name in (*language.note.split(), *(() if "(" in language.en else (fold(language.en),)))
}
_SAID = re.compile(
    rf"\b(?:(?:in|speaks?|spoken|languages?)\s(?:{'|'.join(_NAMES)})|(?:{'|'.join(_NAMES)})\s(?:speak\w*|language|worker|interpreter\w*))\b"
)
_ONE = re.compile(rf"\b({'|'.join(_NAMES)})\b")
_LIST = re.compile(rf"(?:\b(?:{'|'.join(_NAMES)})\b[\s,/&]*(?:and|or|a|neu)?\s*){{2,}}")


def languages_said(texts: Iterable[str], named: Iterable[Mapping[str, Any]] = ()) -> tuple[str, ...]:
    """Give the codes of the languages that an entry says it helps in.

    In:   its words ("Polish speaking workers", "we speak Arabic", "Urdu, Punjabi and Bengali"); rows of Open Referral's `languages`.
    """
    found = {code for row in named for code in (_of_row(row),) if code}
    for text in texts:
        folded = fold(text)
        if _NAMES.keys().isdisjoint(folded.split()):
            continue
        for part in (*_SAID.finditer(folded), *_LIST.finditer(folded)):
            found |= {_NAMES[hit] for hit in _ONE.findall(part[0])}
    return tuple(code for code in SPOKEN if code in found)


def _of_row(row: Mapping[str, Any]) -> str:
    code = str(row.get("code") or "").lower().split("-")[0]
    return code if code in SPOKEN else _NAMES.get(fold(str(row.get("name") or "")), "")
