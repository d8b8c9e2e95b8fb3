"""The forecast against published figures: docs/rules/forecast.md has the tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sightline.goals.rules import forecast
from sightline.goals.rules.forecast import Course, course_of
from tests.docs.tables import table

DOCUMENT = (Path(__file__).parents[3] / "docs" / "rules" / "forecast.md").read_text()


@pytest.mark.parametrize("row", table(DOCUMENT, "remaining r"))
def test_the_first_passage_is_as_published(row):
    remaining, left, drift, deviation, chance = map(float, row)
    found = forecast.first_passage(remaining, left, drift, deviation**2)
    assert float(found) == pytest.approx(chance, abs=1e-9)


def test_a_crossing_counts_also_when_the_way_back_is_long():
    """The end point alone would give one half."""
    assert float(forecast.first_passage(0.4, 8, 0.05, 0.06**2)) > 0.58
    rng = np.random.default_rng(7)
    steps = rng.normal(0.05 / 50, 0.06 / 50**0.5, size=(4000, 400))
    crossed = (steps.cumsum(axis=1).max(axis=1) >= 0.4).mean()
    assert float(crossed) == pytest.approx(0.5812, abs=0.03)


@pytest.mark.parametrize(
    ("remaining", "left", "chance"), [(0, 5, 1), (-0.2, 0, 1), (0.1, 0, 0), (0.1, -3, 0)]
)
def test_what_is_reached_is_certain_and_what_is_late_is_lost(remaining, left, chance):
    assert float(forecast.first_passage(remaining, left, 0.05, 0.01)) == chance


@pytest.mark.parametrize("drift", [-90.0, 0.0, 1e-9, 90.0])
@pytest.mark.parametrize("variance", [0.0, 1e-12, 1e9])
def test_whatever_the_numbers_a_chance_lies_between_0_and_1(drift, variance):
    assert 0 <= float(forecast.first_passage(0.5, 6, drift, variance)) <= 1


def test_a_course_is_told_by_its_steps_and_the_last_word_of_a_moment():
    assert course_of([]) == Course(0.0, 0.0)
    assert course_of([(2, 0.1), (2, 0.2)]) == Course(2, 0.2, steps=1)
    uneven = course_of([(1, 0.3), (3, 0.3)])
    assert (uneven.done, uneven.steps) == (0.3, 2)
    assert uneven.wander == pytest.approx(0.2**2 / 1 + 0.2**2 / 2)
    begun_ahead = course_of([(0, 0.2), (1, 0.2)])
    assert begun_ahead == Course(1, 0.2, begun=0.2, steps=1)


def test_more_of_the_way_is_a_better_chance_and_less_time_a_worse_one():
    halfway = forecast.chances(
        [Course(6.5, done, wander=0.01, steps=6) for done in (0.3, 0.45, 0.55, 0.7)]
    )
    assert list(halfway) == sorted(halfway)
    waiting = forecast.chances([Course(at, 0.5, wander=0.01, steps=5) for at in (3, 6, 9, 12)])
    assert list(waiting) == sorted(waiting, reverse=True)
    ended = forecast.chances([Course(13, 0.9), Course(5, 1.0), Course(15, 1.2)])
    assert list(ended) == pytest.approx([0, 1, 1])
    assert len(forecast.chances([])) == 0


def test_the_typical_speed_is_as_published():
    said = list(zip([0, 1, 2, 3, 4, 6], [0, 0.05, 0.12, 0.13, 0.3, 0.28], strict=True))
    assert forecast.speed(said) == pytest.approx((0.05, 0.01, 0.09))
    assert forecast.speed(said[:2]) is None


class Simulator:
    """Quarters of goals: even, late, early or in milestones; a quarter of the words are missing."""

    weeks, halfway = 13, 6

    def __init__(self) -> None:
        self.rng = np.random.default_rng(42)
        self.past = self.goals(3000)
        self.now = self.goals(6000)
        self.learned = forecast.learn(*self.told(self.past, self.halfway))

    def goals(self, count: int):
        """The progress of so many goals, week by week."""
        kind = self.rng.choice(4, count, p=[0.45, 0.2, 0.2, 0.15])
        speed = self.rng.lognormal(np.log(1.02 / self.weeks), 0.35, count)
        noise = self.rng.lognormal(np.log(0.035), 0.4, count)
        found = np.zeros((count, self.weeks + 1))
        for week in range(1, self.weeks + 1):
            part = week / self.weeks
            pace = np.select([kind == 1, kind == 2], [0.35 + 1.3 * part, 1.65 - 1.3 * part], 1.0)
            step = speed * pace + noise * self.rng.normal(size=count)
            stones = kind == 3
            lucky = self.rng.random(stones.sum()) < 0.35
            step[stones] = np.where(lucky, speed[stones] / 0.35, 0)
            found[:, week] = found[:, week - 1] + step
        return found

    def told(self, goals, week: int):
        """Of the goals that are not done: the chances, and what became of them."""
        missing = self.gaps(len(goals), week)
        live = goals[:, : week + 1].max(1) < 1
        courses = [
            course_of([(at, done) for at, done in enumerate(way) if at and not gap[at]])
            for way, gap in zip(goals[live, : week + 1], missing[live], strict=True)
        ]
        return forecast.chances(courses), goals[live, 1:].max(1) >= 1

    def pace(self, week: int) -> float:
        """What the usual traffic light would be worth."""
        live = self.now[:, : week + 1].max(1) < 1
        ratio = self.now[live, week] / (week / self.weeks)
        chance = np.select([ratio >= 1, ratio >= 0.7], [0.9, 0.5], 0.1)
        return forecast.brier(chance, self.now[live, 1:].max(1) >= 1)

    def gaps(self, count: int, week: int):
        """Which words of so many goals are missing; the same whenever it is asked."""
        gaps = np.random.default_rng(week).random((count, week + 1)) < 0.25
        gaps[:, 0] = gaps[:, week] = False
        return gaps


@pytest.fixture(scope="module")
def simulator() -> Simulator:
    return Simulator()


@pytest.mark.parametrize("row", table(DOCUMENT, "week"))
def test_it_tells_better_than_the_usual_traffic_light(simulator, row):
    week, pace, bayes, corrected = int(row[0]), *map(float, row[1:])
    chance, in_time = simulator.told(simulator.now, week)
    again = forecast.recalibrated(chance, simulator.learned)
    found = [simulator.pace(week), forecast.brier(chance, in_time), forecast.brier(again, in_time)]
    assert found == pytest.approx([pace, bayes, corrected], abs=0.001)
    assert found == sorted(found, reverse=True)


def test_what_was_done_before_the_start_is_no_speed():
    resting, moving = forecast.chances([Course(6.5, 0.5, begun=0.5), Course(6.5, 0.5)])
    assert resting < 0.1 < moving


def test_a_history_that_cuts_cleanly_or_the_wrong_way_round_is_not_overdone():
    clean = forecast.learn([0.2] * 150 + [0.8] * 150, [False] * 150 + [True] * 150)
    assert 0 < clean.slope < 10
    wrong = forecast.learn([0.2] * 150 + [0.8] * 150, [True] * 150 + [False] * 150)
    assert wrong == forecast.AS_IT_IS


def test_little_history_corrects_nothing():
    assert forecast.learn([0.2] * 199, [True] * 199) == forecast.Recalibration()
    assert forecast.learn([0.2] * 300, [True] * 300) == forecast.Recalibration()
    kept = forecast.recalibrated([0.0, 0.4, 1.0], forecast.Recalibration(0.5, 1.2))
    assert (kept[0], kept[2]) == (0.0, 1.0)
