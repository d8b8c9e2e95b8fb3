"""Finds the texts of templates that are to be translated, for `bin/messages`.

Django can rewrite a template so that only calls of gettext are left of it; Babel's reader of
JavaScript, which minds neither indentation nor what stands between the calls, reads the rest.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from babel.messages.extract import extract_javascript
from django.utils.translation.template import templatize


def from_template(
    file: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: object,
) -> Iterator[tuple[Any, ...]]:
    """The messages of a template, as Babel takes them: line, function, texts, comments."""
    calls = templatize(file.read().decode("utf-8")).replace("gettext(u'", "gettext('")
    yield from extract_javascript(io.BytesIO(calls.encode("utf-8")), keywords, comment_tags, {})
