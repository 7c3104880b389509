"""The second factor: six digits from a telephone, and codes on paper. The one user of pyotp and segno.

The secret that the telephone counts with is not kept: it is made of a random seed, which is, and of the
newsroom's SECRET_KEY, which is not in the database. Turned down: a cipher of our own, which a library
should do, and a library for this alone. So a new SECRET_KEY means a new second factor for everybody
(``flask officer reset-factor``), as it means signing in again.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
import unicodedata
from datetime import datetime
from io import BytesIO

import pyotp

from app.accounts.keys import keyed

STEP_SECONDS = 30
LATE_STEPS = 1  # a code counts for one half minute more on either side: telephones are late, and people slow
DIGITS = 6
SECRET_BYTES = 20
RECOVERY_CODES = 10
RECOVERY_LENGTH = 10
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that looks like another
_ALIKE = str.maketrans("OIL", "011")
_SEED = re.compile(r"[0-9a-f]{32}")


def new_seed() -> str:
    """Return a seed that nobody had before."""
    return secrets.token_hex(16)


def is_seed(value: str) -> bool:
    """Say whether ``value`` looks like a seed of ours."""
    return _SEED.fullmatch(value) is not None


def secret(account_id: int, seed: str) -> str:
    """Return the secret of ``account_id``'s telephone, in the letters that one can type into it."""
    return base64.b32encode(keyed("second factor", account_id, seed)[:SECRET_BYTES]).decode()


def address(known: str, *, email: str, newsroom: str) -> str:
    """Return what a telephone reads from the square: whose secret ``known`` is, and where it is for."""
    return pyotp.TOTP(known).provisioning_uri(name=email, issuer_name=newsroom)


def square(told: str, *, title: str) -> str:
    """Return ``told`` as a QR code: an SVG drawn with attributes alone, black on white also in the dark."""
    import segno  # a telephone is enrolled once in years

    out = BytesIO()
    segno.make(told, error="m", micro=False).save(
        out, kind="svg", scale=4, border=4, light="#fff", dark="#000", xmldecl=False, svgns=True, nl=False,
        svgclass="qr", lineclass=None, title=title,
    )  # fmt: skip
    return out.getvalue().decode()


def code_at(known: str, at: datetime) -> str:
    """Return the code of the half minute of ``at``."""
    return pyotp.TOTP(known).generate_otp(_step(at))


def step_of(known: str, code: str, at: datetime) -> int | None:
    """Return the half minute (since 1970) that ``code`` is of, if it counts at ``at``; None if it does not.

    All that count are looked at, whichever it is, and each for as long.
    """
    now, totp, found = _step(at), pyotp.TOTP(known), None
    for step in range(now - LATE_STEPS, now + LATE_STEPS + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            found = step
    return found


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP_SECONDS


def typed_code(typed: str) -> str:
    """Return what ``typed`` says: digits of any script, capitals, no spaces and dashes; "" for anything else."""
    told = unicodedata.normalize("NFKC", typed[:200]).upper()
    plain = "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in told)
    plain = re.sub(r"[\s\u2010-\u2015\u2212.-]", "", plain)
    return plain if re.fullmatch(r"[0-9A-Z]{1,20}", plain) else ""


def is_recovery_code(code: str) -> bool:
    """Say whether ``code``, as typed_code() gives it, is as long as a recovery code."""
    return len(code) == RECOVERY_LENGTH


def new_recovery_codes() -> list[str]:
    """Return new recovery codes as they are written down: "7K2QM-90XTA"."""
    codes = ["".join(secrets.choice(LETTERS) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def recovery_digest(account_id: int, code: str) -> str:
    """Return what is kept of the recovery code ``code`` of ``account_id``, whichever way it is typed."""
    return keyed("recovery code", account_id, typed_code(code).translate(_ALIKE)).hex()
