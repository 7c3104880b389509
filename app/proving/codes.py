"""Making digits, keys and tokens, and what is kept of them."""

from __future__ import annotations

import hmac
import secrets

from app.accounts.keys import keyed
from app.accounts.rules import token_digest
from app.proving.rules import DIGITS

KEY_BYTES = 16
TOKEN_BYTES = 32
LONGEST = 200  # characters that anybody can send as a key or a token; ours are shorter
NOTHING = "0" * 64  # compared with where nothing is kept: no digest is this


def new_digits() -> str:
    """Return six digits that nobody can guess."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def new_key() -> str:
    """Return the key of a mail's link."""
    return secrets.token_urlsafe(KEY_BYTES)


def new_token() -> str:
    """Return what a browser holds of its proof."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest_of(proof_id: int, number: int, digits: str) -> str:
    """Return what is kept of a code: it is worth nothing for another mail or another proof."""
    return keyed("proving.code", proof_id, number, digits).hex()


def key_digest(key: str) -> str:
    """Return what is kept of a link's key."""
    return keyed("proving.link", key[:LONGEST]).hex()


def digest_of_token(token: str) -> str:
    """Return what is kept of a browser's token."""
    return token_digest(token[:LONGEST])


def is_same(kept: str | None, digest: str) -> bool:
    """Compare in constant time, also where nothing is kept."""
    return hmac.compare_digest(kept or NOTHING, digest)
