"""Finding a text of ours to link to, and the links that lead readers nowhere."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, render_template, request
from flask_babel import gettext as _

from app import clock
from app.accounts.guards import officers_only
from app.editorial import mentions
from app.editorial.models import Edition, Revision
from app.editorial.words import STATE_WORDS
from app.writing import links, queries
from app.writing.desk.door import desk
from app.writing.sections import of_type


def _found(words: str) -> list[dict[str, Any]]:
    """Return the texts that have these words in their title, each with the address to paste."""

    def one(edition: Edition, revision: Revision) -> dict[str, Any]:
        return {
            "title": revision.title or _("Untitled"),
            "language": edition.language,
            "type": str(of_type(edition.type).words.one),
            "state": str(STATE_WORDS[edition.state.value]),
            "address": links.address_of(edition.item_id, edition.language),
        }

    return [one(row[0], row[1]) for row in queries.to_link(words)]


def _asked() -> str:
    return request.args.get("q", "").replace("\0", "")[:200].strip()


@desk.route("/links/")
@officers_only
def find_links() -> str:
    """Find a text of ours, and the address by which a link means it."""
    words = _asked()
    return render_template("writing/links.html", words=words, found=_found(words))


@desk.route("/links.json")
@officers_only
def links_json() -> Response:
    """The same, for the search in the form."""
    return make_response(_found(_asked()))


@desk.route("/links/broken")
@officers_only
def broken_links() -> str:
    """List public texts that link to what readers cannot open: withdrawn, or not public yet."""
    return render_template("writing/broken_links.html", broken=mentions.broken(clock.now()))
