"""What is made of a photo: sizes for pages, HD, and the original as it is given out."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image

from app.library.problems import Problem
from app.library.studio import kinds, labels, pixels, plans, splicing

LARGEST_PROFILE = 64 * 1024  # bytes: beyond that the colours are brought into sRGB for pages
HOW: dict[str, dict[str, Any]] = {
    "jpg": {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "avif": {"format": "AVIF", "quality": 60, "speed": 7, "max_threads": 1},
}
HD_QUALITY = 90


def make(
    folder: Path, reads: dict[str, Path], told: dict[str, Any], progress: Callable[[float], None]
) -> dict[str, dict[str, Any]]:
    """Make the renditions called ``told["names"]`` (see plans) of the photo ``reads["source"]`` in ``folder``.

    ``told["labels"]`` are the fields that are written into each (labels.py), ``told["keep_place"]`` says whether
    the original may tell where it was taken. Returns for each name its file, mimetype, width and height.
    """
    kind = known(reads["source"])
    fields = labels.cleaned(told["labels"])
    names: Sequence[str] = told["names"]
    made: dict[str, dict[str, Any]] = {}
    if "original" in names:
        made["original"] = _original(folder, reads["source"], kind, fields, keep_place=told["keep_place"])
        progress(0.1)
    sizes = [name for name in names if name != "original"]
    if sizes:
        made |= _sizes(folder, reads["source"], kind, fields, sizes, progress)
    return made


def known(path: Path) -> kinds.Kind:
    """Return the type of the photo at ``path``. Problem if it is none."""
    with path.open("rb") as file:
        kind = kinds.of(file.read(kinds.HEAD))
    if kind is None or kind.what != "photo":
        raise Problem("wrong_type")
    return kind


def _sizes(
    folder: Path,
    source: Path,
    kind: kinds.Kind,
    fields: dict[str, Any],
    names: list[str],
    progress: Callable[[float], None],
) -> dict[str, dict[str, Any]]:
    with pixels.opened(source, kind.opens) as image:
        width, height = pixels.upright_size(image)
        widest = max((int(name.split(".")[0]) for name in names if "." in name), default=1)
        side = plans.HD_SIDE if "hd" in names else max(widest, -(-widest * height // width))
        largest = _for_screens(pixels.decoded(image, at_most=side))
    made: dict[str, dict[str, Any]] = {}
    packets = {"xmp": labels.xmp(fields), "exif": labels.exif(fields).tobytes(), "iim": labels.iim(fields)}
    if "hd" in names:
        how = HOW["jpg"] | {"quality": HD_QUALITY}
        made["hd"] = _written(folder, "hd", largest, "jpg", how, packets)
    widths = sorted({int(name.split(".")[0]) for name in names if "." in name}, reverse=True)
    smaller = largest
    for width in widths:  # each from the one before: as fast as any library
        if width < smaller.width:
            height = max(1, round(width * largest.height / largest.width))
            profile = smaller.info
            smaller = smaller.resize((width, height), Image.Resampling.LANCZOS)
            smaller.info = profile
        for name in (name for name in names if name.startswith(f"{width}.")):
            ending = name.split(".")[1]
            made[name] = _written(folder, name, smaller, ending, HOW[ending], packets)
            progress(0.1 + 0.9 * len(made) / (len(names) + 1))
    return made


def _for_screens(image: Image.Image) -> Image.Image:
    """Return ``image`` as grey or RGB with its own profile, or in sRGB where that fits no page."""
    profile = pixels.profile_of(image)
    data = image.info.get("icc_profile")
    if image.mode == "CMYK" or (data and (profile is None or len(data) > LARGEST_PROFILE)):
        image = pixels.in_srgb(image, profile[1]) if profile else image
        image = image.convert("RGB")
        image.info = {}
    return image


def _written(
    folder: Path, name: str, image: Image.Image, ending: str, how: dict[str, Any], packets: dict[str, bytes]
) -> dict[str, Any]:
    file = f"{name}.{ending}" if "." not in name else name
    profile = image.info.get("icc_profile")
    more = {"icc_profile": profile} if profile else {}
    if ending == "jpg":
        out = io.BytesIO()
        image.save(out, **how, **more)
        data = splicing.jpeg(out.getvalue(), exif=packets["exif"], xmp=packets["xmp"], iim=packets["iim"])
        (folder / file).write_bytes(data)
    else:
        picture = image if image.mode == "RGB" else image.convert("RGB")
        if picture is not image:
            more = {}  # a grey profile fits no picture in colours
        picture.save(folder / file, **how, **more, exif=packets["exif"], xmp=packets["xmp"])
    return {"file": file, "mimetype": plans.WEB_TYPES[ending], "width": image.width, "height": image.height}


def _original(
    folder: Path, source: Path, kind: kinds.Kind, fields: dict[str, Any], *, keep_place: bool
) -> dict[str, Any]:
    """Write the file as it came, but for its metadata: ours instead, and its place only if that may be told."""
    file = f"original.{kind.extension}"
    with pixels.opened(source, kind.opens) as image:
        data = source.read_bytes()
        facts: dict[str, Any] = {}
        if kind in (kinds.JPEG, kinds.PNG, kinds.WEBP):
            packets: dict[str, Any] = {
                "xmp": labels.xmp(fields),
                "exif": _own_exif(image, fields, keep_place=keep_place),
            }
            if kind is kinds.JPEG:
                data = splicing.jpeg(data, **packets, iim=labels.iim(fields))
            elif kind is kinds.PNG:
                data = splicing.png(data, **packets)
            else:
                data = splicing.webp(
                    data, width=image.width, height=image.height, has_alpha=image.mode == "RGBA", **packets
                )
        else:
            if not keep_place and labels.has_place(image):
                exif = (
                    None
                    if kind is kinds.TIFF
                    else image.info.get("original_exif") or image.info.get("exif") or b""
                )
                data = splicing.without_place(data, exif, labels.xmp_of(image))
            if kind is kinds.TIFF:
                named = labels.exif(fields)
                artist, copyright_ = (
                    named.get(tag) or b"" for tag in (ExifTags.Base.Artist, ExifTags.Base.Copyright)
                )
                data = splicing.tiff(data, xmp=labels.xmp(fields), artist=artist, copyright=copyright_)
            else:
                facts["is_labelled"] = False  # the page and the list of captions in a ZIP name its credit
        width, height = pixels.upright_size(image)
    (folder / file).write_bytes(data)
    if not keep_place:
        with pixels.opened(folder / file, kind.opens) as image:
            if labels.has_place(image):
                raise Problem("place_stays")
    return {"file": file, "mimetype": kind.mimetype, "width": width, "height": height, "facts": facts}


def _own_exif(image: Image.Image, fields: dict[str, Any], *, keep_place: bool) -> bytes:
    try:
        return labels.exif(fields, image.getexif(), keep_place=keep_place).tobytes()
    except pixels.DAMAGED:  # the camera's settings are no loss, its orientation is kept
        plain = labels.exif(fields)
        if (turned := pixels.orientation(image)) != 1:
            plain[0x0112] = turned
        return plain.tobytes()
