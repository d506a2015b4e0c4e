"""A second set of seeded looks for `tests/proofs/test_misuse_is_noticed.py`, from a fresh hand.

The shapes are those of `misuse_seeds.py`, whose docstring explains them. The rules were mended against that set, so what it
says of them is kind. This one was written from the specification (trust.md C24, T01, T02, T07, T15, V9) and put down before its
author had read the rules; of the test it was known that it counts how common a surname is, and that a look may break two
rules. It is another town: a part-time worker, a student, a volunteer, two at reception, nights on duty, a lead in a week of
audit, a colleague on leave and somebody covering; English, Welsh, South Asian and Polish names, double ones, and names from
before and after a wedding.

It may not be tuned to the rules. What was found in the first run, and what after any mending, is written here:

At first    79 of 85 misuses noticed (a heap of looks counts as one). Surname 20 of 26; postcode 9 of 9, employer 8 of 8, no
            contact 15 of 15, hours 16 of 16, an hour's volume 6 of 6, a day's 5 of 5. Ordinary looks noticed: 12 of 1,749,
            which is 6.9 in 1,000. All touches, searches and looks after an incident noticed.
            Missed: three Polish surnames (Kowalska and Kowalski, Wiśniewski and Wiśniewska), and three of the commonest
            surnames with business on the day (Jones, Thomas, Evans).
Mended      a woman's and a man's form of a Polish surname are one; the hour's margin holds for duty as for a team's hours.
After       82 of 85 misuses; the three commonest surnames stay. Ordinary: 11 of 1,749, 6.3 in 1,000. Both are named one by one,
            with the reasons, in the test.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta
from random import Random

chance = Random("a second town")


def week(days: str, opens: str, closes: str) -> tuple[tuple[int, str, str], ...]:
    """Give the same hours on each of the days: "01234" is Monday to Friday."""
    return tuple((int(day), opens, closes) for day in days)


WORKERS = {
    "angharad": ("Angharad Bevan", "ZZ31 4AA", "hwb.example", week("012", "09:00", "17:00")),  # part-time
    "zofia": ("Zofia Kowalska", "ZZ32 5BD", "cysur.example", week("01234", "09:00", "17:00")),
    "marek": ("Marek Wiśniewski", "ZZ33 6DE", "cysur.example", (*week("123", "13:00", "20:30"), (5, "10:00", "14:00"))),
    "imran": ("Imran Hussain", "ZZ34 7EF", "bwrdd.example", week("01234", "10:00", "18:00")),  # nights, by the rota
    "priya": ("Priya Nair-Thomas", "ZZ35 8FG", "hwb.example", week("1234", "10:00", "18:00")),
    "jaspreet": ("Jaspreet Kaur", "ZZ36 9GH", "hwb.example", week("01234", "08:30", "16:30")),
    "iwan": ("Iwan Prydderch", "ZZ37 1HJ", "cyngor.example", week("01234", "09:00", "17:00")),
    "callum": ("Callum Ashworth-Bell", "ZZ38 2JK", "coleg.example", week("013", "09:30", "16:30")),  # a student
    "beth": ("Beth Jones", "ZZ39 3KL", "hwb.example", week("01234", "08:00", "16:30")),  # reception, early
    "delyth": ("Delyth Evans", "ZZ31 6LM", "hwb.example", week("01234", "12:00", "20:00")),  # reception, late
    "joan": ("Joan Fothergill", "ZZ40 4MN", "bwrdd.example", week("01234", "08:30", "17:30")),  # leads the service
    "norma": ("Norma Pugh", "ZZ41 5NP", "outlook.com", ()),  # a volunteer
}
EMPLOYERS = ("hwb.example", "cysur.example", "bwrdd.example", "cyngor.example")
PEOPLE: dict[str, tuple[str | tuple[str, ...], str, str]] = {}
HOLDS: list[tuple[str, str]] = []
BUSINESS: list[tuple[str, str, str]] = []
LOOKS: list[tuple[str, str, str, str]] = []

DAYS = [
    day
    for day in (date(2026, 4, 27) + timedelta(days=number) for number in range(26))
    if day.weekday() < 5 and day != date(2026, 5, 4)  # the early May bank holiday
]
AUDIT = [day for day in DAYS if date(2026, 5, 11) <= day <= date(2026, 5, 15)]
PRIYA_IS_AWAY = [day for day in DAYS if date(2026, 5, 5) <= day <= date(2026, 5, 8)]
NIGHTS = [date(2026, 4, 28), date(2026, 4, 29), date(2026, 5, 7), date(2026, 5, 8), date(2026, 5, 9), date(2026, 5, 19)]
ON_DUTY = [
    *(("imran", f"{night}T21:00", f"{night + timedelta(days=1)}T07:30") for night in NIGHTS),
    ("imran", "2026-03-28T21:00", "2026-03-29T07:30"),  # the night the clocks go forward
    ("imran", "2026-06-05T21:00", "2026-06-06T07:30"),
    ("imran", "2026-06-09T21:00", "2026-06-10T07:30"),
    ("imran", "2026-07-10T21:00", "2026-07-11T07:30"),
    ("jaspreet", "2026-05-04T09:00", "2026-05-04T17:00"),  # the duty of the bank holiday
    ("angharad", "2026-05-14T09:00", "2026-05-14T17:00"),  # swapped her Tuesday for a Thursday, by the rota
]

# --- The town: Welsh surnames as common as they are, 6 in 100 of South Asian and 3 in 100 of Polish families, the rest seldom.

COMMON = {"Jones": 42, "Williams": 27, "Davies": 27, "Evans": 18, "Thomas": 17, "Roberts": 11, "Lewis": 11, "Hughes": 9}
COMMON |= {"Morgan": 9, "Griffiths": 8, "Edwards": 8, "Smith": 8, "James": 7, "Rees": 7, "Jenkins": 6, "Bevan": 3, "Pugh": 2}
ASIAN = {"Khan": 6, "Ali": 6, "Hussain": 5, "Ahmed": 5, "Begum": 5, "Kaur": 5, "Singh": 5, "Patel": 4, "Sharma": 2, "Nair": 1}
POLISH = {"Nowak": 4, "Kowalski": 2, "Kowalska": 2, "Wójcik": 2, "Zielińska": 2, "Wiśniewska": 1, "Mazur": 2, "Lewandowski": 2}
SYLLABLES = (
    "Ash",
    "Bram",
    "Crow",
    "Dun",
    "Elm",
    "Fern",
    "Hart",
    "Lang",
    "Marsh",
    "North",
    "Oak",
    "Rush",
    "Stan",
    "Thorn",
    "West",
)
ENDINGS = ("bury", "combe", "croft", "field", "ford", "ham", "hurst", "ley", "mere", "stead", "thwaite", "ton", "wick", "wood")
SELDOM = [first + last for first in SYLLABLES for last in ENDINGS]
GIVEN = {
    "asian": ("Amina", "Bilal", "Farah", "Gurpreet", "Harjit", "Meera", "Nadia", "Omar", "Ravi", "Sana", "Yusuf", "Zainab"),
    "polish": ("Agnieszka", "Bartek", "Dorota", "Ewa", "Grzegorz", "Kasia", "Łukasz", "Piotr", "Stanisław", "Wanda"),
    "other": ("Aled", "Barry", "Cerys", "Donna", "Emyr", "Gaynor", "Hilary", "Ioan", "Janet", "Kevin", "Lowri", "Menna", "Neil")
    + ("Olive", "Patrick", "Rhodri", "Sheila", "Trefor", "Una", "Vernon", "Wendy", "Evan", "Thomas", "Lewis", "Morgan", "James"),
}
TOWN = [
    (family, surname)
    for family, names in (("other", COMMON), ("asian", ASIAN), ("polish", POLISH))
    for surname, how_many in names.items()
    for _ in range(how_many)
]
TOWN += [("other", SELDOM[number % len(SELDOM)]) for number in range(780 - len(TOWN))]
chance.shuffle(TOWN)
CROWD = [f"townsperson {number}" for number in range(len(TOWN))]
for key, (family, surname) in zip(CROWD, TOWN, strict=True):
    given, other = chance.choice(GIVEN[family]), chance.choice(TOWN)[1]
    kind = chance.random()
    name: str | tuple[str, ...] = f"{given} {surname}"
    if kind < 0.04:
        name = f"{given} {surname}-{other}"
    elif kind < 0.12:
        name = (f"{given} {surname}", f"{given} {other}")  # married, or divorced
    # A postcode is some fifteen doors, and the town has nine hundred of them: a worker's is as likely as any other.
    doors = chance.randrange(900)
    postcode = (
        list(WORKERS.values())[doors][1] if doors < len(WORKERS) else f"ZZ{31 + doors % 11} {doors % 9 + 1}{'QRSTUV'[doors % 6]}X"
    )
    kind = chance.random()
    mail = ""
    if kind < 0.06:
        mail = chance.choice(("gmail.com", "outlook.com", "hotmail.co.uk", "btinternet.com"))
    elif kind < 0.11:
        mail = f"{chance.choice(SELDOM).lower()}.example"
    elif kind < 0.12:
        mail = chance.choice(EMPLOYERS)
    PEOPLE[key] = (name, postcode, mail)

# --- Misuse that a relation tells. Each has business on the day (an appointment made so as to have a reason): only the relation
# --- gives it away.

RELATIONS = [
    # Polish surnames have a man's and a woman's form, and are keyed with and without their marks.
    ("zofia", "Marek Kowalski", "", "", "surname"),  # her brother
    ("zofia", "Agata Kowalska", "", "", "surname"),  # her sister
    ("zofia", ("Agata Thornwick", "Agata Kowalska"), "", "", "surname"),  # her sister, married
    ("zofia", "Halina KOWALSKA", "", "", "surname"),  # her mother-in-law, keyed in capitals
    ("marek", "Ewa Wisniewska", "", "", "surname"),  # his wife, keyed at a desk without Polish letters
    ("marek", unicodedata.normalize("NFD", "Tadeusz Wiśniewski"), "", "", "surname"),  # his father, out of another system
    ("marek", "Lena Wiśniewska-Rushford", "", "", "surname"),  # his sister, married here
    # Welsh and English names, married, double and titled.
    ("angharad", "Rhodri Bevan", "", "", "surname"),  # her son
    ("angharad", "Mrs Sheila Bevan", "", "", "surname"),  # his grandmother
    ("angharad", "Gwenllian Bevan-Roberts", "", "", "surname"),  # her daughter
    ("iwan", "Nest Prydderch", "", "", "surname"),  # his ex-wife, who kept the name
    ("iwan", "llŷr  prydderch", "", "", "surname"),  # his nephew, keyed in haste
    ("joan", ("Susan Cranefield", "Susan Fothergill"), "", "", "surname"),  # her daughter
    ("joan", "Susan Cranefield (formerly Fothergill)", "", "", "surname"),  # the same, from a letter
    ("norma", "Arwel Pugh", "", "", "surname"),  # the volunteer's husband
    ("norma", "Anna Pugh\u2013Elmcroft", "", "", "surname"),  # with the dash a word processor makes
    # Double names of the worker: either half is theirs.
    ("priya", "Suresh Nair", "", "", "surname"),  # her father
    ("callum", "Dorothy Ashworth", "", "", "surname"),  # his mother's mother
    ("callum", "Ian Ashworth Bell", "", "", "surname"),  # his father, without the hyphen
    ("callum", "Tony Bell", "", "", "surname"),  # his uncle
    # South Asian names.
    ("imran", "Shabnam Hussain", "", "", "surname"),  # his wife
    ("imran", ("Shabnam Dunmere", "Shabnam Hussain"), "", "", "surname"),  # his ex-wife, who took another name since
    ("jaspreet", "Harbans Kaur", "", "", "surname"),  # her mother
    # The same in the commonest names of the place: the specification makes no exception for them.
    ("beth", "Kelly Jones", "", "", "surname"),  # her sister-in-law
    ("priya", "Glyn Thomas", "", "", "surname"),  # her husband
    ("delyth", ("Rita Marshley", "Rita Evans"), "", "", "surname"),  # her aunt
    # The same postcode, however it was keyed.
    ("angharad", "Next Doorley", "ZZ31 4AA", "", "postcode"),
    ("zofia", "Noisy Neighbour", "zz32 5bd", "", "postcode"),
    ("marek", "Ground Floor", "ZZ336DE", "", "postcode"),
    ("imran", "Former Wife", "ZZ34  7EF", "", "postcode"),
    ("jaspreet", "Her Lodger", " zz369gh ", "", "postcode"),
    ("beth", "Landlord Jones", "ZZ39 3KL", "", "postcode"),  # a Jones too
    ("delyth", "Across Theroad", "Zz31 6Lm", "", "postcode"),
    ("joan", "Stepson Hartley", "ZZ40\u00a04MN", "", "postcode"),  # with the blank of a web page
    ("norma", "Friend Ofnorma", "ZZ41 5NP", "", "postcode"),
    # The same employer: colleagues, and one's manager.
    ("angharad", "Tina Desk", "", "hwb.example", "employer"),
    ("zofia", "Manager Oakton", "", "cysur.example", "employer"),
    ("marek", "Rival Elmwick", "", "Cysur.Example", "employer"),
    ("imran", "Nurse Ashton", "", "ward7.bwrdd.example", "employer"),
    ("iwan", "Councillor Northley", "", "cyngor.example ", "employer"),
    ("callum", "Tutor Ferncombe", "", "coleg.example", "employer"),
    ("beth", "Chief Westbury", "", "chief.westbury@hwb.example", "employer"),
    ("joan", "Deputy Hartwood", "", "BWRDD.EXAMPLE", "employer"),
]
WHEN = {  # a day and a time when each is at work, in a week without bank holidays
    "angharad": "2026-05-11T10:40",
    "zofia": "2026-05-12T14:05",
    "marek": "2026-05-13T15:30",
    "imran": "2026-05-14T11:20",
    "priya": "2026-05-13T16:10",
    "jaspreet": "2026-05-15T09:15",
    "iwan": "2026-05-12T12:25",
    "callum": "2026-05-14T13:45",
    "beth": "2026-05-13T08:50",
    "delyth": "2026-05-14T18:35",
    "joan": "2026-05-20T16:00",
    "norma": "2026-05-12T11:00",
}
for number, (worker, who, postcode, mail, why) in enumerate(RELATIONS):
    key = f"related {number}"
    at = datetime.fromisoformat(WHEN[worker]) + timedelta(minutes=number % 7)
    PEOPLE[key] = (who, postcode, mail)
    BUSINESS.append((worker, key, f"{at:%Y-%m-%d}"))
    LOOKS.append((worker, key, f"{at:%Y-%m-%dT%H:%M}", why))

# --- Misuse with no appointment and no contact near, in working hours, by somebody who does not hold the person.

NOTHING_NEAR = [
    ("angharad", "the footballer", "2026-05-05T10:00", None),  # as the town does, she wonders
    ("beth", "the footballer", "2026-05-05T10:20", None),
    ("zofia", "in the paper", "2026-05-06T09:10", None),  # the morning after it was in the news
    ("iwan", "his old flame", "2026-05-06T15:55", None),  # under a name he does not share
    ("priya", "her tenant", "2026-05-14T12:30", None),
    ("callum", "taught with", "2026-05-14T10:10", None),  # a student, who is not his supervisor's nor his
    ("delyth", "from the gym", "2026-05-18T19:20", None),
    ("joan", "a complaint", "2026-05-19T14:00", None),  # somebody who wrote to the paper about her
    ("norma", "from church", "2026-05-12T11:30", None),
    ("imran", "a cousin's fiancé", "2026-05-08T03:15", None),  # a quiet night on duty
    ("jaspreet", "once hers", "2026-05-20T11:00", "2025-12-10"),  # closed five months ago
    ("marek", "eight days since", "2026-05-20T16:00", "2026-05-12"),
    ("zofia", "in nine days", "2026-05-18T13:00", "2026-05-27"),  # an appointment, but not near
    ("iwan", "a year to the day", "2026-05-19T10:30", "2025-05-19"),
    ("beth", "in a fortnight", "2026-05-20T08:40", "2026-06-03"),
]
for worker, key, text, business in NOTHING_NEAR:
    PEOPLE.setdefault(key, (f"Somebody Unrelated{len(PEOPLE)}", "", ""))
    if business is not None:
        BUSINESS.append((worker, key, business))
    LOOKS.append((worker, key, text, "no_contact"))

# --- Misuse at an hour when the worker is not at work, of somebody they hold and saw that day.

AT_ODD_HOURS = [
    ("angharad", "2026-05-14T20:10"),  # a Thursday; the swapped shift ended at five
    ("angharad", "2026-05-22T11:00"),  # a Friday, which is never hers
    ("zofia", "2026-05-17T15:20"),  # a Sunday
    ("zofia", "2026-05-13T23:40"),
    ("iwan", "2026-05-04T11:00"),  # the bank holiday
    ("iwan", "2026-05-12T05:35"),  # before anybody is up
    ("priya", "2026-12-25T10:30"),  # Christmas Day, a Friday, in what would be her hours
    ("imran", "2026-05-10T10:00"),  # a Sunday, two and a half hours after the night on duty
    ("imran", "2026-05-09T18:30"),  # the same Saturday, two and a half hours before it
    ("imran", "2026-05-13T03:00"),  # a night that is somebody else's
    ("callum", "2026-05-12T22:15"),  # a student from home
    ("beth", "2026-05-11T20:00"),  # reception is open, but hers is the early shift
    ("delyth", "2026-05-19T07:10"),  # and hers the late one
    ("marek", "2026-05-16T18:00"),  # Saturday, long after the group
    ("norma", "2026-05-13T02:40"),  # a volunteer, whose team has no hours of its own
    ("joan", "2026-03-29T03:30"),  # the night the clocks go forward, and no duty of hers
]
for number, (worker, text) in enumerate(AT_ODD_HOURS):
    key = f"at an odd hour {number}"
    PEOPLE[key] = (f"Known Well{SELDOM[number].lower()}", "", "")
    HOLDS.append((worker, key))
    BUSINESS.append((worker, key, text[:10]))
    LOOKS.append((worker, key, text, "hours"))


# --- Misuse by volume. T07 names thirty people an hour; of a day the specification says no number, and these are far beyond one.


def heap(worker: str, begins: str, how_many: int, minutes: float, why: str) -> None:
    """Let the worker open so many people's pages within the minutes, each with business on the day."""
    first = datetime.fromisoformat(begins)
    for number, key in enumerate(chance.sample(CROWD, how_many)):
        at = first + timedelta(minutes=minutes * number / how_many)
        BUSINESS.append((worker, key, f"{at:%Y-%m-%d}"))
        LOOKS.append((worker, key, f"{at:%Y-%m-%dT%H:%M:%S}", why))


