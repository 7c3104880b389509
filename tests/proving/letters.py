"""What somebody reads in the mails of a proof."""

from __future__ import annotations

import re
from typing import Any


def code_in(mail: Any) -> str:
    """Return the digits of a mail: they open its first line."""
    found = re.match(r"\d{6}\b", mail.text)
    assert found, mail.text[:80]
    return found[0]


def link_in(mail: Any) -> str:
    """Return the address that fills the code in."""
    found = re.search(r"^http\S+/account/code\?\S+$", mail.text, re.MULTILINE)
    assert found, mail.text
    return found[0]


def key_in(mail: Any) -> str:
    """Return the key of its link."""
    return link_in(mail).partition("#")[2].partition(".")[2]


def other_than(code: str) -> str:
    """Return six digits that are not ``code``."""
    return f"{(int(code) + 1) % 10**6:06d}"
