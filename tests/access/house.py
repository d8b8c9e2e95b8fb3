"""The cast's company with something in every address: a file, a notice, a draft, a failed job."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from sightline.conversations.actions.agenda import promise, raise_point
from sightline.conversations.actions.feedback import Words, give_feedback
from sightline.conversations.actions.meetings import plan_meeting
from sightline.conversations.actions.notes import keep_note
from sightline.conversations.actions.requests import ask_for_feedback
from sightline.conversations.actions.series import open_series
from sightline.decisions.tests import cases
from sightline.development.actions.plans import Aim, Doing, add_action, draft_plan
from sightline.foundation.core.dates import now
from sightline.foundation.drafts.actions import Typed, save_draft, set_aside
from sightline.foundation.drafts.rules import Mark
from sightline.foundation.exchange.models import Import
from sightline.foundation.jobs.models import Job
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.sequence import sequence
from sightline.foundation.notices.kinds import KINDS
from sightline.foundation.notices.notify import notify
from sightline.goals.actions.check_ins import check_in
from sightline.goals.actions.help import ask_for_help
from sightline.goals.actions.mediating import ask_to_mediate
from sightline.goals.actions.periods import close_period
from sightline.goals.models import Period
from sightline.goals.tests.making import a_period, agreed, drafted, proposed, serves, to_and_fro
from sightline.people.actions.accounts import close_accounts_of_leavers
from sightline.people.actions.employments import Details, correct_details
from sightline.people.exchange import steps
from sightline.people.exchange.export import CSV, export
from sightline.people.models import Assignment, Competency, Role
from sightline.people.queries.people import employees_seen_by
from sightline.site.actions.invitations import ask_to_invite
from sightline.strategy.actions.commitments import propose_commitment
from sightline.strategy.actions.measures import MeasureFacts, add_measure
from sightline.strategy.actions.objectives import (
    add_objective,
    add_perspective,
    draw_cause,
    set_shares,
)
from sightline.strategy.actions.strategies import draft_strategy
from sightline.strategy.actions.target_shares import UnitPart, split_target
from sightline.strategy.actions.weighings import ask_for_weights
from sightline.strategy.models import Objective
from tests.access.reviewing import reviews
from tests.company import Company

DRAFT = "people:1:leave"


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is rolled back.

    Marked as Django marks the transactions of its own tests, so that code which asks for the
    outermost transaction (`durable`) finds nothing around it.
    """
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


class House:
    """The company, what the addresses of the table name, and a client for each viewer."""

    def __init__(self, company: Company, viewers: list[str]) -> None:
        self.company = company
        close_accounts_of_leavers()
        sequence()
        give_address(company)
        self.things = {**people(company), **organisation(company), **files(company), **DEAD_ENDS}
        self.things |= strategy(company)
        self.things |= goals(company)
        self.things |= growth(company)
        self.things |= belongings_of_tomas(company) | installation(company)
        self.things |= conversations(company)
        self.things |= decided(company)
        self.things |= beginnings(company)
        self.things |= reviews(company)
        self.clients = {key: self._client(key) for key in viewers}
        self.hidden = {key: hidden_from(company, key) for key in viewers}

    def _client(self, key: str) -> Client:
        return Client() if key == "nobody" else freshly_proved(self.company, key)

    def address(self, name: str, of: str) -> str:
        """The address of a thing."""
        given = self.things[of] if of else []
        if isinstance(given, dict):
            return reverse(name, kwargs=given)
        return reverse(name, args=given)

    def hidden_in(self, text: str, viewer: str) -> list[str]:
        """The names in a text of people who do not exist for a viewer."""
        return [name for name in self.hidden[viewer] if name in text]


def hidden_from(company: Company, key: str) -> list[str]:
    """The names of the cast that may not reach somebody, in any way."""
    if key in {"nobody", "rui"}:
        return [one.name for one in company.people.values()]
    seen = set(employees_seen_by(company.viewer(key)))
    return [one.name for one in company.people.values() if one not in seen]


def freshly_proved(company: Company, key: str) -> Client:
    """A client in which one of the cast has just signed in by password."""
    client = company.client(key)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, company.account(key), method="password")
    request.session.save()
    return client


