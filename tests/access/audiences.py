"""Who may, for each kind of address. Reasoned from docs/decisions/0005 and never from the code.

Each audience says for everybody in the cast how an address answers:

    yes      it is for this person
    refused  403: there is such a thing, and the reason is told why it is not for this person
    unseen   404: for this person there is no such thing
    door     sent to sign in
    on       sent on to where it makes sense
"""

from __future__ import annotations

from dataclasses import dataclass

VIEWERS = {
    "nobody": "nobody signed in",
    "rui": "left two months ago; his account is closed",
    "samuel": "auditor from outside",
    "priya": "starts in twelve days",
    "yusuf": "support, another division",
    "ruth": "system administrator",
    "mei": "colleague of Tomás, part-time",
    "joao": "colleague of Tomás, on leave",
    "tomas": "employee",
    "ana": "his manager, lead of Platform",
    "leo": "her manager, head of Technology",
    "nkechi": "chief executive",
    "fatima": "people partner of Technology",
    "ingrid": "HR administrator",
}

NOT_IN = ("nobody", "rui")
OUTSIDE = ("samuel", "priya")
IN = tuple(key for key in VIEWERS if key not in NOT_IN)
WORK_HERE = tuple(key for key in IN if key not in OUTSIDE)

STATUS = {"refused": 403, "unseen": 404, "door": 302, "on": 302, "closed": 401}


@dataclass(frozen=True)
class Audience:
    """Whom an address is for, and why."""

    reason: str
    answers: dict[str, str]


def audience(reason: str, *, yes: str, refused: str = "", **others: str) -> Audience:
    """An audience by keys of the cast; whoever is signed in and not named sees no such thing."""
    answers = {key: "door" if key in NOT_IN else "unseen" for key in VIEWERS}
    for answer, keys in {"refused": refused, **others, "yes": yes}.items():
        answers |= dict.fromkeys(keys.split(), answer)
    unknown = set(answers) - set(VIEWERS)
    assert not unknown, f"not in the cast: {unknown}"
    return Audience(reason, answers)


def all_of(*keys: str) -> str:
    """Keys as audiences take them."""
    return " ".join(keys)


def place(reason: str, yes: str) -> Audience:
    """A place of the product: whoever it is not for is told so."""
    return audience(reason, yes=yes, refused=all_of(*IN))


def act_on_colleague(reason: str, yes: str) -> Audience:
    """An act on something that all who work here see."""
    return audience(reason, yes=yes, refused=all_of(*WORK_HERE))


# ── Whoever asks ─────────────────────────────────────────────────────────────────────────────
ANYBODY = audience("Open without sign-in.", yes=all_of(*VIEWERS))
SIGNED_IN = audience("One's own, or open to all who sign in.", yes=all_of(*IN))
NOT_SIGNED_IN = audience("Only makes sense before one is in.", yes=all_of(*NOT_IN), on=all_of(*IN))
HALF_IN = audience("Only makes sense half-way through the door.", yes="", on=all_of(*IN))
SCRIPTS = audience("Answers scripts; a page is sent to the door.", yes="", on=all_of(*IN))
FOUNDED = audience(
    "The first account is made: there is no such door any more.", yes="", on=all_of(*VIEWERS)
)
DOES_NOT_EXIST = audience(
    "Demo mode is off: there is no such door.", yes="", unseen=all_of(*VIEWERS)
)

# ── What belongs to one person ────────────────────────────────────────────────────────────────
NO_SUCH_PROOF = audience("Nobody has added an app or codes.", yes="")
WITH_A_PASSKEY = audience(
    "Tomás has a passkey; the others are sent to prove themselves otherwise.",
    yes="tomas",
    on=all_of(*(key for key in IN if key != "tomas")),
)
WITHOUT_APP = audience("Nobody has an app; sent on to another proof.", yes="", on=all_of(*IN))
OF_TOMAS_ALONE = audience("Belongs to Tomás; nobody else has it, HR neither.", yes="tomas")
DRAFT_OF_TOMAS = audience(
    "Belongs to Tomás; a script is told that nobody is signed in.",
    yes="tomas",
    closed=all_of(*NOT_IN),
)
OWN_DRAFT = audience(
    "Everybody writes his own; a script is told that nobody is signed in.",
    yes=all_of(*IN),
    closed=all_of(*NOT_IN),
)

