"""Two pictures from above: a printed map with routes, and a satellite over a river in flood."""

# Outlines keep several points on a line: with one on each line nobody would see the shape.
# fmt: off

from __future__ import annotations

from math import cos, pi, sin
from random import Random

from app.demo.drawing.canvas import Canvas, Point, fade, mix
from app.demo.drawing.figures import BLUE, MARK, PAPER, SNOW, smooth


def _coast(random: Random, x: float, y: float, size: float, squeeze: float) -> list[Point]:
    """Return the coast of an invented land around ``x``, ``y``."""
    waves = [(k, random.uniform(0, 2 * pi), random.uniform(0.5, 1) / k ** 1.15) for k in range(2, 26)]
    outline = []
    for n in range(420):
        angle = n / 420 * 2 * pi
        far = size * (1 + 0.36 * sum(share * sin(k * angle + start) for k, start, share in waves))
        outline.append((x + far * cos(angle), y + far * squeeze * sin(angle)))
    return outline


def route_map(c: Canvas) -> None:
    """A printed map of invented coasts, with sea and land routes, pins and a pair of dividers."""
    c.box(0, 0, 1920, 1080, fade("#b9d3dd", "#9fc3d1", "#8fb6c6"))
    random = Random(41)
    lands = [_coast(random, x, y, size, squeeze) for x, y, size, squeeze in
             ((330, 300, 330, 0.8), (1010, 150, 250, 0.62), (1620, 380, 330, 0.95), (880, 860, 300, 0.62),
        (300, 1010, 190, 0.6), (1500, 1010, 210, 0.55), (1170, 560, 70, 0.8))]
    for grow, alpha in ((54, 0.1), (36, 0.13), (18, 0.17)):
        for land in lands:
            mx, my = sum(x for x, _ in land) / len(land), sum(y for _, y in land) / len(land)
            c.shape([(x + (x - mx) / 300 * grow, y + (y - my) / 300 * grow) for x, y in land], "#e8f4f6",
                alpha=alpha, blur=5)
    for n in range(1, 12):
        c.line(smooth([(n * 170 - 60, -10), (n * 170, 540), (n * 170 + 20, 1090)], closed=False), "#ffffff",
            2, alpha=0.4)
    for n in range(1, 7):
        c.line(smooth([(-10, n * 165 - 20), (960, n * 165 + 20), (1930, n * 165 - 20)], closed=False),
            "#ffffff", 2, alpha=0.4)
    tones = ("#efe3c8", "#e6d9b8", "#ecdcc0", "#e3d7b4", "#efe3c8", "#e6d9b8", "#efe3c8")
    for land, tone in zip(lands, tones, strict=True):
        c.shape([(x + 7, y + 10) for x, y in land], "#3f6d80", alpha=0.45, blur=8)
        c.shape(land, fade(mix(tone, "#ffffff", 0.3), tone, mix(tone, "#b99f74", 0.25)))
        c.line([*land, land[0]], "#a58c5f", 2.5, alpha=0.8)
    for x, y, w, h, tone in ((240, 250, 170, 90, "#b8c79a"), (1640, 300, 190, 120, "#b8c79a"),
            (930, 850, 150, 60, "#c4cc9e"), (1010, 130, 120, 50, "#c4cc9e"), (1700, 470, 110, 80, "#d9c493")):
        c.oval(x, y, w, h, tone, alpha=0.75, blur=26)
    for x, y, count in ((180, 180, 7), (1560, 210, 8), (800, 830, 6), (960, 120, 5)):
        for n in range(count):
            px, py = x + n * 34, y + 16 * sin(n * 2.1)
            c.shape([(px - 19, py + 14), (px, py - 20), (px + 19, py + 14)], "#a98d60", alpha=0.9)
            c.shape([(px, py - 20), (px + 19, py + 14), (px + 3, py + 14)], "#7f6743", alpha=0.9)
    for river in ([(250, 200), (300, 300), (400, 330), (470, 420), (560, 470)],
            [(1660, 230), (1600, 340), (1500, 380), (1400, 400)],
            [(870, 800), (950, 850), (1040, 850), (1120, 800)]):
        c.line(smooth(river, closed=False), "#5d9ab5", 5)
    routes = (
        ([(430, 470), (560, 560), (760, 600), (900, 640), (950, 760)], BLUE, 7),
        ([(950, 760), (1100, 690), (1240, 560), (1320, 470), (1440, 430)], MARK, 9),
        ([(430, 470), (420, 330), (560, 210), (820, 240), (960, 210)], MARK, 9),
        ([(960, 210), (1100, 330), (1200, 380), (1320, 400), (1440, 430)], BLUE, 7),
        ([(950, 760), (1120, 860), (1300, 900), (1430, 960)], BLUE, 7),
        ([(430, 470), (380, 640), (330, 800), (330, 930)], BLUE, 7),
        ([(1440, 430), (1600, 420), (1720, 330)], MARK, 9),
        ([(430, 470), (260, 380), (160, 300)], MARK, 9),
    )
    for points, tone, width in routes:
        curve = smooth(points, closed=False, steps=24)
        if tone == BLUE:
            for n in range(0, len(curve) - 6, 9):
                c.line(curve[n:n + 6], tone, width)
        else:
            c.line([(x + 3, y + 5) for x, y in curve], "#4a2a24", width, alpha=0.25, blur=3)
            c.line(curve, tone, width)
    for x, y in ((430, 470), (950, 760), (960, 210), (1440, 430), (1430, 960), (330, 930), (1720, 330),
            (160, 300)):
        c.oval(x + 4, y + 6, 22, 22, "#2a3a42", alpha=0.35, blur=5)
        c.oval(x, y, 20, 20, PAPER)
        c.oval(x, y, 12, 12, "#12283c")
    x, y = 690, 420
    for n in range(16):
        angle, far = n * pi / 8, (88, 34, 58, 34)[n % 4]
        for side, tone in ((-1, "#f4ecd8"), (1, "#5a7f92")):
            c.shape([(x, y), (x + far * sin(angle), y - far * cos(angle)),
                (x + 15 * sin(angle + side * pi / 8), y - 15 * cos(angle + side * pi / 8))], tone)
    c.oval(x, y, 9, 9, MARK)
    for fold in (640, 1280):
        c.box(fold - 26, 0, 26, 1080, fade("#ffffff", "#4d6a78", across=True), alpha=0.13)
        c.box(fold, 0, 22, 1080, fade("#ffffff", "#ffffff"), alpha=0.14)
    c.box(0, 536, 1920, 16, fade("#ffffff", "#4d6a78"), alpha=0.12)
    for spot, other in (((1240, 560), (1432, 440)),):
        hinge = (1560, 850)
        for point in (spot, other):
            c.line([(point[0] + 22, point[1] + 26), (hinge[0] + 40, hinge[1] + 50)], "#1d2c34", 16,
                alpha=0.35, blur=9)
        for point in (spot, other):
            c.shape([point, (hinge[0] - 12, hinge[1] + 10), (hinge[0] + 12, hinge[1] - 10)], "#8d6f35")
            c.shape([point, (hinge[0] - 9, hinge[1] - 4), (hinge[0] + 6, hinge[1] - 12)], "#e9cf8d")
            c.line([point, ((point[0] * 3 + hinge[0]) / 4, (point[1] * 3 + hinge[1]) / 4)], "#3d4a52", 6)
        c.oval(*hinge, 34, 34, fade("#f2dca0", "#8d6f35"))
        c.oval(*hinge, 14, 14, "#5f4a22")
        c.line([hinge, (hinge[0] + 34, hinge[1] + 76)], "#b08f4a", 18)
    c.glow(420, 120, 1100, 700, "#fff3d2", 0.4, 3)
    c.vignette(0.3)


