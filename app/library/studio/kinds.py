"""Which type a file is, by what it holds. What is not listed here is not taken, whatever it is called.

The signatures are those of the formats' own standards: ISO/IEC 10918-1 and 15948 (JPEG, PNG), the WebP container,
TIFF 6.0, ISO/IEC 14496-12 and 23008-12 (MP4, HEIC, AVIF), QuickTime, SMPTE ST 377-1 (MXF), RFC 8794 and 9559
(Matroska, WebM), ISO/IEC 13818-1 (MPEG transport stream). Playlists (HLS, DASH, concat), SVG, GIF, PDF and
everything else that can refer to other files or run are none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

HEAD = 4096  # bytes of a file that of() wants to see


@dataclass(frozen=True)
class Kind:
    """A type of file: for what, the name that we give it, and which demuxer or Pillow format opens it."""

    what: Literal["video", "photo"]
    name: str
    mimetype: str
    extension: str
    opens: str


JPEG = Kind("photo", "JPEG", "image/jpeg", "jpg", "JPEG")
PNG = Kind("photo", "PNG", "image/png", "png", "PNG")
WEBP = Kind("photo", "WebP", "image/webp", "webp", "WEBP")
TIFF = Kind("photo", "TIFF", "image/tiff", "tif", "TIFF")
HEIC = Kind("photo", "HEIC", "image/heic", "heic", "HEIF")
AVIF = Kind("photo", "AVIF", "image/avif", "avif", "AVIF")
MP4 = Kind("video", "MP4", "video/mp4", "mp4", "mov")
MOV = Kind("video", "MOV", "video/quicktime", "mov", "mov")
MXF = Kind("video", "MXF", "application/mxf", "mxf", "mxf")
MATROSKA = Kind("video", "Matroska", "video/matroska", "mkv", "matroska")
WEBM = Kind("video", "WebM", "video/webm", "webm", "matroska")
TS = Kind("video", "MPEG-TS", "video/mp2t", "ts", "mpegts")
ALL = (JPEG, PNG, WEBP, TIFF, HEIC, AVIF, MP4, MOV, MXF, MATROSKA, WEBM, TS)

_HEIC = {b"heic", b"heix", b"heim", b"heis"}
_FILMS = {b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"mp41", b"mp42", b"avc1",
          b"M4V ", b"M4VH", b"M4VP", b"f4v ", b"XAVC", b"3gp4", b"3gp5", b"3gp6", b"3g2a", b"MSNV", b"dash", b"msdh",
          b"av01", b"hvc1", b"hev1"}  # fmt: skip
_OLD_FILMS = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}


def of(head: bytes) -> Kind | None:
    """Return the type of the file that begins with ``head`` (its first HEAD bytes), or None if we do not take it."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[:4] in (b"II*\0", b"MM\0*"):
        return TIFF
    if head[4:8] == b"ftyp":
        return _by_brands(head)
    if head[4:8] in _OLD_FILMS:
        return MOV
    if head.startswith(bytes.fromhex("060e2b34020501010d01020101")):
        return MXF
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        told = head[:256]
        return WEBM if b"webm" in told else MATROSKA if b"matroska" in told else None
    return TS if _is_transport_stream(head) else None


def _by_brands(head: bytes) -> Kind | None:
    size = int.from_bytes(head[:4], "big")
    if not 16 <= size <= len(head):
        return None
    major = head[8:12]
    brands = {major} | {head[at : at + 4] for at in range(16, size - 3, 4)}
    if major == b"avif" or (major == b"mif1" and b"avif" in brands):
        return AVIF
    if major in _HEIC or (major in (b"mif1", b"msf1") and brands & _HEIC):
        return HEIC
    if major in (
        b"avis",
        b"mif1",
        b"msf1",
        b"hevc",
        b"hevx",
    ):  # pictures that move, and pictures of other kinds
        return None
    if major == b"qt  ":
        return MOV
    if brands & _FILMS:
        return MP4
    return MOV if b"qt  " in brands else None


def _is_transport_stream(head: bytes) -> bool:
    """Whether a sync byte stands every 188 bytes, or every 192 with the time before each packet (M2TS)."""
    for size, first in ((188, 0), (192, 4)):
        places = range(first, min(len(head), first + 8 * size), size)
        if len(places) >= 5 and all(head[at] == 0x47 for at in places):
            return True
    return False