# ── The organisation ──────────────────────────────────────────────────────────────────────────
ORGANISATION = place("The organisation is for those who work here.", all_of(*WORK_HERE))
COLLEAGUE = audience("Exists for all who work here.", yes=all_of(*WORK_HERE))
LEAVER = audience(
    "A leaver exists for the line of the last day, HR of the unit and executives.",
    yes="ana leo nkechi fatima ingrid",
)
NEWCOMER = audience(
    "Who has yet to start exists for himself, the line, HR of the unit and executives.",
    yes="priya ana leo nkechi fatima ingrid",
)
AUDITOR = audience(
    "Whoever holds no post exists for himself, HR administrators and executives.",
    yes="samuel nkechi ingrid",
)

# ── Goals ─────────────────────────────────────────────────────────────────────────────────────
OWN_GOAL_OF_MEI = act_on_colleague("Whose goal it is, does this: here Mei.", "mei")
TWO_SIDES_OF_MEI = act_on_colleague(
    "The owner and whoever leads the owner do this: Mei and Ana.", "mei ana"
)
CLOSES_GOAL_OF_MEI = act_on_colleague(
    "The owner, the line above and HR close a goal.", "mei ana leo nkechi fatima ingrid"
)
SHARES_OUT_PLATFORM = act_on_colleague(
    "Whose goal it is, shares it out to those who report there: here the lead of Platform.", "ana"
)
PRIVATE_GOAL_OF_MEI = audience(
    "A private goal exists for the two who agree on it; for HR and executives it does not.",
    yes="mei ana",
)
HELP_ASKED_OF_TOMAS = audience(
    "A request for help with a goal exists for the two between whom it is, and its owner.",
    yes="mei tomas",
)
PROPOSAL_TO_TOMAS = audience(
    "What is not agreed yet exists for the two sides, the line above and HR.",
    yes="tomas ana leo nkechi fatima ingrid",
)
ANSWERS_PROPOSAL_TO_TOMAS = audience(
    "It is the turn of Tomás; the others follow the talk and are told so.",
    yes="tomas",
    refused="ana leo nkechi fatima ingrid",
)
CANNOT_AGREE_WITH_TOMAS = audience(
    "The two who cannot agree ask somebody to mediate: Tomás and Ana; the others follow the talk.",
    yes="tomas ana",
    refused="leo nkechi fatima ingrid",
)
MEDIATES_FOR_TOMAS = audience(
    "Who was asked to mediate, recommends: here Leo; the others follow the talk.",
    yes="leo",
    refused="tomas ana nkechi fatima ingrid",
)
DRAFT_GOAL_OF_TOMAS = audience("A draft exists for its author only.", yes="tomas")
EFFORT_OF_TOMAS = act_on_colleague(
    "Where a person's effort goes is seen by the person, the line above and HR.",
    "tomas ana leo nkechi fatima ingrid",
)
EFFORT_OF_PLATFORM = act_on_colleague(
    "Beside Platform stands one person alone: its figures are for its leads, HR and executives.",
    "ana leo nkechi fatima ingrid",
)
ANSWERS_QUESTION = audience(
    "Answered by all who work here; each finds no answer but the own one.",
    yes=all_of(*WORK_HERE),
)
CHANGES_PERIODS = act_on_colleague("HR administrators open and close periods.", "ingrid")

# ── Files, records, acts on people ────────────────────────────────────────────────────────────
RECORDS_OF_TOMAS = act_on_colleague(
    "Records are read by the person and by HR of the unit; not by managers.", "tomas fatima ingrid"
)
RECORDS_OF_RUI = audience(
    "Records of a leaver are read by HR of the unit; the line sees him and is told why not.",
    yes="fatima ingrid",
    refused="ana leo nkechi",
)
HR_OF_TECHNOLOGY = act_on_colleague(
    "HR of the unit changes this: HR administrators and its people partner.", "fatima ingrid"
)
HR_OF_OTHERS = act_on_colleague("Outside the partner's units: HR administrators only.", "ingrid")
HR_ALONE = HR_OF_OTHERS
OWN_FILE = act_on_colleague("Nobody changes their own file, and no other HR is there.", "")
PLAN_OF_SARA = audience(
    "A plan is in the file: seen by line and HR; changed by HR.",
    yes="fatima ingrid",
    refused="ana leo nkechi",
)
LEAVE_OF_JOAO = audience(
    "A leave is in the file: seen by the person, line and HR; changed by HR.",
    yes="fatima ingrid",
    refused="joao ana leo nkechi",
)
LINE_OF_MEI = audience(
    "A dotted line is ended from the file: seen by the person, line and HR; changed by HR.",
    yes="fatima ingrid",
    refused="mei ana leo nkechi",
)
WRITES_DUTIES = act_on_colleague(
    "HR, the leads of the unit and above, and the holder's line say what a post is there for.",
    "ana leo nkechi fatima ingrid",
)