def satellite(c: Canvas) -> None:
    """A satellite passes over a winding river in flood between fields."""
    c.box(0, 0, 1920, 1080, fade("#040a12", "#081626"))
    random = Random(77)
    for _ in range(260):
        x, y = random.uniform(0, 1920), random.uniform(0, 460)
        c.oval(x, y, r := random.choice((1, 1, 1.4, 2)), r, random.choice((SNOW, "#ffe9c4", "#c4dcff")),
            alpha=random.uniform(0.3, 0.95))
    c.oval(960, 2290, 2060, 2060, "#5fb4ea", alpha=0.55, blur=40)
    c.oval(960, 2290, 2020, 2020, "#bfe6ff", alpha=0.8, blur=12)
    c.oval(960, 2296, 2010, 2010, fade((0, "#a9c3a0"), (0.03, "#8aac84"), (0.12, "#5f8b62"), (0.3, "#3d6a4c"),
        (1, "#2a4a3a")))

    def ground(u: float, v: float) -> Point:
        """Return where the place ``u`` (left to right), ``v`` (far to near) of the land is seen."""
        deep = v ** 1.75
        x = 960 + (u - 0.5) * (2300 + 2300 * deep)
        return x, 2296 - (2010 ** 2 - min(2000, abs(x - 960)) ** 2) ** 0.5 * (1 - 0.004) + 12 + 800 * deep
    tones = ("#7fa06a", "#a9b376", "#c4b679", "#5f8b58", "#8fae7c", "#d2c08a", "#4f7d55", "#9a9a5e")
    for row in range(22):
        for column in range(34):
            v0, v1 = row / 22, (row + 0.94) / 22
            shift = 0.013 * (row % 3)
            u0, u1 = column / 34 + shift, (column + 0.9) / 34 + shift
            if random.random() < 0.86:
                c.shape([ground(u0, v0), ground(u1, v0), ground(u1 + 0.004, v1), ground(u0 + 0.004, v1)],
                    tones[random.randrange(8)], alpha=0.34 + 0.4 * v0)

    def course(v: float) -> float:
        return 0.5 + 0.14 * sin(v * 13 + 0.6) * (0.35 + v) + 0.05 * sin(v * 29) + 0.05 * v
    steps = [n / 160 for n in range(161)]
    for wide, tone, alpha, blur in ((0.062, "#4f7f86", 0.6, 6), (0.045, "#6fa6b4", 0.8, 3),
            (0.021, "#bfe0ea", 1.0, 0)):
        left = [ground(course(v) - wide * (0.6 + 0.4 * sin(v * 21)) * (0.5 + v * 0.7), v) for v in steps]
        right = [ground(course(v) + wide * (0.6 + 0.4 * cos(v * 17)) * (0.5 + v * 0.7), v) for v in steps]
        c.shape(left + right[::-1], fade(mix(tone, "#ffffff", 0.5), tone, mix(tone, "#1d4f6a", 0.35)),
            alpha=alpha, blur=blur)
    for v in (0.32, 0.5, 0.62, 0.8):
        for side in (-1, 1):
            x, y = ground(course(v) + side * 0.06, v)
            for k in range(12):
                c.box(x + side * (k % 4) * 15 * (0.4 + v), y + k // 4 * 9 * (0.4 + v), 9 * (0.4 + v),
                    5 * (0.4 + v), "#e9dcc4" if k % 3 else "#b5573f")
    for _ in range(26):
        u, v = random.uniform(0, 1), random.uniform(0.02, 0.75)
        x, y = ground(u, v)
        for _ in range(5):
            dx, dy = random.uniform(-90, 90), random.uniform(-8, 8)
            c.oval(x + dx * (0.4 + v), y + dy - 8, random.uniform(40, 110) * (0.4 + v),
                random.uniform(6, 18) * (0.4 + v), "#ffffff", alpha=0.2, blur=7)
    c.haze(300, 560, "#cfeaff", 0.0, 0.12)
    c.shape([(700, 330), (724, 330), (1330, 1080), (330, 1080)], fade("#bfe9ff", "#8fd0f4"), alpha=0.17,
        blur=20)
    _probe(c, 700, 262)
    c.glow(1700, 140, 420, 360, "#fff0c8", 0.7, 6)
    c.glow(1700, 140, 90, 90, "#ffffff", 1.0, 3)
    c.vignette(0.35)


