"""How a finished page is written on the wire: as it is, or compressed by brotli or gzip.

Compressing together with a secret lets a listener guess the secret from lengths (BREACH). Pages
that are the same for everybody hold none, so they alone are compressed here; the desk's are not.
"""

from __future__ import annotations

import gzip

import brotli

IDENTITY = ""
WORTH_BYTES = 600  # below this the head of a compressed answer eats what its body saves
# Of each a middle strength: twice the work of these saves readers less than 4 % of the bytes.
WAYS = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
TEXT = ("text/", "application/atom+xml", "application/xml", "application/json", "application/xhtml+xml")

_understood: dict[str, str] = {}


def choose(accepts: str) -> str:
    """Return the best coding that an Accept-Encoding of ``accepts`` allows: br, gzip, or "" for none."""
    try:
        return _understood[accepts]
    except KeyError:
        best = _best(accepts)
        # Browsers send a handful of values; whoever invents more does not get to fill the memory.
        if len(_understood) < 100 and len(accepts) < 100:
            _understood[accepts] = best
        return best


def _best(accepts: str) -> str:
    weights = {}
    for part in accepts.lower().split(","):
        name, _, parameters = part.partition(";")
        weights[name.strip()] = _weight(parameters)
    wanted = {way: weights.get(way, weights.get("*", 0.0)) for way in WAYS}
    best = max(wanted, key=lambda way: wanted[way])  # the first of equals: brotli
    return best if wanted[best] > 0 else IDENTITY


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