# ── Development ───────────────────────────────────────────────────────────────────────────────
DEVELOPMENT_OF_TOMAS = act_on_colleague(
    "Levels and plans are open to the person, the line above and HR of the unit.",
    "tomas ana leo nkechi fatima ingrid",
)
JUDGES_TOMAS = act_on_colleague(
    "The person assesses himself, the line above judges; HR does not.", "tomas ana leo nkechi"
)
PLANS_WITH_TOMAS = act_on_colleague("The person and his manager write the plan.", "tomas ana")
PLAN_OF_TOMAS = audience(
    "A plan exists for the person, the line above and HR of the unit.",
    yes="tomas ana leo nkechi fatima ingrid",
)
CHANGES_PLAN_OF_TOMAS = audience(
    "The person and his manager change the plan; line and HR read it.",
    yes="tomas ana",
    refused="leo nkechi fatima ingrid",
)
AGREES_WITH_KOFI = audience(
    "The manager agrees to the plan of her report; line and HR read it.",
    yes="ana",
    refused="leo nkechi fatima ingrid",
)
DRAFT_PLAN_OF_ANA = audience("A draft of a plan is its writer's alone.", yes="ana")
GAPS_OF_MANY = place(
    "Managers, leads, HR and executives read gaps of many.", "ana leo nkechi fatima ingrid"
)
GAPS_OF_PLATFORM = act_on_colleague(
    "The gaps of a unit are read by its leads and those above, HR of the unit and executives.",
    "ana leo nkechi fatima ingrid",
)
GAPS_OF_CARE = act_on_colleague(
    "Another division: its leads, HR administrators and executives.", "nkechi ingrid"
)

# ── Work of HR ────────────────────────────────────────────────────────────────────────────────
HR_SOMEWHERE = place("HR administrators, and people partners for their units.", "fatima ingrid")
HR_ADMINISTRATORS = place("Belongs to no unit: HR administrators only.", "ingrid")
IMPORT_OF_INGRID = audience(
    "A people partner knows only what he brought himself.",
    yes="ingrid",
    refused=all_of(*(key for key in IN if key not in ("fatima", "ingrid"))),
)
MENDED_BY_FATIMA = place("Who brought a file decides about it, and nobody else.", "fatima")
MENDED_BY_INGRID = IMPORT_OF_INGRID
NOT_YET_DONE = audience(
    "What was not imported cannot be taken back, and whoever knows of it is told so.",
    yes="",
    refused=all_of(*(key for key in IN if key != "fatima")),
)
JOBS_AS_FILES = audience(
    "Jobs belong to no unit: for a people partner there is no such file.",
    yes="ingrid",
    refused=all_of(*(key for key in IN if key not in ("fatima", "ingrid"))),
)

SETS_UP = place("HR administrators set the organisation up.", "ingrid")
INVITES = HR_SOMEWHERE
ROUND_OF_INGRID = audience(
    "A people partner knows only the rounds of invitations that he asked for.",
    yes="ingrid",
    refused=all_of(*(key for key in IN if key not in ("fatima", "ingrid"))),
)

# ── Roles ─────────────────────────────────────────────────────────────────────────────────────
GIVES_ROLES = place("HR and system administrators hand out roles.", "ruth ingrid")
GRANT_OF_FATIMA = audience("Given by HR; others do not look after it.", yes="ingrid")
GRANT_OF_SAMUEL = audience("Given by system administrators.", yes="ruth")
GRANT_OF_INGRID = audience(
    "Given by both; but nobody takes away his own.", yes="ruth", refused="ingrid"
)

