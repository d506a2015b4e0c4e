"""Seeded looks for `tests/proofs/test_misuse_is_noticed.py`: ordinary work, and misuse that must be noticed.

Whoever writes them knows the specification (trust.md C24, T01, T02, T07) and not the rules. Everything is plain values:

WORKERS   key: (name, home postcode or "", employer or "", hours)
          employer is the end of the work e-mail address; hours is a tuple of (weekday, opens, closes), Monday is 0, as "09:00";
          an empty tuple when the team has none of its own.
PEOPLE    key: (name, postcode or "", employer or "")
          a name may be a tuple of names: the present one first, then former ones.
HOLDS     (worker, person): the worker holds the person.
BUSINESS  (worker, person, "2026-03-02"): on that day the worker, or their team, had to do with the person: a contact, an
          appointment, a task, an introduction.
ON_DUTY   (worker, "2026-03-02T22:00", "2026-03-03T08:00"): on the duty rota from and until, in local time.
LOOKS     (worker, person, "2026-03-02T10:15", why)
          one opening of the person's own page, in local time. why is "" for ordinary work, or what must be noticed about it:
          surname, postcode, employer, no_contact, hours; hour or day for one of many looks of that worker on that day.
          A look may break more than one rule: why names one that must be among what is noticed.

TOUCHES   what a worker with no reason asks for by the address of a made-up person (V9); PERSON stands for the identifier.
SEARCHES  (name, postcode): how a made-up person, Olwen Nobody of ZZ9 9ZZ, is searched for with the date of birth that is true.
AFTER_AN_INCIDENT  who looks at somebody on the watch-list: each of them is to be noticed, and nothing else of theirs.

The figure to reach: everything that is misuse is noticed, and at most 5 of 1,000 ordinary looks are. Single acts of misuse are
written by hand, one a line, each with the story it tells. Ordinary work and the many looks of one volume are made by rule from
one seed, so that they are the same on every run. A volume of misuse has its day, for its worker, to itself.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

WEEK = tuple((weekday, "09:00", "17:00") for weekday in range(5))
RECEPTION = tuple((weekday, "08:30", "18:00") for weekday in range(5))
LATE_THURSDAY = (*(row for row in WEEK if row[0] != 3), (3, "12:00", "20:00"))

WORKERS = {
    "gwen": ("Gwen Jones", "ZZ1 1AA", "hub.example", WEEK),
    "huw": ("Huw Davies", "ZZ1 2BB", "hub.example", WEEK),
    "cadi": ("Cadi Lloyd", "ZZ10 3CC", "charity.example", LATE_THURSDAY),
    "rhian": ("Rhian O'Neill", "ZZ2 4DD", "hub.example", RECEPTION),
    "dai": ("Dai ap Gwilym", "ZZ3 5EE", "hub.example", WEEK),
    "tomos": ("Tomos Siôn", "ZZ4 6FF", "council.example", WEEK),
    "luis": ("Luis Garcia", "ZZ5 7GG", "council.example", WEEK),
    "sara": ("Sara Owen", "ZZ6 8HH", "charity.example", WEEK),
    "eira": ("Eira Jones-Quill", "ZZ7 9JJ", "charity.example", WEEK),
    # A volunteer: writes from a mailbox of her own, as half the country does; her team has no hours of its own.
    "vera": ("Vera Pritchard-Madeup", "", "gmail.com", ()),
}
PEOPLE: dict[str, tuple[str | tuple[str, ...], str, str]] = {}
HOLDS: list[tuple[str, str]] = []
BUSINESS: list[tuple[str, str, str]] = []
LOOKS: list[tuple[str, str, str, str]] = []
ON_DUTY = [
    # Every Tuesday and Friday night in March, and the nights that the misuse below is about.
    *(
        ("dai", f"2026-03-{day:02}T20:00", f"2026-03-{day + 1:02}T08:00")
        for day in range(1, 29)
        if date(2026, 3, day).weekday() in (1, 4)
    ),
    ("dai", "2026-04-14T20:00", "2026-04-15T08:00"),
    ("dai", "2026-04-16T20:00", "2026-04-17T08:00"),
    ("dai", "2026-06-09T20:00", "2026-06-10T08:00"),
    ("dai", "2026-10-24T20:00", "2026-10-25T08:00"),
]

# --- The people of the place: surnames as common as they are in Wales (Jones 6 in 100, Davies 4), the others seldom.

chance = Random("ordinary work and misuse")
GIVEN = ("Alun", "Bethan", "Carys", "Dewi", "Elin", "Ffion", "Gareth", "Owen", "Lloyd", "Morgan", "Nia", "Rhys", "Tomos")
SELDOM = [
    first + last
    for first in ("Pret", "Mad", "Imag", "Fict", "Inven", "Supp")
    for last in ("end", "eup", "ine", "ion", "ose", "ley")
]
SURNAMES = ["Jones"] * 24 + ["Davies"] * 16 + ["Williams"] * 16 + ["Evans"] * 12 + ["Thomas"] * 12
SURNAMES += [SELDOM[number % len(SELDOM)] + "son" for number in range(320)]
CROWD = [f"person {number}" for number in range(len(SURNAMES))]
for number, (key, surname) in enumerate(zip(CROWD, SURNAMES, strict=True)):
    # Nobody of the crowd lives at a worker's postcode; some live round the corner, where only the last letters differ.
    postcode = "ZZ1 1AB" if number % 50 == 0 else f"ZZ{20 + number % 60} {number % 9 + 1}XX"
    # One in four has a second name; one in two hundred has a worker's surname there, which says something or nothing.
    second = " Lloyd" if number % 200 == 130 else " Ann" if number % 4 == 0 else ""
    PEOPLE[key] = (f"{GIVEN[number % len(GIVEN)]}{second} {surname}", postcode, "works.example" if number % 10 == 0 else "")
JONESES, DAVIESES, OTHERS = CROWD[:24], CROWD[24:40], CROWD[80:]

# --- Misuse, act by act: who, whom, (name, postcode, employer), when, what must be noticed, and whether there was business.
# With business on the day, only the relation between the two gives it away.

RELATIONS = [
    # The same surname, however it is written.
    ("cadi", "Megan Lloyd", "", "", "surname"),
    ("cadi", "Siân Pritchard-Lloyd", "", "", "surname"),  # married, and kept a part
    ("cadi", ("Nia Pretend", "Nia Lloyd"), "", "", "surname"),  # married, and kept none
    ("cadi", "Megan Griffiths (née Lloyd)", "", "", "surname"),
    ("cadi", "LLOYD, Megan", "", "", "surname"),  # as an older system wrote it
    ("cadi", "Megan Lloyd Griffiths", "", "", "surname"),  # two surnames and no hyphen
    ("vera", "Ifor Madeup", "", "", "surname"),  # the worker's second part
    ("vera", ("Ann Other", "Ann Pritchard"), "", "", "surname"),  # the worker's first part, as it was before
    ("rhian", "Kieran O’Neill", "", "", "surname"),  # another apostrophe
    ("rhian", "Kieran ONEILL", "", "", "surname"),
    ("rhian", "Aoife O Neill", "", "", "surname"),
    ("tomos", "Elin Sion", "", "", "surname"),  # without its accent
    ("dai", "Elin Gwilym", "", "", "surname"),  # a daughter does not carry the "ap"
    ("luis", "Ana Garcia Lopez", "", "", "surname"),
    ("eira", "Gwyn Quill", "", "", "surname"),  # many are called Jones, and none but these two Quill
    # The same postcode, however it is written.
    ("gwen", "Alys Neighbour", "ZZ1 1AA", "", "postcode"),
    ("gwen", "Bet Neighbour", "zz11aa", "", "postcode"),
    ("gwen", "Cai Neighbour", "ZZ1  1AA", "", "postcode"),
    ("gwen", "Dan Neighbour", "ZZ1\u00a01AA", "", "postcode"),
    ("gwen", "Efa Neighbour", "ZZ1-1AA", "", "postcode"),
    ("gwen", "Fon Jones", " ZZ1 1AA. ", "", "postcode"),  # a common surname does not excuse the postcode
    ("cadi", "Gil Neighbour", "ZZ1O 3CC", "", "postcode"),  # the letter O for the figure
    # The same employer or organisation.
    ("huw", "Alys Colleague", "", "hub.example", "employer"),
    ("huw", "Bet Colleague", "", "HUB.Example", "employer"),
    ("huw", "Cai Colleague", "", "@hub.example", "employer"),
    ("tomos", "Dan Colleague", "", " council.example ", "employer"),
    ("tomos", "Efa Colleague", "", "housing.council.example", "employer"),  # another department's mail
    ("luis", "Fon Colleague", "", "fon@council.example", "employer"),
]
for number, (worker, name, postcode, employer, why) in enumerate(RELATIONS):
    key, day = f"relation {number}", f"2026-03-{2 + number % 5:02}"
    PEOPLE[key] = (name, postcode, employer)
    BUSINESS.append((worker, key, day))
    LOOKS.append((worker, key, f"{day}T14:{number:02}", why))

PEOPLE |= {
    "brother": ("Bryn Lloyd", "", ""),
    "next door": ("Mair Nextdoor", "ZZ1 1AA", ""),
    "across the street": ("Ned Opposite", "ZZ6 8HJ", ""),
    "in the news": ("Una Newsworthy", "ZZ90 1AA", ""),
    "once held": ("Wyn Formerly", "ZZ90 1AB", ""),
    "of another team": ("Yma Elsewhere", "ZZ90 1AC", ""),
    "week and a day": ("Zak Aweekago", "ZZ90 1AD", ""),
    "held": ("Heledd Held", "ZZ90 1AE", ""),
    "held by cadi": ("Cari Held", "ZZ90 1AF", ""),
    "held by vera": ("Vic Held", "ZZ90 1AG", ""),
    "held by dai": ("Del Held", "ZZ90 1AH", ""),
    "covered": ("Cled Covered", "ZZ90 1AJ", ""),
}
HOLDS += [
    ("cadi", "brother"),
    ("gwen", "next door"),
    ("huw", "held"),
    ("cadi", "held by cadi"),
    ("vera", "held by vera"),
    ("dai", "held by dai"),
    ("huw", "covered"),
]
BUSINESS += [
    ("luis", "once held", "2025-11-03"),
    ("rhian", "of another team", "2026-03-03"),
    ("tomos", "week and a day", "2026-03-10"),
    ("dai", "week and a day", "2026-06-02"),
    ("gwen", "covered", "2026-03-16"),
]
LOOKS += [
    # Holding somebody does not make a relation go away.
    ("cadi", "brother", "2026-03-02T10:00", "surname"),
    ("gwen", "next door", "2026-03-02T10:05", "postcode"),
    # No appointment, contact, task or introduction within seven days.
    ("sara", "across the street", "2026-03-02T10:40", "no_contact"),  # a neighbour, once, in the middle of a working day
    ("gwen", "in the news", "2026-03-03T09:30", "no_contact"),
    ("rhian", "in the news", "2026-03-03T09:31", "no_contact"),
    ("luis", "once held", "2026-03-04T11:00", "no_contact"),  # used to work with them
    ("luis", "of another team", "2026-03-03T11:05", "no_contact"),  # reception had business, the council had not
    ("tomos", "week and a day", "2026-03-02T11:00", "no_contact"),  # eight days before
    ("tomos", "week and a day", "2026-03-18T09:05", "no_contact"),  # eight days after
    ("dai", "week and a day", "2026-06-10T00:30", "no_contact"),  # eight days after in Britain, seven by Greenwich
    ("gwen", JONESES[20], "2026-03-05T12:00", "no_contact"),  # a common surname, and no business
    ("huw", DAVIESES[14], "2026-03-05T12:05", "no_contact"),
    ("gwen", "covered", "2026-03-30T12:00", "no_contact"),  # the leave is long over
    # Outside the hours, and not on duty.
    ("huw", "held", "2026-03-02T23:00", "hours"),
    ("huw", "held", "2026-03-03T05:30", "hours"),
    ("huw", "held", "2026-03-07T11:00", "hours"),  # a Saturday
    ("huw", "held", "2026-04-02T22:30", "hours"),  # the night before Good Friday
    ("huw", "held", "2026-04-06T10:30", "hours"),  # Easter Monday: a Monday, and closed
    ("huw", "held", "2026-12-25T11:00", "hours"),  # a Friday, and Christmas
    ("cadi", "held by cadi", "2026-03-06T19:30", "hours"),  # as late as on her Thursday, on a Friday
    ("cadi", "held by cadi", "2026-03-05T07:30", "hours"),  # her Thursday begins at noon
    ("vera", "held by vera", "2026-03-04T03:00", "hours"),  # no hours of their own is not all hours
    ("vera", "held by vera", "2026-03-08T23:30", "hours"),
    ("dai", "held by dai", "2026-03-04T22:00", "hours"),  # the night after his duty
    ("dai", "held by dai", "2026-03-06T18:30", "hours"),  # an hour and a half before it
    ("huw", "held", "2026-03-03T22:00", "hours"),  # somebody else's duty
    ("dai", "held by dai", "2026-10-25T11:00", "hours"),  # the Sunday after his night, when the clocks went back
]

# --- Misuse by volume: everybody looked at is the team's business that day, and only the number gives it away.


def many(worker: str, begins: str, how_many: int, minutes: float, why: str) -> None:
    """Let the worker open so many people's pages, evenly over the minutes."""
    first = datetime.fromisoformat(begins)
    for number, key in enumerate(chance.sample(OTHERS, how_many)):
        at = first + timedelta(minutes=minutes * number / how_many)
        BUSINESS.append((worker, key, f"{at:%Y-%m-%d}"))
        LOOKS.append((worker, key, f"{at:%Y-%m-%dT%H:%M:%S}", why))


