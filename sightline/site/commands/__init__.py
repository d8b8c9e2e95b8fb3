"""What `sightline` can be told on the command line; one file a command."""

from sightline.site.commands import (
    backup,
    check,
    demo,
    exchange,
    migrate,
    restore,
    serve,
    verify,
    worker,
)

ALL = [
    serve.COMMAND,
    worker.COMMAND,
    migrate.COMMAND,
    demo.COMMAND,
    exchange.COMMAND,
    verify.COMMAND,
    check.COMMAND,
    backup.COMMAND,
    restore.COMMAND,
]
