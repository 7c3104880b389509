"""What is kept of proofs and of their codes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, UtcDateTime


class Purpose(StrEnum):
    """What an address is proven for."""

    REGISTER = "register"
    RESET = "reset"
    CHANGE = "change"


class MailState(StrEnum):
    """What became of a mail: waiting for its turn or for the server, handed over, or refused for good."""

    QUEUED = "queued"
    LATE = "late"
    HANDED = "handed"
    REFUSED = "refused"


class Proof(Base):
    """One attempt to prove an address.

    ``token_digest`` is what is kept of the browser's token, replaced when the code was right. ``email`` is as typed,
    ``email_key`` what it is known by. ``account_id`` is whose address changes, for that purpose alone: the others look
    it up when it is needed. ``language`` is that of the mails, ``back`` the path (with its query) to go to afterwards,
    "" for none. ``granted_at`` is when the code was right; ``ended_at`` when that was used, or the proof was given up.
    """

    __tablename__ = "proof"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(10))
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(320), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    back: Mapped[str] = mapped_column(String(2000), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    granted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Code(Base):
    """The code of one mail of a proof; the one with the highest ``number`` is the newest, and alone counts.

    ``digest`` and ``key_digest`` are None until the mail's job has made the digits and the key of the link.
    ``made_at`` and ``expires_at`` come with them. ``tries_left`` counts down with each wrong one, last at ``tried_at``;
    a code without any is burnt. ``mail_state`` (MailState) since ``mail_at`` is what the page may tell; ``mail_code``
    is what the mail server said, where it did not take the mail.
    """

    __tablename__ = "code"
    __table_args__ = (UniqueConstraint("proof_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proof_id: Mapped[int] = mapped_column(ForeignKey("proof.id", ondelete="CASCADE"))
    number: Mapped[int]
    wanted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    digest: Mapped[str | None] = mapped_column(String(64))
    key_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries_left: Mapped[int] = mapped_column(default=5)
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mail_state: Mapped[str] = mapped_column(String(10), default=MailState.QUEUED)
    mail_at: Mapped[datetime] = mapped_column(UtcDateTime)
    mail_code: Mapped[int | None]