def _probe(c: Canvas, x: float, y: float) -> None:
    """Draw the satellite, its two wings a little tilted."""
    lean = -0.17

    def at(px: float, py: float) -> Point:
        return x + px * cos(lean) - py * sin(lean), y + px * sin(lean) + py * cos(lean)
    for side in (-1, 1):
        c.line([at(side * 60, 0), at(side * 130, 0)], "#c9ced3", 9)
        for panel in range(3):
            left = side * (130 + panel * 112) if side > 0 else -(130 + panel * 112 + 104)
            corners = [at(left, -62), at(left + 104, -62), at(left + 104, 62), at(left, 62)]
            c.shape(corners, fade("#4f8ec9", "#1f4f8a", "#12305c"))
            for k in range(1, 5):
                c.line([at(left + k * 20.8, -62), at(left + k * 20.8, 62)], "#8fbbe4", 1.6, alpha=0.7)
            for k in range(1, 4):
                c.line([at(left, -62 + k * 31), at(left + 104, -62 + k * 31)], "#8fbbe4", 1.6, alpha=0.7)
            c.line([*corners, corners[0]], "#dfe6ec", 3)
            c.shape([at(left, -62), at(left + 46, -62), at(left + 12, 62), at(left, 62)], "#ffffff",
                alpha=0.14)
    c.shape([at(-60, -72), at(60, -72), at(60, 72), at(-60, 72)], fade("#f3d27c", "#c9962f", "#7d5717"))
    c.shape([at(20, -72), at(60, -72), at(60, 72), at(20, 72)], "#4a3210", alpha=0.35)
    for k in range(4):
        c.line([at(-60, -50 + k * 33), at(60, -44 + k * 33)], "#fff0b8", 2, alpha=0.6)
    c.shape([at(-28, 72), at(28, 72), at(40, 104), at(-40, 104)], "#27313b")
    c.oval(*at(0, 106), 38, 12, "#0f1820")
    c.oval(*at(-6, 104), 16, 5, "#7fc4ee")
    c.line([at(0, -72), at(0, -104)], "#dfe6ec", 5)
    c.oval(*at(0, -116), 52, 20, fade("#ffffff", "#9aa7b3"))
    c.oval(*at(0, -120), 40, 12, "#c4cdd5")
    c.line([at(0, -118), at(0, -146)], "#dfe6ec", 3)
    c.oval(*at(0, -147), 5, 5, "#ff6a55")