# ── The installation ──────────────────────────────────────────────────────────────────────────
SYSTEM = place("System administrators look after the installation.", "ruth")
LEDGER = place("Auditors read the ledger, and nothing else.", "samuel")

# ── The strategy ──────────────────────────────────────────────────────────────────────────────
STRATEGY_WRITERS = place("Executives and HR administrators write the strategy.", "nkechi ingrid")
DRAFT_OF_A_STRATEGY = audience(
    "A draft exists for those who write it and for the owners of its objectives, as Leo is.",
    yes="nkechi leo ingrid",
)
WRITES_DRAFT = audience(
    "A draft is written by executives and HR administrators; Leo owns an objective of it.",
    yes="nkechi ingrid",
    refused="leo",
)
WRITES_WHAT_HOLDS = act_on_colleague(
    "What holds is not rewritten by anybody; what is to change stands in the next strategy.", ""
)
ASKED_OF_SHARES = audience(
    "A question about shares exists for those who are asked, here Leo, and who write the strategy.",
    yes="nkechi leo ingrid",
)
ANSWERS_ABOUT_SHARES = audience(
    "Leo alone is asked; nobody answers for him.", yes="leo", refused="nkechi ingrid"
)
ASKS_ABOUT_SHARES = audience(
    "Who writes the strategy asks, closes and takes over; Leo is asked.",
    yes="nkechi ingrid",
    refused="leo",
)
SETS_MEASURES = act_on_colleague(
    "Executives and HR administrators set measures, targets and owners.", "nkechi ingrid"
)
MEASURES = act_on_colleague(
    "Whoever owns the objective, here Leo, and executives record what was measured.", "leo nkechi"
)
SHARES_OUT = act_on_colleague(
    "Whoever owns the objective, here Leo, and who writes the strategy share a target out.",
    "leo nkechi ingrid",
)
MEASURES_PLATFORM = act_on_colleague(
    "The lead of the unit, the owner of the objective and executives say what came of its part.",
    "ana leo nkechi",
)
LEADS_PLATFORM = act_on_colleague("The lead of the unit says what it takes on.", "ana")
ANSWERS_PLATFORM = act_on_colleague("An executive agrees to what a unit proposes.", "nkechi")
PASSES_BACK_PLATFORM = act_on_colleague(
    "Executives and the lead of the unit pass a proposal back.", "ana nkechi"
)

# ── Talks and feedback ────────────────────────────────────────────────────────────────────────
TALKS = place("Talks and feedback are between those who work here.", all_of(*WORK_HERE))
WATCHES_RHYTHMS = place(
    "Managers and HR know who talks when; never about what.", "ana leo nkechi fatima ingrid"
)
ANA_AND_TOMAS = audience("Between Ana and Tomás; nobody else, HR neither.", yes="ana tomas")
ANA_OF_THE_TWO = audience(
    "Who said it puts it in other words; to whom it was said is told why not.",
    yes="ana",
    refused="tomas",
)
ASKED_OF_TOMAS = audience(
    "A request exists for who asks, who is asked, and whom it is about.", yes="ana tomas mei"
)
TOMAS_OF_THE_TWO = audience(
    "Only who was asked declines; the others are told so.", yes="tomas", refused="ana mei"
)

# ── Decisions ─────────────────────────────────────────────────────────────────────────────────
PROPOSES = place("Managers and HR propose.", "ana leo nkechi fatima ingrid")
COUNTS_OUTCOMES = place("Executives and HR administrators read the counts.", "nkechi ingrid")
DRAFT_OF_ANA = audience("A draft exists for its proposer alone.", yes="ana")
DECISION_OF_TOMAS = audience(
    "Read by the person, once it is passed on, the proposer, the line above and HR of the unit.",
    yes="tomas ana leo nkechi fatima ingrid",
)
SENT_ALREADY = audience(
    "What was sent is not written any more; whoever reads it is told so.",
    yes="",
    refused="tomas ana leo nkechi fatima ingrid",
)
CHECKS = audience(
    "HR of the unit checks, passes on, carries out.",
    yes="fatima ingrid",
    refused="tomas ana leo nkechi",
)
REPLIES = audience(
    "The person replies, and nobody else.", yes="tomas", refused="ana leo nkechi fatima ingrid"
)
APPROVES = audience(
    "A second person with authority: the managers above the direct one, HR of the unit.",
    yes="leo nkechi fatima ingrid",
    refused="tomas ana",
)
WITHDRAWS = audience(
    "Who proposed it, and HR of the unit.", yes="ana fatima ingrid", refused="tomas leo nkechi"
)

