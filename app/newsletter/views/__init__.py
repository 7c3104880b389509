"""The pages of the newsletter, below /<language>/newsletter/: asking, confirming, choosing, leaving; and what machines
say.
"""

from app.newsletter.views import choosing, confirming, leaving, reporting, subscribing
from app.newsletter.views.door import newsletter, open_newsletter
from app.newsletter.views.reporting import reports

__all__ = [
    "choosing",
    "confirming",
    "leaving",
    "newsletter",
    "open_newsletter",
    "reporting",
    "reports",
    "subscribing",
]
