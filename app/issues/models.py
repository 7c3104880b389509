"""What is kept besides issues themselves: the tests of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, UtcDateTime


class IssueTest(Base):
    """A test of an issue as it stood at its ``version``, sent to the officer ``by_id``.

    ``opened_at`` is when they said that it arrived and looks right: no mail of ours tells by itself that it was opened.
    """

    __tablename__ = "issue_test"

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    version: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
