"""Pictures of places: an entrance, flags at half-mast, an antenna in snow, a reading room, a store."""

# Outlines keep several points on a line: with one on each line nobody would see the shape.
# fmt: off

from __future__ import annotations

from math import cos, pi, sin
from random import Random

from app.demo.drawing.canvas import Canvas, fade, mix
from app.demo.drawing.figures import (
    BLUE,
    BRICK,
    CREAM,
    FLAGS,
    GREEN,
    SAND,
    SNOW,
    bust,
    conifer,
    hills,
    smooth,
    standing,
    tree,
    waving,
)


def entrance(c: Canvas) -> None:
    """Flags in the wind before a glass entrance, people crossing the square."""
    c.box(0, 0, 1920, 860, fade("#5f9bc4", "#a3cadd", "#e2ecea"))
    random = Random(6)
    for x, y, size in ((300, 170, 1.0), (1050, 110, 0.8), (1640, 230, 1.1), (700, 330, 0.6)):
        for _ in range(13):
            c.oval(x + random.uniform(-170, 170) * size, y + random.uniform(-22, 26) * size,
                random.uniform(50, 120) * size,
                   random.uniform(20, 44) * size, "#ffffff", alpha=0.5, blur=12)
    hills(c, 850, 50, "#8fb0a8", 5)
    c.shape([(760, 850), (760, 330), (1990, 130), (1990, 850)], fade("#3f6f8f", "#7fb0c6", "#cfe0de"))
    for n in range(20):
        left, right = 760 + n * 61.5, 760 + (n + 1) * 61.5
        for row in range(7):
            def height(x: float, k: float) -> float:
                return 330 - (x - 760) * 0.1626 + (850 - (330 - (x - 760) * 0.1626)) * k / 7
            tone = mix(("#4d86a8", "#86b6cb", "#a9cdd6", "#5f97b5",
                "#bcd8dc")[(n * 3 + row * 2 + n * row) % 5], "#ffffff", 0.03 * row)
            c.shape([(left + 2, height(left + 2, row) + 3), (right - 2, height(right - 2, row) + 3),
                (right - 2, height(right - 2, row + 1) - 3), (left + 2, height(left + 2, row + 1) - 3)],
                    tone, alpha=0.85)
    c.shape([(1000, 290), (1260, 250), (1120, 850), (860, 850)], "#ffffff", alpha=0.16, blur=3)
    c.shape([(1500, 210), (1600, 195), (1470, 850), (1370, 850)], "#ffffff", alpha=0.12, blur=3)
    c.shape([(740, 340), (1990, 136), (1990, 100), (740, 306)], fade("#f6f1e6", "#c9c2b4"))
    c.shape([(740, 850), (740, 306), (776, 300), (776, 850)], fade("#f6f1e6", "#b9b2a4"))
    c.box(1180, 596, 470, 254, fade("#20384a", "#3f5c6c"))
    c.shape([(1120, 574), (1700, 556), (1720, 596), (1110, 606)], fade("#f8f3e8", "#bdb4a2"))
    for n in range(4):
        c.box(1192 + n * 114, 616, 104, 234, fade("#ffe7b4", "#f0c880", "#c99a58"), alpha=0.9)
        c.box(1240 + n * 114, 616, 4, 234, "#20384a")
    c.glow(1415, 740, 400, 200, "#ffdf9e", 0.4)
    c.box(0, 850, 1920, 230, fade("#d8d2c4", "#b4ab9a", "#8e8576"))
    for n in range(26):
        c.line([(960 + (n - 13) * 60, 850), (960 + (n - 13) * 260, 1080)], "#7d7465", 2, alpha=0.35)
    for y in (872, 904, 950, 1012):
        c.line([(0, y), (1920, y)], "#7d7465", 2, alpha=0.35)
    c.mirror(850, 130, alpha=0.16, blur=12)
    for n in range(4):
        tree(c, 60 + n * 150, 856, 150 + n % 2 * 40, mix("#3f6f57", "#8fb0a8", 0.25), seed=n + 3)
    for n in range(7):
        x, top = 150 + n * 172 + n * n * 7, 120 - n * 7
        foot = 896 + n * 9
        wide, high = 176 + n * 9, 112 + n * 6
        colours, upright = FLAGS[(n * 5 + 1) % len(FLAGS)]
        c.oval(x + 90, foot + 6, 110, 6, "#4a4438", alpha=0.35, blur=5)
        c.line([(x, top), (x, foot)], fade("#ffffff", "#8f989f"), 8 + n * 0.4)
        c.oval(x, top - 6, 9, 9, "#f0cf86")
        waving(c, x + 5, top + 12, wide, high, colours, upright, start=n * 1.25, sway=0.13)
    for x, foot, tall, coat, legs, stride, flip in (
            (1010, 900, 104, "#7d2f2b", "#2a2f36", 0.8, False),
            (1090, 906, 110, "#23405a", "#171f27", 0.7, False),
            (1330, 880, 92, "#2e4a3d", "#1d2420", 0.2, True),
            (1560, 930, 128, "#3a3f4a", "#20242b", 0.9, True),
            (640, 950, 140, "#8a6a3c", "#2b2620", 0.9, False),
            (1500, 884, 94, "#c08a3c", "#27303a", 0.5, True)):
        c.shape([(x, foot), (x + 10, foot + 4), (x + 150, foot + tall * 0.16), (x + 120, foot + tall * 0.16)],
            "#3d372c", alpha=0.35, blur=5)
        standing(c, x, foot, tall, coat=coat, legs=legs, skin=("#c99a78", "#8a5c40")[int(x) % 3 == 0],
            stride=stride, flip=flip)
    c.glow(200, 60, 900, 620, "#fff6d8", 0.4, 3)
    c.vignette(0.24)


