"""What a question and its answer must be, and what a topic page cannot be reviewed without."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.editorial.models import Revision
from app.editorial.rules import NEEDS, NotReady, Stale
from app.refusals import Refusal
from app.text import markup, slugs, typography
from app.text.characters import check_length

MOST_ENTRIES = 300
QUESTION_HARD = 300
GROUP_HARD = 80

_HEADING = re.compile(r"<h[23]([^>]*)>(.*?)</h[23]>", re.S)


@dataclass(frozen=True)
class Asked:
    """A question and its answer as they were typed; ``links`` are kept rows, see app/writing/links.py."""

    question: str = ""
    answer: str = ""
    group: str = ""
    checked_on: date | None = None
    links: list[dict[str, Any]] = field(default_factory=list)


class EntryChanged(Stale):
    """Somebody saved another answer to the question that was being written; ``theirs`` is it."""

    def __init__(self, newer: Revision, theirs: dict[str, Any]) -> None:
        super().__init__(newer)
        self.theirs = theirs


class EntryGone(Refusal):
    """Somebody deleted the question while it was being written."""

    message = _l("This question was deleted in the meantime. Nothing of yours is lost: save to add it again.")


class Reordered(Refusal):
    """Somebody changed the list while it was being put in order."""

    message = _l("The list has changed in the meantime. This is how it stands now: look again, then go on.")


class TooMany(Refusal):
    """More questions than anybody can look through."""

    message = _l("A page holds at most 300 questions.")


class SubjectTaken(Refusal):
    """A subject has one page."""

    field = "subject"
    message = _l("This subject has a page already. Choose another one.")


def made(asked: Asked, language: str) -> dict[str, Any]:
    """Return what is kept of a question, without its id: cleaned, its typography put right.

    ``shown`` is the answer as readers get it, where that differs from the answer itself. Raises Refusal for
    what no page can hold.
    """
    question = typography.put_right(markup.one_line(asked.question), language)
    group = typography.put_right(markup.one_line(asked.group), language)
    check_length(question, QUESTION_HARD, "question")
    check_length(group, GROUP_HARD, "group")
    try:
        answer = markup.clean(asked.answer, language=language)
        if "<h" in answer:  # the question is the heading; what stands under it is none
            bold = _HEADING.sub(r"<p\1><strong>\2</strong></p>", answer)
            answer = markup.clean(bold, language=language)
    except Refusal as refusal:
        raise Refusal(refusal.message, field="answer") from refusal
    kept: dict[str, Any] = {
        "question": question,
        "answer": answer,
        "group": group,
        "checked_on": asked.checked_on.isoformat() if asked.checked_on else None,
        "links": asked.links,
    }
    shown = markup.present(answer)
    return kept if shown == answer else kept | {"shown": shown}


def fresh_id(question: str, taken: Collection[str]) -> str:
    """Return a short key for a question that is not ``taken``: it is the question's address in the page for ever."""
    wanted = "q-" + (slugs.slug(question, limit=48) or "question")
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


def place_of(entries: Sequence[dict[str, Any]], entry_id: str) -> int | None:
    """Return where the question ``entry_id`` stands, from 0 on, or None."""
    return next((place for place, each in enumerate(entries) if each["id"] == entry_id), None)


def reordered(order: Sequence[str], wanted: dict[str, int]) -> list[str]:
    """Return ``order`` with each id in ``wanted`` at the place (from 1 on) wanted for it."""
    found = [each for each in order if each not in wanted]
    for entry_id in sorted(wanted, key=lambda each: wanted[each]):
        found.insert(max(0, wanted[entry_id] - 1), entry_id)
    return found


def missing(revision: Revision) -> list[NotReady]:
    """Return what a topic page lacks: its subject, something to read, an answer."""
    gaps, entries = [], revision.fields.get("faq", [])
    if revision.edition.item.subject_id is None:
        gaps.append(NotReady(_l("Choose the subject that this is the page of."), field="subject"))
    if not revision.body and not entries:
        gaps.append(NotReady(_l("Write the text, or a question with its answer."), field="body"))
    for number, entry in enumerate(entries, 1):
        if not entry["question"]:
            gaps.append(NotReady(_l("Entry %(n)s has no question.", n=number), field="faq"))
        elif not entry["answer"]:
            gaps.append(NotReady(_l("Question %(n)s has no answer.", n=number), field="faq"))
    return gaps


NEEDS["topic"] = missing
