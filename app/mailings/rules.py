"""What is allowed with an issue on its way, and when a mail is tried again."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.newsletter.models import Issue, IssueState
from app.refusals import Refusal

LEASE = timedelta(minutes=5)  # longer than any one mail may take; a carrier renews by taking others
FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=4)
MOST_TRIES = 18  # two days of them: what is no news any more is not sent
NEWS = timedelta(days=2)  # what became public, or was corrected, longer ago is no news: nobody is alerted
WITHDRAWN = "withdrawn"  # Issue.pause_reason of an alert that ended because its text did
MOST_REPEATS = 3  # a server that never answers after the text is not asked for ever
LATELY = timedelta(minutes=10)  # so far back the share of refusals is counted
SMALLEST_SAMPLE = 100  # mails answered for good, before the share of refusals says anything

_NEXT: dict[str, tuple[str, ...]] = {
    "start": (IssueState.DRAFT, IssueState.SCHEDULED),
    "again": (IssueState.SENT, IssueState.SENDING, IssueState.PLANNING),
    "pause": (IssueState.PLANNING, IssueState.SENDING),
    "resume": (IssueState.PAUSED,),
    "stop": (IssueState.PLANNING, IssueState.SENDING, IssueState.PAUSED),
}


class NotNow(Refusal):
    """The issue does not stand where this could be done: somebody else was first."""

    message = _l(
        "This can no longer be done: somebody else has decided about this sending. Look at it again."
    )


class NoWords(Refusal):
    """An issue without a single edition."""

    message = _l("This issue has no text in any language yet.")


def check(issue: Issue, what: str) -> None:
    """Raise NotNow unless ``what`` can be done with ``issue`` where it stands."""
    if issue.state not in _NEXT[what]:
        raise NotNow


def wait(attempts: int) -> timedelta:
    """Return how long a mail waits that was put off ``attempts`` times: 2, 4, 8 … minutes, at most 4 hours."""
    return min(FIRST_WAIT * 2 ** min(max(attempts - 1, 0), 10), LONGEST_WAIT)


def too_many_refused(accepted: int, refused: int, share: int) -> bool:
    """Say whether more than ``share`` percent were refused of those that were answered for good; 0 never pauses."""
    answered = accepted + refused
    return share > 0 and answered >= SMALLEST_SAMPLE and refused * 100 > share * answered


def is_given_up(attempts: int) -> bool:
    """Say whether a mail that was put off ``attempts`` times is too late by now.

    Counted for each mail, not since the issue began: a language that came a week later has its two days, too.
    """
    return attempts >= MOST_TRIES