def half_mast(c: Canvas) -> None:
    """Three flags at half-mast in a grey evening, the building behind them dark but for one window."""
    c.box(0, 0, 1920, 1080, fade("#3d4d5b", "#6d7a84", "#a8a39c", "#cdb9a2"))
    random = Random(11)
    for _ in range(34):
        y = random.uniform(-20, 640)
        c.oval(random.uniform(-200, 2100), y, random.uniform(200, 560), random.uniform(14, 46),
            mix("#56646f", "#d9c8b4", y / 700), alpha=0.26, blur=22)
    c.glow(420, 800, 900, 260, "#f0cfa4", 0.5, 4)
    hills(c, 836, 60, "#6d7278", 19)
    hills(c, 860, 40, "#4c545c", 3)
    c.shape([(1120, 880), (1120, 420), (1180, 392), (1990, 392), (1990, 880)], fade("#36424d", "#28333d"))
    c.shape([(1096, 424), (1180, 386), (1990, 386), (1990, 404), (1180, 404), (1104, 440)], "#4c5a66")
    for row in range(4):
        for n in range(7):
            lit = (row, n) == (1, 2)
            c.box(1168 + n * 112, 440 + row * 104, 56, 70, fade("#ffe2a8", "#e9b860") if lit
                else fade("#46545f", "#323e48"))
            c.box(1194 + n * 112, 440 + row * 104, 4, 70, "#28333d")
    c.glow(1420, 580, 170, 150, "#ffd894", 0.55)
    c.box(0, 872, 1920, 208, fade("#56595b", "#3b4146", "#23292e"))
    c.mirror(872, 140, alpha=0.3, blur=12)
    for n in range(3):
        x, foot = 380 + n * 270, 902 + n * 26
        c.line([(x, 60 - n * 14), (x, foot)], fade("#e9e5da", "#7d8388"), 11 + n)
        c.oval(x, 52 - n * 14, 12, 12, "#e9d3a0")
        c.oval(x, foot + 4, 64, 12, fade("#6d7276", "#3b4146"))
        colours, upright = (((CREAM, GREEN), False), ((BLUE, SNOW, BLUE), False),
            ((SAND, BRICK, SAND), True))[n]
        waving(c, x + 6, 392 - n * 6, 214 + n * 10, 138 + n * 6, colours, upright, start=n * 1.9 + 0.5,
            sway=0.09, dim=0.16, ground="#4c545c", droop=52)
        c.line([(x + 5, 392 - n * 6), (x + 5, 100)], "#d8d4c9", 2, alpha=0.6)
    for n in range(9):
        px = 240 + n * 118
        for k in range(6):
            bx, by = px + random.uniform(-40, 40), 986 + random.uniform(-10, 12)
            c.oval(bx, by, 15, 12, ("#efe9dd", "#d9c8a5", "#f6f4ef", "#b98a86")[k % 4])
            c.oval(bx - 2, by - 3, 6, 5, "#ffffff", alpha=0.6)
        c.oval(px, 1002, 70, 12, "#2a3a30", alpha=0.8)
    for x, foot, tall in ((1386, 980, 190), (1476, 990, 198), (1572, 980, 182)):
        c.oval(x, foot, 60, 9, "#0c1217", alpha=0.6, blur=6)
        standing(c, x, foot, tall, coat="#1b232b", legs="#12181e", skin="#1b232b")
    c.vignette(0.42)


