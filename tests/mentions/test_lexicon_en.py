"""Tests of `cxdrivers/mentions/lexicon/en.toml`: what each rule finds, and what it leaves alone."""

from __future__ import annotations

import pytest

from cxdrivers.mentions.detector import find_mentions
from cxdrivers.mentions.lexicon import load_lexicon
from cxdrivers.mentions.word_classes import class_members

LEXICON = load_lexicon("en")

FIRED = {
    "role": [
        "The technician rang before he set off.",
        "our senior claims handler lost the papers",
        "an airport security guy made us repack twice",
        "The reciptionist never looked up",
        "the voluntear carried my bags",
    ],
    "job title between quotation marks": ['A "Delight Ninja" closed my ticket unread.'],
    "title and name": ["Mrs Okonkwo filled in the form with me.", "Suresh ji explained the plan"],
    "first name": ["Niamh fixed it in no time", "cheers to siobhan at the desk"],
    "name with a deed or a department": ["Many thanks to Grace for her time."],
    "person": [
        "A lovely lass on the phones.",
        "some bloke in a van told me to move",
        "this sheila knew every valve",
        "a young man in the shop was whistling",
        "I spoke to a real person within a minute",
        "what a jobsworth",
    ],
    "what an employee is called": ["An absolute legend, thank you."],
    "group of employees": [
        "The crew could not have cared less.",
        "everyone I dealt with was charming",
        "them lot in the stores know nothing",
        "Your people did a grand job.",
    ],
    "colleague": ["Your colleague told me the opposite."],
    "he or she": ["She phoned the depot for me.", "he was ever so gentle"],
    "someone who": [
        "At last somebody who reads what you write",
        "Someone actually rang me back",
    ],
    "they, as people": [
        "they talked me through it",
        "They were so polite.",
        "You guys listened to me",
    ],
    "treated by somebody": [
        "I was helped straight away.",
        "got fobbed off again",
        "was treated with respect",
        "I felt listened to",
    ],
    "deed without a subject": [
        "Explained everything clearly.",
        "Went above and beyond.",
        "Nothing was too much trouble",
        "rolled her eyes",
    ],
    "bare quality": ["Very patient and kind.", "Polite, quick, knowledgeable", "So rude!"],
}
ABSENT = {
    "no employee": ["There was no staff at all.", "Not a living soul at the counter"],
    "nobody answers": ["Nobody picked up.", "rang nine times and no answer"],
    "no person could be reached": [
        "I could not get through to a human.",
        "Impossible to speak to an adviser",
    ],
    "only a machine": ["Only a chatbot these days", "I was passed to a robot"],
    "too few employees": ["One till open at noon.", "Hopelessly understaffed."],
}
MASKED = {
    "own people": [
        "My husband sorted the forms.",
        "me nan reads the bill",
        "My brother Kevin set it up",
        "our own engineer repaired it",
    ],
    "family member with a job": ["My sister is a cabin attendant, so I know."],
    "former trade": ["Retired mechanic here."],
    "writer's own job": ["I am a plumber and this tap is poor.", "I work as a nurse on nights"],
    "anybody of that trade": [
        "Any electrician would laugh at this socket.",
        "I had to hire my own plumber",
    ],
    "recommendation by a colleague": ["Recommended by a colleague."],
    "greeting": ["Dear Sir or Madam, the bill is wrong", "Regards, Susan"],
    "other customers": [
        "Other passengers pushed past.",
        "The woman behind me snored",
        "A man in 12B sang all night",
    ],
    "bot": [
        "The chatbot Emily loops.",
        "Your virtual assistant knows nothing",
        "robot lady on a loop",
    ],
    "product or price with a person in it": [
        "The ladies toilets were shut.",
        "Staff discount is too small",
        "Cleaner than before",
    ],
    "brand or place with a name in it": ["John Lewis is cheaper", "St James station is shut"],
    "word of a contract or an advert": ['It said "an adviser may contact you".'],
}
SERVICE = {"service": ["Customer service is quick", "The billing department is slow"]}
NOTHING = [
    "Good value for money.",
    "They deliver on time.",
    "You raised my premium again",
    "I was charged twice for one ticket",
    "The app crashes when I log in",
    "Will never return, may complain",
    "Mark my words, it will break",
    "a helpful website and a friendly price",
    "My order was handled quickly",
    "It never let me down",
    "Lovely and warm",
]


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(rule, text) for rule, texts in table.items() for text in texts]


def read(text: str):
    return find_mentions([text], language="en", method="lexicon").tidy().iloc[0]


@pytest.mark.parametrize(("rule", "text"), cases(FIRED))
def test_words_for_an_employee_are_a_mention_by_their_rule(rule: str, text: str):
    found = read(text)
    assert found["mention"]
    assert rule in found["rules"]


@pytest.mark.parametrize(("rule", "text"), cases(ABSENT))
def test_nobody_to_be_had_is_absence_and_no_mention(rule: str, text: str):
    found = read(text)
    assert found["absent"]
    assert not found["mention"]
    assert rule in found["rules"]


@pytest.mark.parametrize("text", [text for _, text in cases(MASKED)] + NOTHING)
def test_false_friends_and_things_are_no_mention(text: str):
    assert not read(text)["mention"]


@pytest.mark.parametrize(("rule", "text"), cases(MASKED))
def test_a_false_friend_is_kept_out_by_its_own_rule(rule: str, text: str):
    found = find_mentions([text], language="en", method="lexicon").found[0]
    assert rule in {span.rule for span in found}


