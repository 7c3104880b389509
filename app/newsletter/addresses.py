"""Addresses as this room keeps them beyond their owners: digests."""

from __future__ import annotations

from app.accounts.keys import keyed


def digest(email_key: str) -> str:
    """Return what the canonical address ``email_key`` (accounts' email_key) is suppressed by: 64 hexadecimal digits."""
    return keyed("newsletter.address", email_key).hex()
