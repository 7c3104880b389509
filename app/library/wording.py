"""What the library's codes mean, in words for officers: problems of files, what to look at, and steps."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

PROBLEMS: dict[str, Any] = {
    "codec": _l("Its picture or sound is encoded in a way that is not accepted. Export it as H.264, ProRes or DNxHD."),
    "crashed": _l("The file made the program that reads it fail. Export it again from the original."),
    "disk_full": _l("There is no room left on the disk. Tell the people who run this site."),
    "empty": _l("The file is empty."),
    "external_reference": _l("Part of it is in another file. Export it as one self-contained file."),
    "gone": _l("The file is no longer in the storage. Tell the people who run this site."),
    "moving": _l("It holds several pictures. Send one photo to a file."),
    "no_answer": _l("Preparing it was begun several times and never finished. Try again."),
    "no_picture": _l("There is no video picture in it."),
    "place_stays": _l("The place where the photo was taken cannot be taken out of this file. Send a JPEG."),
    "rate": _l("It has more than 120 frames a second."),
    "storage_away": _l("The storage did not answer. Try again in a few minutes."),
    "stopped": _l("Work on it was interrupted. Try again."),
    "too_big": _l("What would be made of it is too large."),
    "too_heavy": _l("It takes more memory or time than is allowed. Export it with fewer pixels or in another format."),
    "too_large_picture": _l("Its picture is larger than 8192 × 4320 pixels."),
    "too_long": _l("Preparing it took longer than is allowed. Try again when less is going on."),
    "too_long_film": _l("It is longer than 12 hours. Split it."),
    "too_many_pixels": _l("This photo has too many pixels: 110 megapixels, and 20,000 in a row, are the limit."),
    "too_many_tracks": _l("It has more than 64 tracks or channels."),
    "too_small": _l("Its picture is too small: a photo needs 320 pixels on its shorter side, a video 16."),
    "truncated": _l("The end of the file is missing. Send it again, or export it anew."),
    "unreadable": _l("The file is damaged: it cannot be read. Export it again from the original."),
    "wrong_kind": _l("It is a photo where a video was expected, or a video where a photo was."),
    "wrong_type": _l(
        "This is no video or photo that can be used. Send MP4, MOV, MXF, MKV, WebM or MPEG-TS;"
        " for photos JPEG, PNG, WebP, TIFF, HEIC or AVIF."
    ),
}  # fmt: skip
WARNINGS: dict[str, Any] = {
    "ends_early": _l("It seems to end before it should. Look at its last seconds."),
    "film_has_place": _l(
        "The file says where it was filmed, and whoever takes the original can read it."
        " The preview and parts of it do not tell it."
    ),
    "has_place": _l("The file says where the photo was taken. That is left out of what is given out."),
    "has_place_kept": _l(
        "The file says where the photo was taken, and the original that is given out tells it, too."
    ),
    "hdr": _l("Its colours are for HDR screens. The preview shows them as other screens can."),
    "interlaced": _l("Its picture is interlaced. The preview shows whole lines."),
    "no_caption": _l("The file has no caption. Write one."),
    "no_credit": _l("The file names neither a photographer nor a credit."),
    "no_sound": _l("No sound track: is this intended?"),
    "several_pictures": _l("It has several video tracks. The first one is used."),
    "silent": _l("Its sound track is silent: is this intended?"),
    "small": _l("Its picture is small for print or broadcast."),
    "variable_rate": _l("Its frame rate varies: parts of it can only be cut by encoding them anew."),
}
STEPS: dict[str, Any] = {
    "check": _l("checked"),
    "poster": _l("still"),
    "preview": _l("preview"),
    "strip": _l("pictures for the timeline"),
    "waveform": _l("sound for the timeline"),
    "hd": _l("HD"),
    "original": _l("original without hidden data"),
    "web": _l("sizes for pages"),
}


def problem(code: str) -> str:
    """Say what is wrong, for the code of a master's or a rendition's problem."""
    return str(PROBLEMS.get(code, PROBLEMS["crashed"])) if code else ""


def warning(code: str) -> str:
    """Say what an officer should look at, for the code of a warning; nothing for one that nobody knows."""
    return str(WARNINGS.get(code, ""))


def step(name: str) -> str:
    """Say what the rendition called ``name`` is."""
    first = name.partition("-")[0].partition(".")[0]
    return str(STEPS["web"] if first.isdigit() else STEPS.get(first, first))
