"""What a photo says of itself: IPTC fields, read from IIM, XMP and EXIF, and written into what is made of it.

The fields and their places are those of the IPTC Photo Metadata Standard 2023.2 (Core and Extension), XMP's packet that
of ISO 16684-1, IIM's records those of IPTC-IIM 4.2. Where a photo says the same in several places, XMP is believed
before IIM, and IIM before EXIF, as it is the one that can hold every script.

Fields are a dict of text; "persons" and "keywords" lists of text, persons as they stand from left to right; "date" is
ISO 8601 as the photo has it, with a time zone only if it says so. A text may also be a dict by language
({"fr": …, "en": …}): XMP keeps each of them, IIM the first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from defusedxml.ElementTree import fromstring
from PIL import ExifTags, Image, IptcImagePlugin

from app.library.studio.pixels import DAMAGED

LONGEST = {
    "caption": 4000,
    "alt": 1000,
    "usage_terms": 2000,
    "copyright": 500,
}  # characters; 300 for the others
MOST = 100  # persons, keywords
LISTS = ("persons", "keywords")
FIELDS = ("title", "headline", "caption", "alt", "creator", "credit", "source", "copyright", "usage_terms", "persons",
          "keywords", "place", "city", "country", "country_code", "date", "reference")  # fmt: skip

_NS = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
# field: (property, how it is kept)
_XMP = {
    "title": ("dc:title", "Alt"),
    "headline": ("photoshop:Headline", ""),
    "caption": ("dc:description", "Alt"),
    "alt": ("Iptc4xmpCore:AltTextAccessibility", "Alt"),
    "creator": ("dc:creator", "Seq"),
    "credit": ("photoshop:Credit", ""),
    "source": ("photoshop:Source", ""),
    "copyright": ("dc:rights", "Alt"),
    "usage_terms": ("xmpRights:UsageTerms", "Alt"),
    "persons": ("Iptc4xmpExt:PersonInImage", "Bag"),
    "keywords": ("dc:subject", "Bag"),
    "place": ("Iptc4xmpCore:Location", ""),
    "city": ("photoshop:City", ""),
    "country": ("photoshop:Country", ""),
    "country_code": ("Iptc4xmpCore:CountryCode", ""),
    "date": ("photoshop:DateCreated", ""),
    "reference": ("photoshop:TransmissionReference", ""),
}
# field: (record 2's data set, longest in bytes)
_IIM = {
    "title": (5, 64), "headline": (105, 256), "caption": (120, 2000), "creator": (80, 32), "credit": (110, 32),
    "source": (115, 32), "copyright": (116, 128), "keywords": (25, 64), "place": (92, 32), "city": (90, 32),
    "country": (101, 64), "country_code": (100, 3), "reference": (103, 32),
}  # fmt: skip
_DATE, _TIME, _UTF8 = (2, 55), (2, 60), b"\x1b%G"


# Reading


def read(image: Image.Image) -> dict[str, Any]:
    """Return the fields that ``image`` (opened, not necessarily decoded) has. Damaged metadata counts as none."""
    found: dict[str, Any] = {}
    for words in (_from_exif, _from_iim, _from_xmp):  # who comes later is believed
        with suppress(*DAMAGED):  # the photo is there, and an officer writes what goes with it
            found |= words(image)
    return found


def cleaned(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``fields`` without what is empty, unknown or too long, and without control characters."""
    clean: dict[str, Any] = {}
    for name in FIELDS:
        value = fields.get(name)
        if name in LISTS:
            several = [
                _clean(name, each) for each in (value if isinstance(value, list | tuple) else [value])
            ][:MOST]
            value = [each for each in several if each]
        elif isinstance(value, Mapping):
            value = {str(language): _clean(name, text) for language, text in value.items()}
            value = {language: text for language, text in value.items() if text}
        else:
            value = _clean(name, value)
        if value:
            clean[name] = value
    return clean


