"""Pictures of things that move: an aircraft, a ship among cranes, a convoy."""

# Outlines keep several points on a line: with one on each line nobody would see the shape.
# fmt: off

from __future__ import annotations

from math import pi, sin
from random import Random

from app.demo.drawing.canvas import Canvas, Point, fade, mix
from app.demo.drawing.figures import (
    AMBER,
    BLUE,
    BRICK,
    GREEN,
    MARK,
    PALE,
    PAPER,
    SEA,
    hills,
    smooth,
    standing,
    tree,
)


def apron(c: Canvas) -> None:
    """A transport aircraft on a wet apron at dusk, its ramp open, people loading."""
    c.box(0, 0, 1920, 720, fade((0, "#14283d"), (0.35, "#2c4a68"), (0.62, "#8a6a7c"), (0.82, "#dd8f6a"),
        (1, "#f6c98a")))
    c.glow(1330, 690, 900, 420, "#ffcf8a", 0.75, 4)
    c.glow(1330, 690, 220, 130, "#fff0c8", 0.8, 4)
    random = Random(4)
    for _ in range(16):
        x, y, long = random.uniform(-100, 1900), random.uniform(110, 600), random.uniform(180, 520)
        c.oval(x, y, long, random.uniform(6, 16), mix("#5b5570", "#ffb98a", y / 720), alpha=0.34, blur=9)
    hills(c, 706, 60, fade("#4a4257", "#3a3548"), 8)
    hills(c, 716, 26, "#262c3c", 21)
    c.box(0, 640, 330, 84, "#1b2433")
    c.shape([(330, 724), (330, 640), (420, 664), (420, 724)], "#161d2a")
    c.shape([(20, 640), (20, 612), (300, 612), (330, 640)], "#232d3e")
    for n in range(6):
        c.box(24 + n * 50, 664, 30, 12, "#ffd98c", alpha=0.9)
        c.glow(39 + n * 50, 670, 40, 30, "#ffcf7a", 0.4)
    c.shape([(1650, 724), (1660, 540), (1692, 540), (1702, 724)], "#1b2231")
    c.shape([(1634, 540), (1644, 492), (1708, 492), (1718, 540)], "#2a3446")
    c.box(1648, 502, 56, 20, "#ffdf9a")
    c.glow(1676, 512, 70, 40, "#ffdf9a", 0.45)
    c.line([(1676, 492), (1676, 440)], "#1b2231", 3)
    c.oval(1676, 438, 4, 4, "#ff6a55")
    _aircraft(c)
    c.mirror(722, 358, alpha=0.62, blur=7, flatten=1.0)
    c.box(0, 722, 1920, 358, fade("#3a3a4c", "#1b2836", "#0e1924"), alpha=0.6)
    c.box(0, 718, 1920, 6, "#1a202c", alpha=0.8, blur=2)
    for k in range(9):
        x = 200 + k * 190
        c.oval(x, 724, 5, 3, "#9fd0ff")
        c.glow(x, 724, 26, 20, "#6fb4ff", 0.7)
    c.shape([(900, 1080), (1010, 1080), (1290, 724), (1284, 724)], "#e9b64c", alpha=0.42, blur=2)
    c.shape([(560, 742), (776, 718), (776, 724), (420, 790)], "#ffdc98", alpha=0.35, blur=12)
    for n, (x, foot, tall, go) in enumerate(((330, 792, 118, 0.5), (452, 776, 108, 0), (216, 812, 126, 0.8))):
        c.oval(x, foot, 36, 7, "#05090e", alpha=0.6, blur=5)
        standing(c, x, foot, tall, coat="#151f2b", legs="#0d151e", stride=go, band="#e9d27a", hat="#d9dfe4"
            if n else None)
    c.oval(100, 862, 130, 16, "#05090e", alpha=0.6, blur=8)
    c.box(-20, 770, 210, 66, fade("#d9a443", "#a87424"), corner=6)
    c.box(-20, 806, 210, 30, "#7f561a")
    c.box(116, 716, 66, 60, fade("#22303d", "#131c26"), corner=6)
    c.box(124, 724, 50, 34, "#f4c98a", alpha=0.55)
    for x in (20, 150):
        c.oval(x, 842, 27, 27, "#0a0f15")
        c.oval(x, 842, 11, 11, "#55606b")
    c.oval(146, 710, 7, 5, "#ffab3d")
    c.glow(146, 708, 60, 50, "#ff9a2e", 0.6)
    c.vignette(0.4)


