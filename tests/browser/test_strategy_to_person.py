"""How a strategy reaches each person, and comes back: a quarter in chapters, each in a browser.

The strategy is drawn and parted; a unit takes it on and shares its goal out; one counters; a
quarter passes with check-ins; the goal above moves under those who serve it, and so does the
strategy; the line of sight tells what deviates.
"""

from __future__ import annotations

from tests.browser.year import cascade, strategy

STORY = [
    (
        0,
        [
            strategy.the_chief_drafts_it,
            strategy.it_is_measured,
            strategy.it_comes_into_force_at_100_percent,
            cascade.the_target_is_parted,
            cascade.a_unit_offers_its_effort_and_hears_that_it_is_too_little,
        ],
    ),
    (
        5,
        [
            cascade.a_quarter_opens,
            cascade.the_unit_has_a_goal,
            cascade.it_is_shared_out,
            cascade.one_takes_it_and_one_counters,
        ],
    ),
    (20, [cascade.check_ins_of_week({"mei": "100", "tomas": "80"})]),
    (34, [cascade.check_ins_of_week({"mei": "200", "tomas": "170"})]),
    (48, [cascade.check_ins_of_week({"mei": "300", "tomas": "250"})]),
    (
        50,
        [
            cascade.what_they_do_moves_the_goal_of_the_unit,
            cascade.its_target_moves,
        ],
    ),
    (52, [cascade.those_who_serve_it_confirm, cascade.the_strategy_changes]),
    (55, [cascade.whoever_serves_it_confirms, cascade.the_page_shows_what_deviates]),
]


def test_a_strategy_reaches_people(year):
    for day, acts in STORY:
        year.on_day(day)
        for act in acts:
            act(year)
