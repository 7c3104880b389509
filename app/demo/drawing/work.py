"""Pictures of people at work: on a transformer, in a mined field, before screens, at a water point."""

# Outlines keep several points on a line: with one on each line nobody would see the shape.
# fmt: off

from __future__ import annotations

from itertools import pairwise
from math import cos, pi, sin
from random import Random

from app.demo.drawing.canvas import Canvas, Point, fade, mix
from app.demo.drawing.figures import (
    AMBER,
    BLUE,
    MARK,
    PAPER,
    bust,
    conifer,
    hills,
    placed,
    smooth,
    standing,
    tree,
)


def transformer(c: Canvas) -> None:
    """Two engineers before a large transformer in a switchyard, in evening light."""
    c.box(0, 0, 1920, 840, fade((0, "#2f6478"), (0.4, "#7fa9a6"), (0.72, "#f0cf9a"), (1, "#f4b878")))
    c.glow(1500, 760, 900, 560, "#ffe0a0", 0.8, 4)
    c.oval(1500, 690, 70, 70, "#fff6dc", alpha=0.95, blur=3)
    hills(c, 800, 80, fade("#8fa08f", "#d3b98c"), 12)
    for x, tall, tone in ((250, 520, "#5f7f80"), (620, 430, "#7f978f"), (1810, 640, "#3f5f66"),
            (1330, 380, "#9aa792")):
        _pylon(c, x, 812, tall, tone)
    wires = ((1810, 640), (250, 520))
    for k, lift in enumerate((0.98, 0.84, 0.7)):
        for side in (-1, 1):
            points = [(x, 812 - tall * lift) for x, tall in wires]
            wire = [(2000, points[0][1] - 40), (points[0][0] + side * 90, points[0][1]),
                (1130, points[0][1] + 210 - k * 30), (points[1][0] + side * 74, points[1][1]),
                (-80, points[1][1] - 60)]
            c.line(smooth(wire, closed=False, steps=24), "#3f5f66", 2.5, alpha=0.75)
    hills(c, 826, 30, "#4f6a5a", 33)
    c.box(0, 812, 1920, 268, fade("#b7a682", "#8a7d66", "#4f4a40"))
    random = Random(8)
    for _ in range(700):
        y = random.uniform(826, 1080)
        c.oval(random.uniform(0, 1920), y, 2 + (y - 812) / 60, 1 + (y - 812) / 130,
            random.choice(("#d9c8a5", "#6d6455", "#a39679")), alpha=0.5)
    for n in range(27):
        c.line([(n * 76, 850), (n * 76, 700)], "#54605c", 4, alpha=0.8)
        c.line([(n * 76, 790), (n * 76 + 76, 720)], "#54605c", 1.2, alpha=0.4)
        c.line([(n * 76, 720), (n * 76 + 76, 790)], "#54605c", 1.2, alpha=0.4)
    for y in (704, 780, 846):
        c.line([(0, y), (1920, y)], "#54605c", 2.2, alpha=0.7)
    c.oval(860, 946, 620, 40, "#2a261f", alpha=0.55, blur=14)
    c.box(330, 902, 1080, 50, fade("#c9bda4", "#8a806c"))
    c.box(470, 500, 760, 404, fade("#86a09c", "#58756f", "#38524e"))
    c.box(470, 500, 760, 404, fade("#1f3330", "#ffd9a0", across=True), alpha=0.28)
    c.box(450, 482, 800, 26, fade("#a9bdb6", "#5d7771"))
    for n in range(5):
        c.box(520 + n * 150, 520, 10, 370, "#2f4743", alpha=0.6)
        c.box(530 + n * 150, 520, 4, 370, "#c3d3cb", alpha=0.35)
    for start in (336, 1240):
        for n in range(9):
            c.box(start + n * 15, 548, 10, 316, fade("#8fa8a2", "#45605a"))
            c.box(start + n * 15 + 7, 548, 3, 316, "#1f3330", alpha=0.5)
        c.box(start - 4, 556, 142, 12, "#3b544f")
        c.box(start - 4, 842, 142, 12, "#3b544f")
    c.box(500, 398, 330, 58, fade("#9fb5ae", "#4f6a64"), corner=28)
    for x in (560, 760):
        c.box(x, 452, 16, 34, "#3b544f")
    for n, x in enumerate((900, 1030, 1160)):
        lean = (n - 1) * 26
        for k in range(12):
            t = k / 11
            wide = 30 - 13 * t
            c.oval(x + lean * t, 484 - k * 19, wide, 9, fade("#c96a48", "#7d3524"))
            c.oval(x + lean * t - wide * 0.3, 481 - k * 19, wide * 0.4, 3, "#f3b48c", alpha=0.7)
        c.line([(x + lean, 262), (x + lean, 236)], "#c9ced3", 9)
        c.oval(x + lean, 232, 12, 12, "#e9ecee")
        c.line(smooth([(x + lean, 232), (x + lean + 150, 250 - n * 12), (x + 520, 120 - n * 22),
            (2000, 40 - n * 30)], closed=False, steps=20), "#24383c", 5)
    c.box(700, 640, 190, 220, fade("#c9d3cd", "#93a69e"), corner=5)
    c.box(712, 652, 166, 196, "#6f857d", corner=3)
    for k in range(3):
        c.oval(742 + k * 52, 690, 19, 19, PAPER)
        c.line([(742 + k * 52, 690), (742 + k * 52 + 10 * cos(k + 2.2), 690 - 12 * sin(k + 2.2))], MARK, 3)
        c.box(730 + k * 52, 730, 26, 12, ("#59c27c", "#e9b84b", "#59c27c")[k], corner=3)
    for k in range(3):
        c.box(730, 764 + k * 24, 130, 9, "#4f645d")
    c.shape([(950, 640), (1010, 640), (980, 590)], AMBER)
    c.shape([(984, 600), (970, 624), (981, 624), (976, 637), (992, 616), (981, 616)], "#1d2a33")
    for x, foot, tall, coat, hat, flip, reach, skin in ((1010, 1000, 330, "#e0803a", "#f6f1e2", True,
            (0.22, -0.7), "#b98563"),
                                                         (1180, 1016, 344, "#d9b52f", "#2c6aa0", True,
            (0.16, -0.56), "#7a4f38")):
        c.shape([(x - 20, foot), (x + 30, foot + 6), (x - 420, foot + 60), (x - 440, foot + 50)], "#2a261f",
            alpha=0.5, blur=9)
        standing(c, x, foot, tall, coat=fade(mix(coat, "#ffffff", 0.12), mix(coat, "#3a2010", 0.3)),
            legs="#20323f", skin=skin, hat=hat, band="#f7f3dc", flip=flip, reach=reach)
    c.shape([(1096, 806), (1150, 794), (1158, 846), (1104, 858)], fade("#dff0f6", "#9fc6d8"))
    c.line([(1096, 806), (1150, 794), (1158, 846), (1104, 858), (1096, 806)], "#10181d", 6)
    c.box(1280, 952, 130, 66, fade("#b5413a", "#7d2a26"), corner=6)
    c.box(1280, 972, 130, 6, "#5a1c19")
    c.line([(1318, 952), (1318, 934), (1372, 934), (1372, 952)], "#2a1a18", 8)
    c.glow(1500, 700, 620, 420, "#ffd890", 0.3, 4)
    c.vignette(0.34)


