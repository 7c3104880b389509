"""What is kept of media users."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.database import Base, UtcDateTime
from app.proving.models import Proof


class Registration(Base):
    """What somebody typed to get an account, until the code of ``proof_id`` comes back.

    ``country`` is a code of ISO 3166-1 (alpha-2); ``conditions`` the version of the conditions that was accepted.
    """

    __tablename__ = "registration"

    proof_id: Mapped[int] = mapped_column(
        ForeignKey("proof.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    name: Mapped[str] = mapped_column(String(120))
    organisation: Mapped[str] = mapped_column(String(160))
    country: Mapped[str] = mapped_column(String(2))
    password_hash: Mapped[str] = mapped_column(String(200))
    conditions: Mapped[str] = mapped_column(String(20))
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    proof: Mapped[Proof] = relationship()


class MediaUser(Base):
    """What the office knows of an account that belongs to somebody of the media.

    ``confirmed_at`` is when the address was first proven. ``suspended_at`` with its ``suspension_reason`` says since
    when and why the account is closed; ``leaving_at`` when its owner asked for it to be deleted: 30 days later
    everything of it is erased, unless they log in before.
    """

    __tablename__ = "media_user"
    __table_args__ = (Index("ix_media_user_newest", "confirmed_at", "account_id"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, autoincrement=False)
    organisation: Mapped[str] = mapped_column(String(160))
    country: Mapped[str] = mapped_column(String(2), index=True)
    conditions: Mapped[str] = mapped_column(String(20))
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    suspended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    suspension_reason: Mapped[str] = mapped_column(Text, default="")
    leaving_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)

    account: Mapped[Account] = relationship()


class Consent(Base):
    """What somebody said yes to: the ``text`` as they saw it, its ``version``, where and when, and how it was proven.

    ``choices`` are what was asked for (kinds, frequency). ``account_id`` is None once the account is erased; the
    address then goes with it, and ``email_key`` becomes a digest. ``withdrawn_at`` ends it; nothing else is changed.
    """

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(320), index=True)
    subject: Mapped[str] = mapped_column(String(20))
    version: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    choices: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    page: Mapped[str] = mapped_column(String(200))
    how: Mapped[str] = mapped_column(String(40))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