def _aircraft(c: Canvas) -> None:
    """Draw the aircraft, high-winged, nose to the right."""
    c.shape(smooth([(700, 470), (560, 300), (520, 222), (610, 222), (690, 300), (800, 430)], steps=6),
        fade("#52617a", "#2b3a4e"))
    c.shape([(420, 236), (450, 214), (690, 208), (724, 222), (690, 236)], fade("#6d7a90", "#35445a"))
    body = smooth([(560, 470), (760, 430), (1000, 418), (1300, 420), (1430, 452), (1516, 520), (1540, 566),
        (1500, 606), (1400, 634),
                   (1100, 644), (860, 642), (760, 610), (640, 540)])
    c.shape(body, fade("#8f9cb0", "#62728a", "#3c4a60", "#232e40"))
    c.shape(smooth([(860, 642), (1100, 644), (1400, 634), (1500, 606), (1380, 612), (1100, 616), (870, 606)]),
        "#ffc891", alpha=0.35, blur=3)
    c.shape([(1422, 470), (1470, 500), (1462, 520), (1412, 508)], "#12202f")
    c.shape([(1476, 506), (1506, 534), (1496, 546), (1468, 526)], "#12202f")
    c.shape([(1426, 474), (1446, 486), (1440, 506), (1416, 500)], "#7fa9cc", alpha=0.6)
    for n in range(6):
        c.oval(1000 + n * 62, 508, 9, 12, "#ffdf9e")
    c.glow(1155, 508, 220, 30, "#ffdf9e", 0.3)
    c.shape([(760, 610), (640, 542), (612, 556), (740, 640), (860, 642)], "#0d1620")
    c.shape([(756, 606), (660, 552), (700, 600), (770, 634)], "#ffd890", alpha=0.85, blur=4)
    c.glow(720, 610, 170, 110, "#ffd28a", 0.7)
    c.shape([(770, 634), (860, 642), (600, 724), (520, 724)], fade("#6b7688", "#38444f"))
    c.shape([(1330, 424), (1000, 410), (640, 428), (620, 440), (700, 452), (1040, 450), (1330, 446)],
        fade("#aab5c5", "#4d5b70"))
    c.shape([(1330, 424), (1000, 410), (640, 428), (1000, 418)], "#ffe0b8", alpha=0.6)
    for x, y in ((1180, 458), (940, 462)):
        c.shape(smooth([(x - 120, y - 14), (x + 60, y - 24), (x + 104, y), (x + 60, y + 26),
            (x - 70, y + 20)]), fade("#7a889d", "#2b3749"))
        c.oval(x + 106, y, 10, 15, "#1a2430")
        c.oval(x + 112, y, 7, 120, "#c9d2dd", alpha=0.2, blur=2)
        c.line([(x + 112, y - 118), (x + 112, y + 118)], "#c9d2dd", 5, alpha=0.5)
        c.line([(x + 106, y - 84), (x + 118, y + 84)], "#1e2936", 6, alpha=0.8)
    c.shape(smooth([(980, 620), (1180, 614), (1230, 650), (1200, 684), (990, 684), (950, 650)]),
        fade("#56647a", "#1c2735"))
    for x in (1010, 1080, 1160, 1436):
        c.box(x - 5, 660, 10, 30, "#141c26")
        c.oval(x, 698, 25, 25, "#0a1017")
        c.oval(x, 698, 10, 10, "#4b5765")
    c.box(1430, 620, 12, 60, "#141c26")
    c.oval(566, 218, 4, 4, "#ff6a55")
    c.glow(566, 218, 34, 30, "#ff5a40", 0.7)


