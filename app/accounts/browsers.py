"""Saying which browser it was, so that its owner knows it again."""

from __future__ import annotations

import re

from flask_babel import gettext as _

# In this order: each names those after it, too.
BROWSERS = (
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/", "Chrome"),
    (r"Version/[\d.]+ .*Safari/", "Safari"),
)
SYSTEMS = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"Mac OS X|Macintosh", "macOS"),
    (r"CrOS", "ChromeOS"),
    (r"Linux", "Linux"),
)


def browser_words(user_agent: str) -> str:
    """Return "Firefox, Windows" of what a browser calls itself; "Unknown browser" if that says nothing."""
    known = [
        next((name for pattern, name in table if re.search(pattern, user_agent)), None)
        for table in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, known)) or _("Unknown browser")
