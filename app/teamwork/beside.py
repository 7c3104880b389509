"""What this room puts beside a text on the common pages of the desk."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from flask import current_app, g, get_template_attribute, request
from flask_babel import gettext as _

from app import clock
from app.accounts.guards import me
from app.accounts.rules import may
from app.editorial.models import Edition, Item, Revision, State
from app.languages import current
from app.teamwork import placing, queries, rules, service
from app.teamwork.forms import CommentForm
from app.teamwork.models import Assignment
from app.teamwork.sources import Source
from app.teamwork.words import TASK_WORDS, comments_in_words, present_in_words
from app.text.numbers import number
from app.text.paragraphs import paragraphs
from app.writing.beside import Guest, invite
from app.writing.sections import at_desk

SOURCE = "source of translation"  # where the text waits that this request's page stands beside
REFUSED = "refused comment"  # where the form of this request waits to be shown again


class Dressed:
    """A revision whose body is ``shown`` with comments between its paragraphs."""

    def __init__(self, revision: Revision, shown: str) -> None:
        self._revision = revision
        self.shown = shown

    def __getattr__(self, name: str) -> Any:
        return getattr(self._revision, name)


@dataclass
class Around:
    """What is around a text, each part asked for when a page needs it."""

    item: Item | None
    edition: Edition | None
    language: str

    @cached_property
    def open_comments(self) -> int:
        """How many comments are open."""
        return queries.open_comments([self.edition.id]).get(self.edition.id, 0) if self.edition else 0

    @cached_property
    def comment_words(self) -> str:
        """How many comments are open, in words."""
        return comments_in_words(self.open_comments)

    @cached_property
    def assignments(self) -> Sequence[Assignment]:
        """Who is asked to do what with it."""
        return queries.assignments(self.item.id, self.language) if self.item else []

    @cached_property
    def others(self) -> list[str]:
        """Who else has it open, in words."""
        if self.edition is None:
            return []
        found = queries.present([self.edition.id], besides=me().id, at=clock.now())
        return [present_in_words(each) for each in found]

    @property
    def source(self) -> Source | None:
        """The text that is translated on this page, or None."""
        return g.get(SOURCE)

    @cached_property
    def others_begun(self) -> list[tuple[Edition, Revision | None]]:
        """The item's other languages, each with the version of it that this text follows."""
        others = [each for each in self.item.editions if each.language != self.language] if self.item else []
        return [(each, queries.followed(self.edition, each)) for each in others if each.current]

    def may_close(self, assignment: Assignment) -> bool:
        """Whether this officer may say that it is done, or no longer asked for."""
        return rules.may_close(me(), to_id=assignment.to_id, by_id=assignment.by_id)

    @cached_property
    def threads(self) -> list[placing.Thread]:
        """The comments, each with its place in the working text."""
        if self.edition is None or self.edition.current is None:
            return []
        now = paragraphs(self.edition.current.body)
        return placing.threads(queries.comments(self.edition.id), now)

    @property
    def form(self) -> CommentForm:
        """The form of this page's comment."""
        assert self.edition is not None
        assert self.edition.current is not None
        return comment_form(self.edition.current)

    @property
    def page(self) -> str:
        """Which page a comment is written on, and leads back to."""
        return page_of(self.form)

    @property
    def unplaced(self) -> list[placing.Thread]:
        """The comments on the whole text, and those whose paragraph is gone."""
        return placing.of(self.threads, 0)


