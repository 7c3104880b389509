"""What is made of a photo: sizes, colours, labels; and what is never given out."""

from __future__ import annotations

import io
from contextlib import nullcontext, suppress

import pytest
from PIL import Image, ImageCms

from app.library.problems import Problem
from app.library.studio import labels, looking, photos, pixels, plans, splicing
from tests.library.studio import hostile
from tests.library.studio.hostile import drawn, saved

FIELDS = {
    "title": "Зустріч у Києві",
    "caption": "Президент вітає делегацію — «перший» візит.\nДругий рядок & <знак>",
    "alt": "Двоє людей тиснуть руки",
    "creator": "Оксана Ґудзь",
    "credit": "Photo Service",
    "copyright": "© International Secretariat",
    "usage_terms": "Editorial use only",
    "persons": ["Олена Їжак", "Zoé O'Neill", "Том"],
    "place": "Mariinskyi Palace",
    "city": "Київ",
    "country": "Україна",
    "country_code": "UKR",
    "date": "2025-11-20T09:30:00+02:00",
    "keywords": ["візит", "summit"],
}
WHERE = {1: "N", 2: (50.0, 26.0, 54.0), 3: "E", 4: (30.0, 31.0, 25.0)}
XMP_PLACE = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' xmlns:exif='http://ns.adobe.com/exif/1.0/' exif:GPSLatitude='50,26.9N'><exif:GPSLongitude>30,31.4E</exif:GPSLongitude></rdf:Description></rdf:RDF></x:xmpmeta>"


def make(tmp_path, data, names=None, fields=None, keep_place=False):
    """Make renditions of a photo in this process: what was answered, and each file's bytes."""
    source = tmp_path / "source"
    source.write_bytes(data)
    seen = looking.look(tmp_path, {"source": source}, {}, lambda share: None)
    names = names or plans.photo(seen["technical"])
    told = {"names": names, "labels": FIELDS if fields is None else fields, "keep_place": keep_place}
    made = photos.make(tmp_path, {"source": source}, told, lambda share: None)
    assert set(made) == set(names)
    return made, {name: (tmp_path / each["file"]).read_bytes() for name, each in made.items()}


