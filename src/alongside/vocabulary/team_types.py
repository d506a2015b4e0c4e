"""National team types, and whether a team's activity will count in the national community measures.

Source: MHSDS v6 code list "ServTeamType"; standards.md findings 2 and 8 (MHS108, the four-week wait).
"""

from __future__ import annotations

from alongside.vocabulary.codes import Code, CodeList

TEAM_TYPES = CodeList(
    "national team types",
    "MHSDS v6, service or team type referred to (only those a hub is likely to have)",
    Code("A01", "Day Care Service", "Gwasanaeth Gofal Dydd"),
    Code("A02", "Crisis Resolution Team/Home Treatment Service", "Tîm Datrys Argyfwng / Triniaeth Gartref"),
    Code("A05", "Primary Care Mental Health Service", "Gwasanaeth Iechyd Meddwl Gofal Sylfaenol"),
    Code("A06", "Community Mental Health Team - Functional", "Tîm Iechyd Meddwl Cymunedol - Gweithredol"),
    Code("A08", "Assertive Outreach Team", "Tîm Allgymorth Pendant"),
    Code("A09", "Community Rehabilitation Service", "Gwasanaeth Adsefydlu Cymunedol"),
    Code("A12", "Psychotherapy Service", "Gwasanaeth Seicotherapi"),
    Code("A13", "Psychological Therapy Service (non IAPT)", "Gwasanaeth Therapi Seicolegol (nid IAPT)"),
    Code("A14", "Early Intervention Team for Psychosis", "Tîm Ymyrraeth Gynnar ar gyfer Seicosis"),
    Code("A16", "Personality Disorder Service", "Gwasanaeth Anhwylder Personoliaeth"),
    Code("A18", "Single Point of Access Service", "Gwasanaeth Un Pwynt Mynediad"),
    Code("A21", "Crisis Café/Safe Haven/Sanctuary Service", "Gwasanaeth Caffi Argyfwng/Hafan Ddiogel/Noddfa"),
    Code("C10", "Community Eating Disorder Service", "Gwasanaeth Anhwylder Bwyta Cymunedol"),
    Code("D02", "Criminal Justice Liaison and Diversion Service", "Gwasanaeth Cyswllt a Dargyfeirio Cyfiawnder Troseddol"),
    Code("D05", "Individual Placement and Support Service", "Gwasanaeth Lleoliad a Chymorth Unigol"),
    Code("F06", "Mental Health and Wellbeing Hubs", "Hybiau Iechyd Meddwl a Llesiant"),
    Code(
        "Z01",
        "Other Mental Health Service - in scope of National Tariff Payment System",
        "Gwasanaeth Iechyd Meddwl Arall - o fewn cwmpas y System Dalu Tariff Genedlaethol",
    ),
)
# C03 is counted by the measure but no longer stands in the code list, so that no team can be given it.
TWO_CONTACTS = ("A05", "A06", "A08", "A09", "A12", "A13", "A16", "C03", "C10", "A14", "D05")
FOUR_WEEKS = tuple(code for code in TWO_CONTACTS if code not in ("A14", "D05"))


def will_count(team_type: str, nation: str) -> tuple[bool, str, str]:
    """Say in a plain sentence whether this team's activity will count nationally: (counts, English, Welsh)."""
    if nation == "wales":
        return (
            False,
            "Wales has its own measures under the Mental Health (Wales) Measure 2010; the English data set does not apply.",
            "Mae gan Gymru ei mesurau ei hun o dan Fesur Iechyd Meddwl (Cymru) 2010; nid yw set ddata Lloegr yn berthnasol.",
        )
    if not team_type:
        return (
            False,
            "No national team type is chosen, so nothing this team does will count in the national measures.",
            "Ni ddewiswyd math tîm cenedlaethol, felly ni fydd dim y mae'r tîm hwn yn ei wneud yn cyfrif yn y mesurau cenedlaethol.",
        )
    if team_type in FOUR_WEEKS:
        return (
            True,
            "This team's contacts count in two or more contacts (MHS108) and in the four-week wait.",
            "Mae cysylltiadau'r tîm hwn yn cyfrif mewn dau gyswllt neu fwy (MHS108) ac yn yr arhosiad pedair wythnos.",
        )
    if team_type in TWO_CONTACTS:
        return (
            True,
            "This team's contacts count in two or more contacts (MHS108) but not in the four-week wait.",
            "Mae cysylltiadau'r tîm hwn yn cyfrif mewn dau gyswllt neu fwy (MHS108) ond nid yn yr arhosiad pedair wythnos.",
        )
    return (
        False,
        "This team's activity will not count in the national community measures: neither MHS108 nor the four-week wait includes its type.",
        "Ni fydd gweithgarwch y tîm hwn yn cyfrif yn y mesurau cymunedol cenedlaethol: nid yw MHS108 na'r arhosiad pedair wythnos yn cynnwys ei fath.",
    )
