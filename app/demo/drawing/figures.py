"""Shapes that several pictures share: smooth outlines, people, flags, trees, hills."""

# Outlines keep several points on a line: with one on each line nobody would see the shape.
# fmt: off

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from random import Random

from app.demo.drawing.canvas import Canvas, Colour, Fade, Paint, Point, fade, mix

INK, NAVY, DEEP, BLUE, SEA = "#0a151f", "#17324a", "#0c1a27", "#24557f", "#2c6aa0"
PALE, SNOW, CREAM, SAND, TAN = "#c7d3dd", "#dfe6ec", "#e5dccb", "#d9c8a5", "#b99f74"
BRICK, AMBER, GREEN, MARK, PAPER = "#a8433b", "#e7b84b", "#3d6f57", "#c8102e", "#f6f4ef"

# Flags of nobody: none of them is a country's.
FLAGS: tuple[tuple[tuple[Colour, ...], bool], ...] = (
    ((PALE, BLUE), True), ((BRICK, SAND, BLUE), True), ((SEA, AMBER, SEA), False),
    ((GREEN, CREAM, BLUE), True),
    ((BLUE, SNOW, AMBER), True), ((CREAM, BRICK, GREEN), False), ((BLUE, AMBER, BLUE), True),
    ((SEA, SAND, BRICK), True), ((SEA, SNOW, AMBER), False), ((AMBER, BRICK), False),
    ((CREAM, GREEN, AMBER), False), ((GREEN, SNOW), True),
)


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    """Return where a curve through four values is, ``t`` (0 to 1) of the way from the second to the third."""
    bend, twist = 2 * a - 5 * b + 4 * c - d, 3 * b - a - 3 * c + d
    return 0.5 * (2 * b + (c - a) * t + bend * t * t + twist * t ** 3)