def antenna(c: Canvas) -> None:
    """Dishes and a mast in deep snow under an aurora, one window lit."""
    c.box(0, 0, 1920, 1080, fade("#07121f", "#0f2a42", "#1f4a63", "#4d7f8f"))
    random = Random(23)
    for _ in range(300):
        x, y = random.uniform(0, 1920), random.uniform(0, 640)
        c.oval(x, y, r := random.choice((0.9, 1.1, 1.6, 2.2)), r, random.choice((SNOW, "#ffe9c4", "#cfe2ff")),
            alpha=random.uniform(0.3, 0.95))
    for lift, tone, power in ((0, "#4fe0a8", 0.42), (70, "#58c8d8", 0.3), (-60, "#8fe88a", 0.24)):
        for n in range(46):
            x = -60 + n * 46
            top = 130 + lift + 80 * sin(n * 0.2 + lift) + 34 * sin(n * 0.55)
            c.shape([(x, top), (x + 70, top + 18 * cos(n * 0.3)), (x + 56, top + 300), (x - 12, top + 290)],
                fade(tone, mix(tone, "#0f2a42", 0.75), "#0f2a42"),
                    alpha=power * (0.55 + 0.4 * sin(n * 0.9) ** 2), blur=18)
    c.shape([*smooth([(-20, 720), (220, 560), (380, 640), (620, 430), (820, 610), (1010, 520), (1260, 680),
        (1500, 560), (1720, 660), (1940, 580)], closed=False, steps=3),
             (1940, 1080), (-20, 1080)], fade("#5f8ba0", "#9dbccb"))
    for peak in ([(620, 430), (700, 520), (650, 540), (610, 600), (560, 540), (500, 540)],
            [(220, 560), (290, 610), (240, 640), (190, 620), (140, 620)],
                 [(1010, 520), (1080, 570), (1020, 590), (960, 580), (930, 570)],
            [(1500, 560), (1570, 600), (1500, 620), (1430, 600)]):
        c.shape(peak, "#dcecf2", alpha=0.8)
    hills(c, 760, 90, fade("#7fa6b8", "#b9d0da"), 9)
    for n in range(46):
        x = (n * 173) % 1960
        if not 420 < x < 1560:
            conifer(c, x, 772 + (n * 37) % 60, 62 + (n * 29) % 60, mix("#17384a", "#3d6a7c", (n % 5) / 6))
    c.shape([*smooth([(-20, 850), (300, 800), (640, 820), (1000, 770), (1400, 800), (1940, 770)],
        closed=False), (1940, 1090), (-20, 1090)], fade("#e3f0f5", "#a9c6d4", "#7da3b7"))
    _mast(c, 1330, 790)
    for x, foot, size in ((620, 826, 1.0), (950, 804, 1.32)):
        _dish(c, x, foot, size)
    c.box(1090, 706, 200, 104, fade("#7d3a33", "#54241f"))
    c.shape([(1070, 716), (1110, 660), (1276, 660), (1310, 716)], "#eef6f9")
    c.shape([(1070, 716), (1310, 716), (1310, 728), (1070, 728)], "#c3d9e3")
    for x in (1112, 1180):
        c.box(x, 742, 44, 38, fade("#fff1c4", "#f5c873"))
        c.box(x + 20, 742, 4, 38, "#54241f")
    c.box(1244, 738, 32, 72, "#2d1512")
    c.glow(1150, 762, 240, 150, "#ffd890", 0.6)
    c.shape([(1100, 812), (1240, 812), (1330, 900), (1010, 900)], "#ffe3a8", alpha=0.4, blur=18)
    for pole in range(9):
        c.line([(180 + pole * 106, 872 + pole % 3 * 6 - pole * 5),
            (180 + pole * 106, 822 + pole % 3 * 6 - pole * 5)], "#c8433a", 5)
    c.shape([*smooth([(-20, 960), (340, 900), (760, 930), (1200, 880), (1600, 930), (1940, 890)],
        closed=False), (1940, 1090), (-20, 1090)], fade("#f6fbfd", "#bcd5e0", "#8fb2c4"))
    for n in range(20):
        x, y = 1270 - n * 24 - n * n * 1.1, 890 + n * 9
        c.oval(x + (n % 2) * 15, y, 7 + n * 0.35, 3 + n * 0.2, "#7fa3b6", alpha=0.8)
    standing(c, 846, 1000, 150, coat="#c9502f", legs="#1d2a36", hat="#2a3640", stride=0.5, skin="#2a3640")
    c.oval(846, 1002, 50, 8, "#5f8399", alpha=0.6, blur=5)
    for _ in range(170):
        x, y, r = random.uniform(0, 1920), random.uniform(0, 1080), random.choice((1.2, 1.8, 2.6, 3.6))
        c.oval(x, y, r, r, "#ffffff", alpha=random.uniform(0.25, 0.8))
    c.vignette(0.34)


