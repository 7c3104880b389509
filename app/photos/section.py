"""What makes a text a set of photos, for the pages of the desk that all types share."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.models import Account
from app.editorial.models import Edition, Revision
from app.editorial.service.snapshots import Shared, Text
from app.languages import gettext as _
from app.library import shelving
from app.library.describing import Described, describes
from app.library.models import MediaKind
from app.library.shelving import Shelved
from app.photos import presenting, queries, service
from app.photos.forms import GalleryForm
from app.photos.models import Gallery
from app.web.filters import day
from app.writing import told, typed
from app.writing.sections import Part, Section, Words, register


class Photos(Section):
    """Photos that are published together."""

    type = "gallery"
    folder = "photos"
    segment = "media/photos"
    listing = "media"
    model = Gallery
    form = GalleryForm
    words = Words(
        one=_l("Photos"),
        many=_l("Photos"),
        new=_l("New set of photos"),
        none=_l("No photos have been described yet."),
        first=_l("Describe the first ones"),
    )

    def text(self, form: Any) -> Text:
        """Return the words of the set; those of its photos stay as they are."""
        return typed.text(form, terms=form.terms.data or "")

    def shared(self, form: Any) -> Shared:
        """Return the facts of the set; those of its photos stay as they are."""
        facts = {"credit": form.credit.data or "", "copyright": form.copyright.data or ""}
        return replace(typed.shared(form), date=form.date.day, facts=facts)

    def typed(self, revision: Revision) -> dict[str, Any]:
        """Return a set as it would have been typed."""
        return typed.typed(revision) | {
            "place": revision.place,
            "date": day(revision.date) if revision.date else "",
            "credit": revision.facts.get("credit", ""),
            "copyright": revision.facts.get("copyright", ""),
            "terms": revision.fields.get("terms", ""),
        }

    def like(self, revision: Revision | None, *, today: date) -> dict[str, Any]:
        """Begin a language with the same facts; the very first one without a day: the photos tell it."""
        if revision is None:
            return typed.like(None)
        known = self.typed(revision)
        return typed.like(revision) | {name: known[name] for name in ("date", "credit", "copyright")}

    def save(self, edition: Edition, form: Any, *, base: int, by: Account) -> Revision | None:
        """Keep the words of the set; its photos stay as they are."""
        return service.save(edition, self.text(form), self.shared(form), base=base, by=by)

    def draft(self, edition: Edition, interface: str, revision: Revision | None = None) -> presenting.Page:
        """Return the set as its page would show it."""
        return presenting.draft(edition, interface, revision)

    def as_seen(self, edition: Edition, interface: str, revision: Revision) -> presenting.Page:
        """Return a version that readers saw, without its photos' files, which may be public no more."""
        page: presenting.Page = super().as_seen(edition, interface, revision)
        page.photos = [replace(photo, sources=(), src="", files=()) for photo in page.photos]
        return page

    def parts(self, revision: Revision) -> list[Part]:
        """Return what is compared with another version: the text, then each photo with all that is said of it."""
        found = [
            *super().parts(revision),
            Part(_("Date"), day(revision.date) if revision.date else ""),
            Part(_("Credit"), revision.facts.get("credit", "")),
            Part(_("Copyright"), revision.facts.get("copyright", "")),
            Part(_("Terms of use"), revision.fields.get("terms", "")),
            Part(
                _("Order of the photos"), " · ".join(each["id"] for each in revision.facts.get("photos", []))
            ),
        ]
        words = revision.fields.get("photos", {})
        for photo in revision.facts.get("photos", []):
            said = words.get(photo["id"], {})
            lines = [
                said.get("title"),
                said.get("caption"),
                said.get("alt"),
                "; ".join(said.get("people", [])),
            ]
            taken = day(date.fromisoformat(photo["taken_on"])) if photo.get("taken_on") else ""
            lines += [said.get("place"), taken, photo.get("creator"), photo.get("credit")]
            lines += [photo.get("copyright"), said.get("terms"), _("file %(n)s", n=photo["master"])]
            found.append(Part(_("Photo %(key)s", key=photo["id"]), "\n".join(filter(None, lines))))
        return found


told.COVERED.update({"photos", "credit", "copyright", "terms"})


def shelved(edition: Edition) -> Shelved:
    """Return how a public set stands in the media library: its first photo is its still."""
    revision: Any = edition.public_revision
    known, words = revision.facts.get("photos", []), revision.fields.get("photos", {})
    people = [name for photo in known for name in words.get(photo["id"], {}).get("people", [])]
    still = known[0]["master"] if known else None
    return Shelved(MediaKind.PHOTO, still, count=len(known), marks={"person": list(dict.fromkeys(people))})


def known(master_ids: Collection[int]) -> dict[int, list[Described]]:
    """Return the sets that hold these files already, for the page of uploads."""
    return {
        master_id: [
            Described(row.title or _("Untitled"), f"/desk/photos/{row.item_id}/{row.language}/")
            for row in rows
        ]
        for master_id, rows in queries.current_sets(master_ids).items()
    }


shelving.register(Photos.type, shelved)
describes(MediaKind.PHOTO, begin=lambda master_id: f"/desk/photos/begin?master={master_id}", known=known)
photos = register(Photos())