def _clean(name: str, text: Any) -> str:
    if not isinstance(text, str):
        return ""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    breaks = "\n" if name in ("caption", "usage_terms") else ""
    text = "".join(
        each if each in breaks or unicodedata.category(each) not in ("Cc", "Cs", "Co", "Cn") else " "
        for each in text
    )
    text = "".join(
        each for each in text if each not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
    return re.sub(r"[ \t]+", " ", text).strip()[: LONGEST.get(name, 300)].rstrip()


def _from_xmp(image: Image.Image) -> dict[str, Any]:
    packet = xmp_of(image)
    if not packet:
        return {}
    tree = fromstring(packet, forbid_dtd=True)
    found: dict[str, Any] = {}
    for about in tree.iter(_tag("rdf:Description")):
        for name, (tag, _) in _XMP.items():
            if (value := about.get(_tag(tag))) is not None:
                found[name] = value
            elif (element := about.find(_tag(tag))) is not None:
                found[name] = _value(name, element)
    return cleaned(found)


def _value(name: str, element: Element) -> Any:
    entries = list(element.iter(_tag("rdf:li")))
    if name in LISTS:
        return [each.text or "" for each in entries]
    if not entries:
        return element.text
    if name == "creator":
        return ", ".join(each.text or "" for each in entries)
    by_language = {
        each.get("{http://www.w3.org/XML/1998/namespace}lang", "x-default"): each.text for each in entries
    }
    return by_language.get("x-default") or entries[0].text


def _tag(name: str) -> str:
    space, _, local = name.partition(":")
    return f"{{{_NS[space]}}}{local}"


def xmp_of(image: Image.Image) -> bytes:
    """Return the XMP packet of ``image``, or nothing."""
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    if not packet and (tags := getattr(image, "tag_v2", None)) is not None:
        packet = tags.get(700) or b""
    packet = packet.encode() if isinstance(packet, str) else bytes(packet)
    return packet.strip(b"\0 \n\r\t\xef\xbb\xbf")[:1_000_000]


def _from_iim(image: Image.Image) -> dict[str, Any]:
    info: dict[Any, Any] = IptcImagePlugin.getiptcinfo(image) or {}  # type: ignore[arg-type]
    is_utf8 = info.get((1, 90)) == _UTF8
    found: dict[str, Any] = {}
    for name, (number, _) in _IIM.items():
        if (value := info.get((2, number))) is not None:
            several = [_text(each, is_utf8) for each in (value if isinstance(value, list) else [value])]
            found[name] = (
                several if name in LISTS else ", ".join(several) if name == "creator" else several[0]
            )
    date, time = (_text(info.get(place) or b"", is_utf8) for place in (_DATE, _TIME))
    if re.fullmatch(r"\d{8}", date):
        found["date"] = f"{date[:4]}-{date[4:6]}-{date[6:]}"
        if told := re.fullmatch(r"(\d\d)(\d\d)(\d\d)(?:([+-]\d\d)(\d\d))?", time):
            hours, minutes, seconds, zone, zone_minutes = told.groups()
            found["date"] += f"T{hours}:{minutes}:{seconds}" + (f"{zone}:{zone_minutes}" if zone else "")
    return cleaned(found)


def _text(data: bytes | list[bytes], is_utf8: bool) -> str:
    """Return ``data`` as text. Where IIM names no script, photos from Ukraine are in UTF-8 or Windows-1251."""
    if isinstance(data, list):
        data = data[0]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if is_utf8:
            return data.decode("utf-8", "replace")
    # A word of Cyrillic is a row of bytes above 0xBF; in a Western script one such letter stands among others.
    is_cyrillic = re.search(rb"[\xa8\xaa\xaf\xb2\xb3\xb4\xb8\xba\xbf\xc0-\xff]{3,}", data) is not None
    return data.decode("cp1251" if is_cyrillic else "cp1252", "replace")


def _from_exif(image: Image.Image) -> dict[str, Any]:
    exif = image.getexif()
    more = exif.get_ifd(ExifTags.IFD.Exif)
    found: dict[str, Any] = {
        "creator": _exif_text(exif.get(ExifTags.Base.Artist)),
        "copyright": _exif_text(exif.get(ExifTags.Base.Copyright)),
        "caption": _exif_text(exif.get(ExifTags.Base.ImageDescription)),
    }
    taken = _exif_text(more.get(ExifTags.Base.DateTimeOriginal))
    if told := re.fullmatch(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)", taken):
        year, month, day, hour = told.groups()
        zone = _exif_text(more.get(ExifTags.Base.OffsetTimeOriginal))
        found["date"] = f"{year}-{month}-{day}T{hour}" + (
            zone if re.fullmatch(r"[+-]\d\d:\d\d", zone) else ""
        )
    return cleaned(found)


def _exif_text(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    text = value.split("\0")[0]
    try:
        return text.encode("latin-1").decode("utf-8")  # EXIF says ASCII, and cameras write UTF-8
    except UnicodeError:
        return text


def has_place(image: Image.Image) -> bool:
    """Whether ``image`` says where on Earth it was taken, to the metre."""
    try:
        if image.getexif().get_ifd(ExifTags.IFD.GPSInfo):
            return True
    except DAMAGED:
        return True  # nobody can tell: it is treated as if
    return b"exif:GPS" in xmp_of(image)


# Writing


def xmp(fields: Mapping[str, Any]) -> bytes:
    """Return a packet of XMP with ``fields`` (cleaned)."""
    lines = []
    for name, (tag, kept) in _XMP.items():
        value = fields.get(name)
        if not value:
            continue
        if kept == "Alt":
            entries = _alternatives(value)
        elif kept:
            several = value if isinstance(value, list) else [_first(value)]
            entries = "".join(f"<rdf:li>{escape(each)}</rdf:li>" for each in several)
        else:
            lines.append(f"<{tag}>{escape(_first(value))}</{tag}>")
            continue
        lines.append(f"<{tag}><rdf:{kept}>{entries}</rdf:{kept}></{tag}>")
    if fields.get("copyright"):
        lines.append("<xmpRights:Marked>True</xmpRights:Marked>")
    spaces = " ".join(
        f'xmlns:{name}="{address}"' for name, address in _NS.items() if name not in ("x", "rdf")
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="{_NS["x"]}"><rdf:RDF xmlns:rdf="{_NS["rdf"]}">'
        f'<rdf:Description rdf:about="" {spaces}>{"".join(lines)}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def _alternatives(value: str | Mapping[str, str]) -> str:
    texts = {"x-default": _first(value)} | (dict(value) if isinstance(value, Mapping) else {})
    return "".join(
        f"<rdf:li xml:lang={quoteattr(language)}>{escape(text)}</rdf:li>" for language, text in texts.items()
    )


def _first(value: Any) -> str:
    if isinstance(value, Mapping):
        return next(iter(value.values()), "")
    return ", ".join(value) if isinstance(value, list) else value


def iim(fields: Mapping[str, Any]) -> bytes:
    """Return a JPEG's APP13 content: Photoshop's image resources with the IIM record of ``fields``, in UTF-8."""
    records = [_data_set(1, 90, _UTF8), _data_set(2, 0, b"\0\4")]
    for name, (number, longest) in _IIM.items():
        value = fields.get(name)
        for each in value if isinstance(value, list) else [_first(value)] if value else []:
            records.append(_data_set(2, number, _cut(each, longest)))
    if told := re.match(
        r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:([+-]\d\d):(\d\d))?)?", fields.get("date", "")
    ):
        year, month, day, hours, minutes, seconds, zone, zone_minutes = told.groups()
        records.append(_data_set(*_DATE, f"{year}{month}{day}".encode()))
        if zone:
            records.append(_data_set(*_TIME, f"{hours}{minutes}{seconds}{zone}{zone_minutes}".encode()))
    data = b"".join(records)
    resource = b"8BIM\x04\x04\0\0" + len(data).to_bytes(4, "big") + data
    return b"Photoshop 3.0\0" + resource + b"\0" * (len(data) % 2)


def _data_set(record: int, number: int, data: bytes) -> bytes:
    return bytes((0x1C, record, number)) + len(data).to_bytes(2, "big") + data


def _cut(text: str, longest: int) -> bytes:
    """Return ``text`` in at most ``longest`` bytes, no letter of it in halves."""
    return text.encode()[:longest].decode(errors="ignore").encode()


def exif(
    fields: Mapping[str, Any], source: Image.Exif | None = None, *, keep_place: bool = False
) -> Image.Exif:
    """Return EXIF with ``fields``: what ``source`` says of camera and exposure, without place and maker's notes.

    Maker's notes are in no known form and have held places, names and faces. Without a ``source`` there is nothing
    but the fields.
    """
    kept = Image.Exif()
    if source is not None:
        for tag in (
            ExifTags.Base.Make,
            ExifTags.Base.Model,
            ExifTags.Base.Orientation,
            ExifTags.Base.DateTime,
        ):
            if source.get(tag) is not None:
                kept[tag] = source[tag]
        inner = source.get_ifd(ExifTags.IFD.Exif)
        kept.get_ifd(ExifTags.IFD.Exif).update(
            {tag: value for tag, value in inner.items() if tag in _HARMLESS and value is not None}
        )
        if keep_place:
            kept.get_ifd(ExifTags.IFD.GPSInfo).update(source.get_ifd(ExifTags.IFD.GPSInfo))
    for tag, name in ((ExifTags.Base.Artist, "creator"), (ExifTags.Base.Copyright, "copyright")):
        if value := fields.get(name):
            kept[tag] = _first(value).encode()  # EXIF says ASCII; UTF-8 is what readers expect
    if told := re.match(r"(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)([+-]\d\d:\d\d)?", fields.get("date", "")):
        inner = kept.get_ifd(ExifTags.IFD.Exif)
        inner[ExifTags.Base.DateTimeOriginal] = "{}:{}:{} {}".format(*told.groups())
        if told[5]:
            inner[ExifTags.Base.OffsetTimeOriginal] = told[5]
    return kept


_HARMLESS = {
    getattr(ExifTags.Base, name)
    for name in (
        "ExposureTime", "FNumber", "ExposureProgram", "ISOSpeedRatings", "DateTimeOriginal", "OffsetTimeOriginal",
        "ShutterSpeedValue", "ApertureValue", "ExposureBiasValue", "MaxApertureValue", "MeteringMode", "Flash",
        "FocalLength", "ColorSpace", "ExposureMode", "WhiteBalance", "FocalLengthIn35mmFilm", "LensMake", "LensModel",
    )
}  # fmt: skip