def _dish(c: Canvas, x: float, foot: float, size: float) -> None:
    """Draw a dish that looks up to the left, snow on its edge."""
    def at(points):
        return [(x + px * size, foot + py * size) for px, py in points]
    c.shape(at([(-46, 10), (-18, -130), (22, -130), (54, 10)]), fade("#c9d7de", "#6f8a9a"))
    c.line(at([(-40, 0), (20, -120)]), "#4d6a7a", 6 * size)
    c.shape(at([(-70, 4), (76, 4), (92, 26), (-86, 26)]), "#e6f1f5")
    bowl = smooth([(-150, -300), (-60, -290), (60, -220), (120, -110), (112, -60), (40, -70), (-60, -130),
        (-130, -220)])
    c.shape(at(bowl), fade("#dfe9ee", "#8fa9b8", "#56748a"))
    c.shape(at(smooth([(-154, -304), (-80, -300), (30, -220), (112, -100), (112, -60), (20, -110),
        (-90, -200)])), fade("#f6fbfd", "#b4c9d4"))
    c.line(at([(-120, -260), (-128, -130)]), "#3d5a6c", 5 * size)
    c.line(at([(40, -120), (-128, -130)]), "#3d5a6c", 5 * size)
    c.oval(x - 128 * size, foot - 130 * size, 15 * size, 15 * size, "#2a4252")
    c.line(at(smooth([(-152, -306), (-70, -298), (40, -224), (116, -110)], closed=False)), "#ffffff",
        9 * size)


def _mast(c: Canvas, x: float, foot: float) -> None:
    """Draw a lattice mast with a red light."""
    top = 210.0
    for side in (-1, 1):
        c.line([(x + side * 52, foot), (x + side * 9, top)], "#35536a", 8)
    for n in range(13):
        low, high = foot - n * 44.6, foot - (n + 1) * 44.6
        wide, less = 52 - n * 3.3, 52 - (n + 1) * 3.3
        c.line([(x - wide, low), (x + less, high)], "#35536a", 4)
        c.line([(x + wide, low), (x - less, high)], "#35536a", 4)
        c.line([(x - less, high), (x + less, high)], "#8fb0c2" if n % 3 == 2 else "#35536a", 5)
    for y, side in ((300, -1), (360, 1), (430, -1)):
        c.oval(x + side * 38, y, 25, 33, fade("#f3f8fa", "#8fa9b8"))
    c.line([(x, top), (x, top - 90)], "#35536a", 5)
    c.oval(x, top - 94, 7, 7, "#ff5a45")
    c.glow(x, top - 94, 90, 90, "#ff4a38", 0.8)


