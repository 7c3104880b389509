"""What is kept of people."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, String
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


class Account(Base):
    """Somebody who can sign in.

    ``email`` is the address as it was given, the only one that is ever written to; ``email_key``
    is what it is found by. ``roles`` are names of Role, in their order; it is replaced as a whole.
    ``language`` is the code that the desk speaks to this person. An account that is not active
    cannot sign in; it stays, because texts and decisions are by somebody.
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

    @property
    def role_names(self) -> str:
        """The roles, in the words of the page."""
        return ", ".join(str(ROLE_NAMES[Role(role)]) for role in self.roles)


class Session(Base):
    """One browser in which somebody is signed in, until ``ended_at`` or until it was idle too long.

    ``token_digest`` is the SHA-256 of the token that the browser holds; ``seen_at`` is right to a
    minute; ``user_agent`` and ``network`` tell their owner which browser it was.
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