def harbour(c: Canvas) -> None:
    """Cranes over a container ship in the morning mist."""
    c.box(0, 0, 1920, 760, fade((0, "#7fa6bf"), (0.45, "#b9cfd6"), (0.78, "#efdcc0"), (1, "#f7e7c9")))
    c.glow(520, 610, 900, 520, "#fff0c8", 0.75, 4)
    c.oval(520, 560, 62, 62, "#fff8e4", alpha=0.95, blur=2)
    hills(c, 706, 84, "#a9bcc4", 31, alpha=0.8)
    for x, size, tone in ((170.0, 0.62, "#9fb4bf"), (420, 0.66, "#94abb8"), (660, 0.62, "#9fb4bf")):
        _crane(c, x, 716, size, tone, tone, 0.2)
    c.haze(480, 740, "#f3e3c6", 0.0, 0.62)
    c.box(0, 716, 1920, 364, fade("#d9d3c0", "#8fb0bc", "#3f6f87", "#1d4560"))
    for x, size, tone in ((1010.0, 0.95, "#4d6c80"),):
        _crane(c, x, 760, size, tone, "#40607a", 0.05)
    c.haze(560, 760, "#efe0c6", 0.0, 0.3)
    _crane(c, 1240, 860, 1.5, "#23394a", "#a8433b", 0.0)
    hull = [(560, 742), (1950, 700), (1950, 868), (720, 880), (640, 868)]
    c.shape(hull, fade("#27495f", "#1c3447", "#12283a"))
    c.shape([(640, 868), (720, 880), (1950, 868), (1950, 838), (626, 846)], "#8f3a33")
    c.line([(566, 748), (1950, 706)], "#e9dcc2", 5)
    tones = (BRICK, SEA, AMBER, GREEN, PALE, "#7a4a3c", "#d9c8a5", BLUE)
    random = Random(12)
    for column in range(15):
        left = 770 + column * 78
        foot = 738 - (left - 560) * 0.0302
        for level in range(2 + random.randrange(4)):
            tone = tones[random.randrange(8)]
            c.box(left, foot - 44 * (level + 1), 74, 42,
                fade(mix(tone, "#ffffff", 0.14), mix(tone, "#0c1a27", 0.2)))
            for rib in range(1, 6):
                c.box(left + rib * 12.3, foot - 44 * (level + 1) + 3, 2.4, 36, mix(tone, "#0c1a27", 0.42),
                    alpha=0.55)
    c.box(610, 560, 120, 182, fade("#fbf6ea", "#d3cdbf"))
    c.box(596, 600, 150, 14, "#e4ddcd")
    c.box(584, 548, 172, 22, "#f3ecdd")
    for row in range(4):
        for n in range(6):
            c.box(622 + n * 17, 624 + row * 27, 10, 12, "#35556b")
    c.box(622, 576, 98, 12, "#24404f")
    c.line([(670, 548), (670, 470)], "#5b7484", 5)
    c.line([(646, 500), (694, 500)], "#5b7484", 4)
    c.box(690, 506, 36, 50, fade("#b0403a", "#7d2a27"))
    c.mirror(878, 202, alpha=0.34, blur=10)
    c.box(0, 872, 1920, 208, fade("#31627c", "#173d57", "#0d2a40"), alpha=0.62)
    random = Random(3)
    for _ in range(150):
        y = random.uniform(750, 1070)
        x, long = random.uniform(0, 1920), random.uniform(12, 60) * (0.4 + (y - 740) / 300)
        near = max(0.0, 1 - abs(x - 520) / 560)
        if y < 884 and x > 560:
            continue
        c.oval(x, y, long, 1.6 + (y - 740) / 260, mix("#9fc1cf", "#fff3d2", near), alpha=0.22 + 0.34 * near)
    c.shape([(0, 968), (400, 1000), (430, 1080), (0, 1080)], fade("#1b2c39", "#0c1720"))
    c.line([(0, 966), (402, 999)], "#6f8694", 4)
    for x in (70, 190, 310):
        c.box(x, 946 + x * 0.075, 30, 30, "#0c1720", corner=6)
    standing(c, 250, 984, 128, coat="#d7752f", legs="#15222d", hat="#f4f0e2", band="#f7e9a8", skin="#8a5c40")
    for x, y, s in ((300, 250, 26), (370, 300, 20), (250, 330, 17), (820, 200, 22), (900, 246, 16)):
        c.line(smooth([(x - s, y - s * 0.2), (x - s * 0.5, y - s * 0.5), (x, y), (x + s * 0.5, y - s * 0.5),
            (x + s, y - s * 0.2)], closed=False), "#3f5f73", 3)
    c.vignette(0.28)