def reading_room(c: Canvas) -> None:
    """A vaulted reading room with green lamps on long tables, between walls of books."""
    c.box(0, 0, 1920, 1280, fade("#3b2a1d", "#6b4a2e", "#4a3220", "#2a1b11"))
    cx, cy = 960, 560
    for n in range(7):
        near = (n / 6) ** 1.5
        right = cx + 250 + 860 * near
        rise, spring = cy - 190 - 640 * near, cy - 30 - 170 * near
        arch = [(cx + (right - cx) * cos(a / 40 * pi), spring - (spring - rise) * sin(a / 40 * pi))
            for a in range(41)]
        tone = mix("#f0d9ae", "#7a5636", near)
        c.line(arch, tone, 10 + 40 * near)
        c.line([(x, y + 8 + 22 * near) for x, y in arch], mix(tone, "#2a1b11", 0.5), 5 + 16 * near)
    c.box(cx - 236, 250, 472, 400, fade("#8a6038", "#5a3c22"))
    window = [(cx + 150 * cos(a / 40 * pi), 396 - 150 * sin(a / 40 * pi)) for a in range(41)]
    c.shape([*window, (cx - 150, 600), (cx + 150, 600)], fade("#d6ebf2", "#fff6dc", "#ffe9b8"))
    for n in range(-2, 3):
        c.line([(cx + n * 58, 254), (cx + n * 58, 600)], "#6b4a2e", 7)
    for y in (396, 470, 540):
        c.line([(cx - 150, y), (cx + 150, y)], "#6b4a2e", 6)
    c.glow(cx, 440, 620, 520, "#fff0c4", 0.65, 4)
    tones = ("#7d2f2b", "#23405a", "#3d5d4d", "#b08a4a", "#54352a", "#8f6a3c", "#2c4f6e", "#9c4a3c",
        "#d0b483")
    random = Random(5)
    for side in (-1, 1):
        def place(t: float, k: float, side: int = side) -> tuple[float, float]:
            """Return the place ``t`` (far to near) on the shelves, ``k`` boards (0 to 7) from the top."""
            top, foot = 372 - 300 * t, 670 + 330 * t
            return cx + side * (262 + 760 * t), top + (foot - top) * k / 7
        c.shape([place(-0.03, 0.1), place(1, 0.1), place(1, 7.2), place(-0.03, 7.2)],
            fade("#33210f", "#1d120a"))
        for row in range(7):
            for n in range(54):
                t0, t1 = (n / 54) ** 1.6, ((n + 0.82) / 54) ** 1.6
                high = 0.16 + 0.2 * random.random()
                tone = mix(tones[random.randrange(9)], "#1c120b", 0.3 - 0.25 * (1 - t0))
                c.shape([place(t0, row + high), place(t1, row + high), place(t1, row + 0.9),
                    place(t0, row + 0.9)], tone)
            c.shape([place(0, row + 0.9), place(1, row + 0.9), place(1, row + 1.02), place(0, row + 1.02)],
                fade("#d9ae72", "#7d5730"))
    c.shape([(cx - 262, 660), (cx + 262, 660), (2100, 1290), (-180, 1290)],
        fade("#7d5632", "#4a301b", "#2c1b10"))
    for n in range(-9, 10):
        c.line([(cx + n * 28, 660), (cx + n * 150, 1280)], "#1f130a", 3, alpha=0.4)
    c.shape([(cx - 110, 660), (cx + 110, 660), (cx + 330, 1280), (cx - 330, 1280)], "#ffe7b0", alpha=0.2,
        blur=22)
    for row, y in enumerate((704, 786, 908, 1090)):
        near = (0.36, 0.54, 0.8, 1.2)[row]
        for side in (-1, 1):
            x = cx + side * (150 + 330 * near)
            wide = 260 * near
            for k, spot in enumerate((-0.62, 0.1, 0.66)):
                if (row * 2 + k + (side > 0)) % 3 != 1:
                    coat = ("#23405a", "#6d2f2b", "#3d5d4d", "#7a5a2c",
                        "#3b3f4a")[(row * 2 + k + (side > 0) * 3) % 5]
                    bust(c, x + wide * spot, y - 92 * near, 27 * near, fade(coat, mix(coat, "#000000", 0.5)),
                        hair=(row + k * 2 + (side > 0)) % 5,
                         tint=("#1a1512", "#4a3020", "#8a7050", "#b9b2a8")[(row + k) % 4],
                        skin=("#c99a78", "#8a5c40", "#d8aa8a")[(row + k) % 3], tall=3.4)
            c.shape([(x - wide, y - 26 * near), (x + wide, y - 26 * near), (x + wide * 1.1, y + 30 * near),
                (x - wide * 1.1, y + 30 * near)], fade("#c58f55", "#8a5a30"))
            c.box(x - wide * 1.1, y + 30 * near, wide * 2.2, 20 * near, "#54351c")
            for leg in (-0.98, 0.9):
                c.box(x + wide * leg, y + 48 * near, 26 * near, 110 * near, fade("#54351c", "#2a190d"))
            for spot in (-0.35, 0.4):
                lx = x + wide * spot
                c.oval(lx, y + 2 * near, 120 * near, 24 * near, "#fff0bd", alpha=0.6, blur=9 * near)
                c.box(lx - 3 * near, y - 76 * near, 6 * near, 74 * near, "#d9b468")
                c.oval(lx, y - 1 * near, 26 * near, 7 * near, "#b08a45")
                c.shape(smooth([(lx - 46 * near, y - 66 * near), (lx - 36 * near, y - 92 * near),
                    (lx, y - 102 * near), (lx + 36 * near, y - 92 * near), (lx + 46 * near, y - 66 * near)]),
                        fade("#5fae86", "#1f5a40"))
                c.glow(lx, y - 40 * near, 130 * near, 100 * near, "#ffe9a8", 0.5)
            for spot in (-0.66, 0.02, 0.72):
                px = x + wide * spot
                c.shape([(px - 34 * near, y - 2 * near), (px, y + 3 * near), (px - 2 * near, y + 18 * near),
                    (px - 40 * near, y + 12 * near)], "#fbf6e8")
                c.shape([(px + 34 * near, y - 2 * near), (px, y + 3 * near), (px - 2 * near, y + 18 * near),
                    (px + 38 * near, y + 12 * near)], "#eae2cd")
    c.glow(cx, 540, 900, 700, "#ffe2a0", 0.26, 3)
    c.vignette(0.5)