def give_address(company: Company) -> None:
    """Halima gets an e-mail address, so that an account can be given to her."""
    halima = company.halima
    known = {name: getattr(halima, name) for name in Details.__slots__}
    details = replace(Details(**known), email="halima@example.org")
    correct_details(by=company.viewer("ingrid"), employee=halima, details=details)


def people(company: Company) -> dict[str, list[Any]]:
    """People, and what stands in their files."""
    plan = Assignment.objects.get(employee=company.sara, from_on__gt=company.today)
    found: dict[str, list[Any]] = {key: [one.pk] for key, one in company.people.items()}
    return found | {
        "plan of sara": [plan.pk],
        "leave of joao": [company.joao.leaves.get().pk],
        "dotted line of mei": [company.mei.dotted_lines.get().pk],
        "role of fatima": [grant(company, "fatima", Role.PEOPLE_PARTNER)],
        "role of samuel": [grant(company, "samuel", Role.AUDITOR)],
        "role of ingrid": [grant(company, "ingrid", Role.HR_ADMINISTRATOR)],
    }


def grant(company: Company, key: str, role: Role) -> int:
    """A role that somebody holds."""
    return company.people[key].role_grants.get(role=role, until_on__gt=company.today).pk


def organisation(company: Company) -> dict[str, list[Any]]:
    """Units and posts by code, a job, a competency."""
    units = {code: [unit.pk] for code, unit in company.units.items()}
    posts = {code: [post.pk] for code, post in company.positions.items()}
    return {
        **units,
        **posts,
        "job of tomas": [company.positions["PLAT-IMPORT"].job_id],
        "a competency": [Competency.objects.all()[0].pk],
    }


def strategy(company: Company) -> dict[str, list[Any]]:
    """The strategy in force, a draft of the next one, and an offer of Platform."""
    held = Objective.objects.get(title__startswith="No lost order")
    offer = propose_commitment(
        by=company.viewer("ana"),
        unit=company.units["PLAT"],
        objective=held,
        share_percent=Decimal(20),
    )
    cause = held.drives.all()[0]
    measure = held.measures.exclude(direction="band")[0]
    parts = [UnitPart(company.units["PLAT"], [Decimal(1)])]
    due_on = measure.targets.all()[0].due_on
    head = company.viewer("nkechi")
    split_target(by=head, measure=measure, due_on=due_on, way="none", parts=parts)
    return {
        "strategy in force": [held.strategy_id],
        "perspective in force": [held.perspective_id],
        "objective of leo": [held.pk],
        "cause in force": [cause.pk],
        "measure of leo": [measure.pk],
        "part of Platform": [measure.shares.all()[0].pk],
        "offer of Platform": [offer.pk],
        **draft(company),
    }


def draft(company: Company) -> dict[str, list[Any]]:
    """A strategy that is being written, with two objectives of Leo's."""
    head = company.viewer("nkechi")
    days = {"from_on": company.today, "until_on": company.calendar.days(900)}
    one = draft_strategy(by=head, name="The next one", **days)
    view = add_perspective(by=head, strategy=one, name="Shops", hue=1)
    said = {"description": "", "owner": company.leo}
    first, second = (
        add_objective(by=head, perspective=view, title=title, **said) for title in ("One", "Two")
    )
    set_shares(by=head, strategy=one, shares=dict.fromkeys([first, second], Decimal(50)))
    cause = draw_cause(by=head, from_objective=first, to_objective=second)
    facts = MeasureFacts("Orders", "up", "lag", one.from_on, baseline=Decimal(1))
    question = ask_for_weights(by=head, strategy=one, way="points", person=company.leo)
    return {
        "question about shares": [question.pk],
        "draft strategy": [one.pk],
        "perspective of the draft": [view.pk],
        "objective of the draft": [first.pk],
        "cause of the draft": [cause.pk],
        "measure of the draft": [add_measure(by=head, objective=first, facts=facts).pk],
    }