def _pylon(c: Canvas, x: float, foot: float, tall: float, tone: str) -> None:
    """Draw a lattice pylon with three arms."""
    wide = tall * 0.13
    for side in (-1, 1):
        c.line([(x + side * wide, foot), (x + side * wide * 0.22, foot - tall * 0.62), (x, foot - tall)],
            tone, tall * 0.011)
    for n in range(7):
        low, high = n / 7 * 0.62, (n + 1) / 7 * 0.62
        a, b = wide * (1 - 0.78 * n / 7), wide * (1 - 0.78 * (n + 1) / 7)
        c.line([(x - a, foot - tall * low), (x + b, foot - tall * high)], tone, tall * 0.006)
        c.line([(x + a, foot - tall * low), (x - b, foot - tall * high)], tone, tall * 0.006)
    for lift, arm in ((0.64, 0.2), (0.78, 0.17), (0.9, 0.13)):
        y = foot - tall * lift
        c.line([(x - tall * arm, y), (x, y - tall * 0.045), (x + tall * arm, y), (x - tall * arm, y)], tone,
            tall * 0.009)
        for side in (-1, 1):
            c.line([(x + side * tall * arm, y), (x + side * tall * arm, y + tall * 0.05)], tone, tall * 0.01)


def field(c: Canvas) -> None:
    """A lane marked with tape and small red triangles in a field at dawn; two people search it."""
    c.box(0, 0, 1920, 600, fade((0, "#6f93ad"), (0.45, "#b8c4c3"), (0.8, "#f4d9ae"), (1, "#f9e6c2")))
    c.glow(640, 520, 980, 500, "#fff0c4", 0.85, 4)
    c.oval(640, 470, 58, 58, "#fffaf0", alpha=0.95, blur=3)
    for base, tall, tone, seed in ((545, 70, "#a9b8b2", 4), (566, 46, "#8fa59a", 27)):
        hills(c, base, tall, tone, seed)
        c.haze(base - 70, base + 40, "#f7e6c6", 0.0, 0.5)
    for n in range(44):
        x = n * 46.0 - 20
        if n % 4 == 1:
            conifer(c, x, 586, 86 + (n * 31) % 40, mix("#5a7768", "#c9c3a4", 0.35))
        else:
            tree(c, x, 588, 74 + (n * 23) % 46, mix("#54705f", "#c9c3a4", 0.35), seed=n)
    c.haze(520, 610, "#f9e9c9", 0.1, 0.75)
    c.box(0, 584, 1920, 496, fade("#d9cc8f", "#a8ad68", "#768a4c", "#48663c"))
    random = Random(15)
    for row in range(46):
        t = (row / 46) ** 1.8
        y = 592 + 490 * t
        for _ in range(46):
            x = random.uniform(-20, 1940)
            tall = 5 + 34 * t
            c.line([(x, y), (x + random.uniform(-0.4, 0.4) * tall, y - tall * random.uniform(0.6, 1.1))],
                   random.choice(("#c3bf78", "#8a9c54", "#5f7d43", "#e0d59a", "#46623a")), 1.5 + 2.6 * t,
                alpha=0.75)
    for _ in range(120):
        t = random.random() ** 0.6
        x, y = random.uniform(0, 1920), 600 + 470 * t
        c.oval(x, y, 2 + 5 * t, 2 + 5 * t, random.choice(("#d9483a", "#f3ead6", "#e9b84b")), alpha=0.85)
    lane = [(1010, 590), (1080, 590), (1620, 1090), (660, 1090)]
    c.shape(lane, fade("#d9c79a", "#b79a68", "#8a6d45"), alpha=0.94)
    for _ in range(420):
        t = random.random() ** 0.55
        y = 592 + 490 * t
        left, right = 1010 - 350 * t, 1080 + 540 * t
        c.oval(random.uniform(left, right), y, 2 + 6 * t, 1 + 2.4 * t,
            random.choice(("#6f5534", "#e0cda0", "#a08256")), alpha=0.55)
    for edge, step in ((1010, -350), (1080, 540)):
        stakes = []
        for n in range(9):
            t = (n / 8) ** 1.7
            x, y = edge + step * t, 592 + 490 * t
            tall = 22 + 130 * t
            stakes.append((x, y - tall * 0.72, t))
            c.line([(x, y), (x, y - tall)], "#8a6d45", 3 + 8 * t)
            size = 9 + 38 * t
            hang = y - tall * 1.02
            c.shape([(x - size, hang), (x + size, hang), (x, hang + size * 1.6)], fade("#e0483f", "#b3261f"))
            c.shape([(x - size * 0.62, hang + size * 0.22), (x + size * 0.62, hang + size * 0.22),
                (x, hang + size * 1.22)], "#f6efe2")
            c.shape([(x - size * 0.34, hang + size * 0.38), (x + size * 0.34, hang + size * 0.38),
                (x, hang + size * 0.92)], "#c9302a")
        for (x0, y0, _), (x1, y1, t1) in pairwise(stakes):
            sag = 5 + 22 * t1
            curve = smooth([(x0, y0), ((x0 + x1) / 2, (y0 + y1) / 2 + sag), (x1, y1)], closed=False, steps=8)
            for k in range(len(curve) - 1):
                c.line(curve[k:k + 2], "#f6efe2" if k % 4 < 2 else "#d2342d", 3 + 6 * t1)
    _searcher(c, 1010, 960, 300, False)
    _searcher(c, 1130, 706, 108, True)
    c.glow(640, 520, 1200, 620, "#fff0c4", 0.28, 3)
    c.vignette(0.3)