def smooth(points: Sequence[Point], *, closed: bool = True, steps: int = 10) -> list[Point]:
    """Return a curve through ``points`` (Catmull-Rom)."""
    count = len(points)
    curve: list[Point] = []
    for n in range(count if closed else count - 1):
        a, b, c, d = (points[(n + k) % count] if closed else points[min(count - 1, max(0, n + k))]
            for k in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            curve.append((_between(a[0], b[0], c[0], d[0], t), _between(a[1], b[1], c[1], d[1], t)))
    return curve if closed else [*curve, points[-1]]


def placed(points: Sequence[Point], x: float, y: float, size: float, *, flip: bool = False) -> list[Point]:
    """Return ``points`` moved to ``x``, ``y`` and enlarged by ``size``; ``flip`` turns left into right."""
    return [(x + (-px if flip else px) * size, y + py * size) for px, py in points]


def ridge(width: float, base: float, height: float, seed: int, rough: int = 6) -> list[Point]:
    """Return the outline of hills: ``height`` pixels of relief above ``base``."""
    random = Random(seed)
    waves = [(random.uniform(0.6, 1.4) * (k + 1), random.uniform(0, 2 * pi), 1 / (k + 1) ** 1.25)
        for k in range(rough)]
    top = sum(share for *_, share in waves)

    def relief(x: float) -> float:
        return sum(share * sin(x / width * pi * 2 * pace + start) for pace, start, share in waves) / top
    return [(x, base - height * (0.5 + 0.5 * relief(x))) for x in range(-8, int(width) + 9, 6)]


def hills(c: Canvas, base: float, height: float, paint: Paint, seed: int, *, alpha: float = 1.0,
        rough: int = 6) -> None:
    """Fill hills from their ridge down to the foot of the picture."""
    c.shape([*ridge(c.width, base, height, seed, rough), (c.width + 8, c.height), (-8, c.height)], paint,
        alpha=alpha)


def banner(c: Canvas, x: float, y: float, width: float, height: float, colours: Sequence[Colour],
        upright: bool,
           *, folds: float = 2.5, start: float = 0.0, dim: float = 0.0, ground: Colour = DEEP) -> None:
    """Draw a flag that hangs down, its stripes upright or lying, in soft folds."""
    slices = max(12, int(width / 2.5))
    for n in range(slices):
        share = n / (slices - 1)
        light = sin(share * folds * 2 * pi + start)
        left = x + n * width / slices
        foot = y + height + 5 * sin(share * folds * 2 * pi + start + 0.8)
        if upright:
            bands = [(colours[min(len(colours) - 1, int(share * len(colours)))], y, foot)]
        else:
            step = (foot - y) / len(colours)
            bands = [(colour, y + k * step, y + (k + 1) * step) for k, colour in enumerate(colours)]
        for colour, top, bottom in bands:
            tone = mix(colour, "#ffffff", 0.13 * light) if light > 0 else mix(colour, "#06101a",
                -0.42 * light)
            c.box(left, top, width / slices + 0.6, bottom - top, mix(tone, ground, dim))


def waving(c: Canvas, x: float, y: float, width: float, height: float, colours: Sequence[Colour],
        upright: bool,
           *, start: float = 0.0, sway: float = 0.1, dim: float = 0.0, ground: Colour = DEEP,
        droop: float = 0.0) -> None:
    """Draw a flag in the wind, its hoist at ``x``."""
    slices = max(16, int(abs(width) / 2))
    for n in range(slices):
        share, end = n / slices, (n + 1.3) / slices
        rise = [height * sway * s ** 0.7 * sin(s * 2.4 * pi + start) + droop * s * s for s in (share, end)]
        light = cos(share * 2.4 * pi + start) * (0.35 + 0.65 * share)
        left, right = x + width * share, x + width * end
        stripes = (colours[min(len(colours) - 1, int(share * len(colours)))],) if upright else colours
        for k, colour in enumerate(stripes):
            top, bottom = y + height * k / len(stripes), y + height * (k + 1) / len(stripes)
            tone = mix(colour, "#ffffff", 0.2 * light) if light > 0 else mix(colour, "#06101a", -0.34 * light)
            c.shape([(left, top + rise[0]), (right, top + rise[1]), (right, bottom + rise[1]),
                (left, bottom + rise[0])],
                    mix(tone, ground, dim))


SHOULDERS = [(-1.92, 2.7), (-1.66, 1.98), (-0.95, 1.55), (-0.42, 1.28), (-0.38, 0.8), (0.38, 0.8),
    (0.42, 1.28),
             (0.95, 1.55), (1.66, 1.98), (1.92, 2.7)]
HAIR = (
    [(-0.8, 0.1), (-0.84, -0.4), (-0.55, -1.02), (0, -1.16), (0.55, -1.02), (0.84, -0.4), (0.8, 0.1),
    (0, -0.2)],
    [(-0.8, 0.3), (-0.88, -0.35), (-0.5, -1.08), (0, -1.2), (0.5, -1.08), (0.88, -0.35), (0.8, 0.3),
    (0, 0.1)],
    [(-0.88, 1.0), (-0.98, 0.2), (-0.82, -0.72), (0, -1.22), (0.82, -0.72), (0.98, 0.2), (0.88, 1.0),
    (0.62, 1.5), (0, 1.72), (-0.62, 1.5)],
    [(-0.86, 0.8), (-0.96, 0.0), (-0.7, -0.92), (0, -1.22), (0.7, -0.92), (0.96, 0.0), (0.86, 0.8),
    (0.45, 1.0), (-0.45, 1.0)],
    [(-0.78, 0.1), (-0.8, -0.4), (-0.5, -0.95), (0, -1.07), (0.5, -0.95), (0.8, -0.4), (0.78, 0.1),
    (0, -0.2)],
)


def bust(c: Canvas, x: float, y: float, size: float, paint: Paint, *, hair: int = 0,
        rim: Colour | None = None,
         tint: Colour | None = None, skin: Colour | None = None, tall: float = 4.2) -> None:
    """Draw head and shoulders; ``y`` is the middle of the head, ``size`` its half width.

    ``rim`` is the colour of light that falls on them from above, ``tint`` that of the hair, ``skin`` that of
    head and neck (all like the coat when not given), ``tall`` how far down the body goes, in sizes.
    """
    flat = paint if isinstance(paint, str) else paint.stops[0][1]
    coat = placed(smooth(SHOULDERS, closed=False), x, y, size)
    coat = [(x - 1.92 * size, y + tall * size), *coat, (x + 1.92 * size, y + tall * size)]
    outline = [placed(smooth(HAIR[hair % 5]), x, y, size)]
    if hair % 5 == 1:
        outline.append(placed(smooth([(-0.42, -1.28), (-0.28, -1.58), (0, -1.68), (0.28, -1.58),
            (0.42, -1.28), (0, -1.05)]), x, y, size))
    if rim:
        up = size * 0.085
        for points in (coat, *outline):
            c.shape([(px, py - up) for px, py in points], rim)
        c.oval(x, y - up, size * 0.8, size * 1.05, rim)
    if skin:
        c.box(x - size * 0.4, y + size * 0.5, size * 0.8, size * 1.2, mix(skin, "#000000", 0.14))
        low = [(px, py) if abs(px - x) > size * 0.45 else (px, max(py, y + size * 1.3)) for px, py in coat]
        c.shape(low, paint)
    else:
        c.shape(coat, paint)
    c.oval(x, y, size * 0.8, size * 1.05, skin or flat)
    for points in outline:
        c.shape(points, tint or flat)


def face(c: Canvas, x: float, y: float, size: float, skin: Colour, tint: Colour) -> None:
    """Draw a face without features over a bust, its hair parted in front."""
    c.box(x - size * 0.36, y + size * 0.6, size * 0.72, size * 0.66, mix(skin, "#000000", 0.16))
    c.oval(x, y + size * 1.25, size * 0.36, size * 0.2, mix(skin, "#000000", 0.16))
    c.oval(x, y + size * 0.1, size * 0.72, size * 0.96, skin)
    c.shape(smooth([(x + dx * size, y + dy * size) for dx, dy in (
        (-0.78, 0.15), (-0.84, -0.45), (-0.5, -1.05), (0, -1.16), (0.5, -1.05), (0.84, -0.45), (0.78, 0.15),
        (0.58, -0.42), (-0.1, -0.62), (-0.58, -0.36))]), tint)


def standing(c: Canvas, x: float, foot: float, height: float, *, coat: Paint = INK, legs: Paint = INK,
        skin: Paint = INK,
             hat: Colour | None = None, stride: float = 0.0, flip: bool = False, reach: Point | None = None,
             band: Colour | None = None) -> None:
    """Draw somebody who stands (or walks, with a ``stride`` of 0 to 1) at ``x``, ``foot``.

    ``hat`` is a helmet's colour, ``band`` that of bright tape on the jacket, ``reach`` where a hand is,
    in heights from the foot.
    """
    def put(points: Sequence[Point]) -> list[Point]:
        return placed(points, x, foot, height, flip=flip)

    step = 0.1 * stride
    c.shape(put([(-0.075, -0.5), (0.01, -0.5), (-0.01 - step, -0.03), (0.03 - step, 0), (-0.07 - step, 0),
        (-0.062 - step, -0.25)]), legs)
    c.shape(put([(-0.01, -0.5), (0.078, -0.5), (0.062 + step, -0.25), (0.05 + step, -0.03), (0.1 + step, 0),
        (0.0 + step, 0)]), legs)
    torso = smooth([(-0.085, -0.44), (-0.092, -0.62), (-0.118, -0.76), (-0.09, -0.835), (0, -0.86),
        (0.09, -0.835), (0.118, -0.76),
                    (0.092, -0.62), (0.088, -0.44), (0, -0.43)])
    c.shape(put(torso), coat)
    if band:
        c.shape(put([(-0.088, -0.545), (0.088, -0.545), (0.087, -0.52), (-0.087, -0.52)]), band)
        for side in (-1, 1):
            c.shape(put([(side * 0.062, -0.84), (side * 0.04, -0.85), (side * 0.045, -0.545),
                (side * 0.067, -0.545)]), band)
    thick = height * 0.052
    arm = [(-0.1, -0.79), (-0.128 - step * 0.4, -0.62), (-0.1 - step, -0.47)]
    c.line(put(arm), coat, thick)
    c.line(put([(0.1, -0.79), (0.15, -0.64), reach] if reach
        else [(0.1, -0.79), (0.128 + step * 0.4, -0.62), (0.1 + step, -0.47)]),
           coat, thick)
    hands = [arm[-1], reach or (0.1 + step, -0.47)]
    for hand in hands:
        (hx, hy), = put([hand])
        c.oval(hx, hy, height * 0.024, height * 0.024, skin)
    (nx, ny), = put([(0, -0.86)])
    c.box(nx - height * 0.024, ny - height * 0.03, height * 0.048, height * 0.05, skin)
    c.oval(nx, ny - height * 0.068, height * 0.046, height * 0.06, skin)
    if hat:
        c.shape(put(smooth([(-0.056, -0.938), (-0.052, -0.985), (0, -1.005), (0.052, -0.985), (0.056, -0.938),
            (0.0, -0.93)])), hat)
        c.shape(put([(-0.06, -0.945), (0.075, -0.945), (0.075, -0.932), (-0.06, -0.932)]),
            mix(hat, "#000000", 0.25))
    else:
        c.shape(put(smooth([(-0.05, -0.92), (-0.048, -0.97), (0, -0.993), (0.048, -0.97), (0.05, -0.92),
            (0, -0.945)])),
                mix(INK, "#5a4030", 0.3) if skin != INK else INK)


def tree(c: Canvas, x: float, foot: float, height: float, paint: Paint, *, seed: int = 0) -> None:
    """Draw a round-headed tree."""
    random = Random(seed)
    c.box(x - height * 0.02, foot - height * 0.4, height * 0.04, height * 0.4, paint)
    for _ in range(9):
        angle, far = random.uniform(0, 2 * pi), random.uniform(0, 0.2)
        c.oval(x + height * far * cos(angle), foot - height * (0.65 + far * sin(angle)),
            height * random.uniform(0.13, 0.2),
               height * random.uniform(0.12, 0.19), paint)


def conifer(c: Canvas, x: float, foot: float, height: float, paint: Paint) -> None:
    """Draw a fir."""
    for k in range(5):
        top, wide = foot - height * (1 - k * 0.17), height * (0.08 + k * 0.045)
        c.shape([(x, top), (x + wide, top + height * 0.3), (x - wide, top + height * 0.3)], paint)


def lamp_beam(c: Canvas, x: float, y: float, foot: float, spread: float, colour: Colour,
        alpha: float) -> None:
    """Draw the cone of light under a lamp at ``x``, ``y``."""
    c.shape([(x - 8, y), (x + 8, y), (x + spread, foot), (x - spread, foot)], colour, alpha=alpha, blur=26)


def folds(colour: Colour, count: int, depth: float = 0.45) -> Fade:
    """Return the paint of a curtain with ``count`` folds."""
    stops = []
    for _ in range(count):
        stops += [colour, mix(colour, "#ffffff", 0.07), mix(colour, "#04090e", depth),
            mix(colour, "#04090e", depth * 0.6)]
    return fade(*stops, across=True)
