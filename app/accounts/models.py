"""What is kept of people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, UtcDateTime


class Role(StrEnum):
    """A part that somebody plays in the office; rules.RIGHTS says what each may do."""

    WRITER = "writer"
    TRANSLATOR = "translator"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    MEDIA_DESK = "media_desk"
    NEWSLETTER = "newsletter"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.WRITER: _l("Writer"),
    Role.TRANSLATOR: _l("Translator"),
    Role.REVIEWER: _l("Reviewer"),
    Role.PUBLISHER: _l("Publisher"),
    Role.MEDIA_DESK: _l("Media desk"),
    Role.NEWSLETTER: _l("Newsletter"),
    Role.ADMINISTRATOR: _l("Administrator"),
}


def role_words(roles: Iterable[str]) -> str:
    """Return ``roles`` as one reads them: "Writer, Reviewer"."""
    return ", ".join(str(ROLE_NAMES[Role(role)]) for role in roles)


class Account(Base):
    """Somebody who can sign in: an officer, who has roles, or somebody of the media, who has none.

    ``email`` is the address as it was given, the only one that is ever written to; ``email_key``
    is what it is found by. ``roles`` are names of Role, in their order; it is replaced as a whole.
    ``language`` is the code that the desk speaks to this person. An account that is not active
    cannot sign in; it stays, because texts and decisions are by somebody. ``factor_at`` is since
    when there is a second factor, None without one.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    roles: Mapped[list[str]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(2))
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    factor_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def role_names(self) -> str:
        """The roles, in the words of the page."""
        return role_words(self.roles)


class Session(Base):
    """One browser in which somebody is signed in, until ``ended_at`` or until it was idle too long.

    ``token_digest`` is the SHA-256 of the token that the browser holds; ``seen_at`` is right to a
    minute; ``user_agent`` and ``network`` tell their owner which browser it was. ``is_halfway``: the
    password was right, and the second factor is still to be shown.
    """

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    user_agent: Mapped[str] = mapped_column(String(160), default="")
    network: Mapped[str] = mapped_column(String(64), default="")
    is_halfway: Mapped[bool] = mapped_column(default=False)


class Remembered(Base):
    """A token by which a browser is let in again after its session: used once, then replaced by the next.

    The tokens that came of one another are a ``family``. ``session_id`` is the session that the token last opened.
    A token that comes a second time, after it was ``replaced_at``, was copied: the family is ended with its sessions.
    """

    __tablename__ = "remembered"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    family: Mapped[str] = mapped_column(String(32), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SecondFactor(Base):
    """What an account's telephone counts with: ``seed`` is half of its secret, our key is the other.

    ``last_step`` is the half minute (since 1970) of the last code that was used: none of it or of
    an earlier one opens anything again.
    """

    __tablename__ = "second_factor"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), unique=True)
    seed: Mapped[str] = mapped_column(String(64))
    last_step: Mapped[int] = mapped_column(BigInteger)


class RecoveryCode(Base):
    """One of the codes for the day when the telephone is lost: a keyed digest of it, and when it was used."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Invitation(Base):
    """Somebody who is asked to join the office, until ``expires_at``, and becomes an Account by choosing a password.

    ``sending`` counts how often the mail was wanted, ``mailed`` is the last of them that went out;
    ``token_digest`` is the keyed digest of the newest link's token, None before there is one.
    ``ended_at`` is when it was accepted (``account_id`` says as whom) or withdrawn. ``refused_code`` is
    what the mail server said to the address.
    """

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(320), index=True)
    name: Mapped[str] = mapped_column(String(120))
    roles: Mapped[list[str]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(2))
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sending: Mapped[int] = mapped_column(default=1)
    mailed: Mapped[int] = mapped_column(default=0)
    token_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    refused_code: Mapped[int | None]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    @property
    def role_names(self) -> str:
        """The roles, in the words of the page."""
        return role_words(self.roles)
