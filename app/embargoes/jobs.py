"""Telling those who were let in to an embargo that it was moved or lifted."""

from __future__ import annotations

from datetime import datetime

from flask import current_app

from app import clock
from app.accounts.models import Account
from app.accreditation import queries as accreditation
from app.audit.models import Entry
from app.database import db
from app.editorial.models import Edition, State
from app.editorial.queries import early
from app.embargoes import mails, queries
from app.jobs.registry import job
from app.jobs.turns import Progress
from app.mail.message import Message
from app.mail.service import post_each
from app.writing.sections import of_type


@job("embargoes.tell_moved")
def tell_moved(progress: Progress, *, edition: int) -> None:
    """Tell everybody who may read the text that its embargo ends at another moment, unless it is another by now."""
    text = db.session.get_one(Edition, edition)
    entry = queries.last_entry(edition, "moved")
    if entry is None or text.state is not State.EMBARGO or text.public_from is None:
        return
    was, until = datetime.fromisoformat(entry.details["was"]), text.public_from
    if until <= clock.now():
        return

    def write(reader: Account, its: Edition, title: str) -> Message:
        link = f"{_site()}/{reader.language}/account/embargoes/{its.embargo_key}"
        return mails.moved(
            key=_key("moved", its, until, entry, reader), to=reader.email, language=reader.language, title=title,
            text_language=its.language, was=was, until=until, link=link,
        )  # fmt: skip

    post_each([write(*each) for each in _readers(text)])


@job("embargoes.tell_lifted")
def tell_lifted(progress: Progress, *, edition: int) -> None:
    """Tell everybody who could read the text under embargo that it is public, if it still is."""
    text = db.session.get_one(Edition, edition)
    entry = queries.last_entry(edition, "lifted")
    if entry is None or text.public_from is None or text.public_from > clock.now() or text.path is None:
        return
    was, at = datetime.fromisoformat(entry.details["was"]), text.public_from

    def write(reader: Account, its: Edition, title: str) -> Message:
        link = _site() + of_type(its.type).address(its.language, its.path or "")
        return mails.lifted(
            key=_key("lifted", its, at, entry, reader), to=reader.email, language=reader.language, title=title,
            text_language=its.language, was=was, at=at, link=link,
        )  # fmt: skip

    post_each([write(*each) for each in _readers(text)])


def _readers(text: Edition) -> list[tuple[Account, Edition, str]]:
    """Return whom the embargo of ``text`` lets in, each with the language of it that they read best, and its title.

    Languages that go at the same moment are one piece of news.
    """
    fellows = [
        each
        for each in text.item.editions
        if each.public_from == text.public_from and each.state is text.state and each.public_revision
    ]
    found: dict[int, tuple[Account, Edition, str]] = {}
    for its in fellows:
        for reader in accreditation.members([group.id for group in early.groups_of(its.id)]):
            if reader.id not in found or its.language == reader.language:
                found[reader.id] = (reader, its, its.public_revision.title if its.public_revision else "")
    return list(found.values())


def _key(verb: str, its: Edition, moment: datetime, entry: Entry, reader: Account) -> str:
    """Return the name of the news: one mail for all languages of an item that were decided about at once."""
    return f"embargo/{its.item_id}/{verb}/{moment.isoformat()}/{entry.at.isoformat()}/to/{reader.id}"


def _site() -> str:
    return str(current_app.config["PUBLIC_URL"])
