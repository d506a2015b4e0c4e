"""Groups that people are counted in, as received: sex, and ethnicity by the national code. Nobody is asked again for a count.

Source: FHIR R4 AdministrativeGender; NHS Data Dictionary, ETHNIC CATEGORY CODE 2001 (the 16 groups of the 2001 census, and not stated).
"""

from alongside.vocabulary.codes import Code, CodeList

SEXES = CodeList(
    "sex, as received",
    "FHIR R4 AdministrativeGender",
    Code("female", "female", "benyw"),
    Code("male", "male", "gwryw"),
    Code("other", "other", "arall"),
)
ETHNICITIES = CodeList(
    "ethnicity",
    "NHS Data Dictionary, ETHNIC CATEGORY CODE 2001",
    Code("A", "White British", "Gwyn Prydeinig", national="A"),
    Code("B", "White Irish", "Gwyn Gwyddelig", national="B"),
    Code("C", "any other White background", "unrhyw gefndir Gwyn arall", national="C"),
    Code("D", "White and Black Caribbean", "Gwyn a Du Caribïaidd", national="D"),
    Code("E", "White and Black African", "Gwyn a Du Affricanaidd", national="E"),
    Code("F", "White and Asian", "Gwyn ac Asiaidd", national="F"),
    Code("G", "any other mixed background", "unrhyw gefndir cymysg arall", national="G"),
    Code("H", "Indian", "Indiaidd", national="H"),
    Code("J", "Pakistani", "Pacistanaidd", national="J"),
    Code("K", "Bangladeshi", "Bangladeshaidd", national="K"),
    Code("L", "any other Asian background", "unrhyw gefndir Asiaidd arall", national="L"),
    Code("M", "Caribbean", "Caribïaidd", national="M"),
    Code("N", "African", "Affricanaidd", national="N"),
    Code("P", "any other Black background", "unrhyw gefndir Du arall", national="P"),
    Code("R", "Chinese", "Tsieineaidd", national="R"),
    Code("S", "any other ethnic group", "unrhyw grŵp ethnig arall", national="S"),
)
"""Whoever has not said it, or whose code says "not stated", is in none of them."""
