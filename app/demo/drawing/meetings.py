"""Pictures of people who meet: a round table, a lectern, a wall of screens, interpreters, a classroom."""

# Outlines keep several points on a line: with one on each line nobody would see the shape.
# fmt: off

from __future__ import annotations

from math import cos, pi, sin

from app.demo.drawing.canvas import Canvas, fade, mix
from app.demo.drawing.figures import (
    AMBER,
    BLUE,
    BRICK,
    FLAGS,
    GREEN,
    INK,
    MARK,
    PAPER,
    SAND,
    SEA,
    SNOW,
    TAN,
    banner,
    bust,
    face,
    folds,
    lamp_beam,
    smooth,
)

SKINS = ("#c99a78", "#8a5c40", "#e0b799", "#a87858", "#d8aa8a")
HAIRS = ("#1a1512", "#3a2c22", "#6b6259", "#15181c", "#8a7050", "#2a1d16", "#b9b2a8")


def round_table(c: Canvas) -> None:
    """A round table seen from one of its places, people around it, a row of flags behind."""
    c.box(0, 0, 1920, 1080, fade("#1d3f5c", "#17324a", "#0c1a27"))
    for n in range(24):
        c.box(n * 80 + 38, 0, 3, 600, "#0b1925", alpha=0.25)
    c.box(0, 0, 1920, 74, fade("#0b1722", "#12283c"))
    for n in range(7):
        x = 180.0 + n * 260
        c.box(x - 74, 58, 148, 9, "#ffe9bd", corner=4)
        c.glow(x, 64, 250, 130, "#ffdf9e", 0.42, 5)
        lamp_beam(c, x, 70, 720, 190, "#ffe6b8", 0.085)
    for n, place in enumerate(range(92, 1900, 158)):
        colours, upright = FLAGS[n % len(FLAGS)]
        c.line([(place - 8, 112), (place - 8, 600)], fade("#f0d48a", "#7c6538"), 5)
        c.oval(place - 8, 108, 8, 8, "#f4dc9c")
        banner(c, place - 6, 120 + 8 * sin(n * 1.7), 88, 438, colours, upright, start=n * 1.3, dim=0.06)
        c.box(place - 6, 120, 92, 440, fade("#ffffff", "#0c1a27"), alpha=0.1)
    c.haze(380, 640, "#0c1a27", 0.0, 0.72)
    c.box(0, 560, 1920, 520, fade("#0e2132", "#0a1722", "#0b1a27"))
    for n in range(5):
        ring = [(960 + (1010 + 74 * n) * cos(a / 60 * pi), 970 + (300 + 30 * n) * sin(a / 60 * pi))
            for a in range(60, 121)]
        c.line(ring, "#3f779f", 2.6, alpha=0.6 - 0.09 * n)
    c.oval(960, 972, 990, 290, "#04090e", alpha=0.6, blur=24)
    c.oval(960, 976, 962, 276, fade("#f0e1bd", SAND, "#b89a6b"))
    c.oval(960, 990, 880, 236, fade("#8d734a", TAN, "#cdb284"))
    c.oval(960, 1006, 800, 204, fade("#0d2032", "#17344d", "#0d2032"))
    c.glow(960, 930, 620, 120, "#6fb0dc", 0.3, 4)
    people = [(-818, 0), (-648, 1), (-466, 4), (-280, 2), (-94, 0), (94, 3), (280, 0), (466, 1), (648, 4),
        (818, 2)]
    for offset, hair in sorted(people, key=lambda p: -abs(p[0])):
        depth = 1 - (offset / 990) ** 2
        x, y = 960 + offset, 976 - 270 * depth ** 0.5 - 92
        size = 31 + 5 * (1 - depth)
        bust(c, x, y, size, fade("#101f2c", "#060d14"), hair=hair, rim="#86a7bf", tall=2.7)
    c.shape([*[(960 + 962 * cos(a / 90 * pi), 976 + 276 * sin(a / 90 * pi)) for a in range(90, 181)],
             *[(960 + 880 * cos(a / 90 * pi), 990 + 236 * sin(a / 90 * pi)) for a in range(180, 89, -1)]],
        fade("#f3e6c8", SAND, SAND))
    for offset, _ in people:
        depth = (1 - (offset / 990) ** 2) ** 0.5
        x, y = 960 + offset * 0.95, 982 - 258 * depth
        lean = offset / 990
        c.shape([(x - 40, y - 1 + 11 * lean), (x + 22, y - 1 - 11 * lean), (x + 26, y + 15 - 10 * lean),
            (x - 44, y + 15 + 10 * lean)],
                fade("#ffffff", "#e6e0d4"))
        c.line([(x + 44, y + 10), (x + 40, y - 16), (x + 30, y - 27)], "#0a151f", 3)
        c.oval(x + 29, y - 28, 5, 5, "#e0412f")
        c.glow(x + 29, y - 28, 20, 20, "#ff5a40", 0.5)
    for x, y, size, hair in ((200, 905, 84, 0), (1716, 905, 84, 1)):
        bust(c, x, y, size, fade("#0b151e", "#04080c"), hair=hair, rim="#3f6d8f")
    c.vignette(0.4)


