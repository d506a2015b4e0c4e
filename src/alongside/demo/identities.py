"""Person number i of a demo: the same for the same seed, whichever path writes it down."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.demo.names import FEMALE, MALE, SURNAMES
from alongside.demo.population import AGE, DEPRIVATION, ETHNICITY, SEX, draw
from alongside.vocabulary.ages import age_on

PRONOUNS = {"female": "she/her", "male": "he/him"}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is; what happens to them stands in `lives`."""

    number: int
    chosen_name: str
    official_name: str
    pronouns: str
    born_on: date
    gender: str
    ethnicity: str
    deprivation: int
    postcode: str
    nhs_number: str
    phone: str
    email: str
    address: str
    language: str
    carer_name: str
    carer_phone: str

    def age(self, on: date) -> int:
        """Count their years on a day."""
        return age_on(self.born_on, on)


def identity(seed: int, number: int, today: date) -> Identity:
    """Make person number `number`; people differ from each other, and the mix is the population's.

    Source: `population`; deprivation stands in the made-up postcode (ZZ1 is the most deprived tenth, ZZ10 the least).
    """
    chance = random.Random(f"{seed}:person:{number}")
    sex = draw(chance, SEX)
    youngest, oldest = draw(chance, AGE)
    born_on = today - timedelta(days=chance.randint(youngest * 365 + youngest // 4 + 1, oldest * 365 + oldest // 4 + 360))
    first, last = chance.choice(FEMALE if sex == "female" else MALE), chance.choice(SURNAMES)
    tenth = draw(chance, DEPRIVATION)
    group = draw(chance, ETHNICITY)
    return Identity(
        number=number,
        chosen_name=f"{first} {last}",
        official_name=f"{first} {chance.choice(FEMALE if sex == 'female' else MALE)} {last}",
        pronouns=PRONOUNS[sex] if chance.random() < 0.6 else "",
        born_on=born_on,
        gender=sex,
        ethnicity=chance.choice(group) if chance.random() < 0.92 else "",
        deprivation=tenth,
        postcode=f"ZZ{tenth} {chance.randint(1, 9)}{chance.choice('ABDEFGHJ')}{chance.choice('ABDEFGHJ')}",
        nhs_number=nhs_number_of(number),
        phone=f"07700 900{chance.randint(0, 999):03d}",
        email=f"{first}.{last}.{number}@rivermouth.example".lower(),
        address=f"{chance.randint(1, 90)} Made-up Row, Rivermouth",
        language="cy" if chance.random() < 0.06 else "en",
        carer_name=f"{chance.choice(FEMALE + MALE)} {last}",
        carer_phone=f"01632 960{chance.randint(0, 999):03d}",
    )


def nhs_number_of(number: int) -> str:
    """Give a number of the 999 range, which is given to nobody, with a check digit that holds.

    Of any ten neighbours at least nine have a check digit (modulus 11), so nine people share each ten; after 899,999 people
    there are none left (the next would be ten nines, which is a placeholder) and somebody has no number.
    """
    ten, place = divmod(number, 9)
    if number >= 899_999:
        return ""
    checked = [(ten * 10 + last, _check_digit(f"999{ten:05d}{last}")) for last in range(10)]
    body, check = [(body, check) for body, check in checked if check != 10][place]
    return f"999{body:06d}{check}"


def _check_digit(nine: str) -> int:
    total = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11
