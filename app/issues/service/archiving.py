"""What the archive finds an issue by: read again when one of its texts changed, or is gone."""

from __future__ import annotations

from app.acts import act
from app.editorial.service.telling import touch
from app.issues import queries
from app.issues.service.drawing import note_words


@act
def read_again(edition_id: int) -> int:
    """Find the issues of the archive in which a text stands by what it says now; return how many there are.

    What was withdrawn, or corrected, leads to no issue any more.
    """
    edition = queries.edition(edition_id)
    issues = queries.archived_with(edition.item_id) if edition else []
    for issue in issues:
        note_words(issue)
    if issues:
        touch()  # somebody may have looked since the text changed
    return len(issues)


@act
def read_issue(issue_id: int) -> None:
    """Find an issue by what its page says now."""
    issue = queries.held(issue_id)
    if issue is not None:
        note_words(issue)
        touch()