heap("beth", "2026-06-02T09:03", 33, 52, "hour")
heap("delyth", "2026-06-02T13:00", 40, 15, "hour")  # every page opened to be printed
heap("norma", "2026-06-03T11:00", 31, 55, "hour")
heap("jaspreet", "2026-06-03T12:40", 60, 12, "hour")  # a program with her password
heap("zofia", "2026-06-04T10:38", 34, 50, "hour")  # across the full hour
heap("imran", "2026-06-06T02:10", 36, 48, "hour")  # on duty, in the small hours
heap("joan", "2026-06-09T08:45", 95, 8 * 60, "day")
heap("iwan", "2026-06-10T09:10", 110, 7.5 * 60, "day")
heap("delyth", "2026-06-10T12:15", 88, 7 * 60, "day")
heap("marek", "2026-06-13T10:00", 96, 4 * 60, "day")  # keeps below the limit of an hour, all of a Saturday
heap("imran", "2026-06-09T21:10", 90, 9.5 * 60, "day")  # a whole night, most of it after midnight

# --- Ordinary work.

CASELOADS: dict[str, list[str]] = {}
dealt = iter(chance.sample(CROWD, 400))
for worker, how_many in (
    ("angharad", 18),
    ("zofia", 30),
    ("marek", 26),
    ("imran", 20),
    ("priya", 24),
    ("jaspreet", 30),
    ("iwan", 26),
):
    CASELOADS[worker] = [next(dealt) for _ in range(how_many)]
    HOLDS += [(worker, person) for person in CASELOADS[worker]]
