"""Makes a picture of a page small: a page has few colours, so a palette of 256 holds them all but.

A reader and a writer of the only kind of PNG that a browser makes of a page (8 bits, not
interlaced), because a library for pictures is much to depend on for this.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256
CHANNELS = {2: 3, 6: 4}

Colour = tuple[int, int, int]


def with_palette(png: bytes) -> bytes:
    """The same picture, with each colour as the nearest of a palette."""
    width, height, rows = read(png)
    pixels = [
        list(zip(*(row[channel::step] for channel in range(3)), strict=True)) for row, step in rows
    ]
    counted = Counter(colour for row in pixels for colour in row)
    palette = [colour for colour, _count in counted.most_common(COLOURS)]
    place = {colour: nearest(colour, palette) for colour in counted}
    lines = b"".join(b"\0" + bytes(map(place.__getitem__, row)) for row in pixels)
    return b"".join(
        [
            SIGNATURE,
            part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            part(b"PLTE", bytes(channel for colour in palette for channel in colour)),
            part(b"IDAT", zlib.compress(lines, 9)),
            part(b"IEND", b""),
        ]
    )


def nearest(colour: Colour, palette: list[Colour]) -> int:
    """The place in the palette of the colour that looks most like this one."""
    red, green, blue = colour

    def distance(place: int) -> int:
        r, g, b = palette[place]
        return 2 * (red - r) ** 2 + 4 * (green - g) ** 2 + 3 * (blue - b) ** 2

    return min(range(len(palette)), key=distance)


def read(png: bytes) -> tuple[int, int, list[tuple[bytes, int]]]:
    """Width, height and rows of a picture; each row with the number of bytes of a pixel."""
    found = dict.fromkeys((b"IHDR", b"IDAT"), b"")
    for kind, content in parts(png):
        found[kind] = found.get(kind, b"") + content
    width, height, depth, colours, *_ = struct.unpack(">IIBBBBB", found[b"IHDR"])
    if depth != 8 or colours not in CHANNELS:
        raise ValueError("a browser makes no such picture")
    step = CHANNELS[colours]
    packed = zlib.decompress(found[b"IDAT"])
    size = width * step + 1
    row, rows = bytearray(size - 1), []
    for at in range(0, len(packed), size):
        row = unfiltered(packed[at], packed[at + 1 : at + size], row, step)
        rows.append((bytes(row), step))
    return width, height, rows


def unfiltered(kind: int, line: bytes, above: bytearray, step: int) -> bytearray:
    """A row as it was before it was written as differences from its neighbours (PNG, part 9)."""
    row = bytearray(line)
    for at in range(len(row)):
        left = row[at - step] if at >= step else 0
        up = above[at]
        if kind == 1:
            row[at] = (row[at] + left) & 255
        elif kind == 2:
            row[at] = (row[at] + up) & 255
        elif kind == 3:
            row[at] = (row[at] + (left + up) // 2) & 255
        elif kind == 4:
            corner = above[at - step] if at >= step else 0
            row[at] = (row[at] + paeth(left, up, corner)) & 255
    return row


def paeth(left: int, up: int, corner: int) -> int:
    """Whichever of three neighbours is nearest to what they promise together."""
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def parts(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a PNG: kind and content."""
    at = len(SIGNATURE)
    while at < len(png):
        (size,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += size + 12


def part(kind: bytes, content: bytes) -> bytes:
    """A part of a PNG."""
    named = kind + content
    return struct.pack(">I", len(content)) + named + struct.pack(">I", zlib.crc32(named))
