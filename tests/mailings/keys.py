"""Keys that mails are signed with, and what the DNS tells of them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ED = ed25519.Ed25519PrivateKey.generate()


def pem(key: Any) -> bytes:
    """Return ``key`` as its file holds it."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def dns(key: Any) -> Callable[..., bytes]:
    """Return what answers dkimpy's question for the public key."""
    if isinstance(key, rsa.RSAPrivateKey):
        public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        kind = b"rsa"
    else:
        public, kind = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), b"ed25519"
    return lambda name, timeout=5: b"v=DKIM1; k=" + kind + b"; p=" + b64encode(public)
