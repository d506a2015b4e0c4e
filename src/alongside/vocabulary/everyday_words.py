"""What people write when they look for help, and which needs it means: a written table in both languages, so that anybody can see why.

Welsh phrases are to be checked by a speaker. A search engine may come later; what stands here is what it must find at least.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from alongside.vocabulary.names import fold
from alongside.vocabulary.needs import NEEDS

CRISIS = "self_harm"
"""Words that mean this need bring crisis help first."""
WISHES = 8
BEGINS = 5
"""From so many letters on, the beginning of a single word is enough."""

_SAID = {
    "mood_and_worry": (
        "low; feeling low; low mood; mood; moods; down; sad; sadness; unhappy; miserable; depressed; depression; depressing; anxious; "
        "anxiety; worry; worried; worries; worrying; stress; stressed; panic; panicking; panic attack; panic attacks; nerves; nervous; "
        "scared; crying; tearful; cannot cope; cant cope; not coping; struggling; overwhelmed; burnt out; burnout; mental health; "
        "wellbeing; counselling; counsellor; therapy; therapist; talking therapy; someone to talk to; somebody to talk to; "
        "isel; teimlon isel; hwyliau; iselder; trist; digalon; pryder; pryderus; gorbryder; poeni; straen; panig; nerfus; ofnus; "
        "methu ymdopi; crio; iechyd meddwl; cwnsela; therapi; rhywun i siarad; siarad a rhywun"
    ),
    "sleep": (
        "sleep; sleeping; asleep; cannot sleep; cant sleep; no sleep; insomnia; awake; lie awake; lying awake; nightmares; tired; "
        "exhausted; cwsg; cysgu; methu cysgu; ddim yn cysgu; anhunedd; hunllefau; blinedig; wedi blino"
    ),
    "trauma": (
        "trauma; traumatic; traumatised; ptsd; flashbacks; childhood abuse; abused as a child; what happened to me; "
        "trawma; atgofion; ol fflachiau; cam drin plentyndod"
    ),
    "self_harm": (
        "suicide; suicidal; self harm; self harming; selfharm; harm myself; hurt myself; hurting myself; cutting; cut myself; cutting myself; "
        "kill myself; end my life; end it all; end it; want to die; wants to die; wish i was dead; better off dead; dont want to live; "
        "do not want to live; dont want to be here; do not want to be here; no reason to live; cannot go on; cant go on; overdose; took too many; crisis; in crisis; "
        "emergency; danger; in danger; unsafe; not safe; hurt; "
        "hunanladdiad; lladd fy hun; hunan niweidio; niweidio fy hun; brifo fy hun; torri fy hun; eisiau marw; ddim eisiau byw; "
        "ddim eisiau bod yma; methu mynd ymlaen; gorddos; argyfwng; mewn argyfwng; perygl; mewn perygl; ddim yn ddiogel"
    ),
    "voices": (
        "voices; hearing voices; hear voices; seeing things; psychosis; psychotic; paranoid; paranoia; schizophrenia; "
        "lleisiau; clywed lleisiau; gweld pethau; seicosis; paranoia; sgitsoffrenia"
    ),
    "eating": (
        "eating; eating disorder; anorexia; anorexic; bulimia; binge eating; bingeing; making myself sick; not eating; "
        "bwyta; anhwylder bwyta; anorecsia; bwlimia; ddim yn bwyta"
    ),
    "anger": "anger; angry; rage; temper; lose my temper; losing my temper; dicter; dig; yn grac; gwylltio; colli tymer",
    "grief": (
        "grief; grieve; grieving; bereaved; bereavement; mourning; loss; lost my mum; lost my dad; lost my husband; lost my wife; "
        "lost my partner; someone died; somebody died; has died; death; died; miscarriage; stillbirth; "
        "galar; galaru; profedigaeth; colled; colli mam; colli dad; wedi marw; marwolaeth"
    ),
    "memory": "memory; memory loss; forgetting; forgetful; dementia; alzheimers; confused; cof; colli cof; anghofio; dementia; dryslyd",
    "alcohol": (
        "alcohol; alcoholic; drink; drinks; drinking; drinker; drunk; drinking too much; stop drinking; cut down drinking; sober; "
        "yfed; alcoholig; yfed gormod; meddwi; rhoir gorau i yfed; diod"
    ),
    "drugs": (
        "drugs; drug; cannabis; weed; heroin; cocaine; addicted; addiction; addict; using again; overdose; substance misuse; "
        "cyffuriau; cyffur; canabis; caeth; dibyniaeth; gorddos"
    ),
    "tobacco": "tobacco; smoke; smoking; stop smoking; quit smoking; cigarettes; vape; vaping; nicotine; tybaco; ysmygu; smygu; stopio smygu; fepio",
    "gambling": "gambling; gamble; betting; bets; bookies; slot machines; casino; gamblo; betio",
    "physical_health": (
        "pain; chronic pain; aches; illness; ill; physical health; long covid; fatigue; diabetes; disabled; disability; "
        "poen; poen cronig; salwch; sal; iechyd corfforol; anabledd; anabl"
    ),
    "medicines": "medicines; medicine; medication; tablets; pills; pharmacist; prescription; side effects; meddyginiaeth; meddyginiaethau; tabledi; fferyllydd; presgripsiwn",
    "moving_and_eating_well": (
        "exercise; walking; walks; fitness; get fit; gym; active; lose weight; weight; diet; healthy eating; "
        "ymarfer corff; cerdded; ffitrwydd; cadwn heini; pwysau; deiet; bwytan iach"
    ),
    "money_and_debt": (
        "money; no money; debt; debts; in debt; bills; cannot pay; cant pay; cannot afford; cant afford; loan; loans; bailiffs; benefits; universal credit; "
        "pip; food bank; foodbank; hungry; no food; heating; budgeting; poor; skint; "
        "arian; dim arian; dyled; dyledion; biliau; methu talu; methu fforddio; benthyciad; budd daliadau; credyd cynhwysol; banc bwyd; "
        "llwgu; gwresogi"
    ),
    "housing": (
        "housing; house; homeless; homelessness; sleeping rough; on the streets; sofa surfing; nowhere to live; nowhere to stay; rent; arrears; "
        "evicted; eviction; landlord; tenancy; tenant; damp; mould; "
        "tai; ty; digartref; digartrefedd; cysgu ar y stryd; unman i fyw; nunlle i fyw; rhent; troi allan; landlord; tenantiaeth; lleithder"
    ),
    "work_and_training": (
        "work; job; jobs; find a job; lost my job; unemployed; unemployment; employment; redundant; training; volunteer; volunteering; cv; "
        "gwaith; swydd; swyddi; di waith; colli swydd; colli fy swydd; cyflogaeth; hyfforddiant; gwirfoddoli"
    ),
    "education": "education; school; college; university; exams; learning; bullied at school; ysgol; coleg; prifysgol; arholiadau; addysg; dysgu",
    "relationships": (
        "relationship; relationships; marriage; divorce; divorced; separated; separation; break up; breaking up; partner; couple; family problems; arguments; arguing; "
        "perthynas; perthnasoedd; priodas; ysgariad; ysgaru; gwahanu; partner; cwpl; ffraeo"
    ),
    "loneliness": (
        "lonely; loneliness; alone; all alone; on my own; isolated; isolation; no friends; friends; make friends; company; companionship; "
        "befriending; befriender; somebody to visit; meet people; nobody to talk to; no one to talk to; "
        "unig; unigrwydd; ar fy mhen fy hun; ynysig; dim ffrindiau; ffrindiau; cwmni; cyfeillio; cwrdd a phobl; neb i siarad"
    ),
    "domestic_abuse": (
        "domestic abuse; domestic violence; abusive; abusive partner; abuse; abused; hits me; hit me; beats me; hurts me; controlling; coercive control; violent; "
        "violence; refuge; afraid of my husband; afraid of my partner; scared of my husband; scared of my partner; stalking; hurt; danger; in danger; "
        "cam drin; cam drin domestig; trais; trais domestig; trais yn y cartref; rheolin orfodol; lloches; fy nharo; ofn fy ngwr; ofn fy mhartner"
    ),
    "sexual_violence": "rape; raped; sexual abuse; sexual assault; sexually abused; sexually assaulted; sexual violence; abused; trais rhywiol; cam drin rhywiol; treisio",
    "exploitation": "exploited; exploitation; slavery; modern slavery; trafficked; trafficking; county lines; grooming; groomed; cuckooing; camfanteisio; caethwasiaeth; masnachu pobl",
    "caring": (
        "carer; carers; caring; caring for; care for; looking after my mum; looking after my dad; looking after my husband; looking after my wife; looking after; respite; "
        "young carer; young carers; gofalwr; gofalwyr; gofalu; gofalu am; gofalwr ifanc; gofalwyr ifanc; seibiant"
    ),
    "parenting": "parent; parents; parenting; children; my child; my son; my daughter; toddler; teenager; family; rhiant; rhieni; magu plant; plant; fy mhlentyn; fy mab; fy merch; teulu",
    "becoming_a_parent": (
        "pregnant; pregnancy; expecting; new baby; baby; newborn; new mum; new mother; new dad; postnatal; postnatal depression; perinatal; baby blues; "
        "beichiog; beichiogrwydd; babi; babi newydd; disgwyl babi; mam newydd; ol enedigol"
    ),
    "neurodiversity": "autism; autistic; adhd; aspergers; neurodivergent; dyslexia; dyspraxia; tourettes; awtistiaeth; awtistig; dyslecsia; niwroamrywiol",
    "identity": "lgbt; lgbtq; gay; lesbian; bisexual; trans; transgender; non binary; gender; coming out; belonging; culture; hoyw; lesbiaidd; deurywiol; traws; rhywedd; perthyn; hunaniaeth",
    "discrimination": "discrimination; racism; racist; hate crime; homophobia; bullying; bullied; gwahaniaethu; hiliaeth; trosedd casineb; bwlio",
    "asylum": "asylum; asylum seeker; refugee; refugees; immigration; home office; visa; lloches; ceisiwr lloches; ffoadur; ffoaduriaid; mewnfudo; fisa",
    "legal": "legal; court; police; arrested; prison; probation; solicitor; criminal record; cyfreithiol; llys; heddlu; carchar; cyfreithiwr; arestio",
    "leaving_care_or_forces": (
        "veteran; veterans; army; navy; raf; armed forces; ex forces; care leaver; care leavers; leaving care; in care; "
        "cyn filwr; cyn filwyr; byddin; lluoedd arfog; gadael gofal"
    ),
    "meaning": (
        "bored; boredom; something to do; nothing to do; hobby; hobbies; art; craft; crafts; music; singing; choir; garden; gardening; allotment; church; chapel; mosque; "
        "faith; purpose; wedi diflasu; rhywbeth iw wneud; hobi; celf; crefft; crefftau; cerddoriaeth; canu; cor; garddio; gardd; eglwys; capel; ffydd"
    ),
    "digital": "computer; computers; internet; online; phone; smartphone; tablet; email; get online; cyfrifiadur; rhyngrwyd; arlein; ar lein; ffon; e bost",
    "transport": "transport; lift; a lift; bus; bus pass; taxi; cannot get there; cant get there; travel; trafnidiaeth; lifft; bws; tacsi; teithio",
}  # fmt: skip
_SAYS_NOTHING = (
    "a an and am are at be been by can do dont for from get getting got had has have having help helping i if im in is it its ive "
    "keep me more my need needs not of off on or our please really so some someone somebody something support that the their them "
    "they this to too very want wants was we what when where who will with would you your about all always any because but could "
    "feel feeling feels find he her here him his how just know like local make near out she there think up us much many lot lots keeps "
    "again anymore now still every day days night nights today mum mam mother dad father husband wife son daughter brother sister nan "
    "gran friend "
    "ac ar bod cael chi dw dwi ei eisiau eu fi fy gan gyda helpu hi iawn mae mewn mi na neu nhw ni oes oed rwy "
    "nawr eto tad gwr gwraig mab merch brawd chwaer rwyn rydw rydym sy sydd ti un wedi wrth ydw yn yr angen cymorth cefnogaeth rhywun rhywbeth"
)
"""Words that say nothing of what is looked for, in both languages; left out unless a phrase of the table holds them."""
_LEFT_OUT = frozenset(_SAYS_NOTHING.split())


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that a search asks for: words that stand together, and the needs they mean (none for a plain word)."""

    words: tuple[str, ...]
    needs: frozenset[str]


