"""The newsroom that answers, and the request that it answers: Flask's own objects, past its proxies.

A proxy finds its object anew for each attribute. That is nothing for most pages, and was a tenth of the
time of a public one: what every page passes through takes the object itself, once, from here.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Request, current_app, g, request


def newsroom() -> Flask:
    """Return the app."""
    return current_app._get_current_object()  # type: ignore[attr-defined]


def setting(name: str) -> Any:
    """Return the setting called ``name``."""
    return newsroom().config[name]


def asked() -> Request:
    """Return the request."""
    return request._get_current_object()  # type: ignore[attr-defined]


def notes() -> Any:
    """Return what is noted for the length of this request: Flask's ``g``."""
    return g._get_current_object()
