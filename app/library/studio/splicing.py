"""Metadata out of and into files, byte by byte: the pixels of the original stay as they came.

Of a JPEG, PNG or WebP only what the picture needs to be seen is kept (tables, pixels, colour profile); whatever else
was there, also behind its end, is left out, and our labels are put in. TIFF, HEIC and AVIF files point to their parts
by place, so nothing is moved in them: where they say a place, it is blanked. A TIFF's first directory may stand
anywhere, so it is written anew behind the rest, with our labels. Not so HEIC and AVIF: the index of what they hold
stands before it, and grows with it; their originals go out without labels (rendition.facts: is_labelled).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from app.library.problems import Problem

_EXIF, _XMP, _ICC = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"ICC_PROFILE\0"
_GPS, _INNER, _MAKERS_NOTE = 0x8825, 0x8769, 0x927C  # TIFF tags
_TIFF_XMP, _ARTIST, _COPYRIGHT = 700, 315, 33432
_DESCRIPTION, _IIM, _PHOTOSHOP = 270, 33723, 34377
_LABELS = {_TIFF_XMP, _ARTIST, _COPYRIGHT, _DESCRIPTION, _IIM, _PHOTOSHOP}
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}  # bytes, of TIFF's types
_LONGEST_SEGMENT = 65_533  # bytes
_PNG_NEEDS = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD", b"pHYs",
              b"IDAT", b"IEND"}  # fmt: skip


def jpeg(data: bytes, *, exif: bytes = b"", xmp: bytes = b"", iim: bytes = b"") -> bytes:
    """Return the JPEG ``data`` with these labels and no others; ``exif`` begins with "Exif". Problem if damaged."""
    out = [b"\xff\xd8"]
    labels = b"".join(
        _segment(marker, content)
        for marker, content in (
            (0xE1, exif),
            (0xE1, _XMP + xmp if xmp else b""),
            (0xED, iim),
        )
        if content and len(content) <= _LONGEST_SEGMENT
    )
    is_labelled = False
    for marker, piece in _segments(data):
        content = piece[4:]
        is_wanted = not (0xE0 <= marker <= 0xEF or marker == 0xFE)
        is_wanted |= marker == 0xE0 and content.startswith(b"JFIF\0") and not is_labelled
        is_wanted |= marker == 0xE2 and content.startswith(_ICC)
        is_wanted |= marker == 0xEE and content.startswith(b"Adobe")
        if not is_labelled and marker != 0xE0:
            out.append(labels)
            is_labelled = True
        if is_wanted:
            out.append(piece)
    return b"".join(out)


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of each segment after SOI up to EOI; what is compressed belongs to the SOS before it."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:  # cameras leave bytes between; who reads it skips them
            at += 1
            continue
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            yield marker, data[at : at + 2]
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            end = _end_of_scan(data, end)
        if end > len(data) or end < at + 4:
            raise Problem("truncated")
        yield marker, data[at:end]
        at = end
    if data[at : at + 2] != b"\xff\xd9":
        raise Problem("truncated")
    yield 0xD9, data[at : at + 2]


def _end_of_scan(data: bytes, at: int) -> int:
    """Return where the next marker stands that is none of those inside compressed data."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise Problem("truncated")
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7 and data[at + 1] != 0xFF:
            return at
        at += 1 if data[at + 1] == 0xFF else 2


def png(data: bytes, *, exif: bytes = b"", xmp: bytes = b"") -> bytes:
    """Return the PNG ``data`` with these labels and no others."""
    out, at = [data[:8]], 8
    while True:
        if at + 12 > len(data):
            raise Problem("truncated")
        size, name = struct.unpack(">I4s", data[at : at + 8])
        end = at + 12 + size
        if end > len(data):
            raise Problem("truncated")
        if name in _PNG_NEEDS:
            out.append(data[at:end])
        if name == b"IHDR":
            if exif:
                out.append(_chunk(b"eXIf", exif.removeprefix(_EXIF)))
            if xmp:
                out.append(_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp))
        if name == b"IEND":
            return b"".join(out)
        at = end


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def webp(
    data: bytes, *, width: int, height: int, has_alpha: bool, exif: bytes = b"", xmp: bytes = b""
) -> bytes:
    """Return the WebP ``data`` (``width`` × ``height`` pixels) with these labels and no others."""
    picture, profile = [], b""
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    at = 12
    while at + 8 <= end:
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > len(data):
            raise Problem("truncated")
        content = data[at + 8 : at + 8 + size]
        if name in (b"VP8 ", b"VP8L", b"ALPH"):
            picture.append(_riff(name, content))
        elif name == b"ICCP":
            profile = _riff(name, content)
        at += 8 + size + size % 2
    if not picture:
        raise Problem("unreadable")
    flags = 0x20 * bool(profile) | 0x10 * has_alpha | 0x08 * bool(exif) | 0x04 * bool(xmp)
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBP" + _riff(b"VP8X", bytes((flags, 0, 0, 0)) + sides) + profile + b"".join(picture)
    body += _riff(b"EXIF", exif.removeprefix(_EXIF)) if exif else b""
    body += _riff(b"XMP ", xmp) if xmp else b""
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _riff(name: bytes, data: bytes) -> bytes:
    return name + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2)