def warehouse(c: Canvas) -> None:
    """High racks of crates and machines on both sides of an aisle, a fork-lift and two people with a list."""
    c.box(0, 0, 1920, 1080, fade("#24333f", "#3a4d5a", "#566a75"))
    vx, vy = 960, 470
    c.shape([(0, 0), (1920, 0), (vx + 130, vy - 130), (vx - 130, vy - 130)], fade("#1b2832", "#33454f"))
    for n in range(8):
        t = (n / 7) ** 1.8
        y = vy - 140 - t * 330
        c.line([(vx - 150 - t * 900, y), (vx + 150 + t * 900, y)], "#4d626f", 4 + 10 * t)
        for side in (-1, 1):
            x = vx + side * (46 + 250 * t)
            c.box(x - 30 - 80 * t, y + 3, 60 + 160 * t, 4 + 10 * t, "#fff6dc", corner=3)
            c.glow(x, y + 8, 120 + 300 * t, 60 + 160 * t, "#ffefc4", 0.5)
    c.box(vx - 132, vy - 132, 264, 272, fade("#b9cbd2", "#e9e3d0"))
    c.box(vx - 84, vy - 60, 168, 200, fade("#f3f8fa", "#fff6e0"))
    c.glow(vx, vy + 30, 430, 330, "#fff6dc", 0.75, 4)
    c.shape([(vx - 132, vy + 138), (vx + 132, vy + 138), (2500, 1080), (-580, 1080)],
        fade("#aeb5b4", "#7d878a", "#525d63"))
    c.shape([(vx - 70, vy + 138), (vx + 70, vy + 138), (vx + 560, 1080), (vx - 560, 1080)], "#fff6e0",
        alpha=0.3, blur=24)
    for side in (-1, 1):
        c.line([(vx + side * 92, vy + 140), (vx + side * 720, 1080)], "#e9b84b", 9, alpha=0.8)
    tones = ("#b98a52", "#c9a06a", "#a8433b", "#2c6aa0", "#3d6f57", "#d9c8a5", "#8a94a0", "#e0a845")
    random = Random(31)
    for side in (-1, 1):
        def place(t: float, level: float, side: int = side) -> tuple[float, float]:
            """Return the place ``t`` (far to near) on the rack's front, at ``level`` 0 (floor) to 4."""
            deep = t ** 1.9
            return vx + side * (134 + 990 * deep), vy + 138 + 560 * deep - level * (66 + 270 * deep)
        c.shape([place(0, 0), place(1, 0), place(1, 4.2), place(0, 4.2)], fade("#16222b", "#223039"))
        for bay in range(9):
            t0, t1 = bay / 9, (bay + 1) / 9
            for level in range(4):
                start = t0 + 0.01
                while start < t1 - 0.03:
                    end = min(t1 - 0.008, start + random.uniform(0.035, 0.056))
                    tall = random.uniform(0.5, 0.82)
                    tone = tones[random.randrange(8)]
                    tone = mix(tone, "#e9eef0", 0.35 * (1 - t0))
                    quad = [place(start, level + 0.07), place(end, level + 0.07), place(end, level + tall),
                        place(start, level + tall)]
                    c.shape(quad, fade(mix(tone, "#ffffff", 0.16), mix(tone, "#0c1a27", 0.25)))
                    c.line([place(start, level + tall * 0.5), place(end, level + tall * 0.5)],
                        mix(tone, "#0c1a27", 0.4), 1 + 4 * t0)
                    mid = (start + end) / 2
                    c.line([place(mid, level + 0.07), place(mid, level + tall)], mix(tone, "#0c1a27", 0.3),
                        1 + 4 * t0)
                    start = end + 0.006
                c.line([place(t0, level + 0.03), place(t1, level + 0.03)], "#d9772f", 3 + 15 * t0 ** 2)
            c.line([place(t0, 0), place(t0, 4.25)], "#2f5f86", 3 + 17 * t0 ** 2)
    x, foot = 780, 800
    c.oval(x + 40, foot + 4, 170, 18, "#10181d", alpha=0.5, blur=8)
    c.shape([(x - 60, foot - 130), (x + 70, foot - 130), (x + 112, foot - 84), (x + 116, foot - 26),
        (x - 84, foot - 26), (x - 84, foot - 92)], fade("#f0bd4e", "#c4872a"))
    c.box(x - 84, foot - 60, 200, 12, "#7d5518")
    c.line([(x - 40, foot - 130), (x - 26, foot - 236), (x + 62, foot - 236), (x + 72, foot - 130)],
        "#1d2831", 11)
    bust(c, x + 10, foot - 190, 19, fade("#2c6aa0", "#1c4468"), hair=0, tint="#e9b84b", skin="#8a5c40",
        tall=3.4)
    for wheel in (-46, 78):
        c.oval(x + wheel, foot - 16, 30, 30, "#12181d")
        c.oval(x + wheel, foot - 16, 13, 13, "#7d878d")
    c.line([(x + 122, foot - 4), (x + 122, foot - 270)], "#1d2831", 14)
    c.line([(x + 126, foot - 34), (x + 270, foot - 34)], "#1d2831", 10)
    c.box(x + 136, foot - 54, 130, 16, "#9c7440")
    c.box(x + 142, foot - 150, 118, 96, fade("#d9b27a", "#a87c48"))
    c.box(x + 142, foot - 108, 118, 8, "#8a6236")
    c.box(x + 194, foot - 150, 12, 96, "#8a6236")
    for px, pf, tall, coat, skin, flip in ((1240, 880, 262, "#d7752f", "#c99a78", False),
            (1378, 894, 270, "#23405a", "#6d4630", True)):
        c.oval(px, pf + 2, 76, 11, "#10181d", alpha=0.5, blur=7)
        standing(c, px, pf, tall, coat=coat, legs="#1d2630", skin=skin, hat="#f3efe2" if not flip
            else "#e9b84b", band="#f7ebb4", flip=flip, reach=(0.2, -0.6))
    c.shape([(1286, 706), (1332, 700), (1336, 742), (1290, 748)], fade("#cfe6f2", "#8fb8d0"))
    c.line([(1286, 706), (1332, 700), (1336, 742), (1290, 748), (1286, 706)], "#10181d", 5)
    c.vignette(0.36)