many("rhian", "2026-04-14T10:31", 31, 58, "hour")  # one more than the limit of an hour (T07), across the full hour
many("huw", "2026-04-14T10:00", 35, 20, "hour")
many("dai", "2026-04-14T23:35", 34, 45, "hour")  # on duty, across midnight
many("rhian", "2026-04-15T09:00", 64, 8 * 60, "day")  # eight an hour, all day
many("gwen", "2026-04-15T09:00", 100, 7.5 * 60, "day")
many("tomos", "2026-04-15T13:00", 87, 3 * 60, "day")  # a stolen account that knows the limit of an hour and keeps under it
many("dai", "2026-04-16T20:30", 80, 8 * 60, "day")  # ten an hour through the night, half of them before midnight

# --- Ordinary work, from Monday 2 to Friday 27 March.

DAYS = [
    date(2026, 3, 2) + timedelta(days=number) for number in range(26) if (date(2026, 3, 2) + timedelta(days=number)).weekday() < 5
]
LEAVE = DAYS[10:15]
CASELOADS = {
    "gwen": JONESES[:3] + OTHERS[:22],
    "huw": DAVIESES[:3] + OTHERS[22:44],
    "cadi": OTHERS[44:64],
    "tomos": OTHERS[64:84],
    "luis": OTHERS[84:99],
}
HOLDS += [(worker, person) for worker, people in CASELOADS.items() for person in people]
OPENS_LATE = {"cadi": 12}


