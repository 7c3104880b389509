"""What a page is given of issues: plain values and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import clock
from app.issues import queries, rules
from app.issues.leading import ONLINE, number_of
from app.languages import LANGUAGES, current
from app.mailings import queries as mailings
from app.mailings.queries import Numbers, Reason
from app.mailings.wording import answer_words
from app.newsletter.models import Issue, IssueItem, IssueKind, IssueState
from app.writing.sections import of_type

STATES = {
    "draft": _l("Draft"),
    "scheduled": _l("Scheduled"),
    "planning": _l("Being sent"),
    "sending": _l("Being sent"),
    "paused": _l("Paused"),
    "stopped": _l("Stopped for good"),
    "sent": _l("Sent"),
    "skipped": _l("Nothing to tell"),
}
LOOKS = {  # of a tag: its tone, its icon
    "draft": ("plain", "pen"),
    "scheduled": ("information", "clock"),
    "planning": ("information", "clock"),
    "sending": ("information", "clock"),
    "paused": ("caution", "alert"),
    "stopped": ("plain", "stop"),
    "sent": ("done", "check"),
    "skipped": ("plain", "stop"),
}
UNDER_WAY = (IssueState.PLANNING, IssueState.SENDING)
RATE_SECONDS = 60


@dataclass(frozen=True)
class Row:
    """An issue in the list."""

    issue: Issue
    subject: str
    language: str
    url: str


def rows(issues: Any) -> list[Row]:
    """Return issues as a list shows them, each named in the language of the page where it has one."""
    subjects = queries.subjects(each.id for each in issues)
    return [
        Row(each, *named(subjects.get(each.id, {})), url=f"/desk/newsletter/issues/{each.id}/")
        for each in issues
    ]


def named(subjects: dict[str, str]) -> tuple[str, str]:
    """Return the subject of an issue and its language: that of the page, or the first there is."""
    for code in (current(), "en", *LANGUAGES):
        if subjects.get(code):
            return subjects[code], code
    return "", current()


@dataclass(frozen=True)
class Chosen:
    """A text in an issue, as the composer shows it."""

    item: IssueItem
    title: str
    language: str
    kind: str
    languages: tuple[str, ...]


def chosen(items: Any) -> list[Chosen]:
    """Return the texts of an issue: what they are called, and in which languages readers can open them now."""
    ids = [each.item_id for each in items]
    there, known = queries.shown(ids), queries.states_of(ids)
    found = []
    for each in items:
        editions = {edition.language: edition for edition in known.get(each.item_id, [])}
        code = next((one for one in (current(), "en", *LANGUAGES) if one in editions), current())
        edition = editions.get(code)
        revision = (edition.public_revision or edition.current) if edition else None
        found.append(
            Chosen(
                item=each,
                title=revision.title if revision and revision.title else _("Untitled"),
                language=code,
                kind=str(of_type(edition.type).words.one) if edition else "",
                languages=tuple(one for one in LANGUAGES if one in there.get(each.item_id, {})),
            )
        )
    return found


def inboxes(subject: str) -> list[tuple[int, str]]:
    """Return a subject as inboxes of three widths show it: (characters, words)."""
    return [
        (width, subject if len(subject) <= width else f"{subject[: width - 1].rstrip()}…")
        for width in rules.INBOXES
    ]


@dataclass(frozen=True)
class Clicks:
    """How often a link was followed; ``words`` are those of the link, in ``language``."""

    words: str
    language: str
    number: int


def clicks(issue: Issue) -> list[Clicks]:
    """Return how often each link of ``issue`` was followed: its texts in their order, and its page on the site."""
    counted = queries.clicks(issue.id)
    found = [
        Clicks(each.title, each.language, counted.get(number_of(each.item.position), 0))
        for each in chosen(queries.items(issue.id))
    ]
    return [*found, Clicks(_("Read online"), current(), counted.get(ONLINE, 0))]


@dataclass(frozen=True)
class Sending:
    """Where a sending stands: its ``numbers``, how many were accepted in the last minute, when it may be over."""

    issue: Issue
    numbers: Numbers
    reasons: list[Reason]
    each_minute: int
    ends_at: datetime | None
    done: int
    is_under_way: bool
    refused_percent: int | None

    @property
    def quarter(self) -> int:
        """How many quarters of the mails are settled."""
        return self.done * 4 // self.numbers.recipients if self.numbers.recipients else 0


def sending(issue: Issue) -> Sending:
    """Return where the sending of ``issue`` stands now."""
    now = clock.now()
    numbers = mailings.numbers(issue.id)
    each_minute = mailings.rate(issue.id, since=now - timedelta(seconds=RATE_SECONDS))
    is_under_way = issue.state in UNDER_WAY
    ends_at = None
    if is_under_way and each_minute and numbers.open:
        ends_at = now + timedelta(minutes=numbers.open / each_minute)
    share = issue.pause_reason.removeprefix("refusals:") if issue.pause_reason.startswith("refusals:") else ""
    return Sending(
        issue=issue, numbers=numbers, reasons=list(mailings.reasons(issue.id)), each_minute=each_minute,
        ends_at=ends_at, done=numbers.recipients - numbers.open, is_under_way=is_under_way,
        refused_percent=int(share) if share.isdecimal() else None,
    )  # fmt: skip


def reason_words(reason: Reason) -> str:
    """Return what an answer of a mail server means, as far as it says."""
    return answer_words(reason.code, reason.status)


def is_correction(issue: Issue) -> bool:
    """Say whether an issue goes to those alone who got another."""
    return issue.kind == IssueKind.CORRECTION
