"""What English words give away."""

from __future__ import annotations

import re


def _any(words: str) -> str:
    """A pattern for any of these, one a line or between commas; a space is any space."""
    parts = [part.strip() for part in re.split(r"[,\n]", words) if part.strip()]
    return "|".join(part.replace(" ", r"\s+") for part in parts)


SAYS_LITTLE_AS_ACT = _any("""
    improv(?:e|ing), support(?:ing)?, help(?:ing)?, assist(?:ing)?, enhanc(?:e|ing),
    optimi[sz](?:e|ing), strengthen(?:ing)?, foster(?:ing)?, facilitat(?:e|ing), ensur(?:e|ing),
    increas(?:e|ing), boost(?:ing)?, maximi[sz](?:e|ing), streamlin(?:e|ing), leverag(?:e|ing),
    work(?:ing)? on, focus(?:ing)? on, participat(?:e|ing) in, contribut(?:e|ing) to,
    be involved in, try(?:ing)? to, look(?:ing)? into, deal(?:ing)? with, encourag(?:e|ing)
""")
SAYS_LITTLE = _any("""
    better, more efficient(?:ly)?, efficiently, effectively, optimal(?:ly)?, appropriate(?:ly)?,
    adequate(?:ly)?, sufficient(?:ly)?, various, and so on, as needed, as required,
    as soon as possible, asap, timely, in good time, regularly, where possible, world-class,
    best[- ]in[- ]class, best practices?, high[- ]quality, good quality, user-friendly,
    state[- ]of[- ]the[- ]art, seamless(?:ly)?, etc
""")
ACTS = _any("""
    add, agree, automate, achieve, bring, build, clean, complete, connect, create, cut, decide,
    define, deliver, develop, double, ensure, establish, find, finish, fix, get, give, grow, halve,
    hire, implement, improve, increase, introduce, keep, launch, learn, lower, make, merge, migrate,
    move, organi[sz]e, prepare, publish, reach, reduce, remove, replace, retire, roll out, save,
    sell, send, set up, simplify, start, stop, teach, train, win, write
""")
TRAITS = _any("""
    lazy, careless, sloppy, stupid, clever, smart, brilliant, a genius, talented, gifted, arrogant,
    rude, selfish, aggressive, passive, negative, positive, difficult, emotional, over-?sensitive,
    moody, immature, unprofessional, professional, unreliable, reliable, dependable, lovely, nice,
    kind, amazing, great, awesome, fantastic, wonderful, a star, a superstar, a natural, born,
    hard-?working, diligent, dedicated, committed, motivated, unmotivated, disorgani[sz]ed,
    organi[sz]ed, chaotic, stubborn, weak, strong, shy, introverted, extroverted, insecure,
    dishonest, honest, disloyal, loyal, unfriendly, friendly, unhelpful, helpful, toxic, bossy,
    abrasive, thoughtless, ambitious, charismatic, boring, confident
""")
HARMLESS = _any("""
    (?:customer|technical) support, support (?:team|desk|answers|staff|engineers?|calls|hours),
    help (?:desk|cent(?:re|er)|pages?), find and fix, copy and paste, search and replace,
    drag and drop, click and collect, pick and pack, track and trace, open and close,
    research and development, terms and conditions, health and safety, profit and loss,
    pros and cons, supply and demand, back and forth, more or less, sooner or later,
    whether or not, not observed, not applicable, not only, no (?:later|more|fewer|less) than,
    never mind, as always, never before, kind of, difficult to \\w+, positive (?:about|that),
    confident (?:about|that|in), committed to, honest about, great at \\w+ing, strong in
""")
PEOPLE = _any("""
    person, people, colleague, employee, worker, leader, manager, engineer, team player, guy, woman,
    man, type, attitude, personality, character
""")
ADVERBS = _any("""
    very, so, really, too, a bit, rather, quite, often, always, never, just, not, simply, such an?,
    an?, extremely, most, more, sometimes, generally
""")
NOBODY = _any("That, This, It, There, What, Which, The, Here, Everything, Nothing, All, These")
BE = _any("are, is, was, were, am, be, been, seems?, seemed, appears?, sounds?, can be")
CLAUSE = r"(?:^\W*|[.;:,]\s*|\b(?:to|and|or|will|we|I)\s+)"

ENGLISH = {
    "vague": re.compile(
        rf"(?:{CLAUSE}(?P<shown>(?i:{SAYS_LITTLE_AS_ACT}))\b)|\b(?i:{SAYS_LITTLE})\b", re.MULTILINE
    ),
    "two_results": re.compile(
        rf"\band/or\b|\b(?:and|or|plus|as\s+well\s+as)\s+(?:also\s+|then\s+)?(?:{ACTS})\b", re.I
    ),
    "two_things": re.compile(r"\band/or\b|\bas\s+well\s+as\b|\b(?:and|or)\b|\s&\s", re.I),
    "trait": re.compile(
        rf"\b(?:(?i:you|he|she|they|we)|(?!(?:{NOBODY})\b)[A-Z]\w+)"
        rf"(?:\s+(?i:{BE})|['’](?:re|s))(?:\s+(?i:{ADVERBS}))*\s+(?P<shown>(?i:{TRAITS}))\b"
        rf"|\b(?P<apart>(?i:{TRAITS}))\s+(?i:{PEOPLE})\b"
        rf"|^\W*(?i:(?:is|be|being|are)\s+)?(?:(?i:{ADVERBS})\s+)*(?i:{TRAITS})\b(?=\W*$|\s+and\b)",
        re.MULTILINE,
    ),
    "negation": re.compile(
        r"\b(?:not|never|no|none|nobody|nothing|without|neither|nor|cannot|\w+n['’]t)\b", re.I
    ),
    "always": re.compile(
        r"\b(?:always|never|every\s+(?:single\s+)?time|all\s+the\s+time|constantly)\b", re.I
    ),
    "rank": re.compile(
        r"\b(?:better|worse|faster|slower)\s+than\s+(?:(?:the|all|most|any|your|of)\s+)*"
        r"(?:others?|anyone|anybody|everyone|everybody|colleagues?|peers|team|rest)\b"
        r"|\b(?:best|worst|weakest|strongest|top)\s+(?:performer|employee|engineer|member|person"
        r"|in\s+the\s+(?:team|company|unit))\b"
        r"|\b(?:above|below)\s+average\b"
        r"|\bcompared\s+(?:to|with)\s+(?:(?:the|your)\s+)?(?:others|colleagues|peers|team)\b",
        re.I,
    ),
    "harmless": re.compile(rf"\b(?:{HARMLESS})\b", re.I),
    "number": re.compile(
        r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|half"
        r"|halve[sd]?|halving|double[sd]?|doubling|twice|third|quarter|tenth|zero|none|every|each"
        r"|all|no)\b",
        re.I,
    ),
}
