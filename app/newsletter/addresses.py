"""Addresses as this room knows them: a digest to suppress by, and half of one to show."""

from __future__ import annotations

from app.accounts.keys import keyed


def digest(email_key: str) -> str:
    """Return what the canonical address ``email_key`` (accounts' email_key) is suppressed by: 64 hexadecimal digits."""
    return keyed("newsletter.address", email_key).hex()


def masked(email: str) -> str:
    """Return ``email`` half hidden, for a page that anybody with the link may open: m…t@example.org.

    Of a name of one or two characters only the first is shown.
    """
    name, _at, domain = email.rpartition("@")
    return f"{name[:1]}…{name[-1:] if len(name) > 2 else ''}@{domain}"
