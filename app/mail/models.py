"""What was posted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, UtcDateTime
from app.mail.message import LONGEST_KEY


class PostedMail(Base):
    """A mail that went out: its occasion alone, neither address nor words."""

    __tablename__ = "posted_mail"

    key: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