def read_wishes(text: str) -> tuple[Wish, ...]:
    """Read a search as wishes in its order: each phrase of the table with the needs it means, and each word beside them.

    Out: at most eight; words that say nothing ("I", "my", "help with") are left out unless a phrase holds them.
    """
    words = _split(text)
    needs: list[set[str]] = [set() for _word in words]
    for start, first in enumerate(words):
        for phrase, meant in _PHRASES.get(first, ()):
            if tuple(words[start : start + len(phrase)]) == phrase:
                for place in range(start, start + len(phrase)):
                    needs[place] |= meant
        if len(first) >= BEGINS:
            for single, meant in _SINGLE:
                if single.startswith(first):
                    needs[start] |= meant
    found: list[Wish] = []
    for word, meant in zip(words, needs, strict=True):
        if meant and found and found[-1].needs == meant:
            found[-1] = Wish((*found[-1].words, word), found[-1].needs)
        elif meant or word not in _LEFT_OUT:
            found.append(Wish((word,), frozenset(meant)))
    return tuple(dict.fromkeys(found))[:WISHES]


def calls_for_crisis(wishes: tuple[Wish, ...]) -> bool:
    """Tell whether a search speaks of danger, so that crisis help comes first."""
    return any(CRISIS in wish.needs for wish in wishes)


def _split(text: str) -> list[str]:
    return [word for word in re.split(r"[^\w]+", fold(text)) if len(word) > 1]


def _table() -> dict[str, list[tuple[tuple[str, ...], set[str]]]]:
    meant: dict[tuple[str, ...], set[str]] = {}
    for code, need in NEEDS.items():
        for said in (need.en, need.cy, *_SAID[code].split(";")):
            meant.setdefault(tuple(_split(said)), set()).add(code)
    found: dict[str, list[tuple[tuple[str, ...], set[str]]]] = {}
    for phrase, codes in meant.items():
        found.setdefault(phrase[0], []).append((phrase, codes))
    return found


_PHRASES = _table()
_SINGLE = [(phrase[0], codes) for phrases in _PHRASES.values() for phrase, codes in phrases if len(phrase) == 1]
