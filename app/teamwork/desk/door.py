"""The door of the pages about a text's team."""

from __future__ import annotations

from flask import Blueprint

desk = Blueprint("teamwork", __name__, url_prefix="/desk")
