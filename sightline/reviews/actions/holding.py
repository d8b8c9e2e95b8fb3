"""One's turn. Whoever changes something in a cycle holds the row of the cycle first.

So what is gathered or made final misses nothing that is being written, and no two wait for each
other in a ring.
"""

from __future__ import annotations

from sightline.reviews.models import Cycle, Form, Review


def held_cycle(cycle_id: int) -> Cycle:
    """The cycle as it stands when one's turn comes; others in it wait until one is done."""
    rows = Cycle.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("version").get(pk=cycle_id)


def held_review(review: Review) -> Review:
    """The review as it stands when one's turn comes, with its cycle."""
    cycle = held_cycle(review.cycle_id)
    found = Review.objects.select_related("employee", "manager").get(pk=review.pk)
    found.cycle = cycle
    return found


def held_form(form: Form) -> Form:
    """The form as it stands when one's turn comes, with its review and cycle."""
    review = held_review(form.review)
    found = Form.objects.get(pk=form.pk)
    found.review = review
    return found
