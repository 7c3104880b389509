"""Signing mails with DKIM (RFC 6376; Ed25519 as RFC 8463 adds it): the receiver knows that the words are ours.

Canonicalisation is relaxed for headers and simple for the body: whoever fills in a prepared text knows the digest of
all that stands before the first mark, and only the rest is read again for each person. A library (dkimpy) takes 7 ms
for a mail in pure Python, which is more than all else that a mail costs; the tests verify ours with it. The
arithmetic is OpenSSL's, by ``cryptography``.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

SMALLEST_RSA = 2048  # bits
_SPACES = re.compile(rb"[ \t\r\n]+")


class BadKey(ValueError):
    """The key file cannot be used; its message says why."""


class Signer:
    """Signs for one ``domain`` under one ``selector``: its public key is at <selector>._domainkey.<domain>."""

    def __init__(self, domain: str, selector: str, key: bytes) -> None:
        """Take the private ``key`` (PEM); raise BadKey unless it is Ed25519, or RSA of 2048 bits or more."""
        try:
            self._key: Any = load_pem_private_key(key, password=None)
        except (ValueError, TypeError) as error:
            raise BadKey("the DKIM key is no private key in PEM without a password") from error
        if isinstance(self._key, rsa.RSAPrivateKey):
            if self._key.key_size < SMALLEST_RSA:
                raise BadKey("the DKIM key is shorter than 2048 bits, which receivers ignore")
            algorithm = b"rsa-sha256"
        elif isinstance(self._key, ed25519.Ed25519PrivateKey):
            algorithm = b"ed25519-sha256"
        else:
            raise BadKey("the DKIM key is neither RSA nor Ed25519")
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

    @property
    def is_slow(self) -> bool:
        """Whether signing costs more than all else that a mail costs: RSA ten times as much as Ed25519."""
        return isinstance(self._key, rsa.RSAPrivateKey)

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
        if isinstance(self._key, rsa.RSAPrivateKey):
            made = self._key.sign(signed, padding.PKCS1v15(), SHA256())
        else:  # RFC 8463: of the digest, not of the words
            made = self._key.sign(hashlib.sha256(signed).digest())
        return b"DKIM-Signature: " + value + b64encode(made) + b"\r\n"


def relaxed(value: bytes) -> bytes:
    """Return the ``value`` of a header as RFC 6376 3.4.2 compares it: unfolded, one space for many, none around."""
    return _SPACES.sub(b" ", value).strip()
