"""One of our SVG figures as an Enhanced Metafile, the drawing that every Word and LibreOffice shows.

It knows the elements that `sipukat.plot` draws with: rectangles, lines, circles, paths of
straight lines and curves, and text in one line. A metafile knows no transparency: what
lies under a rectangle that lets it through is mixed in beforehand, rectangle by rectangle.

References
----------
[MS-EMF]: Enhanced Metafile Format.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET  # it reads what sipukat.plot wrote

from sipukat.export.docx_letters import letter_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Point = tuple[float, float]
    Colour = tuple[int, int, int]

_FINE: Final = 20  # logical units of a pixel
_HUNDREDTHS: Final = 2540 / 96  # of a millimetre, in a pixel
_NO_BRUSH, _NO_PEN, _BRUSH, _PEN, _FONT = 0x80000005, 0x80000008, 1, 2, 3
_BASELINE, _CENTRE, _RIGHT = 24, 6, 2
_ANCHORS: Final = {"middle": _BASELINE | _CENTRE, "end": _BASELINE | _RIGHT}
_BOLD_FROM: Final = 600
_TOKEN: Final = re.compile(r"[MLHVCQZmlhvcqz]|-?(?:\d+(?:\.\d+)?|\.\d+)(?:e-?\d+)?")
_TAKES: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "Z": 0}
_STEPS: Final = 12  # straight pieces of a curve
_WHITE: Final = (255, 255, 255)


def _colour(text: str) -> Colour | None:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        return None
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def _mixed(over: Colour, under: Colour, share: float) -> Colour:
    red, green, blue = (int(u + (o - u) * share + 0.5) for o, u in zip(over, under, strict=True))
    return red, green, blue


def _fine(*numbers: float) -> list[int]:
    return [int(number * _FINE + (0.5 if number >= 0 else -0.5)) for number in numbers]


def _curve(points: list[Point]) -> Iterator[Point]:
    """Yield points of a Bézier curve, its start left out."""
    for step in range(1, _STEPS + 1):
        t, level = step / _STEPS, points
        while len(level) > 1:
            level = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(level)]
        yield level[0]


def outlines(path: str) -> list[tuple[list[Point], bool]]:
    """Return the lines of a path, each with whether it is closed.

    Examples
    --------
    >>> outlines("M0 0h12l-6 9z")
    [([(0.0, 0.0), (12.0, 0.0), (6.0, 9.0)], True)]
    """
    found: list[tuple[list[Point], bool]] = []
    tokens: list[str] = _TOKEN.findall(path)[::-1]
    command, at = "M", (0.0, 0.0)
    while tokens:
        if tokens[-1].isalpha():
            command = tokens.pop()
        kind = command.upper()
        given = [float(tokens.pop()) for _ in range(_TAKES[kind])]
        if kind == "Z":
            found[-1] = (found[-1][0], True)
            at = found[-1][0][0]
            continue
        base = at if command.islower() else (0.0, 0.0)
        if kind in "HV":
            level = given[0] + base[kind == "V"]
            points = [(level, at[1]) if kind == "H" else (at[0], level)]
        else:
            points = [(x + base[0], y + base[1]) for x, y in zip(given[::2], given[1::2], strict=True)]
        if kind == "M":
            found.append((points, False))
            command = "l" if command == "m" else "L"
        else:
            found[-1][0].extend(_curve([at, *points]) if kind in "CQ" else points)
        at = points[-1]
    return found


@dataclass(slots=True)
class _Canvas:
    """Records being written; text comes last, so that nothing covers it."""

    shapes: list[bytes] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    painted: list[tuple[float, float, float, float, Colour]] = field(default_factory=list)

    def draw(self, element: ET.Element) -> None:
        name = element.tag.rpartition("}")[2]
        get = element.attrib
        match name:
            case "svg" | "g":
                for child in element:
                    self.draw(child)
            case "rect":
                self.rect(get)
            case "line":
                x1, y1, x2, y2 = (float(get.get(key, 0)) for key in ("x1", "y1", "x2", "y2"))
                self.line((x1, y1), (x2, y2), get)
            case "circle":
                x, y, r = (float(get.get(key, 0)) for key in ("cx", "cy", "r"))
                self.shape(get, _record(42, struct.pack("<4i", *_fine(x - r, y - r, x + r, y + r))))
            case "path":
                for points, closed in outlines(get.get("d", "")):
                    self.polygon(points, get, closed=closed)
            case "polyline" | "polygon":
                numbers = [float(n) for n in _TOKEN.findall(get.get("points", ""))]
                pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
                self.polygon(pairs, get, closed=name == "polygon")
            case "text":
                self.text("".join(element.itertext()), get)

    def rect(self, get: Mapping[str, str]) -> None:
        x, y, width, height, rx = (float(get.get(key, 0)) for key in ("x", "y", "width", "height", "rx"))
        colour = _colour(get.get("fill", ""))
        share = float(get.get("opacity", get.get("fill-opacity", 1)))
        if not (width and height):
            return
        if share == 1 or colour is None:
            corners = _fine(x, y, x + width, y + height)
            if rx:
                record = _record(44, struct.pack("<6i", *corners, *_fine(2 * rx, 2 * rx)))
            else:
                record = _record(43, struct.pack("<4i", *corners))
            self.shape(get, record)
            pieces = [(x, y, x + width, y + height, colour or _WHITE)]
        else:
            pieces = [(x, y, x + width, y + height, _mixed(colour, _WHITE, share))]
            for left, top, right, bottom, under in self.painted:
                west, north = max(left, x), max(top, y)
                east, south = min(right, x + width), min(bottom, y + height)
                if west < east and north < south:
                    pieces.append((west, north, east, south, _mixed(colour, under, share)))
            for *piece, mixed in pieces:
                self.fill(mixed, _record(43, struct.pack("<4i", *_fine(*piece))))
        self.painted += pieces

    def line(self, start: Point, end: Point, get: Mapping[str, str]) -> None:
        """Draw a line; the dashes are lines of their own, for a metafile knows only thin ones."""
        dashes = [float(part) for part in re.findall(r"[\d.]+", get.get("stroke-dasharray", ""))]
        length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
        if len(dashes) < 2 or not length or sum(dashes) <= 0:  # noqa: PLR2004  a dash and a gap
            self.polygon([start, end], get, closed=False)
            return
        at = 0.0
        while at < length:
            ends = (at / length, min(at + dashes[0], length) / length)
            points = [(start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t) for t in ends]
            self.polygon(points, get, closed=False)
            at += dashes[0] + dashes[1]

    def polygon(self, points: list[Point], get: Mapping[str, str], *, closed: bool) -> None:
        flat = [n for point in points for n in _fine(*point)]
        body = struct.pack(f"<4iI{len(flat)}i", 0, 0, -1, -1, len(points), *flat)
        self.shape(get if closed else {**get, "fill": "none"}, _record(3 if closed else 4, body))

    def fill(self, colour: Colour, record: bytes) -> None:
        self.shape({"fill": f"#{bytes(colour).hex()}"}, record)

    def shape(self, get: Mapping[str, str], record: bytes) -> None:
        fill, stroke = _colour(get.get("fill", "#000000")), _colour(get.get("stroke", "none"))
        if get.get("opacity") and (stroke or fill):
            share = float(get["opacity"])
            fill, stroke = (each and _mixed(each, _WHITE, share) for each in (fill, stroke))
        if fill:
            self.shapes.append(_record(39, struct.pack("<IIBBBBI", _BRUSH, 0, *fill, 0, 0)))
        if stroke:
            (width,) = _fine(float(get.get("stroke-width", 1)))
            self.shapes.append(_record(38, struct.pack("<IIiiBBBB", _PEN, 0, width, 0, *stroke, 0)))
        self.shapes += [_select(_BRUSH if fill else _NO_BRUSH), _select(_PEN if stroke else _NO_PEN), record]
        self.shapes += [_select(_NO_BRUSH), _select(_NO_PEN)]
        used = ((_BRUSH, fill), (_PEN, stroke))
        self.shapes += [_record(40, struct.pack("<I", handle)) for handle, made in used if made]

    def text(self, words: str, get: Mapping[str, str]) -> None:
        size = float(get.get("font-size", 13))
        bold = int(get.get("font-weight", 400)) >= _BOLD_FROM
        units = [unit for unit in (words[at : at + 1] for at in range(len(words))) if unit]
        ink = _colour(get.get("fill", "")) or (0, 0, 0)
        (height,), (x, y) = _fine(size), _fine(float(get.get("x", 0)), float(get.get("y", 0)))
        steps: list[int] = []
        for unit in units:
            # A character beyond the first plane is two UTF-16 units; the second has no width.
            (step,) = _fine(letter_width(unit, bold=bold) * size / 1000)
            steps += [step, *([0] if ord(unit) > 0xFFFF else ())]  # noqa: PLR2004
        encoded = words.encode("utf-16-le")
        padded = encoded + bytes(-len(encoded) % 4)
        font = struct.pack("<5i8B64s", -height, 0, 0, 0, 700 if bold else 400, *bytes(8), _face("Arial", 64))
        rest = _face("", 128 + 64) + struct.pack("<4I4sI12s", 0, 0, 0, 0, b"", 0, b"")
        offset = 76
        body = struct.pack("<4iIff", 0, 0, -1, -1, 1, 1.0, 1.0)
        body += struct.pack("<iiIII4iI", x, y, len(steps), offset, 0, 0, 0, -1, -1, offset + len(padded))
        body += padded + struct.pack(f"<{len(steps)}I", *steps)
        self.texts += [
            _record(82, struct.pack("<I", _FONT) + font + rest),
            _select(_FONT),
            _record(24, struct.pack("<BBBB", *ink, 0)),
            _record(22, struct.pack("<I", _ANCHORS.get(get.get("text-anchor", ""), _BASELINE))),
            _record(84, body),
            _select(0x8000000D),  # the system's font, so that ours can be dropped
            _record(40, struct.pack("<I", _FONT)),
        ]


def _face(name: str, size: int) -> bytes:
    return name.encode("utf-16-le").ljust(size, b"\0")


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<II", kind, 8 + len(body)) + body


def _select(handle: int) -> bytes:
    return _record(37, struct.pack("<I", handle))


def emf(svg: str) -> bytes:
    """Return an Enhanced Metafile of a figure that `sipukat.plot.svg` drew.

    Examples
    --------
    >>> drawn = emf('<svg width="10" height="5"><rect width="3" height="2" fill="#ff0000"/></svg>')
    >>> drawn[40:44]
    b' EMF'
    """
    root = ET.fromstring(svg)  # noqa: S314  sipukat.plot wrote it
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    canvas = _Canvas()
    canvas.draw(root)
    pixels = (int(width + 0.5), int(height + 0.5))
    records = [
        _record(17, struct.pack("<I", 8)),  # each axis has its own scale
        _record(10, struct.pack("<2i", 0, 0)),
        _record(9, struct.pack("<2i", *_fine(width, height))),
        _record(12, struct.pack("<2i", 0, 0)),
        _record(11, struct.pack("<2i", *pixels)),
        _record(18, struct.pack("<I", 1)),  # no ground behind text
        *canvas.shapes,
        *canvas.texts,
        _record(14, struct.pack("<3I", 0, 16, 20)),
    ]
    body = b"".join(records)
    frame = [int(side * _HUNDREDTHS + 0.5) for side in (width, height)]
    head = struct.pack("<4i4i", 0, 0, pixels[0] - 1, pixels[1] - 1, 0, 0, *frame)
    head += struct.pack("<4sIIIHH", b" EMF", 0x10000, 88 + len(body), len(records) + 1, 4, 0)
    # a device of 3840 by 3840 pixels, 96 an inch
    head += struct.pack("<3I4i", 0, 0, 0, 3840, 3840, 1016, 1016)
    return _record(1, head) + body
