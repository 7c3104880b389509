"""Opening a picture within limits, and bringing it into a shape that can be written anew.

Side and area are looked at before anything is decoded. Pillow's own guard only warns between 89 and 178 megapixels,
and of a strip of 1 × 200,000 pixels not at all.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from PIL import ExifTags, Image, ImageCms, ImageOps

from app.library.problems import Problem

LONGEST_SIDE = 20_000  # pixels
LARGEST_AREA = 110_000_000  # pixels: the largest cameras that photographers carry have 102 million
# What Pillow, and who reads the XML in a file, raise for bytes that are not what they should be. Anything else that
# rises is a fault of ours, and ends the sandbox.
DAMAGED = (
    OSError,
    ValueError,
    TypeError,
    LookupError,
    SyntaxError,
    EOFError,
    RuntimeError,
    ArithmeticError,
    struct.error,
)


@contextmanager
def opened(
    source: Path | BinaryIO,
    format: str,
    *,
    longest_side: int = LONGEST_SIDE,
    largest_area: int = LARGEST_AREA,
) -> Iterator[Image.Image]:
    """Open ``source`` as ``format`` (Pillow's name), not yet decoded.

    What goes wrong with it inside the block rises as Problem: "too_many_pixels" for a side or an area beyond the
    limits, "moving" for several frames, "unreadable" for the rest.
    """
    if format == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # damaged metadata is none of our concern, and size is looked at here
            Image.MAX_IMAGE_PIXELS = None
            with Image.open(source, formats=(format,)) as image:
                if max(image.size) > longest_side or image.width * image.height > largest_area:
                    raise Problem(
                        "too_many_pixels",
                        width=image.width,
                        height=image.height,
                        limit=largest_area // 1_000_000,
                    )
                # Cameras put a preview behind the photo (MPO), HEIC files hold several: that does not move.
                if image.format not in ("MPO", "HEIF") and getattr(image, "n_frames", 1) > 1:
                    raise Problem("moving")
                yield image
    except (Image.DecompressionBombError, MemoryError) as error:
        raise Problem("too_many_pixels", width=0, height=0, limit=largest_area // 1_000_000) from error
    except DAMAGED as error:
        if isinstance(error, OSError) and error.errno:
            raise  # the disk's, not the picture's
        raise Problem("unreadable") from error


def decoded(image: Image.Image, *, at_most: int) -> Image.Image:
    """Return ``image`` decoded and upright, its longer side at most ``at_most`` pixels, as L, RGB or CMYK.

    What is transparent becomes white: whatever colour lies beneath was never meant to be seen. Its profile stays in
    ``info``.
    """
    profile = image.info.get("icc_profile")
    image.draft(None, (at_most, at_most))  # a JPEG need not be decoded larger than we keep it
    image.load()
    upright = image
    if upright.mode.startswith("I"):  # 16 bits of grey, which convert() would cut off at white
        upright = upright.convert("I").point(lambda grey: grey / 256).convert("L")
    elif upright.has_transparency_data:
        upright = upright.convert("RGBA")
        white = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(white, upright).convert("RGB")
    elif upright.mode not in ("L", "RGB", "CMYK"):
        upright = upright.convert("RGB")
    if max(upright.size) > at_most:
        upright = ImageOps.contain(upright, (at_most, at_most), Image.Resampling.LANCZOS)
    # Last, as it copies: few cameras turn pixels.
    upright = _turned(upright, image)
    upright.info = {"icc_profile": profile} if profile else {}
    return upright


def orientation(image: Image.Image) -> int:
    """Return how ``image`` says that it lies: 1 for upright, 2 to 8 as EXIF counts."""
    try:
        told = image.getexif().get(ExifTags.Base.Orientation)
    except DAMAGED:
        return 1
    return told if isinstance(told, int) and 2 <= told <= 8 else 1


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Return width and height in pixels of ``image`` as people see it."""
    return image.size[::-1] if orientation(image) >= 5 else image.size


def _turned(image: Image.Image, told_by: Image.Image) -> Image.Image:
    ways = Image.Transpose
    way = {
        2: ways.FLIP_LEFT_RIGHT,
        3: ways.ROTATE_180,
        4: ways.FLIP_TOP_BOTTOM,
        5: ways.TRANSPOSE,
        6: ways.ROTATE_270,
        7: ways.TRANSVERSE,
        8: ways.ROTATE_90,
    }.get(orientation(told_by))
    return image.transpose(way) if way is not None else image.copy() if image is told_by else image


def in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Return ``image`` with the colours that ``profile`` means; as it is when nobody can tell what it means."""
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return (
            ImageCms.profileToProfile(image, meant, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def profile_of(image: Image.Image) -> tuple[str, bytes] | None:
    """Return the name and bytes of the colour profile that fits ``image``, or None."""
    data = image.info.get("icc_profile")
    if not data:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        space = profile.profile.xcolor_space.strip()
        name = (profile.profile.profile_description or "").strip()
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    fits = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}.get(space) == image.mode
    return (name[:80], data) if fits else None
