"""What becomes of a picture that comes in, and which are turned away before they are decoded."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms, ImageDraw

from app.library import images
from app.refusals import Refusal

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)
PLACE = b"51.5007N 0.1246W and who took it"


def drawn(size=(800, 600), mode="RGB", colour=None):
    """Return a picture that is red above and blue below."""
    image = Image.new("RGB", size, RED)
    ImageDraw.Draw(image).rectangle((0, size[1] // 2, *size), fill=BLUE)
    return image.convert(mode) if colour is None else Image.new(mode, size, colour)


def saved(image, kind="PNG", **how):
    """Return ``image`` as the bytes of a file."""
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def header(width, height):
    """Return a PNG that says it is so large, and holds next to nothing."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    said = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + said + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def opened(made, name="hd.jpg"):
    """Return the file ``name`` of what was made, as a picture."""
    return Image.open(io.BytesIO(made.files[name]))


def is_like(pixel, colour, by=12):
    """Whether two colours look the same, after JPEG."""
    return all(abs(one - other) <= by for one, other in zip(pixel, colour, strict=True))


def segments(data):
    """Return the markers of a JPEG before its pixels."""
    found, at = [], 2
    while data[at + 1] != 0xDA:
        found.append(data[at + 1])
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return found


# What is turned away


@pytest.mark.parametrize(
    ("width", "height"),
    [
        (12_001, 400),
        (400, 12_001),
        (10_000, 6_001),
        (9_500, 9_500),
        (12_000, 12_000),
        (100_000, 100_000),
        (2**31 - 1, 2**31 - 1),
    ],
)
def test_too_many_pixels_are_refused_before_any_is_decoded(width, height):
    with pytest.raises(images.TooLarge) as told:
        images.make(header(width, height))  # it has no pixels: decoding them would be another refusal
    assert (told.value.field, "60 megapixels" in str(told.value)) == ("file", True)


def test_a_small_file_that_unpacks_into_a_huge_picture_is_refused_before_it_does():
    bomb = saved(Image.new("1", (11_000, 11_000)), "PNG")
    assert len(bomb) < 50_000
    with pytest.raises(images.TooLarge):
        images.make(bomb)


@pytest.mark.parametrize("size", [(320, 319), (1, 8000), (319, 319)])
def test_a_picture_smaller_than_a_page_needs_is_refused(size):
    with pytest.raises(Refusal) as told:
        images.make(saved(Image.new("RGB", size)))
    assert "320 pixels" in str(told.value)


MOVING = {"save_all": True, "append_images": [drawn((400, 400), colour="blue")], "duration": 100}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='400' height='400'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.4",
        saved(drawn(), "GIF"),
        saved(drawn(), "BMP"),
        saved(drawn(), "TIFF"),
        saved(drawn(), "JPEG")[:2000],
        saved(drawn(), "PNG")[:-200],
        saved(drawn(), "WEBP")[:200],
        saved(drawn((400, 400)), "GIF", **MOVING),
        saved(drawn((400, 400)), "PNG", **MOVING),
        saved(drawn((400, 400)), "WEBP", **MOVING),
        header(400, 400),
    ],
    ids=["empty", "text", "svg", "html", "pdf", "gif", "bmp", "tiff", "half jpeg", "half png", "half webp", "moving gif", "moving png", "moving webp", "header alone"],
)  # fmt: skip
def test_what_is_no_photo_is_refused_in_words(data):
    with pytest.raises(images.Unreadable) as told:
        images.make(data)
    assert told.value.field == "file"
    assert "JPEG, PNG or WebP" in str(told.value)


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow says so of damaged EXIF, and goes on
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_damaged_file_is_refused_or_read_and_nothing_else(kind):
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "words"
    whole = saved(drawn((330, 330)), kind, exif=exif)
    for at in range(0, min(len(whole), 1200), 3):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        with contextlib.suppress(Refusal):
            images.make(bytes(damaged))


# What is made


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_written_anew_in_each_width_that_is_smaller(kind):
    made = images.make(saved(drawn((1600, 900)), kind))
    assert (made.width, made.height) == (1600, 900)
    assert {name: opened(made, name).size for name in made.files} == {
        "hd.jpg": (1600, 900),
        "1280.jpg": (1280, 720),
        "640.jpg": (640, 360),
        "320.jpg": (320, 180),
    }
    for name in made.files:
        image = opened(made, name)
        assert (image.format, image.mode) == ("JPEG", "RGB")
        assert is_like(image.getpixel((5, 5)), RED)
        assert is_like(image.getpixel((5, image.height - 5)), BLUE)


@pytest.mark.parametrize(
    ("width", "made"), [(320, []), (321, ["320.jpg"]), (640, ["320.jpg"]), (1280, ["320.jpg", "640.jpg"])]
)
def test_no_picture_is_enlarged(width, made):
    files = images.make(saved(drawn((width, 400)))).files
    assert sorted(files) == [*made, "hd.jpg"]
    assert opened(images.make(saved(drawn((width, 400))))).width == width


