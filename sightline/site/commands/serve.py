"""`sightline serve`: the web server, with a worker inside."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import threading
import time
from argparse import ArgumentParser, Namespace
from types import FrameType
from typing import Any

from sightline.site.commands import demo, migrate, prepare
from sightline.site.commands.base import Command, say
from sightline.site.environment import stop

GRACE_SECONDS = 20
"""How long requests in hand may take once the server is told to stop."""


def add_arguments(parser: ArgumentParser) -> None:
    """Where to listen, and what to do first."""
    parser.add_argument(
        "--host",
        default=os.environ.get("HOST") or "127.0.0.1",
        help="the address to listen on (default: 127.0.0.1, this machine only; HOST)",
    )
    parser.add_argument(
        "--port",
        default=os.environ.get("PORT") or "8000",
        help="the port to listen on (default: 8000; PORT)",
    )
    parser.add_argument(
        "--threads", type=int, default=8, help="requests served at once (default: 8)"
    )
    parser.add_argument(
        "--no-worker",
        action="store_true",
        help="leave the work in the background to `sightline worker`",
    )
    parser.add_argument(
        "--prepare", action="store_true", help="bring the database to this version first"
    )
    parser.add_argument(
        "--demo",
        action="store_true",
        help="make the demo company first, when the database is empty",
    )


def run(options: Namespace) -> int | None:
    """Prepare what was asked for, then serve until told to stop."""
    listener = listen(options.host, options.port)
    if options.prepare:
        prepare.prepare()
    elif migrate.migrations_are_missing():
        stop("the database is older than the program. Run `sightline migrate` first.")
    if demo.database_is_empty():
        settle_the_demo(wanted=options.demo)
    prepare.collect_static_files()
    start(listener, options)
    return None


def settle_the_demo(*, wanted: bool) -> None:
    """Make the demo company, or forget one that is gone; begin anew when that changes the settings.

    A mark left by a demo whose database was thrown away must not open a real one to everybody.
    """
    from django.conf import settings

    marked = settings.DEMO_MARK.exists()
    demo.forget_company()
    if wanted:
        demo.make_company(size=200, seed=1)
    if wanted or marked:
        start_again()


def listen(host: str, port: str) -> socket.socket:
    """The port, taken before any work is done; a sentence when it cannot be had."""
    if not port.isdecimal() or not 0 <= int(port) <= 65535:
        stop(f"the port must be a number from 1 to 65535, not {port!r}.")
    try:
        family, _, _, _, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            stop(f"port {port} is taken by another program. Choose another: PORT={int(port) + 1}")
        stop(f"{host}:{port} cannot be listened on ({error.strerror}).")
    return listener


def start_again() -> None:
    """Begin the same command anew, so that settings are read as the database now is."""
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  # ourselves again


def start(listener: socket.socket, options: Namespace) -> None:
    """Serve Sightline, with a worker beside it."""
    from sightline.foundation.jobs.worker import start_embedded_worker
    from sightline.site.wsgi import application

    worker = None if options.no_worker else start_embedded_worker()
    serve(application, listener, threads=options.threads)
    if worker:
        worker.stop()


def serve(application: Any, listener: socket.socket, *, threads: int) -> None:
    """Answer requests until SIGTERM or Ctrl+C; then finish those in hand."""
    from django.conf import settings
    from waitress import create_server

    server = create_server(
        application,
        sockets=[listener],
        threads=threads,
        ident=None,
        channel_timeout=60,
        max_request_body_size=64 * 2**20,
        **trust_in(settings.TRUSTED_PROXY),
    )
    stopping = threading.Event()

    def stop_soon(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()
        server.pull_trigger()

    signal.signal(signal.SIGTERM, stop_soon)
    signal.signal(signal.SIGINT, stop_soon)
    greet(listener)
    while not stopping.is_set():
        poll(server)
    say("Stopping: requests in hand are finished first.")
    finish_requests(server)


def trust_in(proxy: str) -> dict[str, Any]:
    """Believe what this proxy says about who asks and how; anybody else's word is struck out."""
    if not proxy:
        return {}
    return {
        "trusted_proxy": proxy,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    }


def greet(listener: socket.socket) -> None:
    """Say where the server is and who can sign in."""
    from django.conf import settings

    host, port = listener.getsockname()[:2]
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    say(f"\nSightline runs on {url} (stop with Ctrl+C)")
    for line in demo.who_can_sign_in(settings.PUBLIC_URL if settings.BEHIND_TLS else url):
        say(line)


def poll(server: Any) -> None:
    """One round of the server's loop."""
    server.asyncore.loop(timeout=1, map=server._map, use_poll=True, count=1)


def finish_requests(server: Any) -> None:
    """Take no new connections, and answer what was asked already."""
    server.accepting = False
    deadline = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < deadline and any(
        channel.requests or channel.total_outbufs_len for channel in server.active_channels.values()
    ):
        poll(server)
    server.task_dispatcher.shutdown()
    server.close()


COMMAND = Command(
    name="serve",
    summary="run the web server, with a worker inside",
    description=(
        "Runs the web server, and a worker for the work in the background inside it.\n"
        "Put a proxy with TLS before it and set SIGHTLINE_URL (docs/admin/proxy.md). When told to\n"
        "stop (SIGTERM, Ctrl+C), it takes no new requests and finishes those in hand."
    ),
    run=run,
    add_arguments=add_arguments,
)
