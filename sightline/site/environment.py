"""Typed readers of the environment. A bad value stops the start with one sentence."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import available_timezones


def stop(sentence: str) -> NoReturn:
    """End the program with a sentence that says what to do next."""
    raise SystemExit(f"sightline: {sentence}")


class Environment:
    """Reads settings from environment variables, each by its type."""

    def text(self, name: str, *, default: str) -> str:
        """The value as it stands; empty counts as not set."""
        return os.environ.get(name, "").strip() or default

    def flag(self, name: str, *, default: bool) -> bool:
        """A yes or a no."""
        value = os.environ.get(name, "").strip().lower()
        if not value:
            return default
        if value in {"1", "yes", "true", "on"}:
            return True
        if value in {"0", "no", "false", "off"}:
            return False
        stop(f"{name} must be yes or no, not {value!r}.")

    def choice(self, name: str, choices: tuple[str, ...], *, default: str) -> str:
        """One of several words, upper or lower case."""
        value = self.text(name, default=default).upper()
        if value not in choices:
            stop(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
        return value

    def port(self, name: str, *, default: str) -> str:
        """A port to listen on."""
        value = self.text(name, default=default)
        if not (value.isascii() and value.isdecimal() and int(value) <= 65535):
            stop(f"{name} must be a number from 0 to 65535, not {value!r}.")
        return value

    def url(self, name: str, *, default: str) -> str:
        """An address that starts with http:// or https://, without a slash at its end."""
        value = self.text(name, default=default).rstrip("/")
        url = parsed(name, value)
        if url.scheme not in {"http", "https"} or not url.hostname:
            stop(f"{name} must be an address such as https://people.example.org, not {value!r}.")
        return value

    def host_of(self, url: str) -> str:
        """The host name in an address."""
        return urlsplit(url).hostname or ""

    def words(self, name: str, *, default: list[str]) -> list[str]:
        """Values set apart by commas."""
        given = [word.strip() for word in os.environ.get(name, "").split(",")]
        return [word for word in given if word] or default

    def folder(self, name: str, *, default: Path) -> Path:
        """A folder, made when it is not there."""
        path = Path(os.environ.get(name, "").strip() or default).expanduser().resolve()
        try:
            path.mkdir(parents=True, exist_ok=True)
            (path / "made").mkdir(exist_ok=True)
        except OSError as error:
            stop(f"{name}: the folder {path} cannot be made ({error.strerror}).")
        return path

    def time_zone(self, name: str, *, default: str) -> str:
        """A name of the time zone database, such as Europe/Lisbon."""
        value = self.text(name, default=default)
        if value not in available_timezones():
            stop(f"{name}: there is no time zone {value!r}; use a name such as Europe/Lisbon.")
        return value

    def secret(self, name: str, *, file: Path) -> str:
        """A secret from NAME, from the file that NAME_FILE names, or made once into `file`."""
        if value := os.environ.get(name, "").strip():
            return value if len(value) >= 32 else stop(f"{name} is shorter than 32 characters.")
        path = Path(os.environ.get(f"{name}_FILE", "").strip() or file)
        try:
            if not path.exists():
                make_secret(path)
            value = path.read_text().strip()
        except OSError as error:
            stop(f"{name}: {path} cannot be read or made ({error.strerror}).")
        if len(value) < 32:
            stop(f"{name}: the secret in {path} is shorter than 32 characters.")
        return value

    def database(self, name: str, *, default: Path) -> dict[str, Any]:
        """sqlite:///path, or postgresql://user:password@host:port/name?sslmode=require."""
        url = parsed(name, self.text(name, default=f"sqlite:///{default}"))
        if url.scheme == "sqlite":
            return sqlite(unquote(url.path[1:] or str(default)))
        if url.scheme in {"postgres", "postgresql"}:
            options = dict(parse_qsl(url.query))
            return {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(url.path[1:]),
                "USER": unquote(url.username or ""),
                "PASSWORD": unquote(url.password or ""),
                "HOST": unquote(url.hostname or options.pop("host", "")),
                "PORT": str(url.port or ""),
                "CONN_HEALTH_CHECKS": True,
                "CONN_MAX_AGE": 600,
                "OPTIONS": options,
            }
        stop(f"{name} must start with sqlite:// or postgresql://, not {url.scheme}://.")

    def mail(self, name: str, *, default: str, folder: Path) -> dict[str, Any]:
        """How mail leaves: "file" (into a folder), "console", or smtp(s)://user:password@host:port."""
        value = self.text(name, default=default)
        backends = "django.core.mail.backends"
        if value == "file":
            return {
                "EMAIL_BACKEND": f"{backends}.filebased.EmailBackend",
                "EMAIL_FILE_PATH": folder,
            }
        if value == "console":
            return {"EMAIL_BACKEND": f"{backends}.console.EmailBackend"}
        url = parsed(name, value)
        if url.scheme not in {"smtp", "smtps", "smtp+tls"} or not url.hostname:
            stop(f"{name} must be file, console, or smtp://user:password@host:port.")
        return {
            "EMAIL_BACKEND": f"{backends}.smtp.EmailBackend",
            "EMAIL_HOST": url.hostname,
            "EMAIL_PORT": url.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[url.scheme],
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_SSL": url.scheme == "smtps",
            "EMAIL_USE_TLS": url.scheme == "smtp+tls",
            "EMAIL_TIMEOUT": 20,
        }


def parsed(name: str, value: str) -> SplitResult:
    """The parts of an address. It may hold a password, so nothing of it is told."""
    try:
        url = urlsplit(value)
        _ = url.port
    except ValueError:
        stop(
            f"{name}: its host or port cannot be read. "
            "In a password, percent-encode all but letters and digits."
        )
    return url


def sqlite(path: str) -> dict[str, Any]:
    """SQLite as a server's database: many readers beside one writer, every commit on disk."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456"
            ),
        },
    }


def make_secret(path: Path) -> None:
    """A new secret for this user alone; one that another process made meanwhile stays."""
    handle, name = tempfile.mkstemp(dir=path.parent)  # readable by its owner only
    with open(handle, "w") as out:
        out.write(secrets.token_urlsafe(50))
    with suppress(FileExistsError):
        os.link(name, path)
    os.unlink(name)


def database_identity(database: dict[str, Any]) -> str:
    """Which database it is, without its password."""
    return " ".join(str(database.get(part, "")) for part in ("ENGINE", "HOST", "PORT", "NAME"))


def is_demo(mark: Path, database: dict[str, Any]) -> bool:
    """Whether this very database holds the demo company, where all may sign in as all."""
    return mark.exists() and mark.read_text() == database_identity(database)
