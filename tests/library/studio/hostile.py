"""Files that nobody should send, made when they are needed: what each is called, what it holds, what is said of it.

``FILES`` is the whole list. ``said`` is the Problem's code, or None where the file is taken for what it is.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from tests.library.studio import films


@dataclass(frozen=True)
class File:
    """One file: its name, how its bytes are made, what is said of it (None: it is taken) and as what."""

    name: str
    make: Callable[[], bytes]
    said: str | None
    taken_as: str = ""


def drawn(size=(800, 600), mode="RGB"):
    """Return a picture with something in it."""
    image = Image.new("RGB", size, (180, 40, 40))
    ImageDraw.Draw(image).ellipse((10, 10, size[0] - 10, size[1] - 10), fill=(20, 90, 160))
    return image.convert(mode)


def saved(image, kind="JPEG", **how):
    """Return ``image`` as a file."""
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def png_header(width, height, *, data=b"\0" * 1000):
    """Return a PNG that says it is so large, and holds next to nothing."""

    def chunk(name, content):
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    said = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + said + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def zipped():
    """Return a ZIP with a script in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("index.html", "<script>alert(1)</script>")
    return out.getvalue()


def box(name, *content):
    """Return a box of an MP4."""
    data = b"".join(content)
    return struct.pack(">I", 8 + len(data)) + name + data


FTYP = box(b"ftyp", b"isom\0\0\2\0isommp41")


def elsewhere(address=b"file:///etc/passwd\0", *, kind=b"url ", flags=0):
    """Return a MOV whose only track has its data in another file."""
    reference = box(kind, struct.pack(">I", flags), address)
    dref = box(b"dref", struct.pack(">II", 0, 1), reference)
    stbl = box(b"stbl", box(b"stts", struct.pack(">IIII", 0, 1, 25, 1)))
    minf = box(b"minf", box(b"dinf", dref), stbl)
    hdlr = box(b"hdlr", b"\0" * 8 + b"vide" + b"\0" * 12)
    mdhd = box(b"mdhd", struct.pack(">IIIII", 0, 0, 0, 25, 25))
    return FTYP + box(b"moov", box(b"trak", box(b"mdia", mdhd, hdlr, minf))) + box(b"mdat", b"\0" * 100)


def moved(whole, old, new):
    """Return ``whole`` with its first ``old`` replaced."""
    assert old in whole
    return whole.replace(old, new, 1)


def nested(depth):
    """Return boxes in boxes."""
    data = b""
    for _ in range(depth):
        data = box(b"trak", data)
    return FTYP + box(b"moov", data)


@cache
def film(**how):
    """Return a short film as bytes."""
    return films.made(**how)


def declared(whole, width, height):
    """Return an MP4 whose sample entry says another size."""
    at = whole.index(b"avc1", whole.index(b"stsd")) + 4 + 24
    return whole[:at] + struct.pack(">HH", width, height) + whole[at + 4 :]


M3U8 = b"#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:10,\n/etc/passwd\n#EXT-X-ENDLIST\n"
SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
TAGS = b"<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"
BOMB_XML = (
    b"<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>&b;</x:xmpmeta>"
)


def moving(kind):
    """Return a picture of several frames."""
    return saved(
        drawn((400, 400)),
        kind,
        save_all=True,
        append_images=[drawn((400, 400), "L").convert("RGB")],
        duration=90,
    )


def mpo():
    """Return what cameras write: a JPEG with another behind it."""
    return saved(drawn(), "MPO", save_all=True, append_images=[drawn((200, 150))])


