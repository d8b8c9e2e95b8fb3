"""What each task in the background does, in the words of whoever looks after the house.

A task is added here with a line; a test says which is missing.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TITLES: dict[str, str | Promise] = {
    "conversations.tell_of": _("Tell people of talks and feedback that concern them"),
    "conversations.tell_of_due_actions": _("Tell people what they promised for today"),
    "decisions.carry_out_decision": _("Carry out a decision"),
    "decisions.carry_out_due_decisions": _("Carry out the decisions that are due"),
    "decisions.tell_of_decision": _("Tell people of decisions that concern them"),
    "development.tell_of_growth": _("Tell people of plans and training that concern them"),
    "drafts.forget_old_drafts": _("Forget old drafts"),
    "exchange.drop_old_files": _("Throw away files brought long ago"),
    "goals.ask_everybody": _("Ask everybody which objectives their work serves"),
    "goals.follow_people": _("Follow changes of people among proposals of goals"),
    "goals.keep_efforts": _("Keep the figures of the line of sight up to date"),
    "goals.learn_from_what_ended": _("Correct forecasts by the goals that ended"),
    "goals.let_help_lapse": _("End requests for help of people who have left"),
    "goals.remind_of_check_ins": _("Ask for check-ins that are due"),
    "goals.remind_of_proposals": _("Remind people of proposals that wait for them"),
    "goals.tell_of_strategy": _("Tell owners of goals that the strategy has changed"),
    "goals.tell_of_changes": _("Tell people of changes of goals that concern them"),
    "identity.mail_confirmation": _("Mail a link that confirms an address"),
    "identity.mail_invitation": _("Mail an invitation"),
    "identity.mail_password_reset": _("Mail a link for a new password"),
    "identity.mail_security_notice": _("Mail what changed at the door"),
    "identity.sweep_ended_sessions": _("Sweep away sessions that ended"),
    "jobs.clear_finished_jobs": _("Clear away finished jobs"),
    "ledger.put_new_records_into_the_log": _("Put new records into the signed log"),
    "notices.mail_notice": _("Mail a notice"),
    "notices.send_letter": _("Send a letter"),
    "notices.write_digest": _("Write the digest of one person"),
    "notices.write_digests": _("Write the daily digests"),
    "people.carry_out_import": _("Carry out an import"),
    "people.close_accounts_of_leavers": _("Close the accounts of leavers"),
    "people.read_file": _("Read a file that was brought"),
    "people.tell_of_changes": _("Tell people of changes that concern them"),
    "people.undo_import": _("Undo an import"),
    "reviews.gather_peers": _("Gather what the peers of a cycle answered"),
    "reviews.gather_what_has_come_in": _("Gather what peers answered by their day"),
    "reviews.make_reviews": _("Make the reviews of a cycle"),
    "reviews.remind": _("Remind those whose form is open"),
    "reviews.tell_managers": _("Tell managers what a cycle asks of them"),
    "site.invite_round": _("Invite people, round by round"),
    "strategy.tell_of_commitments": _("Tell people of commitments that concern them"),
    "strategy.tell_of_questions": _("Tell people that they are asked about the strategy"),
    "strategy.tell_of_versions": _("Tell leads of commitments that ended with the strategy"),
    "strategy.tell_of_shares": _("Tell leads of their unit’s part of a target"),
}
"""By the name under which the timetable and the failures know a task."""


def title(name: str) -> str:
    """The words for a task; for one that is no more, its name."""
    return str(TITLES.get(name, name))
