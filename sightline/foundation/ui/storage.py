"""How static files are named where they are served for good."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedByContent(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Every file carries a hash of its content in its name; scripts import each other by it.

    So a browser keeps files for ever, and never runs scripts of two versions together.
    """

    support_js_module_import_aggregation = True
