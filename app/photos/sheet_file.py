"""What goes with photos in a ZIP: their words, as text for people and as a table for programs."""

from __future__ import annotations

from collections.abc import Sequence

from app.downloads.sources import Described, Photo
from app.languages import gettext as _
from app.text import tables
from app.text.tables import BYTE_ORDER
from app.web.public import absolute


def text(described: Described, photos: Sequence[Photo], names: Sequence[str]) -> bytes:
    """Return the words of ``photos``, whose files are called ``names``, as text, with who may do what with them."""
    lines = [described.title, absolute(described.address), ""]
    for photo, name in zip(photos, names, strict=True):
        told = [
            (_("Caption"), photo.caption),
            (_("People, from left to right"), "; ".join(photo.people)),
            (_("Place"), photo.place),
            (_("Date"), photo.taken_on),
            (_("Credit"), photo.credit),
            (_("Copyright"), photo.copyright),
            (_("Terms of use"), photo.terms),
        ]
        lines += [name, "-" * min(len(name), 60)]
        lines += [photo.title] if photo.title else []
        lines += [_("%(label)s: %(text)s", label=label, text=words) for label, words in told if words]
        lines.append("")
    return (BYTE_ORDER + "\r\n".join(lines)).encode()


def table(described: Described, photos: Sequence[Photo], names: Sequence[str]) -> bytes:
    """Return the same as a table (RFC 4180); no cell of it is computed by whoever opens it."""
    rows = [
        [
            _("File"), _("Title"), _("Caption"), _("People, from left to right"), _("Place"), _("Date"), _("Credit"),
            _("Copyright"), _("Terms of use"), _("Address"),
        ]
    ]  # fmt: skip
    for photo, name in zip(photos, names, strict=True):
        cells = [
            name, photo.title, photo.caption, "; ".join(photo.people), photo.place, photo.taken_on, photo.credit,
            photo.copyright, photo.terms, absolute(described.address),
        ]  # fmt: skip
        rows.append(cells)
    return (BYTE_ORDER + tables.table(rows)).encode()
