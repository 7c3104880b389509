"""Drawing the editions of an issue, of what is public at this moment; and letting it go."""

from __future__ import annotations

from flask import current_app

from app import clock
from app.accounts.models import Account
from app.database import db
from app.editorial.service.telling import touch
from app.issues import queries
from app.issues.leading import counted
from app.issues.printing import fitted
from app.issues.sheets import Sheet, languages_of, of_issue
from app.mailings import service as mailings
from app.newsletter.models import Issue
from app.text.slugs import fold


def draw(issue: Issue) -> dict[str, Sheet]:
    """Write down what each edition says now, and in which language it shows each text; return the sheets."""
    db.session.flush()
    sheets, editions = of_issue(issue), queries.editions(issue.id)
    now = clock.now()
    for code in sheets:
        editions[code].found = _folded(sheets[code])
        sheet = counted(sheets[code], issue.id) if current_app.config["COUNT_CLICKS"] else sheets[code]
        sheets[code], words = fitted(sheet)
        edition = editions[code]
        edition.html, edition.text, edition.rendered_at = words.html, words.text, now
    shown = languages_of(sheets)
    for item in queries.items(issue.id):
        item.languages = shown.get(item.position, {})
    db.session.flush()
    return sheets


def note_words(issue: Issue) -> None:
    """Write down by which words the archive finds ``issue``: those that its page says now."""
    editions = queries.editions(issue.id)
    for code, sheet in of_issue(issue).items():
        editions[code].found = _folded(sheet)


def _folded(sheet: Sheet) -> str:
    pieces = (words for each in sheet.pieces for words in (each.title, each.lead, each.words))
    return fold(" ".join((sheet.subject, sheet.intro, *pieces)))


def let_go(issue: Issue, *, by: Account | None = None) -> Issue:
    """Draw ``issue`` and send it on its way. Raises mailings' NotNow when it is on its way already."""
    draw(issue)
    mailings.start(issue, by=by)
    if issue.path:
        touch()  # it stands in the archive from now on
    return issue
