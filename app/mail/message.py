"""A Message: what is to be posted, to whom, and for which occasion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.text.markup import one_line

LONGEST_HEADER = 500  # characters; beyond this somebody's text got into a subject
LONGEST_KEY = 200


def header_text(text: str) -> str:
    """Return ``text`` as a header may hold it: one line without any control character or line end.

    The library refuses CR and LF alone; a vertical tab or U+2028 became a header of its own.
    """
    return one_line(text)[:LONGEST_HEADER]


@dataclass(frozen=True)
class Message:
    """One mail to one reader, in ``language``.

    ``key`` names the occasion and the reader. ``html`` is None where the text says it all.
    ``headers`` are further lines. Whatever ends in a header is made fit for one here. ``return_path`` is where the mail
    goes when it cannot be delivered; None: to MAIL_SENDER.
    """

    key: str
    to: str
    subject: str
    text: str
    language: str
    html: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    return_path: str | None = None

    def __post_init__(self) -> None:
        if not self.key or len(self.key) > LONGEST_KEY:
            raise ValueError("a message needs a key of at most 200 characters")
        if header_text(self.to) != self.to or "@" not in self.to:
            raise ValueError("a message goes to one address")
        if self.return_path is not None and header_text(self.return_path) != self.return_path:
            raise ValueError("a mail comes back to one address")
        object.__setattr__(self, "subject", header_text(self.subject))
        lines = {header_text(name): header_text(value) for name, value in self.headers.items()}
        object.__setattr__(self, "headers", lines)