def podium(c: Canvas) -> None:
    """A lectern with two microphones before a curtain, flags at both sides, reporters in front."""
    c.box(0, 0, 1920, 1080, folds("#1b4468", 15, 0.55))
    c.box(0, 0, 1920, 1080, fade("#060d14", "#17324a", "#0c1a27"), alpha=0.42)
    c.glow(960, 420, 760, 620, "#5d9ac6", 0.42, 4)
    lamp_beam(c, 640, -30, 900, 330, "#fff2d6", 0.1)
    lamp_beam(c, 1280, -30, 900, 330, "#fff2d6", 0.1)
    c.box(0, 830, 1920, 250, fade("#10202e", "#0a151f"))
    c.box(330, 800, 1260, 64, fade("#2b3f50", "#16242f"))
    c.box(330, 796, 1260, 6, "#5f7688")
    c.oval(960, 812, 420, 16, "#050b11", alpha=0.6, blur=10)
    for side, first in ((-1, 0), (1, 4)):
        for k in range(3):
            x = 960 + side * (330 + 118 * k)
            colours, upright = FLAGS[(first + 2 * k) % len(FLAGS)]
            c.line([(x, 150), (x, 806)], fade("#f6df9f", "#8a7040", across=False), 7)
            c.oval(x, 144, 11, 11, "#f8e6b0")
            c.oval(x, 808, 42, 9, "#8a7040")
            banner(c, x - 4 if side > 0 else x - 92, 172, 96, 470, colours, upright, start=k + first, folds=2)
    c.shape([(852, 492), (1068, 492), (1046, 806), (874, 806)], fade("#d6bd8d", "#a98a5c", "#7d643e"))
    c.shape([(852, 492), (900, 492), (908, 806), (874, 806)], "#ffffff", alpha=0.13)
    c.shape([(824, 474), (1096, 474), (1078, 508), (842, 508)], fade("#ecd9ae", "#b99f74"))
    c.oval(960, 634, 58, 58, "#f3ead6")
    c.oval(960, 634, 50, 50, "#17324a")
    c.line([(936, 660), (984, 606)], MARK, 11)
    c.shape([(880, 474), (930, 452), (1012, 456), (1024, 474)], fade("#ffffff", "#e9e3d6"))
    for side in (-1, 1):
        c.line(smooth([(960 + side * 34, 480), (960 + side * 40, 420), (960 + side * 22, 386)], closed=False),
            "#0a151f", 6)
        c.oval(960 + side * 18, 376, 12, 17, "#0a151f")
        c.oval(960 + side * 15, 370, 4, 7, "#50677a")
    c.oval(960, 1010, 980, 130, "#04090e", alpha=0.5, blur=40)
    for x, y, size, hair in ((90, 930, 84, 0), (330, 975, 80, 2), (585, 950, 76, 1), (1370, 960, 78, 4),
            (1610, 930, 84, 3), (1850, 965, 80, 0)):
        bust(c, x, y, size, fade("#0c1822", "#04080c"), hair=hair, rim="#5788ab")
    c.line([(742, 1080), (700, 900), (716, 806)], "#08121a", 46)
    c.shape([(640, 740), (792, 740), (800, 830), (632, 830)], "#0a151f")
    c.box(640, 736, 152, 5, "#5788ab")
    c.box(668, 716, 62, 26, "#0a151f")
    c.oval(716, 786, 40, 40, "#16242f")
    c.oval(716, 786, 27, 27, fade("#3d6c92", "#0d1f2e"))
    c.oval(706, 776, 8, 8, "#b9d6ea")
    c.line([(1120, 1080), (1136, 930), (1128, 858)], "#08121a", 40)
    c.box(1102, 760, 40, 104, "#0a151f", corner=8)
    c.box(1108, 770, 28, 76, "#9cc6e4", corner=3)
    c.glow(1122, 808, 90, 110, "#8fc1e6", 0.35)
    c.vignette(0.45)


