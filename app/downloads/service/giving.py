"""Giving a file: the rules are asked again, and what is taken is kept in the log."""

from __future__ import annotations

from datetime import timedelta

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.database import db
from app.downloads import queries, rules
from app.downloads.models import Download, Part, PartState
from app.downloads.service.asking import own
from app.downloads.service.making import told_of
from app.downloads.sources import Described
from app.editorial.models import Edition
from app.media_users import queries as media_users

AGAIN = timedelta(minutes=10)  # a browser that begins anew within this is still taking the same copy


@act
def open_part(request_id: int, *, by: Account, is_beginning: bool = True) -> Part:
    """Let ``by`` take the file of a part that they asked for, and keep that they did.

    ``is_beginning``: the request is not for the rest of a file of which they have the beginning.
    Raises Missing for somebody else's request, Unready for a part that is not ready or not kept, Gone for one that they
    may not take any more, or that is not what it says.
    """
    mine = own(request_id, by)
    part, at = mine.part, clock.now()
    if part.state != PartState.READY or part.kept_until is None or part.kept_until <= at:
        raise rules.Unready
    described, problem = told_of(part, at=at)
    if problem or described is None or not _may_read(described, by):
        raise rules.Gone
    if is_beginning and part.master_id is not None:
        _note(
            described, by, part.master_id, f"part {part.format.value}", part=part, conditions=mine.conditions
        )
    return part


@act
def note_whole(described: Described, rendition: str, *, master_id: int, by: Account | None) -> None:
    """Keep that ``by`` (None: anybody) takes a whole file. Who may was asked before."""
    person = media_users.media_user(by.id) if by is not None else None
    _note(described, by, master_id, rendition, conditions=person.conditions if person else "")


def _may_read(described: Described, by: Account) -> bool:
    """Whether ``by`` is one of those whom the part is for: a text under embargo may be open to another only."""
    from app.downloads import sources

    return (
        not described.is_early
        or sources.find(described.edition_id, account_id=by.id, at=clock.now()) is not None
    )


def _note(
    described: Described,
    by: Account | None,
    master_id: int,
    rendition: str,
    *,
    part: Part | None = None,
    conditions: str = "",
) -> None:
    at = clock.now()
    person = media_users.media_user(by.id) if by is not None else None
    if by is not None:
        last = queries.last_download(
            by.id, master_id=master_id, rendition=rendition, part_id=part.id if part is not None else None
        )
        if last is not None and last.revision_id == described.revision_id and last.at > at - AGAIN:
            return
    edition = db.session.get_one(Edition, described.edition_id)
    db.session.add(
        Download(
            at=at, account_id=by.id if by else None, organisation=person.organisation if person else "",
            item_id=edition.item_id, edition_id=described.edition_id, revision_id=described.revision_id,
            master_id=master_id, part_id=part.id if part else None, rendition=rendition,
            in_frame=part.real_in if part else None, out_frame=part.real_out if part else None,
            conditions=conditions,
        )
    )  # fmt: skip
