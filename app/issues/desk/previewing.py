"""An issue as its readers will see it: each look a document of its own, which a page shows in a frame."""

from __future__ import annotations

from flask import Response, abort

from app.accounts.guards import needs
from app.issues.desk.door import desk, issue_of
from app.issues.printing import for_nobody, in_colours, printed
from app.issues.sheets import of_issue
from app.mailings.letters import only
from app.newsletter.models import IssueState

# A mail brings styles of its own and nothing else: it stands in an origin of its own, where no script runs, no form is
# sent and nothing is fetched. Only our own pages may show it in a frame.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox",
    )
)


@desk.route("/<int:issue_id>/preview/<any(fr, en, uk):language>/<any(light, dark, text):look>")
@needs("newsletter")
def preview(issue_id: int, language: str, look: str) -> Response:
    """Show an edition as it would be sent, now or at the hour that was set, for light or dark programs, or as text."""
    issue = issue_of(issue_id)
    at = issue.send_at if issue.state == IssueState.SCHEDULED else None
    sheet = of_issue(issue, at=at).get(language) or abort(404)
    words = only(for_nobody(printed(sheet)), None)
    if look == "text":
        answer = Response(words.text, content_type="text/plain; charset=utf-8")
    else:
        answer = Response(in_colours(words.html, look), content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer
