"""What invented applicants and readers write. Put together by number, so that it is always the
same.
"""

from dataclasses import dataclass

# ruff: noqa: E501 (prose is easier to read unbroken)

SUMMARY = (
    "Some nine months of workshops, a residential and action learning sets for Global Majority "
    "staff in London’s children’s services who are ready for a more senior post."
)
COMMITMENT = (
    "I agree my time away with my employer, prepare for each session, and keep what colleagues "
    "share in confidence."
)
QUESTIONS = (
    ("Tell us about a time you led others through a change.", "What did you do, and what came of it?", 300),
    ("What would you do differently in a more senior post?", "Think of your own service.", 250),
    ("What do you hope to take from the programme?", "", 150),
)  # fmt: skip
CRITERIA = (
    ("Leadership shown", "Led others, with or without the title, and says what came of it.", 3),
    ("Insight", "Sees what holds children, families or colleagues back, and why.", 2),
    ("Readiness", "Knows what they want from the programme and what they will do with it.", 1),
)
SESSIONS = (
    ("Welcome day", "workshop", "Central London, step-free"),
    ("Residential: who we are as leaders", "residential", "To be confirmed"),
    ("Action learning set 1", "learning_set", "Online"),
    ("Leading across a system", "workshop", "Central London, step-free"),
    ("Action learning set 2", "learning_set", "Online"),
    ("Presence and voice", "workshop", "Central London, step-free"),
    ("Celebration and next steps", "workshop", "Central London, step-free"),
)
SET_NAMES = ("Thames", "Lea", "Wandle")
READING = (
    "Notes of the day",
    "Leading as an outsider: two short articles",
    "Mapping a system: the worksheet",
)
ABOUT = (
    "I lead a duty team and would like to learn how to say no well.",
    "Twelve years in fostering. Ask me about kinship carers; I want to ask you about budgets.",
    "I work between health and social care, and mostly on trains.",
    "New to management, and glad not to be the only one.",
)
OPENINGS = (
    "When two teams were brought together last year, nobody had asked the people in them.",
    "Our duty service was losing a worker a month, and families met a new face at every visit.",
    "I was asked to lead a review of how we record what children tell us.",
    "After a difficult inspection our team needed to believe in its own practice again.",
    "Our fostering panel did not look like the carers who came before it.",
    "I set up a peer supervision circle for colleagues who were the only ones in their teams.",
)
MIDDLES = (
    "I began by listening: twelve conversations in a fortnight, and one page of what I had heard.",
    "I asked parents to tell us what a good first visit looked like, and we rewrote ours with them.",
    "I worked with a colleague in education so that both services told families the same thing.",
    "I put the figures by ward beside the stories, because neither alone had moved anybody.",
    "I had to tell a senior colleague that the plan would not work, and bring another one.",
    "We tried it with one team for six weeks before we asked anybody else to change.",
    "Some of it failed: the evening slots stood empty, and we said so and moved them.",
)
ENDINGS = (
    "By the spring nobody had left, and three people had applied for senior posts.",
    "It is now how the whole service works, and I am asked to help others begin.",
    "I learned to share the credit early and the difficulties earlier.",
    "What I am proudest of is that it went on when I was on leave.",
    "I would do it faster now, and with more people from the start.",
)
COMMENTS = (
    "A clear account of real change, told modestly.",
    "Strong on what was done; could say more about what was learned.",
    "Warm and thoughtful. The example is a small one, but well drawn.",
    "Insightful about the system. I should like to see how others were brought along.",
    "",
)
FEEDBACK = (
    "Your example showed care for your team. Next time, say more about what changed for children and families, and about your own part in it.",
    "You wrote with insight about your service. A second, smaller example of leading others would make the application stronger.",
)
ADJUSTMENTS = (
    "I use a screen reader. Please send documents as text rather than as pictures.",
    "I am dyslexic and would like a little more time to prepare for any conversation.",
)
AIMS = (
    "To change who leads London’s children’s services: Global Majority staff are under-represented "
    "in senior posts, and the programme measures itself by the people who reach them."
)
STRANDS = (
    ("staff_development", "Cohorts of leaders: workshops, learning sets, mentoring and sponsorship."),
    ("organisational_change", "What councils change in how they recruit, promote and listen."),
    ("conference", "A day each year for more than 200 colleagues from across London."),
)  # fmt: skip
EVIDENCE = (
    "Demonstration data. Global Majority staff are a smaller share of senior posts than of the "
    "workforce they lead, in this invented example 41% of practitioners and 18% of heads of service "
    "and above."
)
AIM = (
    "To enable people who share a protected characteristic to overcome a disadvantage, and to raise "
    "their participation in senior leadership, where it is disproportionately low (section 158(2))."
)
PROPORTIONALITY = (
    "General leadership courses ran for years without closing the gap. The programme adds to them, "
    "takes no post from anybody, is reviewed each year against the evidence, and ends when the gap "
    "does."
)


def answer(applicant: int, question: int) -> str:
    """One to five paragraphs, never the same two beside each other."""
    start = applicant + 2 * question
    middles = [
        MIDDLES[(start * 3 + step * 2) % len(MIDDLES)] for step in range(1 + (start * 5) % 4)
    ]
    first = OPENINGS[start % len(OPENINGS)]
    last = ENDINGS[(start * 2) % len(ENDINGS)]
    return "\n\n".join([first, *middles, last])


@dataclass(frozen=True)
class MailingWords:
    """A text to many people."""

    title: str
    subject: str
    body: str
    path: str = "/my/"
    is_news: bool = False


MAILINGS = {
    "done": MailingWords(
        "Room for the next session",
        "A change to something in your calendar",
        "Hello {given_name},\n\nThe next session of {cohort} is in a larger room of the same "
        "building. Nothing else changes.\n\n- Ask for us at the front desk.\n- The room is on the "
        "second floor; there is a lift.\n\n[See the dates]",
        "/my/cohorts/",
    ),
    "stopped": MailingWords(
        "While they wait for a decision",
        "Where things stand",
        "Hello {given_name},\n\nThank you for your patience. Everything is being read, and you "
        "hear from us by {decisions_by}. There is nothing you need to do.\n\n[See where it is]",
        "/my/applications/",
    ),
    "draft": MailingWords(
        "Before the first day",
        "Before {starts_on:day}",
        "Hello {given_name},\n\n{cohort} begins on {starts_on}. Here is what others found useful "
        "to do before:\n\n- tell your team that you are away that day,\n- talk with your manager "
        "about what you hope for.\n\n[See your cohort]",
        "/my/cohorts/",
        is_news=True,
    ),
}
"""What the office wrote to many, by how far it has got."""
