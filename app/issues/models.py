"""What is kept besides issues themselves: the tests of them, and how often their links were followed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, SmallInteger
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


class IssueClick(Base):
    """How often the link ``number`` of an issue was followed on a ``day`` of the office's: a number, nobody's name.

    ``number`` is 0 for "Read online", else that of a text in the order of the issue, from 1.
    """

    __tablename__ = "issue_click"

    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    clicks: Mapped[int]
