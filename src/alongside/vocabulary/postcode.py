"""Postcodes: kept as received, written tidily when they have the right shape. Source: Royal Mail PAF, BS7666 shape."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")
_AMONG_WORDS = re.compile(r"(?<![A-Z0-9])[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}(?![A-Z0-9])", re.IGNORECASE)
_OUTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")
_UNFINISHED = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s+\d[A-Z]?")
_BEGIN_WITH = """
AB AL B BA BB BD BH BL BN BR BS CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU HA
HD HG HP HR HS HU HX IG IP IV KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR
RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
"""
AREAS = frozenset(_BEGIN_WITH.split())
"""The letters with which the postcodes of Great Britain begin."""


def tidy(text: str) -> str:
    """Write a postcode as "SA1 1AA" when it has the shape of one, and otherwise give it back as it came."""
    found = _SHAPE.fullmatch(text.strip().upper())
    return f"{found[1]} {found[2]}" if found else text.strip()


def outcode(text: str) -> str:
    """Give the first half of a postcode, or an outcode that was typed alone, or nothing."""
    plain = text.strip().upper()
    found = _SHAPE.fullmatch(plain)
    return found[1] if found else (plain if _OUTCODE.fullmatch(plain) else "")


def whole(text: str) -> str:
    """Give a whole postcode as the national file is asked for it, "SA11AA", or nothing."""
    found = _SHAPE.fullmatch(text.strip().upper())
    return found[1] + found[2] if found else ""


def unfinished(text: str) -> str:
    """Give the first half of a postcode whose second half is not whole ("SA1 1" or "SA1 1A"), or nothing."""
    found = _UNFINISHED.fullmatch(text.strip().upper())
    return found[1] if found else ""


def area(text: str) -> str:
    """Give the letters with which a postcode or an outcode begins."""
    found = re.match(r"[A-Z]{1,2}(?=\d)", text.strip().upper())
    return found[0] if found else ""


def has_postcode(text: str) -> bool:
    """Tell whether a whole postcode stands among other words."""
    return bool(_AMONG_WORDS.search(text))


def without_postcodes(text: str) -> str:
    """Give the words without any whole postcode, where nobody may know where something is."""
    return _AMONG_WORDS.sub("…", text)


def split_postcode(line: str) -> tuple[str, str]:
    """Give the address and the postcode of one line; the last postcode in it counts, and there may be none."""
    found = list(_AMONG_WORDS.finditer(line))
    if not found:
        return line.strip(" ,"), ""
    last = found[-1]
    return f"{line[: last.start()].rstrip(' ,')} {line[last.end() :].lstrip(' ,')}".strip(), tidy(last[0])