def _files() -> tuple[File, ...]:
    wrong = "wrong_type"
    return (
        File("empty.mp4", lambda: b"", "empty"),
        File("empty.jpg", lambda: b"", "empty"),
        File("one-byte.mp4", lambda: b"\0", wrong),
        File("zeros.mp4", lambda: bytes(100_000), wrong),
        File("noise.mov", lambda: bytes(range(256)) * 400, wrong),
        # Lists of other files
        File("playlist.mp4", lambda: M3U8, wrong),
        File("playlist.m3u8", lambda: M3U8, wrong),
        File("concat.mp4", lambda: b"ffconcat version 1.0\nfile '/etc/passwd'\n", wrong),
        File("concat-old.mp4", lambda: b"file '/etc/passwd'\nfile 'b.mp4'\n", wrong),
        File("dash.mp4", lambda: b"<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'/>", wrong),
        File("smil.mov", lambda: b"<smil><body><video src='http://127.0.0.1/'/></body></smil>", wrong),
        File("session.mov", lambda: b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nm=video 49170 RTP/AVP 96\n", wrong),
        File("asx.mp4", lambda: b"<ASX><ENTRY><REF HREF='file:///etc/passwd'/></ENTRY></ASX>", wrong),
        File("images.mp4", lambda: b"/tmp/%03d.png", wrong),
        File("padded-playlist.ts", lambda: b"\x47" + M3U8 + bytes(4000), wrong),
        # What is no picture and no film
        File("drawing.svg", lambda: SVG, wrong),
        File("drawing.png", lambda: SVG, wrong),
        File("page.jpg", lambda: HTML, wrong),
        File("text.webp", lambda: b"not a picture", wrong),
        File("document.jpg", lambda: b"%PDF-1.7\n", wrong),
        File("archive.mov", zipped, wrong),
        File("program.mp4", lambda: b"\x7fELF" + bytes(400), wrong),
        File("moving.gif", lambda: moving("GIF"), wrong),
        File("picture.gif", lambda: saved(drawn(), "GIF"), wrong),
        File("picture.bmp", lambda: saved(drawn(), "BMP"), wrong),
        File("picture.ico", lambda: saved(drawn((64, 64)), "ICO"), wrong),
        File("picture.jp2", lambda: saved(drawn(), "JPEG2000"), wrong),
        File("print.jpg", lambda: saved(drawn(), "EPS"), wrong),
        File("sound.mp4", lambda: b"ID3\x04" + bytes(400), wrong),
        File("sound-only.mp4", lambda: film(picture=False), "no_picture"),
        File("riff.webp", lambda: b"RIFF\0\0\0\0AVI LIST", wrong),
        File("ebml.webm", lambda: b"\x1a\x45\xdf\xa3" + bytes(300), wrong),
        File("brand.mp4", lambda: box(b"ftyp", b"crx \0\0\0\1crx isox"), wrong),
        File("brand-too-long.mp4", lambda: struct.pack(">I", 2**31) + b"ftypisom" + bytes(100), wrong),
        # Called one thing, and another
        File("really-a-jpeg.mp4", lambda: saved(drawn()), None, "photo"),
        File("really-a-png.jpg", lambda: saved(drawn(), "PNG"), None, "photo"),
        File("really-a-film.jpg", film, None, "video"),
        File("no-ending", film, None, "video"),
        # Elsewhere
        File("dref-file.mov", elsewhere, "external_reference"),
        File("dref-http.mov", lambda: elsewhere(b"http://127.0.0.1/x.mov\0"), "external_reference"),
        File("dref-alias.mov", lambda: elsewhere(b"\0" * 150, kind=b"alis"), "external_reference"),
        File("dref-unknown.mov", lambda: elsewhere(b"", kind=b"cios", flags=1), "external_reference"),
        File(
            "dref-of-a-film.mp4",
            lambda: moved(film(), b"url \0\0\0\1", b"url \0\0\0\0"),
            "external_reference",
        ),
        File(
            "reference-movie.mov",
            lambda: FTYP + box(b"moov", box(b"rmra", box(b"rmda"))),
            "external_reference",
        ),
        # Damaged
        File("half.mp4", lambda: film()[: len(film()) // 2], "truncated"),
        File("half-faststart.mp4", lambda: film(options=("-movflags", "+faststart"))[:-4000], "truncated"),
        File("no-index.mp4", lambda: FTYP + box(b"mdat", bytes(5000)), "truncated"),
        File("no-box.mp4", lambda: FTYP, "truncated"),
        File("empty-index.mp4", lambda: FTYP + box(b"moov"), "no_picture"),
        File("nested.mp4", lambda: nested(3000), "unreadable"),
        File("endless-box.mp4", lambda: FTYP + struct.pack(">I4sQ", 1, b"moov", 2**63), "truncated"),
        File("tiny-box.mp4", lambda: FTYP + struct.pack(">I4s", 3, b"moov") + bytes(50), "unreadable"),
        File("many-boxes.mp4", lambda: FTYP + box(b"free") * 120_000, "unreadable"),
        File("many-tracks.mp4", lambda: FTYP + box(b"moov", box(b"trak") * 200), "too_many_tracks"),
        File("noise-inside.mp4", lambda: FTYP + box(b"moov", bytes(range(8, 256)) * 10), "truncated"),
        File("half.jpg", lambda: saved(drawn())[:3000], "unreadable"),
        File("half.png", lambda: saved(drawn(), "PNG")[:-300], "unreadable"),
        File("half.webp", lambda: saved(drawn(), "WEBP")[:900], "unreadable"),
        File("half.tif", lambda: saved(drawn(), "TIFF")[:-900_000], "unreadable"),
        File("half.avif", lambda: saved(drawn(), "AVIF")[:700], "unreadable"),
        File("header-alone.jpg", lambda: b"\xff\xd8\xff\xe0", "unreadable"),
        File("header-alone.tif", lambda: b"II*\0\x08\0\0\0", "unreadable"),
        File("loop.tif", lambda: b"II*\0\x08\0\0\0\0\0\x08\0\0\0", "unreadable"),
        File(
            "mxf-header.mxf",
            lambda: bytes.fromhex("060e2b34020501010d01020101020400") + bytes(500),
            "unreadable",
        ),
        File(
            "mkv-header.mkv", lambda: b"\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska" + bytes(500), "unreadable"
        ),
        File("ts-alone.ts", lambda: (b"\x47\x1f\xff\x10" + b"\xff" * 184) * 400, "unreadable"),
        # Too much
        File("bomb.png", lambda: saved(Image.new("1", (18_000, 18_000)), "PNG"), "too_many_pixels"),
        File("huge-sides.png", lambda: png_header(2**31 - 1, 2**31 - 1), "too_many_pixels"),
        File("strip.png", lambda: png_header(1, 200_000), "too_many_pixels"),
        File("wide.png", lambda: png_header(30_000, 400), "too_many_pixels"),
        File(
            "huge.jpg",
            lambda: moved(saved(drawn()), struct.pack(">HH", 600, 800), b"\xff\xff\xff\xff"),
            "too_many_pixels",
        ),
        File("huge-declared.mp4", lambda: declared(film(), 65_000, 65_000), None, "video"),
        File("small.jpg", lambda: saved(drawn((300, 300))), "too_small"),
        File("one-pixel.png", lambda: png_header(1, 1), "too_small"),
        File("moving.webp", lambda: moving("WEBP"), "moving"),
        File("moving.png", lambda: moving("PNG"), "moving"),
        File("moving.avif", lambda: moving("AVIF"), "wrong_type"),
        File("pages.tif", lambda: saved(drawn(), "TIFF", save_all=True, append_images=[drawn()]), "moving"),
        File("bomb-words.jpg", lambda: saved(drawn(), xmp=BOMB_XML), None, "photo"),
        # Two in one
        File("html-behind.jpg", lambda: saved(drawn()) + HTML, None, "photo"),
        File("html-inside.jpg", lambda: saved(drawn(), comment=HTML), None, "photo"),
        File("zip-behind.jpg", lambda: saved(drawn()) + zipped(), None, "photo"),
        File("zip-behind.png", lambda: saved(drawn(), "PNG") + zipped(), None, "photo"),
        File("html-in-words.webp", lambda: saved(drawn(), "WEBP", xmp=HTML), None, "photo"),
        File("camera.mpo", mpo, None, "photo"),
        # Odd, and all right
        File("eight-tracks.mov", lambda: film(sounds=8, container="mov"), None, "video"),
        File("silent.mp4", lambda: film(sounds=0), None, "video"),
        File("variable.mp4", lambda: film(is_variable=True), None, "video"),
        File(
            "drop.mxf",
            lambda: film(container="mxf", rate="30000/1001", timecode="10:00:00;00"),
            None,
            "video",
        ),
        File("film.mkv", lambda: film(container="matroska"), None, "video"),
        File("film.ts", lambda: film(container="mpegts"), None, "video"),
        File("print-colours.jpg", lambda: saved(drawn(mode="CMYK")), None, "photo"),
        File("grey.tif", lambda: saved(drawn(mode="L"), "TIFF"), None, "photo"),
        File("photo.heic", heic, None, "photo"),
        File("photo.avif", lambda: saved(drawn(), "AVIF"), None, "photo"),
    )


def heic():
    """Return a photo as telephones write it."""
    import pillow_heif

    out = io.BytesIO()
    pillow_heif.from_pillow(drawn()).save(out, quality=60)
    return out.getvalue()


FILES = _files()


def write(file: File, folder: Path) -> Path:
    """Write ``file`` to ``folder`` under a name of ours, as the storage does."""
    path = folder / "content"
    path.write_bytes(file.make())
    return path
