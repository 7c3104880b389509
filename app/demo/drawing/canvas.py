"""A sheet to draw on, twice as fine as the picture that it becomes.

Places are in pixels of the finished picture, from its upper left corner; colours are written
``#rrggbb``. A paint is a colour or a Fade of several.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

FINE = 2
COARSE = 4
STEPS = 1024

Point = tuple[float, float]
Colour = str
RGB = tuple[int, int, int]


def rgb(colour: Colour) -> RGB:
    """Return ``#rrggbb`` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Return ``one`` with a ``share`` (0 to 1) of ``other`` in it."""
    share = min(1.0, max(0.0, share))
    return "#" + "".join(
        f"{round(a + (b - a) * share):02x}" for a, b in zip(rgb(one), rgb(other), strict=True)
    )


@dataclass(frozen=True)
class Fade:
    """A paint that goes from the first colour to the last: downwards, or to the right if ``across``."""

    stops: tuple[tuple[float, Colour], ...]
    across: bool = False


def fade(*colours: Colour | tuple[float, Colour], across: bool = False) -> Fade:
    """Return a Fade through ``colours``, evenly, or each at its place (0 to 1) where pairs are given."""
    last = max(1, len(colours) - 1)
    return Fade(tuple((n / last, c) if isinstance(c, str) else c for n, c in enumerate(colours)), across)


Paint = Colour | Fade


@lru_cache(maxsize=64)
def _strip(paint: Fade) -> Image.Image:
    """Return the colours of ``paint`` as a strip of STEPS pixels, one pixel wide (or high)."""
    pixels = []
    for step in range(STEPS):
        at = step / (STEPS - 1)
        after = next(
            (n for n, (place, _) in enumerate(paint.stops) if n and place >= at), len(paint.stops) - 1
        )
        (start, one), (end, other) = paint.stops[max(0, after - 1)], paint.stops[after]
        pixels.append(rgb(mix(one, other, (at - start) / (end - start or 1))))
    data = bytes(value for pixel in pixels for value in pixel)
    return Image.frombytes("RGB", (STEPS, 1) if paint.across else (1, STEPS), data)


@lru_cache(maxsize=8)
def _ball(hardness: int) -> Image.Image:
    """Return a round light, bright in the middle; a greater ``hardness`` keeps it nearer to the middle."""
    inside = 255 / 2**0.5
    return Image.radial_gradient("L").point(
        [round(255 * max(0.0, 1 - far / inside) ** (hardness / 2)) for far in range(256)]
    )


