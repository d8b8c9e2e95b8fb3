"""Static files that are made and not written: the one style sheet and the cut font.

The style sheet's sources stay small, one file a component, in a folder named for their layer:
static/ui/css/<layer>/<component>.css, and static/<app>/css/<component>.css for the layer of the
apps. Forty files would be forty requests over HTTP/1.1, and nesting @import would be a chain of
them, so they are joined into ui/sightline.css: joined only, nothing is compiled. Whoever asks for
static files (the server in development, collectstatic at set-up, the tests) asks this finder,
which makes what is missing or older than its sources: there is no build to remember.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from sightline.foundation.ui import fonts

LAYERS = ("reset", "tokens", "base", "layout", "components", "apps", "utilities")
STYLE_SHEET = "ui/sightline.css"
FONT = f"ui/fonts/{fonts.FILE}"
RELATIVE_IMPORT = r"""(?P<matched>(?P<before>\b(?:import|from)\s*)"(?P<url>\./[^"]+)")"""


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Static files named for what they hold, so that a browser keeps each for good.

    The imports between script modules are renamed with them: otherwise each module would be asked
    for again, by its plain name, on every page.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("*/js/*.js", ((RELATIVE_IMPORT, '%(before)s"%(url)s"'),)),
    )


class MadeFinder(BaseFinder):
    """Finds the made files, and makes them when they are missing or stale."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "made", base_url=None)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing can be set wrong."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Where the file lies, when it is one of the made ones."""
        if path not in {STYLE_SHEET, FONT}:
            return []
        found = str(made(path))
        return [found] if find_all or kwargs.get("all") else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        """All made files, each made by now."""
        for path in (STYLE_SHEET, FONT):
            made(path)
            yield path, self.storage


def made(path: str) -> Path:
    """The made file, fresh."""
    target = Path(settings.VAR_DIR) / "made" / path
    if path == FONT:
        sources, make = [Path(fonts.__file__)], fonts.cut_inter
    else:
        sources, make = list(style_sources()), join_styles
    if not target.exists() or target.stat().st_mtime < max(map(changed_at, sources)):
        replace_with(target, make)
    return target


def changed_at(source: Path) -> float:
    """When a source was written, or its folder last gained or lost a file."""
    return max(source.stat().st_mtime, source.parent.stat().st_mtime)


def style_sources() -> Iterator[Path]:
    """The style sheet's sources, in the order of their layers."""
    ours = Path(__file__).parent / "static" / "ui" / "css"
    for layer in LAYERS:
        if layer == "apps":
            yield from app_sources(ours)
        else:
            yield from sorted((ours / layer).glob("*.css"))


def app_sources(ours: Path) -> Iterator[Path]:
    """What the apps add of their own."""
    for app in apps.get_app_configs():
        folder = Path(app.path) / "static" / app.label / "css"
        if folder != ours and app.name.startswith("sightline."):
            yield from sorted(folder.glob("*.css"))


def join_styles(target: Path) -> None:
    """Write the one style sheet: each source in the layer of its folder, comments left out."""
    parts = [f"@layer {', '.join(LAYERS)};", fonts.font_face()]
    for source in style_sources():
        layer = source.parent.name if source.parent.name in LAYERS else "apps"
        parts.append(f"@layer {layer} {{\n{without_comments(source.read_text('utf-8'))}\n}}")
    target.write_text("\n".join(parts) + "\n", "utf-8")


def without_comments(css: str) -> str:
    """The rules alone, without comments and empty lines."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return "\n".join(line for line in (line.strip() for line in bare.splitlines()) if line)


def replace_with(target: Path, make: Callable[[Path], None]) -> None:
    """Make a file beside its place and move it there, so that no reader meets half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=target.suffix)
    os.close(handle)
    try:
        make(Path(name))
        os.chmod(name, 0o644)
        os.replace(name, target)
    finally:
        Path(name).unlink(missing_ok=True)