CASELOADS["callum"] = CASELOADS["zofia"][:4] + [next(dealt) for _ in range(3)]  # seen with, and under, a supervisor
HOLDS += [("callum", person) for person in CASELOADS["callum"]]
EVERYBODY = [person for people in CASELOADS.values() for person in people]
NEW = list(dealt)


def clock(text: str) -> int:
    """Give the minute of the day."""
    return int(text[:2]) * 60 + int(text[3:])


def works(worker: str, day: date) -> tuple[int, int] | None:
    """Give the first and the last minute of the worker's day, or nothing when they are not at work."""
    if worker == "priya" and day in PRIYA_IS_AWAY:
        return None
    if worker == "angharad" and day == date(2026, 5, 14):
        return (9 * 60, 17 * 60)
    if worker == "angharad" and day == date(2026, 5, 12):
        return None
    if worker == "imran" and (day in NIGHTS or day - timedelta(days=1) in NIGHTS):
        return None
    if worker == "norma":
        return (10 * 60, 13 * 60) if day.weekday() in (1, 3) else None
    for weekday, opens, closes in WORKERS[worker][3]:
        if weekday == day.weekday():
            return (clock(opens), clock(closes))
    return None


def work(worker: str, person: str, day: date, hours: tuple[int, int], business: int | None) -> None:
    """Let the worker open the page at some minute of their day; their business with the person is so many days away."""
    minute = chance.randrange(hours[0] + 5, hours[1] - 5)
    late = chance.random()
    if late < 0.006:
        minute = hours[0] - chance.randrange(2, 15)  # has the kettle on
    elif late < 0.02:
        minute = hours[1] + chance.randrange(2, 20)  # writes up the last conversation
    if business is not None:
        BUSINESS.append((worker, person, f"{day + timedelta(days=business)}"))
    LOOKS.append((worker, person, f"{day}T{minute // 60:02}:{minute % 60:02}", ""))


