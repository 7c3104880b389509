"""What happens later: alerts, corrections and withdrawals follow the texts, summaries and set hours the clock."""

from __future__ import annotations

from flask import current_app
from flask_babel import gettext as _

from app import clock
from app.accounts.models import Account
from app.database import db
from app.issues import checks, mails, queries, rules, service
from app.issues.models import IssueTest
from app.issues.printing import for_nobody, printed
from app.issues.sheets import of_issue
from app.jobs.registry import job, sweeps
from app.jobs.turns import Progress
from app.languages import speaking
from app.mail.service import post_each
from app.newsletter.models import IssueKind

SUMMARIES = (IssueKind.DAILY, IssueKind.WEEKLY)


@job("issues.alert")
def alert(progress: Progress, *, edition: int) -> None:
    """Tell those who asked for it of a text that became public."""
    service.alert(edition)


@job("issues.correct")
def correct(progress: Progress, *, edition: int) -> None:
    """Tell those who got a text what was corrected in it."""
    service.correct(edition)


@job("issues.take_back")
def take_back(progress: Progress, *, edition: int) -> None:
    """Send a withdrawn text to nobody any more."""
    service.take_back(edition)


@job("issues.read_again")
def read_again(progress: Progress, *, edition: int) -> None:
    """Find issues of the archive by what a text that changed says now."""
    service.read_again(edition)


@job("issues.read_archive")
def read_archive(progress: Progress) -> None:
    """Note by which words the issues of the archive are found, where nobody has yet."""
    while some := queries.unread(20):
        for issue_id in some:
            service.read_issue(issue_id)


@job("issues.send_test")
def send_test(progress: Progress, *, test: int) -> None:
    """Send an issue as it stands to the officer who wants to see it: each edition, links that lead to nobody's data."""
    made = db.session.get(IssueTest, test)
    issue = queries.issue(made.issue_id) if made else None
    if made is None or issue is None:
        return
    to = db.session.get_one(Account, made.by_id)
    several = []
    for code, sheet in of_issue(issue).items():
        words = for_nobody(printed(sheet))
        with speaking(to.language):
            subject = _("[Test] %(subject)s", subject=words.subject)
        several.append(
            mails.trial(
                key=f"issue/{issue.id}/test/{made.id}/{code}", to=to.email, language=code, subject=subject,
                html=words.html, text=words.text,
            )
        )  # fmt: skip
    post_each(several)


@job("issues.tell_held")
def tell_held(progress: Progress, *, issue: int, version: int) -> None:
    """Tell the officer who set its hour that an issue was held, and why."""
    found = queries.issue(issue)
    to = db.session.get(Account, found.sent_by_id) if found and found.sent_by_id else None
    if found is None or to is None or found.version != version:
        return
    with speaking(to.language):
        reasons = [each.text for each in checks.blocking(found, at=clock.now())] or [
            str(rules.Nobody.message)
        ]
    subject = next(iter(queries.subjects([issue]).get(issue, {}).values()), "")
    link = f"{current_app.config['PUBLIC_URL']}/desk/newsletter/issues/{issue}/"
    post_each(
        [
            mails.held(
                key=f"issue/{issue}/held/{version}", to=to.email, language=to.language, subject=subject,
                reasons=reasons, link=link,
            )
        ]
    )  # fmt: skip


@sweeps
def go_when_due() -> None:
    """Send what was set for an hour that has come."""
    for issue_id in queries.due_to_go(clock.now()):
        service.go_when_due(issue_id)


@sweeps
def summarise() -> None:
    """Make the summaries that are due and not yet made, if somebody wants them."""
    now, config = clock.now(), current_app.config
    for kind in SUMMARIES:
        due = rules.occasion(kind, now, hour=config["DIGEST_HOUR"], zone=config["ZONE"])
        if due is None or not queries.is_wanted(kind):
            continue
        if queries.by_key(rules.occasion_key(kind, due, config["ZONE"])) is None:
            service.summarise(kind, due)