def ordinary(worker: str, person: str, day: date, minute: int, business: int | None = None) -> None:
    """Let the worker open the page at that minute of the day; their business with the person is so many days away."""
    if business is not None:
        BUSINESS.append((worker, person, f"{day + timedelta(days=business)}"))
    LOOKS.append((worker, person, f"{day}T{minute // 60:02}:{minute % 60:02}", ""))


for day in DAYS:
    # Holders open whom they hold, whether or not they meet this week; one look in twenty is for the note of a visit that
    # ended when the door was closed, a quarter of an hour late.
    for worker, people in CASELOADS.items():
        if worker == "huw" and day in LEAVE:
            continue
        opens, closes = (12, 20) if worker == "cadi" and day.weekday() == 3 else (9, 17)
        for person in chance.sample(people, 5):
            late = chance.random() < 0.05
            ordinary(
                worker, person, day, closes * 60 + chance.randrange(1, 16) if late else chance.randrange(opens * 60, closes * 60)
            )
    # Reception: whoever comes today, was here last week or is booked for next week; once a month it is twice as many.
    for person in chance.sample(OTHERS[100:], 40 if day == DAYS[8] else 14):
        ordinary("rhian", person, day, chance.randrange(8 * 60 + 30, 18 * 60), chance.choice((0, 0, 0, 0, 1, -1, 3, 7, -7)))
    # Two with a common surname who have business with each other; a first name that is the worker's surname.
    ordinary("gwen", chance.choice(JONESES[3:20]), day, chance.randrange(9 * 60, 17 * 60), chance.choice((0, 0, 2, -5)))
    ordinary("huw", chance.choice(DAVIESES[3:14]), day, chance.randrange(9 * 60, 17 * 60), 0)
    called_owen = [key for key in OTHERS if str(PEOPLE[key][0]).startswith("Owen ")]
    ordinary("sara", chance.choice(called_owen), day, chance.randrange(9 * 60, 17 * 60), chance.choice((0, 5)))
    # Receiving teams: an introduction came within the week, or somebody is expected.
    for worker in ("tomos", "luis", "sara"):
        ordinary(worker, chance.choice(OTHERS[200:]), day, chance.randrange(9 * 60, 17 * 60), -chance.randrange(8))
    if day in LEAVE:
        for person in chance.sample(CASELOADS["huw"], 5):
            ordinary("gwen", person, day, chance.randrange(9 * 60, 17 * 60), 0)
    # The duty worker of the night, before and after midnight, and round the end of the shift.
    if day.weekday() in (1, 4):
        for person in chance.sample(OTHERS[100:200], 3):
            ordinary("dai", person, day, chance.randrange(20 * 60, 24 * 60), 0)
        for person in chance.sample(OTHERS[200:300], 3):
            ordinary("dai", person, day + timedelta(days=1), chance.randrange(8 * 60), 0)
    # The team goes through twenty people at its weekly meeting.
    if day.weekday() == 2:
        for number, person in enumerate(chance.sample(OTHERS[100:200], 20)):
            ordinary("gwen", person, day, 13 * 60 + number * 5 // 2, 0)
    # Volunteers and the people they meet write from the same free mailboxes, and are no colleagues.
    free_mail = f"free mail {day}"
    PEOPLE[free_mail] = (f"Mali {SELDOM[day.day % len(SELDOM)]}sen", "", "gmail.com")
    ordinary("vera", free_mail, day, chance.randrange(10 * 60, 16 * 60), 0)
# One person's page, opened again and again while a form is filled in, is one person.
for minute in range(40):
    ordinary("luis", CASELOADS["luis"][0], DAYS[3], 15 * 60 + minute)

# --- What needs a record to touch: made-up people, and the watch-list.

TOUCHES = [
    "/people/PERSON/",
    "/people/PERSON/find-help/",
    "/people/PERSON/addresses/",
    "/people/PERSON/sharing/",
    "POST /people/PERSON/contact-safety/",
    "POST /people/PERSON/addresses/open/",
]
SEARCHES = [
    ("Olwen Nobody", "ZZ9 9ZZ"),
    ("olwen nobody", "zz99zz"),
    ("NOBODY, Olwen", "ZZ9 9ZZ"),
    ("Olwyn Nobody", "ZZ9  9ZZ"),  # as it sounds
]
AFTER_AN_INCIDENT = ["cora", "lea", "liv", "tess"]
