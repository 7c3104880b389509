"""How a video is described to those who take it, or a part of it, away."""

from __future__ import annotations

from collections.abc import Mapping

from app.downloads import sources
from app.downloads.sources import Described
from app.editorial.models import Edition, Revision
from app.library import shotlist
from app.videos.presenting import address


def describe(edition: Edition, revision: Revision, beside: Mapping[str, Revision]) -> Described:
    """Return how ``edition`` is taken away: its credit and restrictions, and the captions of every language."""
    known = {edition.language: revision, **beside}
    captions = {language: each.fields.get("captions") or "" for language, each in known.items()}
    return Described(
        edition_id=edition.id,
        revision_id=revision.id,
        item_id=edition.item_id,
        type=edition.type,
        language=edition.language,
        title=revision.title,
        slug=revision.slug,
        reference=edition.item.reference or "",
        address=address(edition.language, edition.path or ""),
        credit=revision.fields.get("credit", ""),
        master_id=revision.facts.get("master"),
        restrictions=tuple(
            sources.Restriction(each.text, each.begins, each.ends)
            for each in shotlist.restrictions(revision.facts, revision.fields)
        ),
        captions={language: key for language, key in captions.items() if key},
    )