def _crane(c: Canvas, x: float, foot: float, size: float, tone: str, accent: str, pale: float) -> None:
    """Draw a quay crane, its boom to the left."""
    def at(px: float, py: float) -> Point:
        return x + px * size, foot - py * size
    for leg in (0, 150, 210):
        c.line([at(leg, 0), at(leg, 430)], tone, 15 * size)
    c.line([at(0, 200), at(210, 200)], tone, 11 * size)
    c.line([at(0, 30), at(150, 200)], tone, 6 * size)
    c.line([at(150, 30), at(0, 200)], tone, 6 * size)
    c.line([at(0, 210), at(180, 420)], tone, 7 * size)
    c.line([at(-420, 400), at(330, 400)], accent, 20 * size)
    c.line([at(-420, 418), at(330, 418)], tone, 7 * size)
    for n in range(15):
        c.line([at(-420 + n * 50, 400), at(-395 + n * 50, 418)], tone, 4 * size)
    c.line([at(60, 420), at(100, 560), at(150, 420)], tone, 11 * size)
    for end in (-410, -210, 320):
        c.line([at(100, 556), at(end, 416)], tone, 4 * size)
    c.box(*at(210, 470), 110 * size, 60 * size, accent)
    c.box(*at(-190, 388), 46 * size, 36 * size, accent)
    for side in (-176, -158):
        c.line([at(side, 360), at(side, 250)], tone, 2.5 * size)
    c.box(*at(-214, 250), 92 * size, 40 * size, mix("#c9923a", "#dfe6ea", pale * 2.5))


