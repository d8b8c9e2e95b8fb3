"""What there is a picture of: one line each, in the order of the README.

    Shot("person", "ana", "person", person("tomas")),

is docs/pictures/person.png: the page `person` of Tomás, as Ana sees it. README.md shows every
picture with a sentence; test_shots.py holds the two together.
"""

from __future__ import annotations

from tests.shots.places import (
    bonus_of,
    closed_cycle,
    goal_of,
    import_of_a_new_quarter,
    managers_form_about,
    person,
    position,
)
from tests.shots.shot import DARK, DESK, PHONE, Shot

OPENS = ".tree__item:has-text('%s') [data-twist]"

SHOTS = [
    Shot("home", "ana", "home"),
    Shot("strategy", "nkechi", "strategy:current"),
    Shot("line-of-sight", "nkechi", "goals:sight"),
    Shot("tree", "nkechi", "goals:tree", press=(OPENS % "No lost order",)),
    Shot("goal", "tomas", "goals:goal", goal_of("tomas", "Every partner")),
    Shot("review-form", "ana", "reviews:section", managers_form_about("tomas")),
    Shot("calibration", "ingrid", "reviews:calibration", closed_cycle, "unit_text=Platform"),
    Shot("decision", "ana", "decisions:decision", bonus_of("mei"), screen=DESK | DARK),
    Shot("person", "ana", "person", person("tomas")),
    Shot("chart", "leo", "people:chart", press=(OPENS % "Nora Lind",)),
    Shot("position", "ana", "people:position", position("PLAT-IMPORT")),
    Shot("directory", "tomas", "people:directory"),
    Shot("import", "ingrid", "people:import", import_of_a_new_quarter),
    Shot("ledger", "samuel", "ledger:records", asked="about=Chen+Mei", screen=DESK | DARK),
    Shot("phone", "ana", "home", screen=PHONE),
    Shot("phone-dark", "ana", "person", person("tomas"), screen=PHONE | DARK),
]
