"""Where readers find topics: the list, and each topic page in its languages."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect

from app.editorial import naming, queries
from app.languages import current
from app.languages import gettext as _
from app.text import markup
from app.topics import machine, presenting
from app.topics.section import topics
from app.web import public as pages
from app.writing.views import otherwise

public = Blueprint("topics", __name__)


@public.route("/topics/")
def index() -> Response:
    """List every subject: its page, or else what is filed under it."""
    found = presenting.listed(current())
    return pages.page(
        "topics/index.html",
        pages_=[each for each in found if each.checked_at],
        subjects=[each for each in found if not each.checked_at],
        share={"type": "website", "title": _("Topics"), "picture": None},
    )


@public.route("/topics/<path:path>")
def show(path: str) -> Response:
    """Show a topic page; lead on from an old address; say what became of one that ended, and how it changed.

    A text that this language lacks is shown in one that exists, with a notice. Anything that readers may not
    see answers like an address that never existed.
    """
    found = queries.page("topic", current(), path)
    if found:
        return _show(presenting.page(found, current()))
    if (answer := otherwise(topics, path)) is not None:
        return answer
    other = queries.in_another_language("topic", current(), path)
    if other is None:
        abort(404)
    if other.own_path:
        return pages.public(redirect(presenting.address(current(), other.own_path), 301))  # type: ignore[arg-type]
    topic = presenting.page(queries.page("topic", other.language, other.path), current())
    return _show(topic, fallback_language=other.language)


def _show(topic: presenting.Page, fallback_language: str | None = None) -> Response:
    picture = topic.pictures[0] if topic.pictures else None
    return pages.page(
        "topics/show.html",
        alternates=topic.alternates | {topic.language: topic.url},
        canonical_path=topic.url,
        topic=topic,
        life=presenting.life(topic),
        filtered_from=presenting.FILTERED_FROM,
        fallback_language=fallback_language,
        description=topic.lead or markup.excerpt(topic.body, 160),
        jsonld=pages.data_block(machine.faq_page(topic)),
        share={
            "type": "article",
            "title": topic.title,
            "picture": picture
            and {
                "url": pages.absolute(picture.src),
                "width": picture.width,
                "height": picture.height,
                "alt": picture.alt,
            },
        },
        trail=(pages.Link(_("Topics"), f"/{current()}/topics/"),),
        office=naming.office(),
    )
