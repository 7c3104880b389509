"""What is allowed with an issue that is being made, when a summary is due, and how large a mail may be."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from app.mailings.rules import NEWS
from app.newsletter.models import Issue, IssueKind, IssueState
from app.refusals import Refusal

MOST_BYTES = 90_000  # of HTML: some programs cut a mail off at 102 kB
TEST_HOURS = 24  # so long a test says something about an issue
MANY = 1000  # recipients above which their number is typed before sending
SOFT_SUBJECT, HARD_SUBJECT = 60, 200  # characters
LONGEST_INTRO, LONGEST_WORDS = 4000, 600  # characters
INBOXES = (33, 60, 90)  # characters that a phone, a narrow and a wide inbox show of a subject
FRIDAY = 4
LATE = timedelta(hours=12)  # a summary that comes later than this waits for the next, which tells it all
LONGEST_WINDOW = timedelta(days=31)  # nobody is told what is older, however long nothing was sent
_USUAL = {IssueKind.DAILY: timedelta(days=1), IssueKind.WEEKLY: timedelta(days=7)}


class Changed(Refusal):
    """Somebody else saved the issue in the meantime."""

    message = _l(
        "Somebody else changed this issue in the meantime. Below is what you typed; nothing of it is saved yet."
    )


class Taken(Refusal):
    """The issue is no draft any more: somebody sent it, or set its hour."""

    message = _l(
        "This issue is on its way already: somebody else has sent it. Nothing was sent a second time."
    )


class IsSet(Refusal):
    """The hour of the issue is set: what goes out then is what was looked at."""

    message = _l("The hour of this issue is set. Make it a draft again to change it.")


class Nobody(Refusal):
    """Nobody would get it."""

    message = _l(
        "Nobody would receive this issue. Choose a wider audience, or write it in another language too."
    )


class NotReady(Refusal):
    """One of the checks forbids to send."""

    message = _l("This issue cannot be sent yet: see the checks.")


class WrongNumber(Refusal):
    """The number of recipients was not typed as it is."""

    field = "number"
    message = _l("Type the number of recipients as it stands above")


class Past(Refusal):
    """An hour that is over."""

    field = "clock"
    message = _l("Choose an hour that is still to come")


class TooMany(Refusal):
    """More items than an issue can have."""

    message = _l("An issue has at most 62 texts.")


class NoSuchText(Refusal):
    """A text that is not there, or will never be public as it stands."""

    message = _l("This text cannot be put into an issue.")


class NothingToCorrect(Refusal):
    """Nobody has got the issue that is to be corrected."""

    message = _l("Nobody has received this issue yet: there is nothing to correct.")


def check_draft(issue: Issue, *, base: int | None = None) -> None:
    """Raise Taken unless ``issue`` can be changed; Changed when it is not at the version ``base`` any more."""
    if issue.state not in (IssueState.DRAFT, IssueState.SCHEDULED):
        raise Taken
    if base is not None and issue.version != base:
        raise Changed


def check_writing(issue: Issue, *, base: int | None = None) -> None:
    """Raise Taken unless ``issue`` is a draft, IsSet when its hour is set; Changed as check_draft() does."""
    check_draft(issue)
    if issue.state == IssueState.SCHEDULED:
        raise IsSet
    check_draft(issue, base=base)


def looked_at(issue: Issue, at: datetime) -> datetime:
    """Return the moment for which ``issue`` is looked at: its hour, or ``at`` when it has none that is to come."""
    return max(issue.send_at, at) if issue.send_at else at


def check_number(total: int, typed: int | None) -> None:
    """Raise WrongNumber unless the number of recipients was typed where there are many of them."""
    if total > MANY and typed != total:
        raise WrongNumber


def is_news(moment: datetime, at: datetime) -> bool:
    """Say whether what happened at a ``moment`` is still told of ``at`` another: not what lay in a queue for days."""
    return at - moment <= NEWS


def occasion(kind: IssueKind, at: datetime, *, hour: int, zone: ZoneInfo) -> datetime | None:
    """Return the last moment up to ``at`` at which a summary was due; None when that was too long ago.

    That is each day, or each Friday, at the office's ``hour``.
    """
    here = at.astimezone(zone)
    for back in range(8):
        day = here.date() - timedelta(days=back)
        if kind == IssueKind.WEEKLY and day.weekday() != FRIDAY:
            continue
        due = datetime.combine(day, time(hour), tzinfo=zone)
        if due <= at:
            return due if at - due <= LATE else None
    return None


def window(kind: IssueKind, due: datetime, before: datetime | None) -> datetime:
    """Return from when on a summary tells that is ``due``, after one that ended ``before`` (None: the first)."""
    start = before or due - _USUAL[kind]
    return max(start, due - LONGEST_WINDOW)


def occasion_key(kind: IssueKind, due: datetime, zone: ZoneInfo) -> str:
    """Return the name of the occasion: "daily:2025-11-20"."""
    return f"{kind}:{due.astimezone(zone):%Y-%m-%d}"
