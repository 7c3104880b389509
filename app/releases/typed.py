"""Between the form that officers type into and what editorial keeps."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from app.editorial.models import Revision
from app.editorial.service import Shared, Text
from app.releases.forms import ReleaseForm
from app.releases.models import Kind
from app.web.filters import day


def number(value: str | None) -> int:
    """Return the number of a revision that a hidden field holds; 0, which none has, for anything else."""
    return int(value) if value and re.fullmatch("[0-9]{1,9}", value) else 0


def _pictures(form: ReleaseForm) -> list[Any]:
    """Return the rows of the pictures that stay, without ids that no picture can have."""
    rows = [entry.form for entry in form.pictures]
    return [row for row in rows if not row.remove.data and 0 < (row.picture.data or 0) < 2**31]


def text(form: ReleaseForm) -> Text:
    """Return one language's words as typed; rows left empty are left out."""
    kept = _pictures(form)
    return Text(
        title=form.title.data or "",
        slug=form.slug.data or "",
        lead=form.lead.data or "",
        body=form.body.data or "",
        place=form.place.data or "",
        picture_words={
            row.picture.data: {
                "alt": row.alt.data or "",
                "is_decorative": bool(row.is_decorative.data),
                "caption": row.caption.data or "",
            }
            for row in kept
        },
        fields={
            "quotes": [
                {
                    "text": row.text.data,
                    "speaker": row.speaker.data or "",
                    "function": row.function.data or "",
                }
                for row in (entry.form for entry in form.quotes)
                if row.text.data
            ],
            "links": [
                {"title": row.title.data or row.url.data, "url": row.url.data, "language": row.language.data}
                for row in (entry.form for entry in form.links)
                if row.url.data
            ],
        },
    )


def shared(form: ReleaseForm) -> Shared:
    """Return the facts that all languages share."""
    kept = _pictures(form)
    return Shared(
        kind=form.kind.data,
        date=form.date.day,
        topics=tuple(form.topics.data or ()),
        contact_id=form.contact_id.data or None,
        pictures=tuple(row.picture.data for row in kept),
    )


def typed(revision: Revision) -> dict[str, Any]:
    """Return ``revision`` as it would have been typed into the form."""
    return {
        "base": str(revision.number),
        "kind": revision.kind or Kind.NEWS_RELEASE,
        "title": revision.title,
        "lead": revision.lead,
        "place": revision.place,
        "date": day(revision.date) if revision.date else "",
        "body": revision.body,
        "quotes": revision.fields.get("quotes", []),
        "links": revision.fields.get("links", []),
        "pictures": revision.pictures,
        "topics": revision.topics,
        "contact_id": revision.contact_id or 0,
        "slug": revision.slug,
    }


def like(revision: Revision | None, *, today: date) -> dict[str, Any]:
    """Return the start of a new language: the facts shared with ``revision``, and no words yet."""
    if revision is None:
        return {"base": "0", "date": day(today)}
    known = typed(revision) | {"pictures": [{"picture": each["picture"]} for each in revision.pictures]}
    return {name: known[name] for name in ("kind", "date", "topics", "contact_id", "pictures")} | {
        "base": "0"
    }


def with_picture(revision: Revision, picture_id: int) -> tuple[Text, Shared]:
    """Return ``revision``'s words and facts with one more picture."""
    words = {each["picture"]: {k: v for k, v in each.items() if k != "picture"} for each in revision.pictures}
    ids = tuple(dict.fromkeys((*words, picture_id)))
    kept = Text(
        title=revision.title,
        slug=revision.slug,
        lead=revision.lead,
        body=revision.body,
        place=revision.place,
        picture_words=words,
        fields=revision.fields,
    )
    facts = Shared(
        kind=revision.kind,
        date=revision.date,
        topics=tuple(revision.topics),
        contact_id=revision.contact_id,
        pictures=ids,
    )
    return kept, facts
