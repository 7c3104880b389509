"""Reading and writing the pictures of texts.

The kind of a file is what its content is, never what its name says. Side and area are limited
before anything is decoded; Pillow's own guard only warns between 89 and 178 megapixels. Nothing
of a file but its pixels is kept: colour profiles, comments and places are not written out again.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from PIL import Image, UnidentifiedImageError

from app.library.models import WIDTHS
from app.library.studio import pixels
from app.refusals import Refusal

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 12_000  # pixels
LARGEST_AREA = 60_000_000  # pixels
SMALLEST_SIDE = 320  # pixels: the smallest width that pages use
HD_SIDE = 3840  # pixels


class Unreadable(Refusal):
    """The file is not a picture that we can read."""

    message = _l("This file is not a photo that can be read. Send a JPEG, PNG or WebP.")
    field = "file"


class TooLarge(Refusal):
    """The picture has more pixels than we decode."""

    message = _l("This photo has too many pixels: 60 megapixels is the limit.")
    field = "file"


@dataclass(frozen=True)
class Made:
    """A picture written anew: files by name ("640.jpg", "hd.jpg"), and its full size in pixels."""

    width: int
    height: int
    files: dict[str, bytes]


def make(data: bytes) -> Made:
    """Decode ``data`` and write it anew in each width, upright, in sRGB, as JPEG without metadata.

    Raises Unreadable for anything that is not a JPEG, PNG or WebP or that moves, Refusal for one too
    large or too small.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            if max(opened.size) > LONGEST_SIDE or opened.width * opened.height > LARGEST_AREA:
                raise TooLarge
            # Cameras put a preview behind the photo (MPO): that does not move.
            if opened.format != "MPO" and getattr(opened, "n_frames", 1) > 1:
                raise Unreadable
            smallest = min(opened.size)
            largest = _plain(pixels.decoded(opened, at_most=HD_SIDE))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooLarge from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Unreadable from error
    if smallest < SMALLEST_SIDE:
        raise Refusal(_l("This photo is too small: its shorter side needs 320 pixels."), field="file")
    files = {"hd.jpg": _written(largest, quality=90)}
    smaller = largest
    for width in sorted(WIDTHS, reverse=True):  # each from the one before: as fast as any library
        if width < largest.width:
            smaller = smaller.resize(
                (width, round(width * largest.height / largest.width)), Image.Resampling.LANCZOS
            )
            files[f"{width}.jpg"] = _written(smaller, quality=80)
    return Made(largest.width, largest.height, files)


def _plain(image: Image.Image) -> Image.Image:
    """Return ``image`` in sRGB, with nothing beside its pixels."""
    if profile := image.info.get("icc_profile"):
        image = pixels.in_srgb(image, profile)
    image = image.convert("RGB")
    image.info = {}  # a comment in it would be written out again
    return image


def _written(image: Image.Image, *, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
