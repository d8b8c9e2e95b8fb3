"""The pictures of the README stand, are small, and are of pages that there are."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import pytest

from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.site.demo.build import build
from tests.access.house import undone
from tests.company import Company
from tests.shots.camera import LARGEST_BYTES
from tests.shots.png import SIGNATURE, part, parts, read, with_palette
from tests.shots.shot import PICTURES
from tests.shots.table import SHOTS

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]
BY_NAME = {shot.name: shot for shot in SHOTS}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The company of the pictures with fewer people: the cast with its two years."""
    with django_db_blocker.unblock(), undone():
        build(size=40)
        yield Company()


@pytest.mark.parametrize("name", BY_NAME)
def test_every_picture_is_of_a_page_that_its_viewer_sees(name, demo):
    shot = BY_NAME[name]
    address = shot.address()
    run_waiting_jobs()
    assert demo.client(shot.who).get(address).status_code == 200


def test_the_import_in_the_picture_could_be_carried_out(demo):
    address = BY_NAME["import"].address()
    run_waiting_jobs()
    page = demo.client("ingrid").get(address).content.decode()
    assert "Import 5 rows" in page
    assert "Read it again with these cells" not in page


def test_the_readme_shows_every_picture_and_no_other():
    shown = re.findall(r"docs/pictures/([\w-]+)\.png", (ROOT / "README.md").read_text())
    assert sorted(shown) == sorted(BY_NAME)
    assert sorted(path.stem for path in PICTURES.glob("*.png")) == sorted(BY_NAME)


def test_every_picture_is_small():
    assert [one.name for one in SHOTS if one.file.stat().st_size > LARGEST_BYTES] == []


GREEN, WHITE = (0, 90, 60), (255, 255, 255)


def photograph(rows, kind):
    """A picture as a browser writes it: each row as differences of one kind."""
    step, above, lines = 3, bytes(len(rows[0]) * 3), []
    for row in rows:
        line = bytes(channel for colour in row for channel in colour)
        left = bytes(step) + line[:-step]
        taken = {0: bytes(len(line)), 1: left, 2: above}[kind]
        written = bytes((now - before) & 255 for now, before in zip(line, taken, strict=True))
        lines.append(bytes([kind]) + written)
        above = line
    size = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 2, 0, 0, 0)
    packed = zlib.compress(b"".join(lines))
    return SIGNATURE + part(b"IHDR", size) + part(b"IDAT", packed) + part(b"IEND", b"")


@pytest.mark.parametrize("kind", [0, 1, 2])
def test_a_picture_of_few_colours_keeps_them_all(kind):
    small = dict(parts(with_palette(photograph([[GREEN, WHITE], [WHITE, WHITE]], kind))))
    assert small[b"PLTE"] == bytes([*WHITE, *GREEN])
    assert zlib.decompress(small[b"IDAT"]) == b"\0\1\0" + b"\0\0\0"


def test_a_picture_of_many_colours_keeps_the_commonest_and_the_nearest():
    greys = [(level, level, level) for level in range(256)]
    rows = [greys, [*greys[:255], (254, 255, 255)], greys]
    small = dict(parts(with_palette(photograph(rows, 0))))
    assert len(small[b"PLTE"]) == 256 * 3
    line = zlib.decompress(small[b"IDAT"])[257:514]
    palette = small[b"PLTE"]
    assert palette[line[256] * 3 : line[256] * 3 + 3] in {bytes([255] * 3), bytes([254] * 3)}


def test_what_no_browser_makes_is_not_read():
    size = struct.pack(">IIBBBBB", 1, 1, 16, 2, 0, 0, 0)
    with pytest.raises(ValueError, match="no such picture"):
        read(SIGNATURE + part(b"IHDR", size) + part(b"IDAT", zlib.compress(bytes(7))))
