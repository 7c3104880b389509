"""Links by which somebody without an account reads a text that is not public."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta

from flask import current_app

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.editorial.models import Edition, Revision
from app.editorial.rules import WrongState
from app.teamwork import queries, rules
from app.teamwork.models import PreviewLink, PreviewOpening
from app.text import markup

TOKEN_BYTES = 24  # 192 bits: nobody guesses one
LIVES = timedelta(days=7)


def digest(token: str) -> str:
    """Return what is kept of ``token``: keyed, so that a copy of the table opens nothing and finds nothing."""
    key = hashlib.sha256(b"preview link:" + current_app.config["SECRET_KEY"].encode()).digest()
    return hmac.new(key, token.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _token(once: str, edition: Edition, by: Account) -> str:
    """Return a new token; the same one when the same form (``once``) is sent again."""
    if not once:
        return secrets.token_urlsafe(TOKEN_BYTES)
    secret = hashlib.sha256(b"preview token:" + current_app.config["SECRET_KEY"].encode()).digest()
    told = f"{edition.id}:{by.id}:{once}".encode("utf-8", "replace")
    return urlsafe_b64encode(hmac.new(secret, told, hashlib.sha256).digest()[:TOKEN_BYTES]).decode()


@act
def make_preview(edition: Edition, *, name: str, by: Account, once: str = "") -> tuple[PreviewLink, str]:
    """Make a link for ``name``, and return it with its token, which is kept nowhere.

    ``once`` names the form that asks for it: sent again, it gets the same link again.

    It lives for a week, until somebody revokes it, or until readers see what they did not see before.
    Raises NotAllowed, or Refusal when nobody is named or too many links are alive.
    """
    rules.check_may(by, "preview_links")
    if edition.current is None:
        raise WrongState
    name = markup.one_line(name)
    at = clock.now()
    token = _token(once, edition, by)
    if (again := queries.preview(digest(token))) is not None:
        return again, token
    alive = [each for each in queries.preview_links(edition.id) if not rules.end_of(each, edition, at=at)]
    rules.check_preview(name, alive=len(alive))
    link = PreviewLink(
        edition_id=edition.id,
        name=name,
        digest=digest(token),
        seen_id=rules.seen(edition, at),
        by_id=by.id,
        at=at,
        expires_at=at + LIVES,
    )
    db.session.add(link)
    db.session.flush()
    until = link.expires_at.isoformat()
    record(by, "made a preview link", edition, label=edition.current.title, name=name, until=until)
    return link, token


@act
def revoke_preview(link: PreviewLink, *, by: Account) -> None:
    """End ``link`` now."""
    rules.check_may(by, "preview_links")
    if link.revoked_at is not None:
        return
    link.revoked_at = clock.now()
    label = link.edition.current.title if link.edition.current else ""
    record(by, "revoked a preview link", link.edition, label=label, name=link.name)


@act
def note_opening(link: PreviewLink, revision: Revision, *, network: str) -> None:
    """Keep that ``link`` was opened from ``network``, and showed ``revision``."""
    opening = PreviewOpening(link_id=link.id, revision_id=revision.id, at=clock.now(), network=network[:64])
    db.session.add(opening)
