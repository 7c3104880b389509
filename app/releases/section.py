"""What makes a text a release, for the pages of the desk that all types share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.editorial.models import Edition, Revision
from app.editorial.service.snapshots import Shared, Text
from app.languages import gettext as _
from app.releases import machine, presenting
from app.releases.forms import ReleaseForm
from app.releases.models import Kind, Release
from app.releases.rules import KIND_NAMES
from app.web.filters import day
from app.writing import told, typed
from app.writing.sections import Part, Section, Words, register


class Releases(Section):
    """News releases, statements, speeches and media advisories."""

    type = "release"
    folder = "releases"
    segment = "news"
    model = Release
    form = ReleaseForm
    words = Words(
        one=_l("Release"),
        many=_l("Releases"),
        new=_l("New release"),
        none=_l("No release has been written yet."),
        first=_l("Write the first one"),
    )

    def text(self, form: Any) -> Text:
        """Return the words, and who said what."""
        quotes = [
            {"text": row.text.data, "speaker": row.speaker.data or "", "function": row.function.data or ""}
            for row in (entry.form for entry in form.quotes)
            if row.text.data
        ]
        return typed.text(form, quotes=quotes)

    def shared(self, form: Any) -> Shared:
        """Return the facts, with the kind and the date of the dateline."""
        return replace(typed.shared(form), kind=form.kind.data, date=form.date.day)

    def typed(self, revision: Revision) -> dict[str, Any]:
        """Return a release as it would have been typed."""
        return typed.typed(revision) | {
            "kind": revision.kind or Kind.NEWS_RELEASE,
            "place": revision.place,
            "date": day(revision.date) if revision.date else "",
            "quotes": revision.fields.get("quotes", []),
        }

    def like(self, revision: Revision | None, *, today: date) -> dict[str, Any]:
        """Begin a language with the same kind and date; the very first one with today's."""
        if revision is None:
            return typed.like(None) | {"date": day(today)}
        known = self.typed(revision)
        return typed.like(revision) | {"kind": known["kind"], "date": known["date"]}

    def draft(self, edition: Edition, interface: str, revision: Revision | None = None) -> presenting.Page:
        """Return the release as its page would show it."""
        return presenting.draft(edition, interface, revision)

    def plain(self, page: presenting.Page, revision: Revision) -> str:
        """Return the release as readers get it as text."""
        return machine.plain_text(page)

    def parts(self, revision: Revision) -> list[Part]:
        """Return what is compared: the words of every text, the date, and who said what."""
        quotes = [
            "\n".join(filter(None, (quote["text"], quote.get("speaker"), quote.get("function"))))
            for quote in revision.fields.get("quotes", [])
        ]
        return [
            *super().parts(revision),
            Part(_("Date"), day(revision.date) if revision.date else ""),
            Part(_("Quotes"), "\n\n".join(quotes)),
        ]


told.SAID["release:kind"] = lambda kind: KIND_NAMES.get(kind, kind)
releases = register(Releases())
