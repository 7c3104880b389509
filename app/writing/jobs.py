"""Mails about texts that cannot wait until somebody looks at the desk."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from app.accounts import queries as accounts
from app.database import db
from app.editorial.models import Decision, Edition
from app.editorial.queries import afterwards
from app.jobs.registry import job
from app.jobs.turns import Progress
from app.mail.service import post_each
from app.writing import mails
from app.writing.sections import at_desk


@job("writing.tell_urgent")
def tell_urgent(progress: Progress, *, edition: int) -> None:
    """Ask all who may review to look at what one person published alone, unless somebody has by now."""
    text = db.session.get_one(Edition, edition)
    urgency = afterwards.open_urgency(edition)
    if urgency is None or text.current is None:
        return
    title, link = text.current.title, _address(text) + "confirm"

    post_each(
        mails.urgent(
            key=f"urgent/{urgency.id}/to/{reader.id}", to=reader.email, language=reader.language,
            by=urgency.by.name, title=title, reason=urgency.reason, at=urgency.at, link=link,
        )
        for reader in accounts.with_right("review")
        if reader.id != urgency.by_id
    )  # fmt: skip


@job("writing.tell_held")
def tell_held(progress: Progress, *, edition: int) -> None:
    """Tell all who may publish that a text does not go out at its moment, because another language was changed."""
    text = db.session.get_one(Edition, edition)
    last = select(Decision).where(Decision.edition_id == edition).order_by(Decision.id.desc()).limit(1)
    decision = db.session.scalar(last)
    if decision is None or decision.verb != "held" or text.current is None:
        return  # somebody has decided something else by now
    title, link, number = text.current.title, _address(text), decision.id
    post_each(
        mails.held(
            key=f"held/{number}/to/{each.id}", to=each.email, language=each.language, title=title, link=link
        )
        for each in accounts.with_right("publish")
    )


def _address(edition: Edition) -> str:
    return current_app.config["PUBLIC_URL"] + at_desk(edition.type, edition.item_id, edition.language)
