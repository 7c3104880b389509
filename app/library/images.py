"""Reading and writing pictures: the one user of Pillow.

The kind of a file is what its content is, never what its name says. Side and area are limited
before anything is decoded; Pillow's own guard only warns between 89 and 178 megapixels.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from PIL import Image, ImageOps, UnidentifiedImageError

from app.refusals import Refusal

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 12_000  # pixels
LARGEST_AREA = 60_000_000  # pixels
SMALLEST_SIDE = 320  # pixels: the smallest width that pages use
WIDTHS = (320, 640, 1280)  # pixels, made where the picture is larger
HD_SIDE = 3840  # pixels


class Unreadable(Refusal):
    """The file is not a picture that we can read."""

    message = _l("This file is not a photo that can be read. Send a JPEG, PNG or WebP.")
    field = "file"


@dataclass(frozen=True)
class Made:
    """A picture written anew: files by name ("640.jpg", "hd.jpg"), and its full size in pixels."""

    width: int
    height: int
    files: dict[str, bytes]


def make(data: bytes) -> Made:
    """Decode ``data`` and write it anew in each width, upright, in sRGB-compatible JPEG, without metadata.

    Raises Unreadable for anything that is not a JPEG, PNG or WebP, Refusal for one too large or too small.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            if max(opened.size) > LONGEST_SIDE or opened.width * opened.height > LARGEST_AREA:
                raise Refusal(_l("This photo has too many pixels: 60 megapixels is the limit."), field="file")
            if getattr(opened, "n_frames", 1) > 1:
                raise Unreadable
            profile = opened.info.get("icc_profile")
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (Image.DecompressionBombError, UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Unreadable from error
    if min(upright.size) < SMALLEST_SIDE:
        raise Refusal(_l("This photo is too small: its shorter side needs 320 pixels."), field="file")
    largest = upright
    if max(largest.size) > HD_SIDE:
        largest = ImageOps.contain(largest, (HD_SIDE, HD_SIDE))
    files = {"hd.jpg": _written(largest, profile, quality=90)}
    smaller = largest
    for width in sorted(WIDTHS, reverse=True):  # each from the one before: as fast as any library
        if width < largest.width:
            smaller = smaller.resize(
                (width, round(width * largest.height / largest.width)), Image.Resampling.LANCZOS
            )
            files[f"{width}.jpg"] = _written(smaller, profile, quality=80)
    return Made(largest.width, largest.height, files)


def _written(image: Image.Image, profile: bytes | None, *, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True, icc_profile=profile)
    return out.getvalue()
