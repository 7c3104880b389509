"""The door of the pages on which officers keep contacts, subjects and the words of the house."""

from __future__ import annotations

from flask import Blueprint

desk = Blueprint("directory", __name__, url_prefix="/desk")