@pytest.mark.parametrize(("rule", "text"), cases(SERVICE))
def test_a_service_is_a_mention_only_when_asked_for(rule: str, text: str):
    asked = find_mentions([text], language="en", method="lexicon", service_nouns=True)
    assert asked.mention.tolist() == [True]
    found = read(text)
    assert not found["mention"]
    assert rule in found["rules"]


def test_every_rule_of_the_lexicon_is_shown_at_work_here():
    shown = {*FIRED, *ABSENT, *MASKED, *SERVICE}
    assert {rule.name for rule in LEXICON.rules} == shown


@pytest.mark.parametrize(
    "text",
    [
        "First nobody answered, then a lovely lady rang me back.",
        "Not a soul at the desk. In the end a supervisor came.",
    ],
)
def test_absence_and_a_mention_may_stand_in_one_text(text: str):
    found = read(text)
    assert found["absent"]
    assert found["mention"]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The driver was friendly and patient.", 1),
        ("The driver was rude.", -1),
        ("The driver was not friendly.", -1),
        ("The driver wore a hat.", 0),
    ],
)
def test_a_mention_has_the_sign_of_what_is_said_around_it(text: str, polarity: int):
    assert read(text)["polarity"] == polarity


@pytest.mark.parametrize(
    "text",
    [
        "THE DRIVER WAS LATE",
        "the  DRIVER\u200b was late",
        "the drvier… late",
        "the driverrrr was late 😡",
        "<p>the driver</p>",
        "your colleagueâ€™s advice",
    ],
)
def test_capitals_slips_and_broken_encodings_hide_nobody(text: str):
    assert read(text)["mention"]


@pytest.mark.parametrize(
    "text",
    [
        "The wee lassie at the till was grand",
        "Your man on the desk was sound out",
        "the tradesman was a ripper fella",
        "The aunty at counter number 4 was shouting only",
        "Good ol boy brought the tank on a Sunday",
        "That tannie in the fabric shop knows her cloth",
    ],
)
def test_regional_words_for_a_person_are_known(text: str):
    assert read(text)["mention"]


@pytest.mark.parametrize(
    "text",
    [
        "The bosun helped me up the gangway.",
        "The pallbearers never faltered.",
        "Cheesemonger let us taste nine sorts.",
        "the arborist explained which limb had to go",
        "The interpreter spoke gently with my grandmother.",
        "Two movers carried the wardrobe up six flights.",
        "Kuya at the counter was very fast",
        "Shout out to Tremaine and Yusra on nights.",
        "Give Tawanda a raise",
        "The girl with the nose-ring knew every spice.",
        "the night crew left it in the rain",
    ],
)
def test_trades_of_every_sector_and_names_of_every_country_are_known(text: str):
    assert read(text)["mention"]


@pytest.mark.parametrize(
    "text",
    [
        "Answered point by point, all twelve questions",
        "A blanket was put in my lap and a tea in my hands",
        "Brought an umbrella without me asking",
        "Remembered my name after two years",
        "Sent from desk 2 to desk 9 and back",
        "waved through, tank filled, off I went",
        "not a cross word from anyone",
        "I got the brush-off, plain and simple.",
        "Had the decency to ring and own up.",
        "Not so much as a thank you",
        "Sir please wait two days sir, every time the same",
    ],
)
def test_a_deed_without_a_doer_that_only_a_person_does_is_a_mention(text: str):
    found = read(text)
    assert found["implicit"]
    assert not found["explicit"]


@pytest.mark.parametrize(
    "text",
    [
        "My brother-in-law skippers a trawler and likes these nets.",
        "My koro has driven on worse tyres",
        "My own crew of 6 fitters could do it in a day",
        "My accountant Karen set up the feed in minutes.",
        "My helper, Rosa, uses this mop and she likes it",
        "The lads from church borrowed it",
        "The plumber I hired myself said your valve is rubbish.",
        "Some bloke in the sauna hogs the bench",
        "The drivers on this road are maniacs",
        "Regards, Tom Hill (Sales Manager)",
    ],
)
def test_people_of_the_writer_or_of_elsewhere_are_no_mention(text: str):
    assert not read(text)["mention"]


@pytest.mark.parametrize(
    "text",
    [
        "One expects a nurseryman to know his bulbs, yet I only saw the web page",
        "If a driver had to use your app he would give up",
        "Instead of a person you get a form",
        "In Germany a shop assistant would wrap it",
        "They should hire people who can read",
        "A scammer rang pretending to be your staff",
        "Your ad says friendly people, your app says error 500",
    ],
)
def test_people_who_are_only_imagined_or_promised_are_no_mention(text: str):
    assert not read(text)["mention"]


@pytest.mark.parametrize(
    "text",
    [
        "Usha fan runs quietly",
        "The Captain Morgan rum glass was a nice extra",
        "Agent Smith costume ripped.",
        "A model of the nurse was sold out",
        "The new John Grisham arrived torn.",
        "The site treated me as a new user.",
        "My chair was gentle on the hips.",
        "what a rubbish app bro it crashes daily",
    ],
)
def test_products_and_things_with_a_human_word_are_no_mention(text: str):
    assert not read(text)["mention"]


@pytest.mark.parametrize(
    "form",
    [
        "longer",
        "bigger",
        "priced",
        "waited",
        "served",
        "thirty",
        "landscape",
        "leaders",
        "analysis",
        "screened",
    ],
)
def test_a_real_word_is_no_typing_error_of_an_occupation(form: str):
    assert not class_members([form], LEXICON.classes, LEXICON.known)["role"][0]


def test_a_name_that_is_also_a_word_needs_a_capital_and_a_context():
    assert read("I asked Rose to help")["mention"]
    assert not read("Prices rose again")["mention"]
    assert not read("Rose gold is dear")["mention"]
