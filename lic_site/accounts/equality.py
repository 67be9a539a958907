"""The questions of equality monitoring, as codes and words.

Ethnic group: the 19 groups in five of the 2021 Census in England (ONS), asked in two steps. The
other questions follow the harmonised questions of the Government Statistical Service, shortened.
Every question can be passed over, and answered with 'prefer not to say'.
"""

from dataclasses import dataclass

PREFER_NOT = "prefer_not_to_say"
PREFER_NOT_WORDS = "Prefer not to say"

type Choices = tuple[tuple[str, str], ...]

ETHNIC_GROUPS: Choices = (
    ("asian", "Asian or Asian British"),
    ("black", "Black, Black British, Caribbean or African"),
    ("mixed", "Mixed or multiple ethnic groups"),
    ("white", "White"),
    ("other", "Other ethnic group"),
)

DETAILED_GROUPS: dict[str, Choices] = {
    "asian": (
        ("indian", "Indian"),
        ("pakistani", "Pakistani"),
        ("bangladeshi", "Bangladeshi"),
        ("chinese", "Chinese"),
        ("asian_other", "Any other Asian background"),
    ),
    "black": (
        ("caribbean", "Caribbean"),
        ("african", "African"),
        ("black_other", "Any other Black, Black British or Caribbean background"),
    ),
    "mixed": (
        ("white_black_caribbean", "White and Black Caribbean"),
        ("white_black_african", "White and Black African"),
        ("white_asian", "White and Asian"),
        ("mixed_other", "Any other Mixed or multiple background"),
    ),
    "white": (
        ("white_british", "English, Welsh, Scottish, Northern Irish or British"),
        ("irish", "Irish"),
        ("gypsy", "Gypsy or Irish Traveller"),
        ("roma", "Roma"),
        ("white_other", "Any other White background"),
    ),
    "other": (
        ("arab", "Arab"),
        ("other_other", "Any other ethnic group"),
    ),
}


@dataclass(frozen=True)
class Question:
    """One optional question with a choice of answers."""

    code: str
    words: str
    choices: Choices


QUESTIONS = (
    Question("sex", "What is your sex?", (("female", "Female"), ("male", "Male"))),
    Question(
        "age_band",
        "How old are you?",
        (
            ("under_25", "Under 25"),
            ("25_34", "25 to 34"),
            ("35_44", "35 to 44"),
            ("45_54", "45 to 54"),
            ("55_64", "55 to 64"),
            ("65_over", "65 or over"),
        ),
    ),
    Question(
        "disability",
        "Do you have a physical or mental health condition or illness that has lasted, or is "
        "expected to last, 12 months or more?",
        (("yes", "Yes"), ("no", "No")),
    ),
    Question(
        "religion",
        "What is your religion or belief?",
        (
            ("none", "No religion"),
            ("buddhist", "Buddhist"),
            ("christian", "Christian, all denominations"),
            ("hindu", "Hindu"),
            ("jewish", "Jewish"),
            ("muslim", "Muslim"),
            ("sikh", "Sikh"),
            ("any_other", "Any other religion or belief"),
        ),
    ),
    Question(
        "sexual_orientation",
        "Which of these best describes your sexual orientation?",
        (
            ("straight", "Straight or heterosexual"),
            ("gay_lesbian", "Gay or lesbian"),
            ("bisexual", "Bisexual"),
            ("any_other", "Other sexual orientation"),
        ),
    ),
)

OWN_WORDS_LENGTH = 200


def words_for(answers: dict[str, str]) -> dict[str, str]:
    """The answers as the person gave them, question → words, for their own eyes."""
    told: dict[str, str] = {}
    group = answers.get("ethnic_group", "")
    if group:
        told["Ethnic group"] = _words(ETHNIC_GROUPS, group)
    if detail := answers.get("ethnic_detail"):
        told["Ethnic background"] = _words(DETAILED_GROUPS.get(group, ()), detail)
    if own := answers.get("ethnic_own_words"):
        told["In your own words"] = own
    for question in QUESTIONS:
        if answer := answers.get(question.code):
            told[question.words] = _words(question.choices, answer)
    return told


def _words(choices: Choices, code: str) -> str:
    return dict(choices).get(code, PREFER_NOT_WORDS)
