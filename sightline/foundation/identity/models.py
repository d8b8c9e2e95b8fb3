"""Accounts: who can sign in. What a person does here is not known at this depth."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models.functions import Lower


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by e-mail whatever its case; Django asks for this class by this name."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of this e-mail address."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """An account that can sign in at once: whoever makes it vouches for the address."""
        from allauth.account.models import EmailAddress

        account = self.model(email=self.normalize_email(email), **fields)
        account.set_password(password)
        with transaction.atomic():
            account.save(using=self._db)
            EmailAddress.objects.create(
                user=account, email=account.email, verified=True, primary=True
            )
        return account


class Account(AbstractBaseUser):
    """A way to sign in, by e-mail."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=16, default="en")
    is_active = models.BooleanField(default=True)
    needs_second_factor = models.BooleanField(default=False)
    invited_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="identity_account_email_is_unique")
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def ref(self) -> str:
        """How the ledger names this account."""
        return f"account:{self.pk}"

    @property
    def actor_ref(self) -> str:
        """How the ledger names this account when it acts for itself."""
        return self.ref


class FoundingToken(models.Model):
    """What the first visitor of an empty installation must show; only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"until {self.expires_at}"


class SharedCacheEntry(models.Model):
    """The table behind Django's database cache, which every process counts attempts in.

    Declared as a model so that a migration makes it; only the cache itself reads and writes it.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "core_cache"

    def __str__(self) -> str:
        return self.cache_key
