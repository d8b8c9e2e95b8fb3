"""Who may see what of reviews, and who may do what.

`reviews`: whose review exists for whom, and whose outcome. `cycles`: who plans and follows.
`forms`: who writes and reads answers. `acts`: who calibrates, shares, acknowledges, appeals.
"""

from sightline.reviews.policies.acts import (
    may_acknowledge,
    may_appeal,
    may_calibrate,
    may_decide_appeal,
    may_share,
    took_part_in,
)
from sightline.reviews.policies.cycles import (
    cycles_visible_to,
    may_add_late,
    may_calibrate_in,
    may_close_calibration,
    may_follow_cycle,
    may_follow_cycles,
    may_manage_cycles,
    may_name_calibrators,
    may_see_people,
)
from sightline.reviews.policies.forms import (
    asks_peers,
    forms_still_open,
    forms_visible_to,
    may_change_rater,
    may_confirm_peers,
    may_nominate,
    may_reopen,
    may_write,
    peers_still_chosen,
)
from sightline.reviews.policies.reviews import (
    final_ratings_visible_to,
    outcomes_visible_to,
    reviews_in_care_of,
    reviews_in_hands_of_hr,
    reviews_visible_to,
    summaries_visible_to,
)

__all__ = [
    "asks_peers",
    "cycles_visible_to",
    "final_ratings_visible_to",
    "forms_still_open",
    "forms_visible_to",
    "may_acknowledge",
    "may_add_late",
    "may_appeal",
    "may_calibrate",
    "may_calibrate_in",
    "may_change_rater",
    "may_close_calibration",
    "may_confirm_peers",
    "may_decide_appeal",
    "may_follow_cycle",
    "may_follow_cycles",
    "may_manage_cycles",
    "may_name_calibrators",
    "may_nominate",
    "may_reopen",
    "may_see_people",
    "may_share",
    "may_write",
    "outcomes_visible_to",
    "peers_still_chosen",
    "reviews_in_care_of",
    "reviews_in_hands_of_hr",
    "reviews_visible_to",
    "summaries_visible_to",
    "took_part_in",
]
