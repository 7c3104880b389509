"""Which links a page may carry."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _l

from app.refusals import Refusal


def check_address(address: str) -> str:
    """Return the address of a "find out more" link, or raise: whole web addresses and paths of ours only."""
    if re.fullmatch(r"https?://[^\s<>\"\\]+\.[^\s<>\"\\]+|/(?![/\\])[^\s<>\"\\]*", address):
        return address
    raise Refusal(
        _l("Enter a whole address, like https://www.example.org/page, or a path of this site."), field="url"
    )
