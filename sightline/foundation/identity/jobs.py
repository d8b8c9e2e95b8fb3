"""What identity does in the background: letters, and sweeping up what has ended.

Jobs name accounts by number and letters by kind. Secrets, such as the link to set a password, are
made when the letter is written, so that none lies in the table of jobs.
"""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django_tasks import task
from django_tasks.base import TaskContext

from sightline.foundation.core.dates import now
from sightline.foundation.identity import mails
from sightline.foundation.identity.models import Account
from sightline.foundation.jobs import schedule


@task(takes_context=True)
def mail_invitation(context: TaskContext, account_id: int) -> None:
    """Send the owner of an open account the link to set a password."""
    for account in Account.objects.filter(pk=account_id, is_active=True):
        _send(mails.invitation(account), account, context)


@task(takes_context=True)
def mail_password_reset(context: TaskContext, email: str) -> None:
    """Send the link to set a new password, if there is an open account of this address.

    The question whether there is one is asked only here, so that the page which asked for the
    letter takes as long and says the same whatever the answer.
    """
    for account in Account.objects.filter(email__iexact=email, is_active=True):
        _send(mails.password_reset(account), account, context)


@task(takes_context=True)
def mail_confirmation(context: TaskContext, account_id: int) -> None:
    """Send the owner the link to confirm the address, unless it is confirmed already."""
    waiting = {"emailaddress__primary": True, "emailaddress__verified": False}
    for account in Account.objects.filter(pk=account_id, is_active=True, **waiting):
        _send(mails.confirmation(account), account, context)


@task(takes_context=True)
def mail_security_notice(context: TaskContext, account_id: int, what: str, at: str) -> None:
    """Tell the owner what has changed about the account's safety, and when."""
    for account in Account.objects.filter(pk=account_id):
        _send(mails.security_notice(account, what, datetime.fromisoformat(at)), account, context)


def _send(letter: EmailMessage, account: Account, context: TaskContext) -> None:
    """However often the job runs, mail systems know its letter for one by its Message-ID."""
    key = f"job:{context.task_result.id}:{account.pk}"
    letter.extra_headers["Message-ID"] = mails.message_id(key)
    letter.send()


@schedule.daily(at="03:30")
@task
def sweep_ended_sessions() -> None:
    """Forget the sessions whose time is over."""
    Session.objects.filter(expire_date__lt=now()).delete()
    living = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=living).delete()