def video_wall(c: Canvas) -> None:
    """A meeting by video: a wall of screens with people on them, and two people at a table in front."""
    c.box(0, 0, 1920, 1080, fade("#14293b", "#0d1c29", "#0a151f"))
    c.glow(960, 380, 1150, 620, "#3f7fb0", 0.5, 4)
    grounds = ("#2f6d9d", "#7d8f9c", "#8d4a43", "#4a7a64", "#c19a52", "#35597a", "#9aa9b4", "#5b6f52",
        "#b5a486", "#27506f",
               "#3f7c8c", "#a1625a", "#6d8496", "#caa65c", "#3d6f57")
    c.box(196, 88, 1528, 660, "#050b11", corner=10)
    for n, ground in enumerate(grounds):
        x, y = 212 + n % 5 * 301, 104 + n // 5 * 212
        c.box(x, y, 292, 204, fade(mix(ground, "#ffffff", 0.28), ground, mix(ground, "#06101a", 0.35)))
        kind = n % 4
        if kind == 0:
            c.box(x + 30, y + 16, 70, 104, mix(ground, "#ffffff", 0.6), alpha=0.75)
            c.box(x + 62, y + 16, 5, 104, mix(ground, "#06101a", 0.2))
        elif kind == 1:
            colours, upright = FLAGS[n % len(FLAGS)]
            banner(c, x + 232, y + 14, 34, 150, colours, upright, folds=1.5)
        elif kind == 2:
            for k in range(3):
                c.box(x + 14, y + 24 + k * 34, 96, 4, mix(ground, "#06101a", 0.45))
                for b in range(7):
                    c.box(x + 18 + b * 12, y + 4 + k * 34 + b % 3 * 3, 8, 20 - b % 3 * 3,
                        FLAGS[(b + k) % 12][0][0], alpha=0.8)
        else:
            c.oval(x + 236, y + 56, 44, 44, mix(ground, "#ffffff", 0.5), alpha=0.5)
        coat = ("#16242f", "#23405a", "#5c2c2a", "#2b2a33", "#1c4038", "#30323a", "#183049")[n * 3 % 7]
        skin, tint = SKINS[(n * 3 + n // 5) % 5], HAIRS[(n * 4 + n // 3) % 7]
        px = x + 146 + (n * 5 % 3 - 1) * 14
        style = (0, 2, 1, 4, 3, 3, 0, 4, 2, 0, 1, 0, 3, 2, 4)[n]
        bust(c, px, y + 86, 35, fade(coat, mix(coat, "#000000", 0.4)), hair=style, tint=tint, skin=skin,
            tall=3.3)
        if style in (0, 4, 1):
            c.shape([(px - 17, y + 130), (px + 17, y + 130), (px, y + 182)], SNOW)
            c.shape([(px - 4, y + 138), (px + 4, y + 138), (px + 7, y + 178), (px, y + 186),
                (px - 7, y + 178)], (BRICK, SEA, AMBER)[n % 3])
        face(c, px, y + 86, 35, skin, tint)
    for n in range(4):
        c.box(196, (96, 308, 520, 732)[n], 1528, 8 if n < 3 else 16, "#050b11")
    c.box(212, 104, 1496, 628, fade("#ffffff", "#ffffff"), alpha=0.035)
    c.shape([(212, 104), (900, 104), (420, 732), (212, 732)], "#ffffff", alpha=0.035)
    c.box(0, 800, 1920, 280, fade("#16293a", "#0a151f"))
    c.glow(960, 800, 900, 120, "#7db6de", 0.35, 4)
    c.shape([(90, 908), (1830, 908), (1960, 1080), (-40, 1080)], fade("#cdb589", "#8d734c"))
    c.shape([(90, 908), (1830, 908), (1834, 916), (86, 916)], "#f4e6c6")
    for x, hair in ((690, 0), (1240, 3)):
        c.box(x - 150, 792, 300, 300, fade("#1c2b37", "#0b141b"), corner=44)
        bust(c, x, 776, 78, fade("#0e1b27", "#060c12"), hair=hair, rim="#8cbfe2")
    for x in (430, 965, 1490):
        c.shape([(x - 80, 952), (x + 70, 952), (x + 84, 992), (x - 92, 992)], fade("#ffffff", "#e3dccd"))
        c.line([(x + 128, 986), (x + 120, 920), (x + 100, 896)], INK, 6)
        c.oval(x + 98, 894, 10, 10, "#e0412f")
        c.glow(x + 98, 894, 34, 34, "#ff5a40", 0.5)
    c.vignette(0.42)


def booths(c: Canvas) -> None:
    """Interpreters at work in lit booths above a darkened hall."""
    c.box(0, 0, 1920, 1080, fade("#241a14", "#3a2a1e", "#140f0c"))
    for n in range(48):
        c.box(n * 40, 0, 40, 1080, "#000000" if n % 2 else "#ffffff", alpha=0.06 if n % 2 else 0.025)
    for n in range(3):
        x = 110.0 + n * 585
        c.box(x - 26, 150, 582, 436, fade("#0f0c0a", "#1a1410"), corner=6)
        warm = ("#f2cf8e", "#eec27a", "#f5d89e")[n]
        c.box(x, 176, 530, 384, fade(mix(warm, "#ffffff", 0.4), warm, mix(warm, "#5a3a1a", 0.45)))
        for k in range(11):
            c.box(x + 14 + k * 48, 176, 3, 290, "#8a6434", alpha=0.3)
        c.box(x + 196, 186, 138, 12, "#fffdf4", corner=6)
        c.glow(x + 265, 250, 330, 260, "#fff0c8", 0.5)
        for side, hair in ((-1, (2 + n) % 5), (1, (n * 3) % 5)):
            px = x + 265 + side * 122
            coat = ("#274a66", "#6d2f2b", "#2e4a3d", "#3b3f4a", "#7a5a2c", "#1d3446")[n * 2 + (side + 1) // 2]
            skin, tint = SKINS[(n * 2 + side) % 5], HAIRS[(n * 3 + side + 1) % 7]
            bust(c, px, 352, 50, fade(coat, mix(coat, "#000000", 0.3)), hair=hair, tint=tint, skin=skin)
            face(c, px, 352, 50, skin, tint)
            c.line([(px + 46 * cos(a / 10 * pi), 352 - 68 * sin(a / 10 * pi)) for a in range(11)], "#10161c",
                7)
            c.box(px - 54, 344, 18, 40, "#10161c", corner=8)
            c.box(px + 36, 344, 18, 40, "#10161c", corner=8)
            c.line([(px + side * 46, 380), (px + side * 30, 402), (px + side * 12, 404)], "#10161c", 4)
        c.box(x, 500, 530, 60, fade("#4a3a2c", "#241b14"))
        for k in range(4):
            c.box(x + 40 + k * 130, 486, 62, 24, "#1a2530", corner=4)
            c.oval(x + 56 + k * 130, 497, 5, 5, "#59c27c" if k % 2 else "#e0412f")
        c.shape([(x, 176), (x + 210, 176), (x + 60, 560), (x, 560)], "#ffffff", alpha=0.08)
        c.glow(x + 265, 610, 420, 130, "#f1c987", 0.28)
    c.box(0, 600, 1920, 480, fade("#1a1410", "#0c0a09"), alpha=0.75)
    for row, (y, size, count) in enumerate(((720, 42, 15), (830, 56, 11), (970, 76, 9))):
        for n in range(count):
            x = (n + 0.5 + row % 2 * 0.4) * 1920 / count - 60
            c.box(x - size * 1.5, y + size * 0.5, size * 3, size * 6, fade("#5a2a26", "#25110f"),
                corner=size * 0.6)
            if (n * 5 + row * 3) % 7 != 2:
                bust(c, x, y, size, fade("#15110f", "#080606"),
                    hair=(0, 3, 4, 1, 0, 2, 4, 0, 3)[(n * 2 + row) % 9], rim="#b98a50")
    c.vignette(0.45)


def classroom(c: Canvas) -> None:
    """A bright classroom seen over the participants' shoulders: a wall map, a teacher, tall windows."""
    c.box(0, 0, 1920, 1280, fade("#efe6d4", "#e2d6be", "#c8b590"))
    c.box(0, 0, 1920, 90, fade("#f8f3e8", "#e6dcc8"))
    c.shape([(0, 0), (420, 150), (420, 800), (0, 1000)], fade("#d9ccb2", "#e6dac2", across=True))
    for n in range(3):
        left, right = 24 + n * 134, 124 + n * 134
        top, foot = 40 + left * 0.33, 900 - left * 0.42
        top2, foot2 = 40 + right * 0.33, 900 - right * 0.42
        c.shape([(left, top), (right, top2), (right, foot2), (left, foot)],
            fade("#bfe0f2", "#e8f4f6", "#dbe7cf"))
        c.shape([(left, foot - 150), (right, foot2 - 170), (right, foot2), (left, foot)],
            fade("#7fa98a", "#5c8a6c"), alpha=0.75)
        c.line([((left + right) / 2, (top + top2) / 2), ((left + right) / 2, (foot + foot2) / 2)], "#f7f2e6",
            8)
        c.line([(left, (top + foot) / 2), (right, (top2 + foot2) / 2)], "#f7f2e6", 8)
    c.box(420, 150, 1500, 650, fade("#e9dfca", "#dccfb4"))
    c.box(420, 800, 1500, 480, fade("#b08a5c", "#8d6a42"))
    c.shape([(420, 800), (0, 1000), (0, 1280), (420, 1280)], fade("#b08a5c", "#8d6a42"))
    for n in range(3):
        c.shape([(420 + n * 330, 800), (620 + n * 330, 800), (560 + n * 520, 1280), (230 + n * 520, 1280)],
            "#fff3cf", alpha=0.2, blur=14)
    c.box(700, 196, 880, 500, "#6a4c2e")
    c.box(716, 212, 848, 468, fade("#bcd8e4", "#9cc3d6"))
    lands = (([(760, 300), (860, 250), (980, 270), (1030, 350), (990, 430), (890, 470), (800, 440),
        (740, 380)], "#8fb187"),
             ([(1090, 260), (1230, 240), (1360, 290), (1400, 380), (1300, 430), (1180, 400), (1110, 340)],
        "#e0c179"),
             ([(1010, 500), (1130, 470), (1260, 510), (1290, 600), (1180, 650), (1050, 620), (980, 560)],
        "#cf8f72"),
             ([(1400, 480), (1490, 460), (1530, 540), (1470, 620), (1390, 570)], "#8fb187"))
    for points, colour in lands:
        c.shape([(x + 5, y + 7) for x, y in smooth(points)], "#4f7f98", alpha=0.5, blur=4)
        c.shape(smooth(points), fade(mix(colour, "#ffffff", 0.2), colour))
    route = smooth([(850, 360), (960, 420), (1080, 540), (1150, 560), (1250, 460), (1310, 350), (1460, 540)],
        closed=False)
    c.line(route, MARK, 6)
    for x, y in ((850.0, 360), (1150, 560), (1310, 350), (1460, 540)):
        c.oval(x, y, 14, 14, PAPER)
        c.oval(x, y, 9, 9, MARK)
    c.shape([(716, 212), (1120, 212), (860, 680), (716, 680)], "#ffffff", alpha=0.12)
    c.box(1660, 420, 190, 380, fade("#7a5836", "#5f4327"))
    for k in range(3):
        c.box(1672, 440 + k * 116, 166, 96, "#3b2815")
        for b in range(9):
            c.box(1676 + b * 18, 452 + k * 116 + b * 7 % 18, 14, 84 - b * 7 % 18,
                (BLUE, BRICK, AMBER, GREEN, SAND)[(b + k) % 5])
    x, foot = 1624, 930
    c.oval(x, foot, 110, 16, "#3a2814", alpha=0.4, blur=8)
    c.shape([(x - 46, foot - 250), (x + 48, foot - 250), (x + 40, foot), (x + 8, foot), (x + 2, foot - 190),
        (x - 6, foot), (x - 38, foot)], "#22313d")
    c.shape(smooth([(x - 62, foot - 236), (x - 70, foot - 380), (x - 58, foot - 450), (x, foot - 474),
        (x + 58, foot - 450), (x + 70, foot - 380), (x + 60, foot - 236), (x, foot - 228)]),
            fade("#2f6d94", "#1f4c6c"))
    c.line(smooth([(x - 56, foot - 436), (x - 130, foot - 430), (x - 190, foot - 500)], closed=False),
        "#2a628a", 34)
    c.line([(x - 190, foot - 500), (x - 262, foot - 574)], "#8a6a3c", 6)
    c.oval(x - 192, foot - 504, 16, 16, "#9c6a4a")
    c.line(smooth([(x + 58, foot - 436), (x + 84, foot - 350), (x + 40, foot - 300)], closed=False),
        "#245878", 34)
    c.box(x - 14, foot - 500, 28, 44, "#8f6043")
    c.oval(x, foot - 528, 34, 44, "#9c6a4a")
    c.shape(smooth([(x - 38, foot - 520), (x - 36, foot - 566), (x, foot - 586), (x + 38, foot - 566),
        (x + 38, foot - 524), (x + 24, foot - 550), (x - 14, foot - 554)]), "#1a1310")
    coats = ("#31526b", "#8a3f38", "#4b6f5b", "#c29a4a", "#5b5f73", "#27465e", "#a7765a", "#3d5d4d",
        "#6f3c4a")
    tints = ("#2a1c14", "#5a3a20", "#1a1412", "#7a6a58", "#3a2a1e", "#c2a06a")
    for row, (y, size, count, shift) in enumerate(((830, 44, 6, 90), (960, 62, 5, 0), (1140, 88, 4, -40))):
        for n in range(count):
            x = 240 + shift + n * (1500 + row * 160) / (count - 0.4)
            coat, tint, skin = coats[(n * 2 + row * 3) % 9], tints[(n + row * 2) % 6], ("#b98563", "#8f6043",
                "#d3a27f")[(n + row) % 3]
            c.oval(x - size * 0.8, y + size * 0.12, size * 0.14, size * 0.26, skin)
            c.oval(x + size * 0.8, y + size * 0.12, size * 0.14, size * 0.26, skin)
            bust(c, x, y, size, fade(mix(coat, "#ffffff", 0.16), mix(coat, "#000000", 0.25)),
                hair=(n * 3 + row) % 5, tint=tint, skin=skin)
            c.shape(smooth([(x - size * .8, y), (x - size * .82, y - size * .5), (x, y - size * 1.1),
                (x + size * .82, y - size * .5), (x + size * .8, y),
                            (x + size * .5, y + size * .75), (x, y + size * .95),
                (x - size * .5, y + size * .75)]), tint)
        c.box(0, y + size * 2.5, 1920, size * 2.2, fade("#b98f56", "#8a6538"))
        c.box(0, y + size * 2.5, 1920, size * 0.22, fade("#f3d9a6", "#d9b67a"))
        for n in range(9):
            c.box(n * 240 + row * 90, y + size * 2.72, 4, size * 2.0, "#6d4c26", alpha=0.5)
    c.glow(120, 420, 900, 760, "#fff4cc", 0.35, 3)
    c.vignette(0.25)
