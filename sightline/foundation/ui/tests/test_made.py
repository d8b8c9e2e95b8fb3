"""The style sheet and the font that are made, not written."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from sightline.foundation.ui import fonts, made

SOURCES = Path(made.__file__).parent / "static" / "ui" / "css"


@pytest.fixture
def var(settings, tmp_path):
    """An installation in which nothing was made yet."""
    settings.VAR_DIR = tmp_path
    return tmp_path


def test_the_style_sheet_is_made_when_it_is_asked_for(var):
    path = Path(made.MadeFinder().find(made.STYLE_SHEET))
    assert path.read_text().startswith("@layer reset, tokens, base, layout, components, apps, util")


def test_the_style_sheet_is_made_again_when_a_source_is_newer(var):
    path = made.made(made.STYLE_SHEET)
    os.utime(path, (0, 0))
    path.write_text("old")
    os.utime(path, (0, 0))
    assert made.made(made.STYLE_SHEET).read_text() != "old"


def test_the_style_sheet_is_left_alone_when_it_is_fresh(var):
    path = made.made(made.STYLE_SHEET)
    before = path.stat().st_mtime_ns
    made.made(made.STYLE_SHEET)
    assert path.stat().st_mtime_ns == before


def test_every_source_is_in_its_layer_and_comments_are_not(var):
    css = made.made(made.STYLE_SHEET).read_text()
    assert "/*" not in css
    assert css.count("{") == css.count("}")
    assert css.index("@layer components {") < css.index("@layer utilities {")


def test_nothing_is_left_beside_the_made_file(var):
    made.made(made.STYLE_SHEET)
    assert [path.name for path in (var / "made" / "ui").iterdir()] == ["sightline.css"]


def test_the_font_is_small_and_has_what_the_style_sheet_turns_on(var):
    from fontTools.ttLib import TTFont

    path = made.made(made.FONT)
    assert path.stat().st_size < 40_000
    font = TTFont(path)
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"cv05", "cv11", "ss03", "tnum"} <= features
    assert [axis.axisTag for axis in font["fvar"].axes] == ["wght"]
    assert set(map(ord, "Aé€→≤”…−○●")) <= set(font.getBestCmap())


def test_a_unicode_range_is_read_to_its_last_character():
    assert fonts.code_points("U+0041-0043, U+20AC") == [0x41, 0x42, 0x43, 0x20AC]


def test_only_the_made_files_are_found():
    assert finders.find(made.STYLE_SHEET)
    assert made.MadeFinder().find("ui/other.css") == []


@pytest.mark.parametrize("source", sorted(SOURCES.rglob("*.css")), ids=lambda path: path.stem)
def test_a_style_keeps_the_house_rules(source):
    css = made.without_comments(source.read_text())
    selectors = re.findall(r"([^{};]+)\{", css)
    assert source.parent.name in made.LAYERS
    assert "!important" not in css
    assert not [selector for selector in selectors if re.search(r"#[a-z]", selector)], "no ids"
    assert not re.search(r"[^-](margin|padding|border)-(left|right)\b", css), "logical properties"
    assert not re.search(r"(?<![-\w])(left|right)\s*:", css), "logical properties"


def test_script_modules_import_each_other_by_the_names_that_browsers_keep(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "sightline.foundation.ui.made.HashedStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    app = next((tmp_path / "ui" / "js").glob("app.????????????.js")).read_text()
    imported = re.findall(r'"\./([^"]+)"', app)
    assert imported
    assert all(re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", name) for name in imported)
    assert all((tmp_path / "ui" / "js" / name).exists() for name in imported)