def convoy(c: Canvas) -> None:
    """Lorries with their lights on cross an arch bridge over a valley in the morning."""
    c.box(0, 0, 1920, 1080, fade((0, "#3f6f94"), (0.16, "#7fa9bd"), (0.32, "#e3d3b4"), (0.46, "#f6c88c"),
        (1, "#d99f6c")))
    c.glow(1480, 400, 980, 620, "#ffe0a0", 0.85, 4)
    c.oval(1480, 372, 56, 56, "#fffaf0", alpha=0.95, blur=2)
    for base, tall, tone, seed, rough in ((560, 220, "#9bb3b8", 3, 7), (640, 190, "#7d9ca3", 14, 7),
            (740, 200, "#587f85", 5, 6), (850, 190, "#3b6468", 17, 6)):
        hills(c, base, tall, fade(tone, mix(tone, "#f3d9ad", 0.5)), seed, rough=rough)
        c.haze(base - 60, base + 150, "#f6e2bd", 0.0, 0.42)
    c.shape(smooth([(0, 1010), (420, 980), (900, 930), (1340, 950), (1920, 900), (1980, 1090), (-60, 1090)]),
        fade("#cfdcd2", "#7fa8b0", "#3f7286"))
    for n in range(30):
        c.oval(900 + 36 * (n % 12) - 14 * n, 950 + n * 4.3, 40 + n * 3, 2, "#fff2cf", alpha=0.35)
    hills(c, 1064, 110, fade("#2d4f4c", "#16302f"), 29)
    deck = 640.0
    for shift, tone in ((26, "#3c3432"), (0, "#6b5f57")):
        arch = [(250 + n * 14.2, 1040 - 372 * sin(n / 100 * pi) ** 0.9) for n in range(101)]
        c.line([(x, y + shift) for x, y in arch], tone, 26)
        under = [(x, y + 92 * (1 - 0.45 * sin(n / 100 * pi))) for n, (x, y) in enumerate(arch)]
        c.line([(x, y + shift) for x, y in under], tone, 17)
        for n in range(2, 99, 4):
            x, y = arch[n]
            for foot_x, foot_y in (under[n - 2], under[min(100, n + 2)]):
                c.line([(x, y + shift), (foot_x, foot_y + shift)], tone, 6)
            if y > deck + 6:
                c.line([(x, deck), (x, y + shift)], tone, 9)
            else:
                c.line([(x, deck), (x, y + shift)], tone, 4)
    for x in (-40, 90, 1760, 1880):
        c.box(x, deck, 60, 440, fade("#8f8274", "#453d38"))
    c.box(-10, deck - 8, 1940, 44, fade("#9d8f80", "#4b423d"))
    c.box(-10, deck - 12, 1940, 7, "#f7dfb2")
    for n in range(65):
        c.line([(n * 30, deck - 10), (n * 30, deck - 42)], "#4b423d", 3)
    coats = ("#dfe3df", "#c9b48a", "#dfe3df", "#7d9a86", "#dfe3df")
    for n in range(5):
        x = 96 + n * 356
        _lorry(c, x, deck - 8, coats[n], n)
    c.line([(-10, deck - 42), (1930, deck - 42)], "#5a5049", 5)
    c.line([(-10, deck - 27), (1930, deck - 27)], "#5a5049", 3)
    for x, foot, tall, seed in ((60, 1090, 260, 2), (210, 1100, 190, 7), (1830, 1090, 270, 4),
            (1690, 1100, 170, 9)):
        tree(c, x, foot, tall, "#122523", seed=seed)
    c.glow(1480, 380, 620, 420, "#fff0c2", 0.28, 4)
    c.vignette(0.32)


def _lorry(c: Canvas, x: float, foot: float, coat: str, number: int) -> None:
    """Draw a lorry that drives to the right; ``foot`` is the road."""
    c.box(x, foot - 26, 268, 14, "#20262b")
    c.box(x, foot - 122, 192, 98, fade(mix(coat, "#ffffff", 0.35), coat, mix(coat, "#3a3a3a", 0.3)), corner=5)
    if number % 2:
        for rib in range(8):
            c.line(smooth([(x + 12 + rib * 24, foot - 120), (x + 15 + rib * 24, foot - 74),
                (x + 12 + rib * 24, foot - 28)], closed=False), mix(coat, "#2a2a2a", 0.35), 3)
    else:
        c.box(x, foot - 66, 192, 16, BLUE)
        c.oval(x + 96, foot - 78, 25, 25, PAPER)
        c.line([(x + 86, foot - 66), (x + 106, foot - 90)], MARK, 7)
    cab = [(x + 200, foot - 112), (x + 236, foot - 112), (x + 262, foot - 74), (x + 270, foot - 66),
        (x + 270, foot - 18), (x + 200, foot - 18)]
    c.shape(cab, fade("#315a78", "#1c394f"))
    c.shape([(x + 212, foot - 104), (x + 233, foot - 104), (x + 252, foot - 74), (x + 212, foot - 74)],
        fade("#d6e8ee", "#8fb2c0"))
    for wheel in (34, 72, 234):
        c.oval(x + wheel, foot - 13, 19, 19, "#14181b")
        c.oval(x + wheel, foot - 13, 8, 8, "#8d959a")
    c.oval(x + 268, foot - 34, 5, 6, "#fffbe4")
    c.glow(x + 272, foot - 34, 66, 40, "#fff0b8", 0.75)
    c.shape([(x + 272, foot - 38), (x + 350, foot - 24), (x + 350, foot - 2), (x + 272, foot - 28)],
        "#fff4c8", alpha=0.3, blur=5)
