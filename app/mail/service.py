"""Posting a mail once."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete

from app import clock
from app.acts import act, under_way
from app.database import db
from app.mail.message import Message
from app.mail.models import PostedMail
from app.mail.post import Refused, post

log = logging.getLogger(__name__)

KEPT_DAYS = 90  # longer than any job can come back


def post_once(message: Message) -> bool:
    """Post ``message`` unless one with its key went out; say whether it went out now.

    To be called by jobs, between their acts: the network is slow. Raises post.Refused when the
    server will never take it, post.Away when it may later, RuntimeError inside an act.
    """
    if under_way():
        raise RuntimeError("mail is posted between acts, not inside one")
    if db.session.get(PostedMail, message.key) is not None:
        return False
    db.session.rollback()  # nobody waits for this reading while the network is slow
    post(message)
    note_posted(message.key)
    return True


def post_each(messages: Iterable[Message]) -> None:
    """Post each of ``messages`` once. An address that is refused for good keeps nobody else from theirs."""
    for message in list(messages):
        try:
            post_once(message)
        except Refused as refused:
            log.warning("a notice was not sent: %s", refused)


@act
def note_posted(key: str) -> None:
    """Note that the mail with ``key`` went out, and forget what went out long ago."""
    now = clock.now()
    db.session.execute(delete(PostedMail).where(PostedMail.posted_at < now - timedelta(days=KEPT_DAYS)))
    if db.session.get(PostedMail, key) is None:
        db.session.add(PostedMail(key=key, posted_at=now))
