"""Which renditions a master gets, and for what each is. Nothing heavy is loaded here: every process may ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WEB_WIDTHS = (320, 640, 960, 1280, 1920)  # pixels
WEB_TYPES = {"jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif"}
HD_SIDE = 3840  # pixels, of the longer side
POSTER_WIDTHS = (320, 640, 1280)
PREVIEW = (1280, 720)  # pixels at most
STRIP = (160, 90)  # pixels of one picture of the hover strip
STRIP_MOST = 120  # pictures in it


def photo(technical: Mapping[str, Any]) -> list[str]:
    """Return the names of what is made of a photo with this technical data, the most wanted first.

    "640.avif" is 640 pixels wide; "hd" has a longer side of at most 3840 pixels; "original" is the file as it came
    but for its metadata. None is larger than the photo.
    """
    widths = [width for width in WEB_WIDTHS if width <= technical["width"]] or [technical["width"]]
    quick = [f"{width}.{kind}" for kind in ("jpg", "webp") for width in widths]
    return [*quick, "hd", "original", *(f"{width}.avif" for width in widths)]


def video(technical: Mapping[str, Any]) -> list[str]:
    """Return the names of what is made of a video with this technical data, in the order of making.

    "poster-640" is 640 pixels wide; "preview" a small MP4; "strip" a sheet of small pictures for the timeline;
    "waveform" the loudness of its sound as JSON.
    """
    posters = [width for width in POSTER_WIDTHS if width <= technical["width"]] or [POSTER_WIDTHS[0]]
    sound = ["waveform"] if technical["audio"] else []
    return [*(f"poster-{width}" for width in posters), "preview", "strip", *sound]


def strip_grid(duration_seconds: float) -> tuple[int, int, int, float]:
    """Return pictures, columns, rows, and seconds from one picture to the next, of the strip of a film that long."""
    pictures = max(1, min(STRIP_MOST, int(duration_seconds)))
    columns = min(pictures, 10)
    return pictures, columns, -(-pictures // columns), duration_seconds / pictures