class Canvas:
    """One picture while it is drawn."""

    def __init__(self, width: int, height: int, ground: Paint = "#000000") -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * FINE, height * FINE))
        self.pen = ImageDraw.Draw(self.image)
        self.box(0, 0, width, height, ground)

    def shape(self, points: Sequence[Point], paint: Paint, *, alpha: float = 1.0, blur: float = 0) -> None:
        """Fill the polygon through ``points``; ``blur`` softens its edge over that many pixels."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self._lay(
            (min(xs), min(ys), max(xs), max(ys)),
            paint,
            alpha,
            blur,
            lambda pen, place, fill: pen.polygon([place(x, y) for x, y in points], fill=fill),
        )

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        paint: Paint,
        *,
        alpha: float = 1.0,
        blur: float = 0,
        corner: float = 0,
    ) -> None:
        """Fill a rectangle from its upper left at ``x``, ``y``; ``corner`` is the radius of its corners."""

        def draw(pen, place, fill):
            (x0, y0), (x1, y1) = place(x, y), place(x + width, y + height)
            pen.rounded_rectangle(
                (x0, y0, max(x0, x1 - 1), max(y0, y1 - 1)), (x1 - x0) * corner / (width or 1), fill
            )

        self._lay((x, y, x + width, y + height), paint, alpha, blur, draw)

    def oval(
        self, x: float, y: float, rx: float, ry: float, paint: Paint, *, alpha: float = 1.0, blur: float = 0
    ) -> None:
        """Fill an ellipse around ``x``, ``y``."""
        self._lay(
            (x - rx, y - ry, x + rx, y + ry),
            paint,
            alpha,
            blur,
            lambda pen, place, fill: pen.ellipse((*place(x - rx, y - ry), *place(x + rx, y + ry)), fill=fill),
        )

    def line(
        self, points: Sequence[Point], paint: Paint, width: float, *, alpha: float = 1.0, blur: float = 0
    ) -> None:
        """Draw a line through ``points``, ``width`` pixels wide, with round ends."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        half = width / 2 + 1

        def draw(pen, place, fill):
            ends = [place(x, y) for x, y in points]
            (x0, _), (x1, _) = place(0, 0), place(width, 0)
            thick = max(1, int(x1 - x0 + 0.5))
            pen.line(ends, fill=fill, width=thick, joint="curve" if thick > 3 else None)
            if thick > 3:
                for x, y in (ends[0], ends[-1]):
                    pen.ellipse(
                        (x - thick / 2, y - thick / 2, x + thick / 2 - 1, y + thick / 2 - 1), fill=fill
                    )

        self._lay((min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half), paint, alpha, blur, draw)

    def glow(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        colour: Colour,
        strength: float = 1.0,
        hardness: int = 4,
    ) -> None:
        """Add light around ``x``, ``y``; what is bright already grows little brighter."""
        whole = [floor((x - rx) * FINE), floor((y - ry) * FINE), ceil((x + rx) * FINE), ceil((y + ry) * FINE)]
        seen = self._seen(whole)
        if seen is None:
            return
        part = self._stretched(_ball(hardness), whole, seen)
        light = Image.merge(
            "RGB", [part.point([round(v * c * strength / 255) for v in range(256)]) for c in rgb(colour)]
        )
        self.image.paste(ImageChops.screen(self.image.crop(seen), light), seen)

    def haze(self, top: float, bottom: float, colour: Colour, upper: float, lower: float) -> None:
        """Lay ``colour`` over the whole width: the share ``upper`` of it at ``top``, ``lower`` at ``bottom``."""
        rows = [round(255 * (upper + (lower - upper) * step / 255)) for step in range(256)]
        strip = Image.frombytes("L", (1, 256), bytes(rows))
        whole = [0, floor(top * FINE), self.width * FINE, ceil(bottom * FINE)]
        seen = self._seen(whole)
        if seen is not None:
            self.image.paste(rgb(colour), seen, self._stretched(strip, whole, seen))

    def mirror(
        self, line: float, height: float, *, alpha: float, blur: float = 0, flatten: float = 1.0
    ) -> None:
        """Reflect what stands above ``line`` in the ``height`` pixels below it, as wet ground does."""
        top, tall = round(line * FINE), round(height * FINE)
        source = self.image.crop((0, max(0, top - round(tall * flatten)), self.image.width, top))
        glass = source.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize(
            (self.image.width // COARSE, tall // COARSE)
        )
        if blur:
            glass = glass.filter(ImageFilter.BoxBlur((blur * 0.4, blur)))
        glass = glass.resize((self.image.width, tall), Image.Resampling.BILINEAR)
        fading = bytes(round(255 * alpha * (1 - (step / 255) ** 3)) for step in range(256))
        mask = Image.frombytes("L", (1, 256), fading).resize(glass.size, Image.Resampling.BILINEAR)
        self.image.paste(glass, (0, top), mask)

    def vignette(self, strength: float = 0.35) -> None:
        """Darken the corners."""
        edge = Image.radial_gradient("L").point(
            [round(255 - 255 * strength * (far / 255) ** 2.4) for far in range(256)]
        )
        edge = edge.resize(self.image.size, Image.Resampling.BILINEAR)
        self.image = ImageChops.multiply(self.image, Image.merge("RGB", [edge] * 3))
        self.pen = ImageDraw.Draw(self.image)

    def finished(self, grain: int = 5, seed: int = 1) -> Image.Image:
        """Return the picture at its own size; a little ``grain`` (levels) hides the steps in its fades."""
        picture = self.image.reduce(FINE)
        random = Random(seed)
        one, other = (
            Image.frombytes("L", picture.size, random.randbytes(picture.width * picture.height)) for _ in "ab"
        )
        noise = Image.blend(one, other, 0.5).point([128 + round((v - 128) * grain / 128) for v in range(256)])
        return ImageChops.add(picture, Image.merge("RGB", [noise] * 3), 1, -128)

    def _seen(self, whole: Sequence[int]) -> tuple[int, int, int, int] | None:
        """Return the part of ``whole`` that lies on the sheet, or None."""
        left, top = max(0, whole[0]), max(0, whole[1])
        right, bottom = min(self.image.width, whole[2]), min(self.image.height, whole[3])
        return (left, top, right, bottom) if right > left and bottom > top else None

    def _stretched(
        self, source: Image.Image, whole: Sequence[int], seen: tuple[int, int, int, int]
    ) -> Image.Image:
        """Return the part ``seen`` of ``source`` stretched over ``whole``."""
        across, down = source.width / (whole[2] - whole[0]), source.height / (whole[3] - whole[1])
        part = (
            (seen[0] - whole[0]) * across,
            (seen[1] - whole[1]) * down,
            (seen[2] - whole[0]) * across,
            (seen[3] - whole[1]) * down,
        )
        return source.resize((seen[2] - seen[0], seen[3] - seen[1]), Image.Resampling.BILINEAR, box=part)

    def _lay(
        self,
        edges: tuple[float, float, float, float],
        paint: Paint,
        alpha: float,
        blur: float,
        draw: Callable[..., None],
    ) -> None:
        """Put ``paint`` where ``draw`` draws, within ``edges``."""
        if alpha >= 1 and not blur and isinstance(paint, str):
            draw(self.pen, lambda x, y: (x * FINE, y * FINE), rgb(paint))
            return
        inner = [
            floor(edges[0] * FINE),
            floor(edges[1] * FINE),
            ceil(edges[2] * FINE) + 1,
            ceil(edges[3] * FINE) + 1,
        ]
        margin = ceil(blur * FINE * 2.5)
        seen = self._seen([inner[0] - margin, inner[1] - margin, inner[2] + margin, inner[3] + margin])
        if seen is None:
            return
        size = seen[2] - seen[0], seen[3] - seen[1]
        scale = FINE / COARSE if blur > 1.5 else FINE
        less = scale / FINE
        mask = Image.new("L", (ceil(size[0] * less), ceil(size[1] * less)))
        draw(
            ImageDraw.Draw(mask),
            lambda x, y: (x * scale - seen[0] * less, y * scale - seen[1] * less),
            round(255 * min(1, alpha)),
        )
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * scale))
        if mask.size != size:
            mask = mask.resize(size, Image.Resampling.BILINEAR, box=(0, 0, size[0] * less, size[1] * less))
        fill = rgb(paint) if isinstance(paint, str) else self._faded(paint, inner, seen)
        self.image.paste(fill, seen, mask)

    def _faded(self, paint: Fade, inner: Sequence[int], seen: tuple[int, int, int, int]) -> Image.Image:
        """Return ``paint`` over the part ``seen``; it ends with the shape, not with its soft edge."""
        size = seen[2] - seen[0], seen[3] - seen[1]
        axis = 0 if paint.across else 1
        length = inner[axis + 2] - inner[axis]
        low = min(STEPS - 1.0, max(0.0, (seen[axis] - inner[axis]) / length * STEPS))
        high = min(float(STEPS), max(low + 1, (seen[axis + 2] - inner[axis]) / length * STEPS))
        part = (low, 0, high, 1) if paint.across else (0, low, 1, high)
        return _strip(paint).resize(size, Image.Resampling.BILINEAR, box=part)