def _searcher(c: Canvas, x: float, foot: float, tall: float, flip: bool) -> None:
    """Draw somebody on one knee in a visor and a heavy apron, a detector before them."""
    def put(points: list[Point]) -> list[Point]:
        return placed(points, x, foot, tall, flip=flip)
    c.shape(put([(-0.3, 0.02), (0.3, 0.03), (0.62, 0.09), (-0.1, 0.09)]), "#3a2c18", alpha=0.55,
        blur=tall * 0.03)
    c.line(put([(-0.34, -0.04), (-0.1, -0.06), (0.02, -0.34)]), "#2b3a30", tall * 0.12)
    c.line(put([(0.02, -0.34), (0.24, -0.3), (0.24, -0.03)]), "#36483c", tall * 0.12)
    c.line(put([(0.24, -0.03), (0.32, -0.02)]), "#1d2620", tall * 0.08)
    c.shape(put(smooth([(-0.12, -0.3), (-0.1, -0.62), (0.02, -0.75), (0.17, -0.7), (0.22, -0.5), (0.18, -0.3),
        (0.04, -0.25)])), fade("#4f7fa8", "#2f5878", "#1f3d56"))
    c.shape(put(smooth([(0.06, -0.68), (0.2, -0.66), (0.24, -0.45), (0.22, -0.2), (0.1, -0.2),
        (0.08, -0.45)])), "#284a68")
    c.line(put([(0.1, -0.62), (0.26, -0.5), (0.4, -0.42)]), "#2f5878", tall * 0.075)
    c.oval(*put([(0.41, -0.42)])[0], tall * 0.035, tall * 0.035, "#c99a78")
    c.line(put([(0.3, -0.5), (0.44, -0.4), (0.86, -0.03)]), "#20272c", tall * 0.022)
    c.oval(*put([(0.9, -0.015)])[0], tall * 0.1, tall * 0.03, "#20272c")
    c.oval(*put([(0.9, -0.02)])[0], tall * 0.06, tall * 0.015, "#586670")
    head = put([(0.13, -0.84)])[0]
    c.oval(*head, tall * 0.085, tall * 0.1, "#c99a78" if not flip else "#7a4f38")
    c.shape(put(smooth([(0.03, -0.84), (0.03, -0.95), (0.12, -0.99), (0.22, -0.94), (0.23, -0.87),
        (0.12, -0.9)])), "#eef2f4")
    c.shape(put([(0.13, -0.93), (0.245, -0.92), (0.27, -0.74), (0.17, -0.72)]), "#cfe8f6", alpha=0.55)
    c.line(put([(0.245, -0.92), (0.27, -0.74)]), "#ffffff", tall * 0.012)