@pytest.mark.parametrize(
    ("kind", "size", "kept"),
    [
        ("JPEG", (7800, 400), (3840, 197)),
        ("JPEG", (3841, 400), (3840, 400)),
        ("PNG", (4000, 500), (3840, 480)),
        ("PNG", (500, 5000), (384, 3840)),
    ],
)
def test_the_largest_file_has_a_longest_side(kind, size, kept):
    made = images.make(saved(drawn(size), kind))
    assert opened(made).size == (made.width, made.height) == kept


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_taken_sideways_is_put_upright(orientation, kind):
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    upright = drawn((600, 400))
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = upright.transpose(turn[orientation]) if orientation in turn else upright
    made = images.make(saved(stored, kind, exif=exif))
    image = opened(made)
    assert (made.width, made.height) == image.size == (600, 400)
    assert is_like(image.getpixel((300, 20)), RED)
    assert is_like(image.getpixel((300, 380)), BLUE)


@pytest.mark.parametrize("is_profiled", [False, True], ids=["bare", "with a profile"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_that_was_hidden_in_a_file_is_in_what_we_make(kind, is_profiled):
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = PLACE.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 2.52), 3: "W", 4: (0.0, 7.0, 28.56)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + PLACE
    how = {"exif": exif, "xmp": PLACE} | ({"icc_profile": profile} if is_profiled else {})
    if kind == "JPEG":
        how["comment"] = PLACE
    if kind == "PNG":
        from PIL.PngImagePlugin import PngInfo

        how["pnginfo"] = PngInfo()
        how["pnginfo"].add_text("Comment", PLACE.decode())
    whole = saved(drawn(), kind, **how) + PLACE
    assert whole.count(PLACE) >= 2

    made = images.make(whole)
    for name, data in made.files.items():
        assert PLACE not in data, name
        assert set(segments(data)) <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4}  # JFIF, tables, frame: nothing else
        assert not opened(made, name).getexif()
        assert data.endswith(b"\xff\xd9")


def test_the_colours_that_a_profile_means_are_kept_without_it():
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # One in which red means blue.
    odd = usual.replace(b"rXYZ", b"0XYZ").replace(b"bXYZ", b"rXYZ").replace(b"0XYZ", b"bXYZ")
    for profile, colour in ((usual, RED), (odd, BLUE)):
        told = opened(images.make(saved(drawn(), "JPEG", quality=95, icc_profile=profile)))
        assert is_like(told.getpixel((5, 5)), colour)
        assert "icc_profile" not in told.info


@pytest.mark.parametrize("profile", [b"", b"nonsense", b"\0" * 128, b"acsp" * 100])
def test_a_profile_that_means_nothing_does_no_harm(profile):
    assert is_like(opened(images.make(saved(drawn(), "JPEG", icc_profile=profile))).getpixel((5, 5)), RED)


def test_pictures_for_print_are_shown_in_the_colours_of_a_screen():
    image = opened(images.make(saved(drawn(mode="CMYK"), "JPEG", quality=95)))
    assert image.mode == "RGB"
    assert is_like(image.getpixel((5, 5)), RED, by=20)
    assert is_like(image.getpixel((5, 595)), BLUE, by=20)


@pytest.mark.parametrize("mode", ["P", "L", "1", "LA", "RGBA", "PA", "I;16"])
def test_every_way_of_keeping_colours_is_read(mode):
    if mode == "I;16":
        image = Image.frombytes(
            "I;16", (400, 400), b"".join(struct.pack("<H", (at % 400) * 160) for at in range(160_000))
        )
    elif mode == "PA":
        image = drawn((400, 400), "P")
        image.info["transparency"] = bytes([255] * 256)
    else:
        image = drawn((400, 400), mode)
    told = opened(images.make(saved(image)))
    corners = told.convert("L").resize((2, 2), Image.Resampling.BOX)
    light, dark = corners.getpixel((1, 0)), corners.getpixel((0, 1))
    assert light > dark + 20


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_transparent_becomes_white_and_shows_nothing_beneath(kind):
    image = drawn((400, 400), "RGBA")
    image.putalpha(Image.new("L", (400, 400), 0))
    how = {"exact": True, "lossless": True} if kind == "WEBP" else {}
    told = opened(images.make(saved(image, kind, **how)))
    assert told.getextrema() == ((255, 255),) * 3


def test_a_palette_with_a_transparent_colour_becomes_white_there():
    image = drawn((400, 400), "P")
    told = opened(images.make(saved(image, "PNG", transparency=image.getpixel((5, 5)))))
    assert is_like(told.getpixel((5, 5)), WHITE)
    assert is_like(told.getpixel((5, 390)), BLUE, by=40)


def test_a_photo_with_the_cameras_preview_behind_it_is_a_photo():
    data = saved(drawn(), "MPO", save_all=True, append_images=[Image.new("RGB", (400, 400), "green")])
    made = images.make(data)
    assert is_like(opened(made).getpixel((5, 5)), RED)
    assert (made.width, made.height) == (800, 600)


def test_the_name_and_the_kind_that_a_file_claims_count_for_nothing():
    assert images.make(saved(drawn(), "PNG")).files["hd.jpg"].startswith(b"\xff\xd8\xff")
    with pytest.raises(images.Unreadable):
        images.make(b"\xff\xd8\xff\xe0" + saved(drawn(), "PNG"))
