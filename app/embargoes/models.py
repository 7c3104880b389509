"""What is kept of reading before the hour."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, UtcDateTime


class EarlyOpening(Base):
    """Somebody has opened a text under embargo: when first, when last, and how often."""

    __tablename__ = "early_opening"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    count: Mapped[int] = mapped_column(default=1)