def operations(c: Canvas) -> None:
    """A darkened operations room: screens with a network and curves, people at their desks."""
    c.box(0, 0, 1920, 1080, fade("#0b1622", "#0e2030", "#081019"))
    c.box(0, 0, 1920, 60, "#070d14")
    c.box(110, 74, 1700, 520, "#04080d", corner=10)
    c.box(128, 92, 1040, 484, fade("#0f3350", "#0a2236"))
    random = Random(52)
    for n in range(27):
        c.line([(128 + n * 40, 92), (128 + n * 40, 576)], "#2f6d94", 1, alpha=0.35)
    for n in range(13):
        c.line([(128, 92 + n * 40), (1168, 92 + n * 40)], "#2f6d94", 1, alpha=0.35)
    for land in ([(180, 200), (320, 140), (470, 170), (520, 280), (440, 380), (300, 420), (200, 340)],
            [(620, 150), (800, 120), (980, 160), (1080, 260), (1000, 380), (840, 400), (700, 330),
            (600, 250)],
                 [(460, 470), (600, 430), (740, 470), (720, 550), (560, 566), (440, 540)]):
        c.shape(smooth(land), "#1f5578", alpha=0.75)
        c.line([*smooth(land), land[0]], "#4f9ccc", 2, alpha=0.7)
    nodes = [(random.uniform(190, 1110), random.uniform(130, 545)) for _ in range(34)]
    for n, (x, y) in enumerate(nodes):
        near = sorted(nodes, key=lambda p: (p[0] - x) ** 2 + (p[1] - y) ** 2)[1:4]
        for px, py in near:
            c.line([(x, y), (px, py)], "#ff7a5a" if n in (4, 11, 19) else "#6fd0f0", 2.2, alpha=0.55)
    for n, (x, y) in enumerate(nodes):
        hot = n in (4, 11, 19)
        tone = "#ff6a50" if hot else ("#7fe0ff", "#8ff0c4")[n % 2]
        c.glow(x, y, 60 if hot else 34, 60 if hot else 34, tone, 0.75)
        c.oval(x, y, 8 if hot else 5, 8 if hot else 5, tone)
        if hot:
            for r in (22, 36):
                c.line([(x + r * cos(a / 16 * pi), y + r * sin(a / 16 * pi)) for a in range(33)], tone, 2,
                    alpha=0.7)
    for row in range(3):
        x, y, w, h = 1188, 92 + row * 164, 604, 156
        c.box(x, y, w, h, fade("#10304a", "#0b2134"))
        if row == 0:
            for k, tone in enumerate(("#6fd0f0", "#f2b33d", "#8ff0c4")):
                curve = [(x + 14 + n * 9.6, y + 84 + k * 18 - 26 * sin(n * 0.21 + k * 2) - random.uniform(0,
                    16) - (46 if k == 1 and 34 < n < 44 else 0)) for n in range(61)]
                c.line(curve, tone, 3)
                c.shape([*curve, (x + 590, y + h), (x + 14, y + h)], tone, alpha=0.09)
        elif row == 1:
            for n in range(29):
                tall = 18 + 100 * abs(sin(n * 0.6)) * random.uniform(0.5, 1)
                c.box(x + 18 + n * 20, y + h - 12 - tall, 13, tall, "#ff7a5a" if tall > 92 else "#4fb0dc")
        else:
            for k in range(3):
                px, py = x + 106 + k * 196, y + 78
                for ring, (tone, share) in enumerate((("#23506e", 1.0),
                        (("#8ff0c4", "#f2b33d", "#6fd0f0")[k], (0.8, 0.45, 0.66)[k]))):
                    c.line([(px + 54 * cos(-pi / 2 + a / 60 * 2 * pi * share),
                        py + 54 * sin(-pi / 2 + a / 60 * 2 * pi * share)) for a in range(61)], tone,
                        15 - ring * 2)
    c.shape([(110, 74), (760, 74), (420, 594), (110, 594)], "#ffffff", alpha=0.025)
    c.glow(960, 420, 1200, 480, "#4fa8dc", 0.26, 4)
    c.box(0, 640, 1920, 440, fade("#122434", "#0a141d", "#060b10"))
    c.oval(960, 650, 1100, 60, "#4fa8dc", alpha=0.16, blur=30)
    for row, (y, size, count) in enumerate(((668, 36, 7), (800, 54, 5), (980, 80, 4))):
        for n in range(count):
            x = (n + 0.5) * 1920 / count + (-30, 40, -10)[row]
            if row < 2:
                wide = size * 2.1
                for k in (-1, 1):
                    sx = x + k * wide * 0.62
                    c.box(sx - wide * 0.56, y - size * 0.2, wide * 1.12, size * 1.75, "#050a0f", corner=5)
                    tone = ("#1d5f8c", "#175a54", "#6d4a1d", "#1d4f80")[(n + row + k) % 4]
                    c.box(sx - wide * 0.52, y - size * 0.14, wide * 1.04, size * 1.62,
                        fade(mix(tone, "#bfe6ff", 0.35), tone))
                    for b in range(5):
                        c.box(sx - wide * 0.44, y + size * (0.05 + b * 0.27),
                            wide * (0.3 + 0.5 * ((n + b * 3 + row) % 5) / 5), size * 0.08, "#d6f0ff",
                            alpha=0.6)
                    c.glow(sx, y + size * 0.6, wide * 1.2, size * 2.2, "#6fc0f0", 0.25)
            c.box(x - size * 1.3, y + size * 1.3, size * 2.6, size * 4, "#0a1219", corner=size * 0.5)
            bust(c, x, y + size * 0.35, size, fade("#0f1d29", "#05090d"), hair=(n * 2 + row) % 5,
                rim="#6fc0f0")
            if (n + row) % 3 == 0:
                c.line([(x + size * 0.95 * cos(a / 10 * pi), y + size * 0.3 - size * 1.25 * sin(a / 10 * pi))
                    for a in range(11)], "#8fd0f4", size * 0.09)
                c.box(x + size * 0.74, y + size * 0.1, size * 0.3, size * 0.62, "#22405a", corner=size * 0.12)
        c.box(0, y + size * 2.1, 1920, size * 0.28, fade("#35506a", "#14222e"))
        c.box(0, y + size * 2.38, 1920, size * 1.6, fade("#0d1a25", "#070d13"), alpha=0.95)
    c.vignette(0.46)