def tiff(data: bytes, *, xmp: bytes, artist: bytes = b"", copyright: bytes = b"") -> bytes:
    """Return the TIFF ``data`` with these labels; those that it had are blanked. Problem if damaged."""
    changed = bytearray(data + b"\0" * (len(data) % 2))
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None:
        raise Problem("unreadable")
    try:
        (first,) = struct.unpack_from(f"{order}I", data, 4)
        kept = {}
        for tag, place, _ in list(_entries(changed, 0, first, order)):
            if tag in _LABELS:
                _blank_value(changed, 0, place, order)
            else:
                kept[tag] = bytes(changed[place : place + 12])
        (count,) = struct.unpack_from(f"{order}H", data, first)
        (following,) = struct.unpack_from(f"{order}I", data, first + 2 + 12 * count)
    except struct.error:
        raise Problem("unreadable") from None
    for tag, kind, value in ((_TIFF_XMP, 1, xmp), (_ARTIST, 2, artist), (_COPYRIGHT, 2, copyright)):
        if value:
            value += b"\0" * (kind == 2)  # how a text ends
            where = struct.pack(f"{order}I", len(changed)) if len(value) > 4 else value.ljust(4, b"\0")
            kept[tag] = struct.pack(f"{order}HHI", tag, kind, len(value)) + where
            changed += value + b"\0" * (len(value) % 2) if len(value) > 4 else b""
    struct.pack_into(f"{order}I", changed, 4, len(changed))
    changed += struct.pack(f"{order}H", len(kept)) + b"".join(kept[tag] for tag in sorted(kept))
    return bytes(changed + struct.pack(f"{order}I", following))


def without_place(data: bytes, exif: bytes | None, xmp: bytes) -> bytes:
    """Return the file ``data`` with its places blanked, all of it where it was.

    ``exif`` is its EXIF as it stands in the file (None: the file is a TIFF itself), ``xmp`` its packet. Raises
    Problem "place_stays" when they are not found as they are.
    """
    changed = bytearray(data)
    if exif is None:
        _blank(changed, 0)
    elif exif:
        block = exif.removeprefix(_EXIF)
        if (at := data.find(block)) < 0:
            raise Problem("place_stays")
        _blank(changed, at)
    if b"exif:GPS" in xmp:
        if (at := data.find(xmp)) < 0:
            raise Problem("place_stays")
        blanked = re.sub(
            rb"""\sexif:GPS\w+\s*=\s*("[^"]*"|'[^']*')|<exif:GPS\w+[^>]*>.*?</exif:GPS\w+>""",
            lambda found: b" " * len(found[0]),
            xmp,
            flags=re.DOTALL,
        )
        if b"exif:GPS" in blanked:
            raise Problem("place_stays")
        changed[at : at + len(xmp)] = blanked
    return bytes(changed)


def _blank(data: bytearray, start: int) -> None:
    """Blank the place and the maker's notes of the TIFF structure that begins at ``start``; nothing is moved."""
    order = {b"II": "<", b"MM": ">"}.get(bytes(data[start : start + 2]))
    if order is None:
        raise Problem("place_stays")
    try:
        (first,) = struct.unpack_from(f"{order}I", data, start + 4)
        for tag, _, where in list(_entries(data, start, first, order)):
            if tag == _GPS:
                for _, place, _ in list(_entries(data, start, where, order)):
                    _blank_value(data, start, place, order)
                    data[place : place + 12] = bytes(12)
                struct.pack_into(f"{order}H", data, start + where, 0)
            elif tag == _INNER:
                for inner, place, _ in list(_entries(data, start, where, order)):
                    if inner == _MAKERS_NOTE:
                        _blank_value(data, start, place, order)
    except struct.error:
        raise Problem("place_stays") from None


def _entries(data: bytearray, start: int, directory: int, order: str) -> Iterator[tuple[int, int, int]]:
    """Yield tag, place in ``data``, and value of each entry of a directory."""
    (count,) = struct.unpack_from(f"{order}H", data, start + directory)
    for number in range(count):
        place = start + directory + 2 + 12 * number
        tag, _, _, value = struct.unpack_from(f"{order}HHII", data, place)
        yield tag, place, value


def _blank_value(data: bytearray, start: int, place: int, order: str) -> None:
    _, kind, length, where = struct.unpack_from(f"{order}HHII", data, place)
    size = _SIZES.get(kind, 1) * length
    if size > 4:
        if start + where + size > len(data):
            raise Problem("place_stays")
        data[start + where : start + where + size] = bytes(size)