SATURDAYS = [date(2026, 5, 2), date(2026, 5, 9), date(2026, 5, 16)]
for day in sorted([*DAYS, *SATURDAYS]):
    for worker, people in CASELOADS.items():
        hours = works(worker, day)
        if hours is None:
            continue
        # Those of the day, before and after; and now and then one of the others, whose last contact may be weeks ago.
        for person in chance.sample(people, min(4, len(people))):
            for _ in range(chance.choice((1, 1, 2))):
                work(worker, person, day, hours, 0)
        if chance.random() < 0.7:
            work(worker, chance.choice(people), day, hours, None)
        # A colleague's person: an introduction answered, a group held together, a call taken.
        if worker != "callum" and chance.random() < 0.4:
            work(worker, chance.choice(EVERYBODY), day, hours, chance.randrange(-5, 6))
    for worker in ("beth", "delyth"):
        hours = works(worker, day)
        for person in chance.sample(EVERYBODY + NEW, chance.randrange(14, 24)) if hours else ():
            # Mostly of today; a letter, a change of date, somebody who rings about next week.
            work(worker, person, day, hours or (0, 0), chance.choice((0, 0, 0, 0, -1, 1, 3, 6, -4)))
    if (hours := works("norma", day)) is not None:
        for person in chance.sample(EVERYBODY, 3):
            work("norma", person, day, hours, chance.choice((0, 0, 2, -3)))
    if day in PRIYA_IS_AWAY:  # and a colleague covers, with a task for each
        for person in chance.sample(CASELOADS["priya"], 3):
            work("jaspreet", person, day, (8 * 60 + 30, 16 * 60 + 30), 0)
    if day in AUDIT:  # twenty-five records a day: the team saw most within the week, and the audit set a task for the others
        for person in chance.sample(EVERYBODY, 25):
            work("joan", person, day, (8 * 60 + 30, 17 * 60 + 30), chance.choice((0, 0, -1, -2, -4, -6)))
    elif day.weekday() < 5:  # supervision, a complaint, who is to hold whom
        for person in chance.sample(EVERYBODY, 4):
            work("joan", person, day, (8 * 60 + 30, 17 * 60 + 30), chance.choice((0, -1, -3, 4)))
