"""Who may see which goal, agree to it, speak about it and close it.

`goals_visible_to(viewer)` is the whole truth about which goals exist for a viewer; `talks_open_to`
about who follows how one was agreed. What may be done with one goal is found out in one read
(`goal_rights`), so that a page asks once.
"""

from sightline.goals.policies.help import help_visible_to, may_answer_help, steps_open_to
from sightline.goals.policies.mediating import (
    asking_to_mediate,
    can_mediate,
    is_stuck,
    may_ask_to_mediate,
    mediation_in,
)
from sightline.goals.policies.periods import (
    may_answer_question,
    may_bring_goals,
    may_change_periods,
    may_read_goals,
    periods_visible_to,
)
from sightline.goals.policies.rights import (
    GoalRights,
    goal_rights,
    has_other_side,
    may_accept,
    may_carry_over,
    may_check_in,
    may_close,
    may_contribute,
    may_draft_for,
    may_draft_for_unit,
    may_mediate,
    may_revise,
    may_set_visibility,
    may_share_out,
    rights_of_many,
    sides_of,
)
from sightline.goals.policies.seeing import (
    drafts_of,
    efforts_open_to,
    files_open_to,
    goals_visible_to,
    led_by,
    may_read_effort_of,
    may_read_effort_of_unit,
    mediated_by,
    near_to,
    owned_by,
    plainly_visible_to,
    talks_open_to,
)
from sightline.goals.policies.standing import Standing, mediator_for, standing_on

__all__ = [
    "GoalRights",
    "Standing",
    "asking_to_mediate",
    "can_mediate",
    "drafts_of",
    "efforts_open_to",
    "files_open_to",
    "goal_rights",
    "goals_visible_to",
    "has_other_side",
    "help_visible_to",
    "is_stuck",
    "led_by",
    "may_accept",
    "may_answer_help",
    "may_answer_question",
    "may_ask_to_mediate",
    "may_bring_goals",
    "may_carry_over",
    "may_change_periods",
    "may_check_in",
    "may_close",
    "may_contribute",
    "may_draft_for",
    "may_draft_for_unit",
    "may_mediate",
    "may_read_effort_of",
    "may_read_effort_of_unit",
    "may_read_goals",
    "may_revise",
    "may_set_visibility",
    "may_share_out",
    "mediated_by",
    "mediation_in",
    "mediator_for",
    "near_to",
    "owned_by",
    "periods_visible_to",
    "plainly_visible_to",
    "rights_of_many",
    "sides_of",
    "standing_on",
    "steps_open_to",
    "talks_open_to",
]