# ── Reviews ───────────────────────────────────────────────────────────────────────────────────
PLANS_CYCLES = place("HR administrators plan cycles and write templates.", "ingrid")
FOLLOWS_CYCLES = place("HR and executives follow how cycles go.", "nkechi fatima ingrid")
PLANNED_CYCLE = audience("Before it opens, a cycle exists for HR administrators.", yes="ingrid")
FOLLOWS_CYCLE = act_on_colleague(
    "All who work here are reviewed and know the cycle; HR and executives follow it.",
    "nkechi fatima ingrid",
)
SEES_PEOPLE = act_on_colleague("HR sees a cycle person by person.", "fatima ingrid")
RUNS_CYCLE = act_on_colleague("HR administrators run a cycle.", "ingrid")
COMPARES = act_on_colleague("HR and named calibrators, as Leo, compare.", "leo fatima ingrid")
REVIEW_OF_TOMAS = audience(
    "Himself, the manager who writes, HR of the unit; not the line above, nor executives.",
    yes="tomas ana fatima ingrid",
)
ASKS_ABOUT_TOMAS = audience(
    "The employee and the manager choose peers; HR looks on.",
    yes="tomas ana",
    refused="fatima ingrid",
)
CONFIRMS_PEERS = audience(
    "The manager says who is asked.", yes="ana", refused="tomas fatima ingrid"
)
TOMAS_OF_HIS_REVIEW = audience(
    "His own to acknowledge and appeal.", yes="tomas", refused="ana fatima ingrid"
)
SHARES_WITH_MEI = audience(
    "The manager shares, HR in her place.", yes="ana fatima ingrid", refused="mei"
)
DECIDES_ON_CIDA = audience(
    "HR that took no part decides; Ana wrote it, Ingrid made the ratings final.",
    yes="fatima",
    refused="ana ingrid",
)
CHANGES_WRITER = audience(
    "HR has another manager write it.", yes="fatima ingrid", refused="tomas ana"
)
FORM_OF_TOMAS = audience("What is not sent is seen by its writer alone.", yes="tomas")
FORM_OF_ANA = audience("What is not sent is seen by its writer alone.", yes="ana")
FORM_OF_A_PEER = audience(
    "A peer's form is seen by the peer alone, sent or not, whoever asks.", yes="mei"
)
SENT_BY_MEI = audience(
    "A self review that was sent: the manager and HR of the unit.", yes="mei ana fatima ingrid"
)
GIVES_BACK_TO_MEI = audience(
    "The manager and HR give a self review back.", yes="ana fatima ingrid", refused="mei"
)
CALIBRATES_TOMAS = audience(
    "HR and the calibrator of the unit, as Leo; not the manager, never himself.",
    yes="leo fatima ingrid",
    refused="tomas ana",
)

# ── Overviews ─────────────────────────────────────────────────────────────────────────────────
TO_INSIGHT = audience(
    "Managers, HR and executives are sent to what is theirs; not auditors, nor administrators.",
    yes="",
    refused=all_of(*IN),
    on="ana leo nkechi fatima ingrid",
)
CYCLES_TO_FOLLOW = audience(
    "HR and executives are sent to the latest cycle.",
    yes="",
    refused=all_of(*IN),
    on="nkechi fatima ingrid",
)
WHOLE_PICTURE = place("Executives and HR administrators read the whole picture.", "nkechi ingrid")
CYCLES_IN_FIGURES = place("HR and executives follow how cycles go.", "nkechi fatima ingrid")
CYCLES_BY_NAME = audience(
    "HR reads a cycle by name and takes it out; executives read figures.",
    yes="fatima ingrid",
    refused=all_of(*IN),
)
OWN_TEAM = place("Whoever has reports reads the own team.", "ana leo nkechi ingrid")
