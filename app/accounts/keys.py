"""Digests under the newsroom's own secret: a copy of the database alone tells nothing of what they were made of.

Each purpose has a key of its own, so that a digest for one is worth nothing for another.
"""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app


def keyed(purpose: str, *parts: str | int) -> bytes:
    """Return 32 bytes made of ``parts`` for ``purpose``, which nobody can make without SECRET_KEY."""
    secret = current_app.config["SECRET_KEY"].encode()
    key = hmac.new(secret, f"accounts:{purpose}".encode(), hashlib.sha256).digest()
    told = "".join(f"{len(str(part))}:{part}" for part in parts)
    return hmac.new(key, told.encode(), hashlib.sha256).digest()
