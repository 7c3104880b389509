"""The words for what a release is, and what it cannot be reviewed without."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.editorial.models import Revision
from app.editorial.rules import NEEDS, NotReady
from app.releases.models import Kind

KIND_NAMES = {
    Kind.NEWS_RELEASE: _l("News release"),
    Kind.STATEMENT: _l("Statement"),
    Kind.SPEECH: _l("Speech"),
    Kind.MEDIA_ADVISORY: _l("Media advisory"),
}


def missing(revision: Revision) -> list[NotReady]:
    """Return what a release lacks: its text, its dateline, the speaker of a quote."""
    gaps = []
    if not revision.body:
        gaps.append(NotReady(_l("Write the text."), field="body"))
    if not revision.place:
        gaps.append(NotReady(_l("Say where this is from: the place of the dateline."), field="place"))
    if not revision.date:
        gaps.append(NotReady(_l("Say of which day this is: the date of the dateline."), field="date"))
    if any(not quote.get("speaker") for quote in revision.fields.get("quotes", [])):
        gaps.append(NotReady(_l("A quote has no speaker. Say who said it."), field="quotes"))
    return gaps


NEEDS["release"] = missing
