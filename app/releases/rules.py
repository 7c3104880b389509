"""The words for what a release is, and which of its links a page may carry."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _l

from app.refusals import Refusal
from app.releases.models import Kind

KIND_NAMES = {
    Kind.NEWS_RELEASE: _l("News release"),
    Kind.STATEMENT: _l("Statement"),
    Kind.SPEECH: _l("Speech"),
    Kind.MEDIA_ADVISORY: _l("Media advisory"),
}


def check_address(address: str) -> str:
    """Return the address of a "find out more" link, or raise: whole web addresses and paths of ours only."""
    if re.fullmatch(r"https?://[^\s<>\"\\]+\.[^\s<>\"\\]+|/(?![/\\])[^\s<>\"\\]*", address):
        return address
    raise Refusal(
        _l("Enter a whole address, like https://www.example.org/page, or a path of this site."), field="url"
    )
