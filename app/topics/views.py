"""Where readers find topics: the list, and each topic page in its languages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from app.editorial import naming
from app.languages import current
from app.languages import gettext as _
from app.text import markup
from app.topics import machine, presenting
from app.topics.section import topics
from app.web import public as pages
from app.writing.views import text_at

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
    """Show a topic page; lead on from an old address; say what became of one that ended, and how it changed."""
    return text_at(topics, path, _show)


def _show(row: Any, fallback_language: str | None = None) -> Response:
    topic = presenting.page(row, current())
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
        share=pages.shared_article(topic.title, topic.pictures),
        trail=(pages.Link(_("Topics"), f"/{current()}/topics/"),),
        office=naming.office(),
    )
