"""What the newsroom says when the rules say no."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """The rules say no, and a person can do something about it.

    ``message`` is a sentence for people, translated when it is shown; ``field`` names
    the form field to blame, or is None when no single field is at fault.
    """

    message: Any = ""
    field: str | None = None

    def __init__(self, message: Any = None, *, field: str | None = None) -> None:
        if message is not None:
            self.message = message
        if field is not None:
            self.field = field
        super().__init__(type(self).__name__)

    def __str__(self) -> str:
        return str(self.message)


class Missing(Refusal):
    """There is no such thing for this reader; it answers like an address that never existed."""
