"""A performance year as its people make it: each in a browser of their own, by labels and buttons.

One story in chapters, each on what the one before left. The clock of the house goes forward with
it; what the worker does in the meantime is done.
"""

from __future__ import annotations

from tests.browser.year import decisions, goals, reviews, strategy, talks

STORY = [
    (
        0,
        [
            strategy.the_chief_drafts_it,
            strategy.it_is_measured,
            strategy.it_comes_into_force_at_100_percent,
            strategy.a_unit_takes_its_share_on,
        ],
    ),
    (
        5,
        [
            goals.hr_opens_a_period,
            goals.an_employee_drafts_a_goal,
            goals.the_manager_answers_with_a_change,
            goals.the_employee_accepts,
        ],
    ),
    (
        60,
        [
            goals.it_is_checked_in_on,
            goals.the_owner_measures_the_objective,
            goals.a_stranger_reads_the_goal_and_not_how_it_was_agreed,
            talks.they_begin_to_talk,
        ],
    ),
    (62, [talks.they_talk]),
    (
        talks.DONE_ON_DAY,
        [
            talks.they_talk_again,
            talks.a_colleague_says_what_he_saw,
            talks.those_named_read_it_and_nobody_else,
        ],
    ),
    (280, [goals.it_is_checked_in_on_again]),
    (
        300,
        [
            reviews.hr_writes_a_template,
            reviews.hr_opens_a_cycle,
            reviews.peers_are_chosen,
            reviews.peers_answer,
            reviews.the_employee_writes_about_himself,
        ],
    ),
    (315, [reviews.the_manager_writes_beside_the_evidence]),
    (321, [reviews.hr_calibrates]),
    (326, [reviews.the_manager_shares_it, reviews.the_employee_acknowledges]),
    (
        350,
        [
            goals.it_is_reached_and_closed,
            decisions.the_manager_proposes_it,
            decisions.hr_checks_it_and_passes_it_on,
            decisions.the_employee_replies,
            decisions.a_second_person_approves,
        ],
    ),
    (
        decisions.TAKES_EFFECT,
        [decisions.it_takes_effect_on_its_day, decisions.the_chief_sees_how_the_year_went],
    ),
]
"""Day by day, what happens; the first day has the number 0."""


def test_a_performance_year(year):
    for day, acts in STORY:
        year.on_day(day)
        for act in acts:
            act(year)
