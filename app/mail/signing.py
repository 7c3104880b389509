"""Signing mails with DKIM (RFC 6376; Ed25519 as RFC 8463 adds it): the receiver knows that the words are ours.

Canonicalisation is relaxed for headers and simple for the body: whoever fills in a prepared text knows the digest of
all that stands before the first mark, and only the rest is read again for each person. A library (dkimpy) takes 7 ms
for a mail in pure Python, which is more than all else that a mail costs; the tests verify ours with it. The
arithmetic is OpenSSL's, by ``cryptography``, which whoever does not sign does without: it takes 8 MB of memory.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

SMALLEST_RSA = 2048  # bits
RSA, ED25519 = b"rsa-sha256", b"ed25519-sha256"
_SPACES = re.compile(rb"[ \t\r\n]+")


class BadKey(ValueError):
    """The key file cannot be used; its message says why."""


class Signer:
    """Signs for one ``domain`` under one ``selector``: its public key is at <selector>._domainkey.<domain>."""

    def __init__(self, domain: str, selector: str, key: bytes) -> None:
        """Take the private ``key`` (PEM); raise BadKey unless it is Ed25519, or RSA of 2048 bits or more."""
        algorithm, self._sign = _arithmetic(key)
        self.is_slow = algorithm == RSA  # ten times Ed25519, and more than all else that a mail costs
        self._head = (
            b"v=1; a=" + algorithm + b"; c=relaxed/simple; d=" + domain.encode("idna")
            + b"; s=" + selector.encode("ascii")
        )  # fmt: skip

    @classmethod
    def of(cls, config: dict[str, Any]) -> Signer | None:
        """Return the signer of the settings, or None where no key is set. Raises BadKey or OSError for a bad one."""
        if not config["DKIM_KEY_FILE"]:
            return None
        domain = config["DKIM_DOMAIN"] or config["MAIL_SENDER"].rpartition("@")[2]
        return cls(domain, config["DKIM_SELECTOR"], Path(config["DKIM_KEY_FILE"]).read_bytes())

    def sign(self, headers: Sequence[tuple[bytes, bytes]], body_digest: bytes, *, at: int) -> bytes:
        """Return the line DKIM-Signature, with its end, for canonical ``headers`` (name and relaxed() value, in order).

        ``body_digest`` is the SHA-256 of the body as it is sent, ``at`` the moment in seconds since 1970.
        """
        value = self._head + b"; t=%d; h=%s; bh=%s; b=" % (
            at,
            b":".join(name for name, _value in headers),
            b64encode(body_digest),
        )
        signed = b"".join(b"%s:%s\r\n" % pair for pair in headers) + b"dkim-signature:" + value
        return b"DKIM-Signature: " + value + b64encode(self._sign(signed)) + b"\r\n"


def relaxed(value: bytes) -> bytes:
    """Return the ``value`` of a header as RFC 6376 3.4.2 compares it: unfolded, one space for many, none around."""
    return _SPACES.sub(b" ", value).strip()


def _arithmetic(key: bytes) -> tuple[bytes, Callable[[bytes], bytes]]:
    """Return the algorithm of a private ``key`` (PEM), and what signs with it; raise BadKey as Signer says."""
    from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        known = load_pem_private_key(key, password=None)
    except (ValueError, TypeError) as error:
        raise BadKey("the DKIM key is no private key in PEM without a password") from error
    if isinstance(known, ed25519.Ed25519PrivateKey):  # RFC 8463: it signs the digest, not the words
        return ED25519, lambda words: known.sign(hashlib.sha256(words).digest())
    if not isinstance(known, rsa.RSAPrivateKey):
        raise BadKey("the DKIM key is neither RSA nor Ed25519")
    if known.key_size < SMALLEST_RSA:
        raise BadKey("the DKIM key is shorter than 2048 bits, which receivers ignore")
    return RSA, lambda words: known.sign(words, padding.PKCS1v15(), SHA256())