def goals(company: Company) -> dict[str, list[Any]]:
    """Goals in every stage, what one of them serves, and two periods."""
    period = a_period(company, asks=True)
    mei, ana = company.viewer("mei"), company.viewer("ana")
    earlier = a_period(
        company,
        name="The half before",
        from_on=company.calendar.days(-270),
        until_on=company.calendar.days(-90),
    )
    close_period(by=company.viewer("ingrid"), period=earlier)
    shared = agreed(ana, company.viewer("leo"), period, unit=company.units["PLAT"])
    serves(ana, shared, Objective.objects.select_related("strategy").filter(served_by=None)[0])
    goal = agreed(mei, ana, period)
    serves(mei, goal, shared, 70)
    check_in(by=mei, goal=goal, value=Decimal("0.8"), confidence=Decimal("0.6"))
    goal.contributions.update(parent_version=0)
    words = "A morning to read two slow queries."
    asked = ask_for_help(by=mei, goal=goal, asked=company.tomas, words=words)
    return {
        "help asked of tomas": [asked.pk],
        "text of a goal": ["goal"],
        "goal of Platform": [shared.pk],
        "goal of mei": [goal.pk],
        "contribution of mei": [goal.contributions.get().pk],
        "private goal of mei": [agreed(mei, ana, period, visibility="private").pk],
        "proposal to tomas": [proposed(ana, period, employee=company.tomas).pk],
        **stuck_goals(company, period),
        "draft goal of tomas": [drafted(company.viewer("tomas"), period).pk],
        "period": [period.pk],
        "period that has closed": [earlier.pk],
        "Platform": [company.units["PLAT"].pk],
    }


def stuck_goals(company: Company, period: Period) -> dict[str, list[Any]]:
    """Two goals on which Tomás and Ana cannot agree; with one of them Leo was asked to mediate."""
    tomas, ana = company.viewer("tomas"), company.viewer("ana")
    first, second = (to_and_fro(proposed(tomas, period), tomas, ana) for _count in range(2))
    ask_to_mediate(by=tomas, goal=second, words="We differ on the weight.")
    return {"stuck goal of tomas": [first.pk], "goal of tomas with a mediator": [second.pk]}


def growth(company: Company) -> dict[str, list[Any]]:
    """Plans of the demo company, and a draft that Ana writes for a report."""
    ana, today = company.viewer("ana"), company.today
    draft = draft_plan(
        by=ana, employee=company.cida, aim=Aim("One thing at a time", today + timedelta(days=90))
    )
    doing = Doing("Say no to one plan a month", "The plans that stay are kept", draft.until_on)
    action = add_action(by=ana, plan=draft, doing=doing)
    of_tomas = company.tomas.plans.get()
    return {
        "plan of tomas": [of_tomas.pk],
        "action of tomas": [of_tomas.actions.filter(stage="open")[0].pk],
        "plan of kofi": [company.kofi.plans.get().pk],
        "draft of ana": [draft.pk],
        "action in the draft": [action.pk],
    }


def files(company: Company) -> dict[str, Any]:
    """An import of each who may bring one, read and ready, and kinds of files."""
    return {
        "import of fatima": [brought(company, "fatima").pk],
        "import of ingrid": [brought(company, "ingrid").pk],
        "people as csv": {"kind": "people", "file_format": "csv"},
        "jobs as csv": {"kind": "jobs", "file_format": "csv"},
    }


def brought(company: Company, key: str) -> Import:
    """The people of a viewer as a file, brought back as it went out."""
    viewer = company.viewer(key)
    data = export(by=viewer, kind="people", file_format=CSV, day=company.today)
    imported = steps.bring(
        by=viewer, kind="people", file_name="people.csv", data=data, day=company.today
    )
    run_waiting_jobs()
    return imported