for night in NIGHTS:  # calls, and going through those whom the day was worried about
    for person in chance.sample(EVERYBODY + NEW, 8):
        at = datetime(night.year, night.month, night.day, 21, 5) + timedelta(minutes=chance.randrange(10 * 60 + 20))
        BUSINESS.append(("imran", person, f"{at:%Y-%m-%d}"))
        LOOKS.append(("imran", person, f"{at:%Y-%m-%dT%H:%M}", ""))

# --- Ordinary work that looks a little like misuse, by hand.

CLOSE_BY = {
    "evans for bevan": ("Arthur Bevans", "", ""),
    "first name": (("Thomas Quilliam", "Thomas Quilliams"), "", ""),
    "first name too": ("Bevan Stanwick", "", ""),
    "a longer name": ("Una Bellamy", "", ""),
    "round the corner": ("Ken Crowcroft", "ZZ31 4AB", ""),
    "same outward": ("Ina Crowcroft", "ZZ31 5AA", ""),
    "no postcode": ("Nan Crowcroft", "", ""),
    "free mail": ("Pat Thornham", "", "outlook.com"),
    "like hwb": ("Sid Langham", "", "nothwb.example"),
    "kowal": ("Jan Kowal", "", ""),
}
PEOPLE |= CLOSE_BY
for worker, key in (
    ("angharad", "evans for bevan"),
    ("priya", "first name"),
    ("angharad", "first name too"),
    ("callum", "a longer name"),
    ("angharad", "round the corner"),
    ("angharad", "same outward"),
    ("norma", "no postcode"),
    ("norma", "free mail"),
    ("beth", "like hwb"),
    ("zofia", "kowal"),
):
    BUSINESS.append((worker, key, WHEN[worker][:10]))
    LOOKS.append((worker, key, f"{datetime.fromisoformat(WHEN[worker]) + timedelta(minutes=20):%Y-%m-%dT%H:%M}", ""))
