"""Leading on: links of an issue that are counted, and where each leads.

Such a link says its issue and its number: 0 is "Read online", 1 the first text of the issue. Where it leads is looked
up, never read from the address: so it leads to our own pages alone, and it is the same link in everybody's mail.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import current_app

from app.issues import queries
from app.issues.sheets import Sheet
from app.languages import LANGUAGES, current
from app.newsletter.models import IssueItem
from app.writing.sections import of_type

ONLINE = 0


def number_of(position: int) -> int:
    """Return the number of the link to the text at ``position``."""
    return position + 1


def counted(sheet: Sheet, issue_id: int) -> Sheet:
    """Return ``sheet`` with links that are counted; the links of a person are not in it, and stay as they are."""
    base = f"{current_app.config['PUBLIC_URL']}/{sheet.language}/newsletter/go/{issue_id}/"
    pieces = (replace(each, url=f"{base}{number_of(each.position)}") for each in sheet.pieces)
    return replace(sheet, online_url=f"{base}{ONLINE}", pieces=tuple(pieces))


@dataclass(frozen=True)
class Way:
    """Where a link leads, below our own address. ``is_known``: it stands in an issue that was sent."""

    address: str
    is_known: bool


def way(issue_id: int, number: int) -> Way:
    """Return where the link ``number`` of an issue leads a reader of the language that is spoken.

    A link that nobody was sent leads to the archive: to the page of its issue, if that stands there.
    """
    archive = f"/{current()}/newsletter/archive/"
    issue = queries.sent(issue_id)
    if issue is None:
        return Way(archive, is_known=False)
    page = archive + issue.path if issue.path else None
    items = {number_of(each.position): each for each in queries.items(issue_id)}
    if number == ONLINE:
        first = next(iter(items.values()), None)
        return Way(page or (first and _text(first)) or archive, is_known=True)
    if number not in items:
        return Way(page or archive, is_known=False)
    return Way(_text(items[number]) or page or archive, is_known=True)


def _text(item: IssueItem) -> str | None:
    """Return the page of a text: in the reader's language, in that of their mail, or in another.

    The page of one that was withdrawn says so. What readers never could open is not told of.
    """
    there = queries.shown([item.item_id]).get(item.item_id, {})
    known = {each.language: each for each in queries.states_of([item.item_id]).get(item.item_id, [])}
    mailed = (item.languages or {}).get(current(), "en")
    for code in (current(), mailed, "en", *LANGUAGES):
        if code in there:
            return of_type(there[code].type).address(code, there[code].path)
        ended = known.get(code)
        if ended is not None and ended.withdrawn_at and ended.first_public_at and ended.path:
            return of_type(ended.type).address(code, ended.path)
    return None