def belongings_of_tomas(company: Company) -> dict[str, list[Any]]:
    """What is his alone."""
    tomas = company.account("tomas")
    typed = Typed({"text": ["Half a sentence"]}, Mark(0, "page-of-tomas", 1))
    save_draft(by=tomas, key=DRAFT, typed=typed)
    set_aside(by=tomas, key=DRAFT, text=typed)
    notice = notify(account=tomas, kind=next(iter(KINDS)), sentence="You have a desk", key="desk")
    elsewhere = UserSession.objects.create(
        user=tomas, session_key="elsewhere", ip="192.0.2.1", created_at=now(), last_seen_at=now()
    )
    passkey = Authenticator.objects.create(
        user=tomas,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Key", "credential": credential()},
    )
    return {
        "notice of tomas": [notice.pk if notice else 0],
        "draft of tomas": [DRAFT],
        "a new draft": ["people:1:move"],
        "text set aside by tomas": [tomas.setasides.get().pk],
        "another session of tomas": [elsewhere.pk],
        "passkey of tomas": [passkey.pk],
    }


def beginnings(company: Company) -> dict[str, list[Any]]:
    """A step of getting started, and a round of invitations that is under way."""
    asked = ask_to_invite(by=company.viewer("ingrid"), people=[company.tomas])
    return {"a step": ["people"], "a round of invitations": [asked.pk]}


SAID = b'{"type": "webauthn.create", "challenge": "AAAA", "origin": "http://localhost"}'


def credential() -> dict[str, object]:
    """What a browser says when a passkey is added."""
    numbers = ec.generate_private_key(ec.SECP256R1()).public_key()
    held = AttestedCredentialData.create(
        bytes(16), b"passkey", ES256.from_cryptography_key(numbers)
    )
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    seen = AuthenticatorData.create(bytes(32), flags, 0, held)
    return {
        "id": websafe_encode(b"passkey"),
        "rawId": websafe_encode(b"passkey"),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(SAID),
            "attestationObject": websafe_encode(AttestationObject.create("none", seen, {})),
        },
    }


def conversations(company: Company) -> dict[str, list[Any]]:
    """What Ana and Tomás talk about, and what she said to him and asked him about Mei."""
    ana, tomas = company.viewer("ana"), company.tomas
    talks = open_series(by=ana, partner=tomas, purpose="One-to-one", cadence_days=14)
    meeting = plan_meeting(by=ana, series=talks, meets_on=company.today)
    keep_note(by=ana, meeting=meeting, text="For Ana alone")
    said = give_feedback(
        by=ana,
        subject=tomas,
        words=Words("On Tuesday", "You held the file back", "No shop noticed"),
        kind="praise",
        readers="subject",
    )
    asked = ask_for_feedback(by=ana, asked=tomas, about=company.mei, question="What helps?")
    return {
        "talks of ana and tomas": [talks.pk],
        "talk of ana and tomas": [meeting.pk],
        "point of ana and tomas": [raise_point(by=ana, series=talks, text="The vendor").pk],
        "promise of ana and tomas": [promise(by=ana, series=talks, who=tomas, text="Ask").pk],
        "feedback of ana to tomas": [said.pk],
        "request of ana to tomas": [asked.pk],
    }


def installation(company: Company) -> dict[str, list[Any]]:
    """A job that failed, a record, an account and two of the acts on it."""
    moment: datetime = now()
    failed = Job.objects.create(
        task="sightline.foundation.notices.jobs.send_letter",
        state="failed",
        enqueued_at=moment,
        run_after=moment,
        finished_at=moment,
    )
    account = company.account("tomas").pk
    return {
        "a failed job": [failed.pk],
        "a record": [Record.objects.earliest("pk").pk],
        "account of tomas": [account],
        "invitation of tomas": [account, "invitation"],
        "closure of tomas": [account, "closure"],
    }


DEAD_ENDS = {
    "a dead link": ["nothing"],
    "a dead link of two parts": ["1", "nothing"],
    "company": ["company"],
}


def decided(company: Company) -> dict[str, list[Any]]:
    """A promotion of Tomás that was passed to him, and a bonus that Ana has only drafted."""
    passed, drafted = cases.passed(company), cases.drafted(company, "bonus")
    evidence = cases.evidence_of(drafted)[0]
    sequence()
    return {
        "decision about tomas": [passed.pk],
        "draft about tomas": [drafted.pk],
        "evidence of a draft": [drafted.pk, evidence.pk],
        "evidence of what was passed": [passed.pk, cases.evidence_of(passed)[0].pk],
        "policy of promotions": ["promotion"],
    }