class Teamwork(Guest):
    """Comments, assignments, and who has a text open."""

    templates: ClassVar[dict[str, str]] = {
        "above": "teamwork/beside/above.html",
        "state": "teamwork/beside/state.html",
        "source": "teamwork/beside/source.html",
        "saving": "teamwork/beside/saving.html",
        "side": "teamwork/beside/side.html",
        "reading": "teamwork/beside/reading.html",
        "below": "teamwork/beside/below.html",
    }

    def values(self, item: Item | None, edition: Edition | None, language: str) -> dict[str, Any]:
        """Return what is around the text, asked for only where a page shows it."""
        around = Around(item, edition, language)
        return {
            "around": around,
            "task_words": TASK_WORDS,
            "zone_of_office": current_app.config["ZONE"].key,
            "autosaving": _autosaving(edition, language),
            "is_beside": SOURCE in g,
        }

    def dressed(self, edition: Edition, revision: Revision) -> Any:
        """Return ``revision`` with its comments, and the way to a new one, under each paragraph."""
        now = paragraphs(revision.body)
        made = placing.threads(queries.comments(edition.id), now)
        remarks = get_template_attribute("teamwork/remarks.html", "remarks")
        form = comment_form(revision)
        about = (form, page_of(form), here(edition), current())
        shown = [
            each.shown + str(remarks(each.number, placing.of(made, each.number), *about)) for each in now
        ]
        return Dressed(revision, "".join(shown))

    def listed(self, edition_ids: Sequence[int]) -> dict[int, str]:
        """Say who has a text open, and how many comments are."""
        said: dict[int, list[str]] = {}
        for each in queries.present(edition_ids, besides=me().id, at=clock.now()):
            said.setdefault(each.edition_id, []).append(present_in_words(each))
        for edition_id, count in queries.open_comments(edition_ids).items():
            said.setdefault(edition_id, []).append(comments_in_words(count))
        return {edition_id: " · ".join(lines) for edition_id, lines in said.items()}

    def doings(self) -> list[tuple[str, str]]:
        """Offer to ask somebody, or to take on, and to add a topic."""
        if not may(me(), "write"):
            return []
        assign = _("Ask somebody…") if may(me(), "assign") else _("Take them on…")
        return [("assign", assign), ("topic", _("Add a topic…"))]

    def saved(self, edition: Edition) -> None:
        """Note which version of its source a text follows that was saved beside it."""
        beside_it: Source | None = g.get(SOURCE)
        source = queries.revision(number(request.form.get("source"))) if beside_it else None
        if source is not None and beside_it is not None and source.edition_id == beside_it.edition.id:
            service.follow(edition, source, by=me())

    def opened(self, edition: Edition) -> None:
        """Note that this officer has a text open."""
        service.attend(edition, by=me(), for_=service.OPENED)


def _autosaving(edition: Edition | None, language: str) -> dict[str, str]:
    """Return what the page's script needs to keep what is typed: the data of its form (desk/autosave.js)."""
    if not may(me(), "write"):
        return {}
    is_draft = edition is not None and edition.state is State.DRAFT
    secret = current_app.config["SECRET_KEY"].encode()
    key = hmac.new(secret, f"recovery of {me().id}".encode(), hashlib.sha256).digest()
    return {
        "autosave": f"{here(edition)}autosave.json" if edition and is_draft else "",
        "token-url": f"{here(edition)}presence.json" if edition else "",
        "account": str(me().id),
        "key": b64encode(key).decode(),
        "text": f"{edition.item_id}/{language}" if edition else f"{request.path}?{language}",
        "number": str(edition.current.number) if edition and edition.current else "0",
    }


def here(edition: Edition) -> str:
    """Return where ``edition`` is written, with a slash at its end."""
    return at_desk(edition.type, edition.item_id, edition.language)


def page_of(form: CommentForm) -> str:
    """Return which page a comment is written on: review or preview."""
    return "review" if form.page.data == "review" else "preview"


def comment_form(revision: Revision) -> CommentForm:
    """Return the form of the paragraph that was asked for, or with what was typed into it and refused."""
    if REFUSED in g:
        return g.get(REFUSED)
    asked = number(request.args.get("comment"))
    page = "review" if request.path.endswith("/review") else "preview"
    return CommentForm(formdata=None, block=str(asked), version=str(revision.number), page=page)


teamwork = invite(Teamwork())