EDGES = [
    ("zofia", "a week ago", "2026-05-20T10:00", "2026-05-13"),
    ("zofia", "in a week", "2026-05-13T10:00", "2026-05-20"),
    ("jaspreet", "duty of the bank holiday", "2026-05-04T10:00", "2026-05-04"),
    ("jaspreet", "again", "2026-05-04T15:30", "2026-05-04"),
    ("imran", "as the clocks change", "2026-03-29T00:50", "2026-03-29"),
    ("imran", "after the clocks changed", "2026-03-29T02:20", "2026-03-29"),
    ("imran", "handing over", "2026-05-10T07:40", "2026-05-09"),
    ("imran", "after midnight", "2026-05-09T00:05", "2026-05-08"),
]
for worker, key, text, business in EDGES:
    PEOPLE[key] = (f"Somebody Else{len(PEOPLE)}", "", "")
    BUSINESS.append((worker, key, business))
    LOOKS.append((worker, key, text, ""))
# What no rota and no diary knows of: a call that came after hours, a record read for an audit without a task, a letter that
# was answered late. The specification's own signals cannot tell these from misuse; they happen, seldom, and are counted.
UNTOLD = [
    ("zofia", "rang in distress", "2026-05-06T18:50", "2026-05-06"),
    ("joan", "no task was set", "2026-05-13T11:10", "2026-04-20"),
    ("beth", "letter came back", "2026-05-14T14:00", "2026-05-04"),
]
for worker, key, text, business in UNTOLD:
    PEOPLE[key] = (f"Somebody Else{len(PEOPLE)}", "", "")
    BUSINESS.append((worker, key, business))
    LOOKS.append((worker, key, text, ""))

# --- A made-up person, and somebody on the watch-list.

TOUCHES = [
    "/people/PERSON/in-a-crisis/",
    "/people/PERSON/introduce/",
    "/people/PERSON/contact/",
    "/people/PERSON/conversation/",
    "/people/PERSON/write-down/",
    "/people/PERSON/next-date/",
    "/people/PERSON/alerts/",
    "/people/PERSON/own-copy/",
    "/people/PERSON/allergies-and-medicines/",
    "POST /people/PERSON/write-down/",
    "POST /people/PERSON/holder/",
]
SEARCHES = [
    ("OLWEN NOBODY", "zz9 9zz"),
    ("Nobody Olwen", "ZZ99ZZ"),
    (" Olwen  Nobody ", " ZZ9 9ZZ"),
    ("Mrs Olwen Nobody", "ZZ9 9ZZ"),
    ("Olwen Nobodi", "ZZ9 9ZZ"),  # as it sounds
]
AFTER_AN_INCIDENT = ["nell", "dana", "wyn", "ada", "saf"]
