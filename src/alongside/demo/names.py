"""Names from lists of our own: first names in use, surnames that nobody has."""

from __future__ import annotations

FEMALE = (
    "Aaliyah", "Abigail", "Agnes", "Aisha", "Alys", "Amara", "Amelia", "Anwen", "Beatrice", "Bethan", "Bronwen", "Carys",
    "Catrin", "Ceridwen", "Chloe", "Daisy", "Eirlys", "Eleri", "Elin", "Elsie", "Esther", "Fatima", "Ffion", "Florence",
    "Freya", "Gwenllian", "Hafsa", "Harriet", "Hazel", "Heledd", "Imogen", "Iris", "Ivy", "Jasmine", "Keira", "Lowri",
    "Mabel", "Mali", "Matilda", "Megan", "Mirain", "Nadia", "Nerys", "Ngozi", "Olwen", "Orla", "Phoebe", "Priya", "Rhiannon",
    "Rosalind", "Ruby", "Sian", "Sophia", "Tamsin", "Tegan", "Thea", "Violet", "Winifred", "Yasmin", "Zofia",
)  # fmt: skip
MALE = (
    "Adeyemi", "Aled", "Alfie", "Angus", "Archie", "Arthur", "Barnaby", "Bilal", "Callum", "Cedric", "Cillian", "Dafydd",
    "Dewi", "Edmund", "Eifion", "Elias", "Emrys", "Felix", "Finley", "Gareth", "Geraint", "Gethin", "Gwilym", "Hamza", "Hari",
    "Harvey", "Huw", "Idris", "Iestyn", "Ifan", "Imran", "Ioan", "Isaac", "Jacek", "Jasper", "Kofi", "Leon", "Llew", "Logan",
    "Macsen", "Malachi", "Marek", "Mostyn", "Nathaniel", "Neville", "Osian", "Percy", "Quentin", "Rafael", "Ravi", "Rhodri",
    "Rufus", "Rupert", "Silas", "Stanley", "Tomos", "Tariq", "Trystan", "Umar", "Wilfred",
)  # fmt: skip
_BEGINNINGS = (
    "Otter", "Bramble", "Tide", "Heron", "Fern", "Cobble", "Drift", "Hazel", "Kestrel", "Lantern", "Marl", "Nettle", "Plover",
    "Quill", "Reed", "Saffron", "Thistle", "Umber", "Wren", "Yarrow", "Alder", "Bracken", "Curlew", "Dapple", "Ember", "Flint",
    "Gorse", "Hollow", "Iron", "Juniper", "Kelp", "Lark", "Moss", "Newt", "Oat", "Pebble", "Rowan", "Sorrel", "Tansy", "Withy",
)  # fmt: skip
_ENDINGS = (
    "acre", "beck", "bourne", "combe", "dale", "fold", "garth", "holt", "knap", "lea", "mere", "nant", "pool", "rigg", "shaw",
    "stead", "thwaite", "wick", "worth", "yate",
)  # fmt: skip
SURNAMES = tuple(begin + end for end in _ENDINGS for begin in _BEGINNINGS)
"""Eight hundred surnames put together from two lists, such as Otterbeck: plausible, and nobody's that we know of."""
