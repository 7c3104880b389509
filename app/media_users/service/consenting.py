"""What somebody says yes to: kept in the words that they saw."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import update

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.jobs.ledger import announce
from app.media_users.models import Consent

NEWSLETTER = "newsletter"


@dataclass(frozen=True)
class Wish:
    """What somebody asked to be sent: the ``text`` they agreed to and its ``version``, the kinds and the language."""

    text: str
    version: str
    kinds: tuple[str, ...]
    language: str


@act
def subscribe(account: Account, wish: Wish, *, page: str, seen_in: str) -> Consent:
    """Keep that ``account``, whose address is proven, wants the newsletter; what was agreed before is over.

    ``page`` is the path on which it was said, ``seen_in`` the language of that page.
    """
    now = clock.now()
    before = update(Consent).where(
        Consent.account_id == account.id, Consent.subject == NEWSLETTER, Consent.withdrawn_at.is_(None)
    )
    db.session.execute(before.values(withdrawn_at=now))
    consent = Consent(
        account_id=account.id,
        email=account.email,
        email_key=account.email_key,
        subject=NEWSLETTER,
        version=wish.version,
        text=wish.text,
        language=seen_in,
        choices={"kinds": ",".join(wish.kinds), "language": wish.language},
        page=page,
        how="account, address proven",
        given_at=now,
    )
    db.session.add(consent)
    db.session.flush()
    record(account, "agreed", consent, label=NEWSLETTER)
    announce("media_user.agreed", consent=consent.id)
    return consent


@act
def withdraw(email_key: str) -> None:
    """End what was agreed to with the address ``email_key``: its owner has left the newsletter, by whichever way."""
    agreed = update(Consent).where(
        Consent.email_key == email_key, Consent.subject == NEWSLETTER, Consent.withdrawn_at.is_(None)
    )
    db.session.execute(agreed.values(withdrawn_at=clock.now()))
