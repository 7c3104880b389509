"""Between the form that officers type into and what editorial keeps: what every type of text has."""

from __future__ import annotations

from typing import Any

from wtforms import SelectChoice

from app.editorial import naming
from app.editorial.models import Revision
from app.editorial.service.snapshots import Shared, Text
from app.languages import current
from app.writing import links


def prepare(form: Any) -> None:
    """Give ``form`` the topics and the contacts that there are."""
    form.topics.choices = [SelectChoice(topic.key, topic.name) for topic in naming.topics(current()).values()]
    called = naming.contacts(current()).items()
    form.contact_id.choices = [
        SelectChoice(0, naming.nobody()),
        *(
            SelectChoice(key, each.name)
            for key, each in called
            if each.is_listed or key == form.contact_id.data
        ),
    ]


def pictures(form: Any) -> list[Any]:
    """Return the rows of the pictures that stay, without ids that no picture can have."""
    rows = [entry.form for entry in form.pictures]
    return [row for row in rows if not row.remove.data and 0 < (row.picture.data or 0) < 2**31]


def text(form: Any, **more: Any) -> Text:
    """Return the words in ``form``; ``more`` are the fields that only its type has."""
    place = form.place.data if "place" in form else None
    return Text(
        title=form.title.data or "",
        slug=form.slug.data or "",
        lead=form.lead.data or "",
        body=form.body.data or "",
        place=place or "",
        picture_words={
            row.picture.data: {
                "alt": row.alt.data or "",
                "is_decorative": bool(row.is_decorative.data),
                "caption": row.caption.data or "",
            }
            for row in pictures(form)
        },
        fields={
            "links": links.rows(form.links),
        }
        | more,
    )


def shared(form: Any, **more: Any) -> Shared:
    """Return the facts in ``form`` that all languages share; ``more`` are those that only its type has."""
    return Shared(
        topics=tuple(form.topics.data or ()),
        contact_id=form.contact_id.data or None,
        pictures=tuple(row.picture.data for row in pictures(form)),
        **more,
    )


def typed(revision: Revision) -> dict[str, Any]:
    """Return ``revision`` as it would have been typed."""
    return {
        "base": str(revision.number),
        "title": revision.title,
        "lead": revision.lead,
        "body": revision.body,
        "links": [links.typed(link, revision.edition.language) for link in revision.fields.get("links", [])],
        "pictures": revision.pictures,
        "topics": revision.topics,
        "contact_id": revision.contact_id or 0,
        "slug": revision.slug,
    }


def like(revision: Revision | None) -> dict[str, Any]:
    """Return what a new language begins with: the facts of ``revision``, in which all languages agree."""
    if revision is None:
        return {"base": "0"}
    return {
        "base": "0",
        "topics": revision.topics,
        "contact_id": revision.contact_id or 0,
        "pictures": [{"picture": each["picture"]} for each in revision.pictures],
    }
