"""What is kept of groups, and of who is in them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.database import Base, UtcDateTime


class MembershipState(StrEnum):
    """Where somebody stands with a group: waiting for an officer, let in, or turned away."""

    WAITING = "waiting"
    MEMBER = "member"
    REFUSED = "refused"


class Group(Base):
    """Media users whom a text under embargo may be opened to.

    ``names`` are by language. ``domains`` are those of an approved organisation's addresses, in ASCII and lower case;
    whoever proves one joins by itself where ``admits_by_domain``, and may ask otherwise. A closed group opens nothing
    and takes nobody in; who is in it is kept.
    """

    __tablename__ = "media_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    domains: Mapped[list[str]] = mapped_column(JSON, default=list)
    admits_by_domain: Mapped[bool] = mapped_column(default=False)
    is_closed: Mapped[bool] = mapped_column(default=False)

    def name(self, language: str) -> str:
        """Return what the group is called in ``language``."""
        return self.names.get(language) or self.names.get("en") or self.key


class Membership(Base):
    """Somebody in a group, or asking to be. ``state`` is a MembershipState; ``reason`` what an officer said last.

    ``decided_by_id`` is None where a domain decided.
    """

    __tablename__ = "media_membership"
    __table_args__ = (
        UniqueConstraint("group_id", "account_id"),
        Index("ix_media_membership_state_asked_at", "state", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("media_group.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    state: Mapped[str] = mapped_column(String(10))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text, default="")

    group: Mapped[Group] = relationship()
    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])
