"""The door of the pages of the desk about what was taken."""

from __future__ import annotations

from flask import Blueprint

desk = Blueprint("taken", __name__, url_prefix="/desk")