def water_point(c: Canvas) -> None:
    """A tank lorry and tents on a town square at nightfall; people queue with cans."""
    c.box(0, 0, 1920, 760, fade((0, "#1d3552"), (0.5, "#4a6487"), (0.85, "#b58a8a"), (1, "#eab487")))
    c.glow(960, 720, 1100, 320, "#ffcf9a", 0.5, 4)
    fronts = ((0, 300, 190, "#7d5a5a"), (190, 250, 170, "#8a7a6a"), (360, 330, 210, "#5f6d7d"),
        (570, 270, 150, "#94695c"), (720, 350, 240, "#6f7f78"), (960, 240, 170, "#7d6a80"),
              (1130, 310, 220, "#93785c"), (1350, 260, 170, "#5f6f83"), (1520, 340, 200, "#8a625c"),
        (1720, 280, 220, "#6f7468"))
    for n, (x, top, wide, tone) in enumerate(fronts):
        tone = mix(tone, "#22344a", 0.42)
        c.box(x, top, wide, 520, fade(mix(tone, "#ffffff", 0.08), tone))
        c.shape([(x - 8, top), (x + wide / 2, top - 90 - 20 * (n % 2)), (x + wide + 8, top)],
            mix("#5a2f2c", "#22344a", 0.4))
        c.box(x + wide * 0.7, top - 92, 22, 60, mix("#4a2f2c", "#22344a", 0.4))
        columns = max(3, int(wide / 52))
        for row in range(5):
            for k in range(columns):
                wx, wy = x + wide * (k + 0.5) / columns - 13, top + 34 + row * 74
                lit = (n * 7 + row * 5 + k * 3) % 9 == 0
                c.box(wx, wy, 26, 42, fade("#ffe2a0", "#f0b860") if lit else mix(tone, "#0c1a27", 0.45))
                c.box(wx + 12, wy, 2, 42, mix(tone, "#0c1a27", 0.2))
                if lit:
                    c.glow(wx + 13, wy + 20, 50, 50, "#ffd080", 0.45)
    c.box(0, 750, 1920, 330, fade("#6f6a70", "#4a4a55", "#2c303b"))
    for n in range(24):
        c.line([(960 + (n - 12) * 84, 750), (960 + (n - 12) * 300, 1080)], "#23262f", 2, alpha=0.5)
    for y in (776, 812, 862, 926, 1006):
        c.line([(0, y), (1920, y)], "#23262f", 2, alpha=0.45)
    for x, size, tone in ((180, 1.0, "#f0e6d0"), (470, 0.9, "#dfe6ea")):
        c.glow(x + 130 * size, 720, 330, 230, "#ffdf9a", 0.55)
        c.shape([(x, 830), (x, 650), (x + 130 * size, 560), (x + 260 * size, 650), (x + 260 * size, 830)],
            fade(tone, mix(tone, "#b08a5c", 0.4)))
        c.shape([(x - 16, 660), (x + 130 * size, 552), (x + 276 * size, 660), (x + 130 * size, 600)],
            mix(tone, "#ffffff", 0.4))
        c.shape([(x + 130 * size, 612), (x + 66 * size, 830), (x + 194 * size, 830)],
            fade("#ffdb8c", "#f4b458"))
        standing(c, x + 128 * size, 832, 150, coat="#3a2c24", legs="#2a2019", skin="#3a2c24")
        c.oval(x + 130 * size, 638, 26 * size, 26 * size, BLUE)
        c.line([(x + 118 * size, 652), (x + 142 * size, 624)], MARK, 7)
    c.oval(1420, 900, 480, 26, "#12151c", alpha=0.6, blur=12)
    c.box(1010, 846, 830, 26, "#1c232c")
    c.box(1020, 610, 590, 240, fade("#f4f7f8", "#b9c9d3", "#6d8494"), corner=110)
    for x in (1130, 1300, 1470):
        c.box(x, 612, 8, 236, "#7d93a1", alpha=0.8)
    c.box(1120, 596, 380, 18, "#4f6473", corner=8)
    c.shape(smooth([(1180, 730), (1200, 700), (1232, 664), (1264, 700), (1284, 730), (1270, 772), (1232, 786),
        (1194, 772)]), fade("#4fa8dc", "#1d5f9c"))
    c.oval(1214, 742, 10, 16, "#bfe6ff", alpha=0.8)
    c.shape([(1640, 850), (1640, 650), (1736, 650), (1796, 742), (1846, 760), (1846, 850)],
        fade("#c9503c", "#8a2f26"))
    c.shape([(1664, 672), (1726, 672), (1770, 742), (1664, 742)], fade("#bcd8e6", "#6d93a8"))
    c.oval(1842, 806, 9, 11, "#fffbe4")
    c.glow(1850, 806, 120, 70, "#fff0b8", 0.6)
    for wheel in (1110, 1210, 1480, 1740):
        c.oval(wheel, 876, 46, 46, "#10141a")
        c.oval(wheel, 876, 19, 19, "#8a949c")
    for n in range(5):
        c.box(1028 + n * 26, 820, 8, 34, "#9aa7b0")
    c.line([(980, 640), (980, 500)], "#2a323c", 7)
    c.line([(930, 500), (1030, 500)], "#2a323c", 7)
    for x in (940, 1020):
        c.box(x - 26, 478, 52, 28, "#fff8e4", corner=4)
        c.glow(x, 494, 260, 220, "#fff0c8", 0.55)
    c.line([(980, 860), (980, 640)], "#2a323c", 7)
    c.shape([(900, 510), (1060, 510), (1320, 960), (560, 960)], "#fff2cf", alpha=0.13, blur=24)
    queue = ((960, 950, 230, "#2f6d94", 0), (846, 960, 214, "#a8433b", 1), (744, 956, 240, "#3d5d4d", 0),
        (650, 966, 170, "#e0a845", 2), (570, 964, 232, "#5a4a70", 0), (452, 976, 224, "#23405a", 1),
        (342, 980, 238, "#8a6a3c", 0))
    for n, (x, foot, tall, coat, _) in enumerate(queue):
        c.oval(x - 10, foot + 2, 60, 9, "#12151c", alpha=0.6, blur=6)
        standing(c, x, foot, tall, coat=fade(mix(coat, "#fff0c8", 0.2), mix(coat, "#10141a", 0.3)),
            legs=("#20262e", "#2b2a33", "#1d2a33")[n % 3],
                 skin=("#c99a78", "#8a5c40", "#e0b799")[n % 3], stride=0.25)
        hx, hy = x - 0.125 * tall, foot - 0.46 * tall
        tone = ("#4fa8dc", "#f4f1e8", "#3d8f6a")[n % 3]
        c.line([(hx - 14, hy + 16), (hx - 8, hy), (hx + 8, hy), (hx + 14, hy + 16)], "#1d242c", 4)
        c.box(hx - 24, hy + 14, 48, 62, fade(mix(tone, "#ffffff", 0.25), mix(tone, "#10141a", 0.25)),
            corner=8)
    c.vignette(0.4)