def with_place(kind, size=(900, 600), **how):
    """Return a photo that says where it was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = "Camera", "Somebody"
    exif.get_ifd(0x8825).update(WHERE)
    exif.get_ifd(0x8769)[0x927C] = b"maker's note: 50.448 30.523"
    if kind == "TIFF":
        exif[0x8825], exif[0x8769] = WHERE, {0x927C: exif.get_ifd(0x8769)[0x927C]}
    if kind == "HEIF":
        import pillow_heif

        out = io.BytesIO()
        pillow_heif.from_pillow(drawn(size)).save(out, exif=exif.tobytes(), xmp=XMP_PLACE, quality=60)
        return out.getvalue()
    if kind in ("JPEG", "WEBP", "AVIF"):
        how = {"xmp": XMP_PLACE} | how
    return saved(drawn(size), kind, exif=exif, **how)


def opened(data):
    """Return a file as a picture."""
    return Image.open(io.BytesIO(data))


# Sizes


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((1930, 1200), [320, 640, 960, 1280, 1920]),
        ((1000, 700), [320, 640, 960]),
        ((320, 320), [320]),
        ((400, 3000), [320]),
    ],
)
def test_a_photo_is_made_in_each_width_that_is_not_larger(tmp_path, size, widths):
    made, files = make(tmp_path, saved(drawn(size)))
    web = [f"{width}.{kind}" for kind in ("jpg", "webp", "avif") for width in widths]
    assert sorted(made) == sorted([*web, "hd", "original"])
    for name, each in made.items():
        picture = opened(files[name])
        assert picture.size == (each["width"], each["height"])
        assert picture.width <= size[0]
        assert abs(picture.width / picture.height - size[0] / size[1]) < 0.02
        assert Image.MIME[picture.format] == each["mimetype"]
    assert opened(files["hd"]).size == size


def test_hd_has_a_longest_side(tmp_path):
    made, files = make(tmp_path, saved(drawn((5000, 2000))), ["hd", "1920.jpg"])
    assert opened(files["hd"]).size == (3840, 1536)
    assert (made["1920.jpg"]["width"], made["1920.jpg"]["height"]) == (1920, 768)


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_photo_taken_sideways_is_upright_in_every_size(tmp_path, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    made, files = make(
        tmp_path, saved(drawn((900, 500)), exif=exif), ["320.jpg", "320.webp", "320.avif", "hd", "original"]
    )
    turned = orientation in (6, 8)
    for name in ("320.jpg", "320.webp", "320.avif", "hd"):
        assert (opened(files[name]).width < opened(files[name]).height) == turned, name
        assert opened(files[name]).getexif().get(0x0112, 1) == 1
    assert opened(files["original"]).getexif()[0x0112] == orientation  # its pixels are as they came
    assert (made["original"]["width"] < made["original"]["height"]) == turned


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
def test_every_kind_of_photo_is_made_into_sizes(tmp_path, kind):
    data = hostile.heic() if kind == "HEIF" else saved(drawn(), kind)
    _, files = make(tmp_path, data, ["640.jpg", "640.webp", "640.avif", "hd", "original"])
    for name in ("640.jpg", "640.webp", "640.avif"):
        assert opened(files[name]).convert("RGB").getpixel((320, 240))[2] > 120  # the blue in its middle


# Colours


def wide_profile():
    """Return a profile in which red means blue: nobody could miss its loss."""
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return usual.replace(b"rXYZ", b"0XYZ").replace(b"bXYZ", b"rXYZ").replace(b"0XYZ", b"bXYZ")


def test_its_colour_profile_stays_with_every_size(tmp_path):
    profile = wide_profile()
    _, files = make(
        tmp_path, saved(drawn(), icc_profile=profile), ["320.jpg", "320.webp", "320.avif", "hd", "original"]
    )
    for name, data in files.items():
        assert opened(data).info["icc_profile"] == profile, name


def test_a_photo_for_print_is_shown_in_colours_of_a_screen(tmp_path):
    _, files = make(
        tmp_path, saved(drawn(mode="CMYK"), quality=95), ["640.jpg", "640.avif", "hd", "original"]
    )
    assert opened(files["640.jpg"]).mode == opened(files["hd"]).mode == "RGB"
    assert opened(files["original"]).mode == "CMYK"


@pytest.mark.parametrize("profile", [b"nonsense", b"acsp" * 100, b"\0" * 70_000])
def test_a_profile_that_means_nothing_is_left_out(tmp_path, profile):
    _, files = make(tmp_path, saved(drawn(), icc_profile=profile), ["320.jpg"])
    assert "icc_profile" not in opened(files["320.jpg"]).info


def test_a_grey_photo_stays_grey_where_it_can(tmp_path):
    _, files = make(tmp_path, saved(drawn(mode="L")), ["320.jpg", "320.avif", "320.webp"])
    assert opened(files["320.jpg"]).mode == "L"


# Where it was taken


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
def test_where_it_was_taken_is_in_nothing_that_is_given_out(tmp_path, kind):
    data = with_place(kind)
    source = tmp_path / "seen"
    source.write_bytes(data)
    assert "has_place" in looking.look(tmp_path, {"source": source}, {}, lambda share: None)["warnings"]
    made, files = make(tmp_path, data, ["320.jpg", "320.webp", "320.avif", "hd", "original"])
    assert b"maker's note" in data
    for name, given in files.items():
        picture = opened(given)
        assert not picture.getexif().get_ifd(0x8825), name
        assert b"exif:GPS" not in given, name
        assert b"maker's note" not in given, name
    if kind in ("AVIF", "HEIF"):
        assert len(files["original"]) == len(data)
        assert made["original"]["facts"] == {"is_labelled": False}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_an_office_may_keep_the_place_in_the_original(tmp_path, kind):
    _, files = make(tmp_path, with_place(kind), ["320.jpg", "original"], keep_place=True)
    assert opened(files["original"]).getexif().get_ifd(0x8825)[2] == (50.0, 26.0, 54.0)
    assert not opened(files["320.jpg"]).getexif().get_ifd(0x8825)


def test_a_place_that_cannot_be_taken_out_is_not_given_out(tmp_path, monkeypatch):
    monkeypatch.setattr(splicing, "without_place", lambda data, exif, xmp: data)
    with pytest.raises(Problem) as said:
        make(tmp_path, with_place("AVIF"), ["original"])
    assert said.value.code == "place_stays"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_original_keeps_every_pixel(tmp_path, kind):
    data = with_place(kind)
    _, files = make(tmp_path, data, ["original"])
    assert opened(files["original"]).tobytes() == opened(data).tobytes()
    assert opened(files["original"]).getexif()[0x010F] == "Camera"


@pytest.mark.parametrize(
    "name",
    [
        "html-behind.jpg",
        "html-inside.jpg",
        "zip-behind.jpg",
        "zip-behind.png",
        "html-in-words.webp",
        "camera.mpo",
    ],
)
def test_nothing_but_a_photo_is_in_what_is_given_out(tmp_path, name):
    file = next(file for file in hostile.FILES if file.name == name)
    _, files = make(tmp_path, file.make(), ["320.jpg", "original"])
    for data in files.values():
        assert b"<script" not in data
        assert b"PK\x03\x04" not in data
    if name.endswith(("jpg", "mpo")):
        assert files["original"].endswith(b"\xff\xd9")
        assert opened(files["original"]).format == "JPEG"


# Labels


@pytest.mark.parametrize("name", ["320.jpg", "320.webp", "320.avif", "hd", "original"])
def test_labels_are_written_into_every_file_and_read_again(tmp_path, name):
    _, files = make(tmp_path, saved(drawn()), [name])
    assert labels.read(opened(files[name])) == FIELDS


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_labels_are_written_into_other_originals_too(tmp_path, kind):
    _, files = make(tmp_path, saved(drawn(), kind), ["original"])
    assert labels.read(opened(files["original"])) == FIELDS


@pytest.mark.parametrize("mode", ["RGB", "I;16B"])
def test_a_tiff_has_our_labels_instead_of_its_own_and_every_pixel(mode):
    first = Image.new(mode, (40, 30), 7 if mode != "RGB" else "red")
    out = io.BytesIO()
    first.save(out, "TIFF", tiffinfo={270: "Former words", 315: "Former name", 700: b"<former/>", 274: 6})
    whole = out.getvalue()
    assert whole[:2] == (b"II" if mode == "RGB" else b"MM")
    made = splicing.tiff(whole, xmp=labels.xmp(FIELDS), artist=b"Ana Lens", copyright=b"")
    seen = opened(made)
    assert labels.read(seen) == FIELDS
    assert (seen.tag_v2[315], seen.tag_v2[274], seen.tobytes()) == ("Ana Lens", 6, first.tobytes())
    assert b"ormer" not in made
    for damaged in (b"II*\0", whole[:9], whole[:4] + b"\xff" * 9, b"PK" + whole[2:]):
        with pytest.raises(Problem):
            splicing.tiff(damaged, xmp=b"x")


def test_programs_that_know_only_iim_read_the_same(tmp_path):
    _, files = make(tmp_path, saved(drawn()), ["320.jpg"])
    read = labels._from_iim(opened(files["320.jpg"]))
    short = {"title", "caption", "creator", "credit", "copyright", "city", "country", "date", "keywords"}
    assert {name: read[name] for name in short} == {name: FIELDS[name] for name in short}


def test_iim_is_cut_between_letters():
    assert labels._cut("Київ" * 20, 31) == ("Київ" * 20)[:15].encode()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Київ".encode(), "Київ"),
        ("Київ, Україна".encode("cp1251"), "Київ, Україна"),
        ("ґанок їжака".encode("cp1251"), "ґанок їжака"),
        ("Zoé à Orléans".encode("cp1252"), "Zoé à Orléans"),
        (b"plain", "plain"),
    ],
)
def test_words_without_a_named_script_are_read_as_they_were_meant(data, text):
    assert labels._text(data, is_utf8=False) == text


def test_what_a_camera_wrote_is_read_where_nothing_else_is():
    exif = Image.Exif()
    exif[0x013B], exif[0x8298] = "Оксана".encode(), "Office"
    exif.get_ifd(0x8769)[0x9003] = "2025:11:20 09:30:00"
    assert labels.read(opened(saved(drawn(), exif=exif))) == {
        "creator": "Оксана",
        "copyright": "Office",
        "date": "2025-11-20T09:30:00",
    }


def test_xmp_is_believed_before_the_others():
    exif = Image.Exif()
    exif[0x013B], exif[0x8298] = "of EXIF", "only in EXIF"
    data = splicing.jpeg(
        saved(drawn()),
        exif=exif.tobytes(),
        xmp=labels.xmp({"creator": "of XMP"}),
        iim=labels.iim({"creator": "of IIM", "city": "Lyon"}),
    )
    assert labels.read(opened(data)) == {"creator": "of XMP", "city": "Lyon", "copyright": "only in EXIF"}


def test_a_text_in_several_languages_keeps_each():
    packet = labels.xmp({"caption": {"fr": "Légende", "en": "Caption", "uk": "Підпис"}})
    for part in (
        'xml:lang="fr">Légende',
        'xml:lang="en">Caption',
        'xml:lang="uk">Підпис',
        'xml:lang="x-default">Légende',
    ):
        assert part in packet.decode()
    assert "Légende".encode() in labels.iim({"caption": {"fr": "Légende", "en": "Caption"}})


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"<",
        b"nonsense",
        hostile.BOMB_XML,
        hostile.HTML,
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>",
        b"\0" * 99,
    ],
)
def test_damaged_words_are_none(packet):
    assert labels.read(opened(saved(drawn(), xmp=packet))) == {}


@pytest.mark.parametrize("error", [*pixels.DAMAGED, AttributeError])
def test_what_damaged_bytes_raise_counts_as_no_words_and_a_fault_of_ours_does_not(monkeypatch, error):
    def raising(_image):
        raise error

    monkeypatch.setattr(labels, "_from_xmp", raising)
    with pytest.raises(error) if error is AttributeError else nullcontext():
        assert labels.read(opened(saved(drawn()))) == {}


def test_words_of_a_file_are_cleaned():
    dirty = {
        "caption": "a\0b\r\nc\u202ed\x07  e ",
        "creator": "x" * 900,
        "persons": ["", "  ", "A\nB", 7],
        "unknown": "?",
        "city": 5,
        "alt": "",
    }
    assert labels.cleaned(dirty) == {"caption": "a b\ncd e", "creator": "x" * 300, "persons": ["A B"]}


def test_labels_can_be_changed_later_without_touching_a_pixel():
    first = splicing.jpeg(saved(drawn()), xmp=labels.xmp(FIELDS), iim=labels.iim(FIELDS))
    second = splicing.jpeg(
        first, xmp=labels.xmp(FIELDS | {"credit": "Another"}), iim=labels.iim({"credit": "Another"})
    )
    assert labels.read(opened(second))["credit"] == "Another"
    assert b"Photo Service" not in second
    assert opened(second).tobytes() == opened(first).tobytes()


@pytest.mark.parametrize("splice", ["jpeg", "png", "webp"])
def test_a_damaged_file_is_spliced_or_named_and_nothing_else(splice):
    kind = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}[splice]
    whole = saved(drawn((330, 330)), kind)
    more = {"width": 330, "height": 330, "has_alpha": False} if splice == "webp" else {}
    for at in range(2, min(len(whole), 900), 3):
        for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
            with suppress(Problem):
                getattr(splicing, splice)(data, xmp=b"<x/>", **more)
