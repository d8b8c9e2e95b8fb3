"""Every address of the product, and whom it is for. An address that is missing fails the build.

`of` names the thing that stands in the address (see house.py). `get` and `post` are the statuses
for those whom it is for; a method that is not listed is not part of the address. `405` in `get`
stands for an address that only takes what is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.access.audiences import (
    ANA_AND_TOMAS,
    ANA_OF_THE_TWO,
    ANSWERS_PLATFORM,
    ANYBODY,
    APPROVES,
    ASKED_OF_TOMAS,
    AUDITOR,
    CHECKS,
    COLLEAGUE,
    COUNTS_OUTCOMES,
    DECISION_OF_TOMAS,
    DOES_NOT_EXIST,
    DRAFT_OF_A_STRATEGY,
    DRAFT_OF_ANA,
    DRAFT_OF_TOMAS,
    GIVES_ROLES,
    GRANT_OF_FATIMA,
    GRANT_OF_INGRID,
    GRANT_OF_SAMUEL,
    HALF_IN,
    HR_ADMINISTRATORS,
    HR_ALONE,
    HR_OF_OTHERS,
    HR_OF_TECHNOLOGY,
    HR_SOMEWHERE,
    IMPORT_OF_INGRID,
    JOBS_AS_FILES,
    LEADS_PLATFORM,
    LEAVE_OF_JOAO,
    LEAVER,
    LEDGER,
    LINE_OF_MEI,
    MEASURES,
    MENDED_BY_FATIMA,
    MENDED_BY_INGRID,
    NEWCOMER,
    NO_SUCH_PROOF,
    NOT_SIGNED_IN,
    NOT_YET_DONE,
    OF_TOMAS_ALONE,
    ORGANISATION,
    OWN_DRAFT,
    OWN_FILE,
    PASSES_BACK_PLATFORM,
    PLAN_OF_SARA,
    PROPOSES,
    RECORDS_OF_RUI,
    RECORDS_OF_TOMAS,
    REPLIES,
    SCRIPTS,
    SENT_ALREADY,
    SETS_MEASURES,
    SIGNED_IN,
    STRATEGY_WRITERS,
    SYSTEM,
    TALKS,
    TOMAS_OF_THE_TWO,
    WATCHES_RHYTHMS,
    WITH_A_PASSKEY,
    WITHDRAWS,
    WITHOUT_APP,
    WRITES_DRAFT,
    WRITES_DUTIES,
    WRITES_WHAT_HOLDS,
    Audience,
)

SOMETHING = {"sent": "1"}


@dataclass(frozen=True)
class Row:
    """An address with something in it, and what each viewer gets there."""

    name: str
    who: Audience
    of: str = ""
    get: int | None = 200
    post: int | None = None
    sent: Mapping[str, str] = field(default_factory=lambda: SOMETHING)

    def __str__(self) -> str:
        return f"{self.name} {self.of}".strip()


def form(name: str, who: Audience, of: str = "", **sent: str) -> Row:
    """A page with a form, which refuses what is sent here and says why."""
    return Row(name, who, of, get=200, post=422, sent=sent or SOMETHING)


def button(name: str, who: Audience, of: str = "", post: int = 302, **sent: str) -> Row:
    """An act by a button: it takes what is sent and shows nothing by itself."""
    return Row(name, who, of, get=405, post=post, sent=sent or SOMETHING)


HOUSE = [
    Row("home", SIGNED_IN),
    Row("search", SIGNED_IN),
    Row("my_page", SIGNED_IN, get=302),
    Row("own_data", SIGNED_IN),
    Row("own_data_file", SIGNED_IN),
    button("ui:theme", ANYBODY),
    Row("ui:gallery", ANYBODY),
    Row("ui:mark", ANYBODY, get=302),
]

PEOPLE = [
    Row("person", COLLEAGUE, "tomas"),
    Row("person", LEAVER, "rui"),
    Row("person", NEWCOMER, "priya"),
    Row("person", AUDITOR, "samuel"),
    Row("person_history", COLLEAGUE, "tomas"),
    Row("person_history", LEAVER, "rui"),
    Row("person_history", NEWCOMER, "priya"),
    Row("person_records", RECORDS_OF_TOMAS, "tomas"),
    Row("person_records", RECORDS_OF_RUI, "rui"),
    Row("give_account", HR_ALONE, "halima", post=302),
    Row("people:directory", ORGANISATION),
    Row("people:pick", ORGANISATION),
    Row("people:team", ORGANISATION),
    Row("people:chart", ORGANISATION),
    Row("people:branch", COLLEAGUE, "ana"),
    form("people:hire", HR_SOMEWHERE),
    form("people:details", HR_OF_TECHNOLOGY, "tomas"),
    form("people:details", HR_OF_OTHERS, "yusuf"),
    form("people:details", OWN_FILE, "ingrid"),
    form("people:move", HR_OF_TECHNOLOGY, "tomas"),
    form("people:manager", HR_OF_TECHNOLOGY, "tomas"),
    form("people:share", HR_OF_TECHNOLOGY, "tomas"),
    form("people:departure", HR_OF_TECHNOLOGY, "tomas"),
    form("people:departure", HR_OF_OTHERS, "yusuf"),
    button("people:staying", HR_OF_TECHNOLOGY, "tomas", post=422),
    form("people:comeback", HR_OF_TECHNOLOGY, "tomas"),
    form("people:leave", HR_OF_TECHNOLOGY, "tomas"),
    form("people:dotted_line", HR_OF_TECHNOLOGY, "tomas"),
    form("people:pay", HR_OF_TECHNOLOGY, "tomas"),
    form("people:pay", HR_OF_OTHERS, "yusuf"),
    form("people:pay", OWN_FILE, "ingrid"),
    button("people:cancellation", PLAN_OF_SARA, "plan of sara"),
    button("people:leave_end", LEAVE_OF_JOAO, "leave of joao"),
    button("people:dotted_line_end", LINE_OF_MEI, "dotted line of mei"),
]

ORGANISATION_ROWS = [
    Row("people:pick_position", ORGANISATION),
    Row("people:pick_unit", ORGANISATION),
    Row("people:units", ORGANISATION),
    form("people:new_unit", HR_SOMEWHERE),
    Row("people:unit", COLLEAGUE, "PLAT"),
    form("people:change_unit", HR_OF_TECHNOLOGY, "PLAT"),
    form("people:change_unit", HR_OF_OTHERS, "CARE"),
    form("people:move_unit", HR_OF_TECHNOLOGY, "PLAT"),
    form("people:close_unit", HR_OF_TECHNOLOGY, "PLAT"),
    Row("people:positions", ORGANISATION),
    form("people:new_position", HR_SOMEWHERE),
    Row("people:position", COLLEAGUE, "PLAT-IMPORT"),
    form("people:change_position", HR_OF_TECHNOLOGY, "PLAT-IMPORT"),
    form("people:change_position", HR_OF_OTHERS, "CARE-DAY"),
    form("people:move_position", HR_OF_TECHNOLOGY, "PLAT-IMPORT"),
    form("people:close_position", HR_OF_TECHNOLOGY, "PLAT-IMPORT"),
    form("people:responsibilities", WRITES_DUTIES, "PLAT-IMPORT"),
    Row("people:jobs", ORGANISATION),
    form("people:new_job", HR_ADMINISTRATORS),
    Row("people:job", COLLEAGUE, "job of tomas"),
    form("people:change_job", HR_ALONE, "job of tomas"),
    form("people:requirements", HR_ALONE, "job of tomas"),
    Row("people:competencies", ORGANISATION),
    form("people:new_competency", HR_ADMINISTRATORS),
    form("people:change_competency", HR_ALONE, "a competency"),
    form("people:roles", GIVES_ROLES),
    button("people:role_end", GRANT_OF_FATIMA, "role of fatima"),
    button("people:role_end", GRANT_OF_SAMUEL, "role of samuel"),
    button("people:role_end", GRANT_OF_INGRID, "role of ingrid"),
]

FILES = [
    form("people:imports", HR_SOMEWHERE),
    Row("people:import", HR_SOMEWHERE, "import of fatima"),
    Row("people:import", IMPORT_OF_INGRID, "import of ingrid"),
    Row("people:import_progress", HR_SOMEWHERE, "import of fatima"),
    Row("people:import_columns", HR_SOMEWHERE, "import of fatima"),
    Row("people:import_columns", IMPORT_OF_INGRID, "import of ingrid", post=422),
    button("people:import_mends", MENDED_BY_INGRID, "import of ingrid"),
    button("people:import_completion", MENDED_BY_FATIMA, "import of fatima"),
    button("people:import_completion", MENDED_BY_INGRID, "import of ingrid"),
    button("people:import_undoing", NOT_YET_DONE, "import of ingrid"),
    Row("people:import_template", HR_SOMEWHERE, "people as csv"),
    Row("people:import_template", JOBS_AS_FILES, "jobs as csv"),
    button("people:export", HR_SOMEWHERE, "people as csv", post=200),
    button("people:export", JOBS_AS_FILES, "jobs as csv", post=200),
]

CONVERSATIONS = [
    Row("conversations:talks", TALKS),
    form("conversations:new_series", TALKS),
    Row("conversations:rhythms", WATCHES_RHYTHMS),
    Row("conversations:talk", ANA_AND_TOMAS, "talks of ana and tomas"),
    form("conversations:cadence", ANA_AND_TOMAS, "talks of ana and tomas"),
    button("conversations:series_end", ANA_AND_TOMAS, "talks of ana and tomas"),
    form("conversations:plan", ANA_AND_TOMAS, "talks of ana and tomas"),
    button("conversations:points", ANA_AND_TOMAS, "talks of ana and tomas", post=422),
    button("conversations:promises", ANA_AND_TOMAS, "talks of ana and tomas", post=422),
    form("conversations:move", ANA_AND_TOMAS, "talk of ana and tomas"),
    button("conversations:hold", ANA_AND_TOMAS, "talk of ana and tomas"),
    button("conversations:skip", ANA_AND_TOMAS, "talk of ana and tomas"),
    button("conversations:note", ANA_AND_TOMAS, "talk of ana and tomas"),
    button("conversations:settlement", ANA_AND_TOMAS, "point of ana and tomas"),
    button("conversations:completion", ANA_AND_TOMAS, "promise of ana and tomas"),
    Row("conversations:feedback_list", SIGNED_IN),
    form("conversations:new_feedback", TALKS),
    Row("conversations:feedback", ANA_AND_TOMAS, "feedback of ana to tomas"),
    form("conversations:revision", ANA_OF_THE_TWO, "feedback of ana to tomas"),
    form("conversations:new_request", TALKS),
    Row("conversations:request", ASKED_OF_TOMAS, "request of ana to tomas"),
    button("conversations:declining", TOMAS_OF_THE_TWO, "request of ana to tomas"),
]

INSTALLATION = [
    Row("operations", SYSTEM),
    button("operations_retry_all", SYSTEM),
    button("operations_retry", SYSTEM, "a failed job"),
    form("operations_discard", SYSTEM, "a failed job"),
    Row("accounts", SYSTEM),
    Row("account", SYSTEM, "account of tomas"),
    form("account_address", SYSTEM, "account of tomas"),
    button("account_act", SYSTEM, "invitation of tomas"),
    button("account_act", SYSTEM, "closure of tomas"),
    Row("ledger:records", LEDGER),
    Row("ledger:proof", LEDGER, "a record"),
]

OWN = [
    Row("notices:list", SIGNED_IN),
    button("notices:reading_of_all", SIGNED_IN),
    form("notices:settings", SIGNED_IN),
    button("notices:reading", OF_TOMAS_ALONE, "notice of tomas"),
    Row("drafts:drafts", SIGNED_IN),
    Row("drafts:draft", DRAFT_OF_TOMAS, "draft of tomas"),
    Row("drafts:draft", OWN_DRAFT, "a new draft", get=404, post=422),
    button("drafts:discard", SIGNED_IN, "draft of tomas"),
    button("drafts:discard_set_aside", SIGNED_IN, "text set aside by tomas"),
    form("drafts:demonstration", SIGNED_IN),
    form("identity:settings", SIGNED_IN),
    Row("usersessions_list", SIGNED_IN),
    button("identity:end_other_sessions", SIGNED_IN),
    button("identity:end_session", OF_TOMAS_ALONE, "another session of tomas"),
]

DOOR = [
    form("account_login", NOT_SIGNED_IN),
    Row("account_logout", SIGNED_IN, post=302),
    Row("account_inactive", ANYBODY),
    form("account_reauthenticate", SIGNED_IN),
    Row("account_email_verification_sent", ANYBODY),
    Row("account_confirm_email", ANYBODY, "a dead link"),
    form("account_change_password", SIGNED_IN),
    Row("account_set_password", SIGNED_IN, get=302, post=302),
    form("account_reset_password", ANYBODY),
    Row("account_reset_password_done", ANYBODY),
    Row("account_reset_password_from_key", ANYBODY, "a dead link of two parts"),
    Row("account_reset_password_from_key_done", ANYBODY),
    Row("socialaccount_login_cancelled", ANYBODY),
    Row("socialaccount_login_error", ANYBODY, get=401),
    Row("openid_connect_login", DOES_NOT_EXIST, "company"),
    Row("openid_connect_callback", DOES_NOT_EXIST, "company"),
    button("identity:demo_sign_in", DOES_NOT_EXIST),
]

SECOND_FACTOR = [
    Row("mfa_index", SIGNED_IN),
    Row("mfa_authenticate", HALF_IN),
    Row("mfa_reauthenticate", WITHOUT_APP),
    form("mfa_activate_totp", SIGNED_IN),
    Row("mfa_deactivate_totp", NO_SUCH_PROOF),
    Row("mfa_view_recovery_codes", NO_SUCH_PROOF),
    Row("mfa_generate_recovery_codes", SIGNED_IN),
    Row("mfa_download_recovery_codes", NO_SUCH_PROOF),
    Row("mfa_list_webauthn", SIGNED_IN),
    form("mfa_add_webauthn", SIGNED_IN),
    Row("mfa_reauthenticate_webauthn", WITH_A_PASSKEY),
    Row("mfa_login_webauthn", SCRIPTS),
    form("mfa_edit_webauthn", OF_TOMAS_ALONE, "passkey of tomas"),
    Row("mfa_remove_webauthn", OF_TOMAS_ALONE, "passkey of tomas", post=302),
]

STRATEGY = [
    Row("strategy:current", ORGANISATION),
    form("strategy:new_strategy", STRATEGY_WRITERS),
    Row("strategy:strategy", COLLEAGUE, "strategy in force"),
    Row("strategy:strategy", DRAFT_OF_A_STRATEGY, "draft strategy"),
    form("strategy:change_strategy", WRITES_DRAFT, "draft strategy"),
    form("strategy:change_strategy", WRITES_WHAT_HOLDS, "strategy in force"),
    Row("strategy:bring_into_force", WRITES_DRAFT, "draft strategy", post=302),
    Row("strategy:bring_into_force", WRITES_WHAT_HOLDS, "strategy in force", post=302),
    form("strategy:shares", WRITES_DRAFT, "draft strategy"),
    form("strategy:shares", WRITES_WHAT_HOLDS, "strategy in force"),
    form("strategy:new_perspective", WRITES_DRAFT, "draft strategy"),
    form("strategy:change_perspective", WRITES_DRAFT, "perspective of the draft"),
    form("strategy:change_perspective", WRITES_WHAT_HOLDS, "perspective in force"),
    form("strategy:remove_perspective", WRITES_DRAFT, "perspective of the draft"),
    form("strategy:new_objective", WRITES_DRAFT, "draft strategy"),
    Row("strategy:objective", COLLEAGUE, "objective of leo"),
    Row("strategy:objective", DRAFT_OF_A_STRATEGY, "objective of the draft"),
    form("strategy:change_objective", WRITES_DRAFT, "objective of the draft"),
    form("strategy:change_objective", WRITES_WHAT_HOLDS, "objective of leo"),
    form("strategy:hand_over", SETS_MEASURES, "objective of leo"),
    Row("strategy:remove_objective", WRITES_DRAFT, "objective of the draft", post=302),
    Row("strategy:remove_objective", WRITES_WHAT_HOLDS, "objective of leo", post=302),
    form("strategy:new_cause", WRITES_DRAFT, "draft strategy"),
    Row("strategy:remove_cause", WRITES_DRAFT, "cause of the draft", post=302),
    Row("strategy:remove_cause", WRITES_WHAT_HOLDS, "cause in force", post=302),
    form("strategy:new_measure", SETS_MEASURES, "objective of leo"),
    form("strategy:targets", SETS_MEASURES, "measure of leo"),
    form("strategy:remove_measure", SETS_MEASURES, "measure of leo"),
    Row("strategy:remove_measure", WRITES_DRAFT, "measure of the draft", post=302),
    form("strategy:new_actual", MEASURES, "measure of leo"),
    Row("strategy:unit", COLLEAGUE, "PLAT"),
    form("strategy:propose", LEADS_PLATFORM, "PLAT"),
    Row("strategy:agree", ANSWERS_PLATFORM, "offer of Platform", post=302),
    form("strategy:pass_back", PASSES_BACK_PLATFORM, "offer of Platform"),
]

DECISIONS = [
    Row("decisions:decisions", ORGANISATION),
    form("decisions:begin", PROPOSES),
    Row("decisions:pick_person", PROPOSES),
    Row("decisions:outcomes", COUNTS_OUTCOMES),
    Row("decisions:policies", ORGANISATION),
    form("decisions:policy", HR_ADMINISTRATORS, "policy of promotions"),
    Row("decisions:decision", DRAFT_OF_ANA, "draft about tomas", get=302),
    Row("decisions:decision", DECISION_OF_TOMAS, "decision about tomas"),
    form("decisions:draft", DRAFT_OF_ANA, "draft about tomas"),
    form("decisions:draft", SENT_ALREADY, "decision about tomas"),
    Row("decisions:pick_evidence", DRAFT_OF_ANA, "draft about tomas", post=302),
    Row("decisions:pick_evidence", SENT_ALREADY, "decision about tomas", post=302),
    button("decisions:drop_evidence", DRAFT_OF_ANA, "evidence of a draft"),
    Row("decisions:evidence", DECISION_OF_TOMAS, "decision about tomas"),
    Row("decisions:dossier", DECISION_OF_TOMAS, "decision about tomas"),
    Row("decisions:proof", DECISION_OF_TOMAS, "evidence of what was passed"),
    Row("decisions:checks", DRAFT_OF_ANA, "draft about tomas"),
    form("decisions:checking", CHECKS, "decision about tomas"),
    button("decisions:passing", CHECKS, "decision about tomas", post=422),
    form("decisions:reply", REPLIES, "decision about tomas"),
    form("decisions:approval", APPROVES, "decision about tomas"),
    form("decisions:rejection", APPROVES, "decision about tomas"),
    form("decisions:return", APPROVES, "decision about tomas"),
    form("decisions:withdrawal", WITHDRAWS, "decision about tomas"),
    button("decisions:execution", CHECKS, "decision about tomas", post=422),
]

CHAPTERS: dict[str, list[Row]] = {
    "The house": HOUSE,
    "People": PEOPLE,
    "The organisation": ORGANISATION_ROWS,
    "The strategy": STRATEGY,
    "Files in and out": FILES,
    "Talks and feedback": CONVERSATIONS,
    "Decisions": DECISIONS,
    "The installation": INSTALLATION,
    "One's own": OWN,
    "The door": DOOR,
    "Second factors": SECOND_FACTOR,
}
TABLE = [row for rows in CHAPTERS.values() for row in rows]
